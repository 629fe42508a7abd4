"""One entry of a feed as a paper: what its elements say, and what its HTML does."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sitegen import identity
from sitegen.intake import dates, names
from sitegen.intake.gathering import Found
from sitegen.intake.html_text import from_html
from sitegen.intake.reading import PAPER
from sitegen.intake.xml_items import Tag
from sitegen.intake.xml_records import Paper
from sitegen.intake.xml_tree import children, first, local, string_value, string_values
from sitegen.text import clean

_BODIES = ("description", "summary", "encoded", "content")
_DATES = ("pubDate", "published", "issued", "date", "updated", "modified")
_KINDS = dict.fromkeys(
    ("title", "link", "guid", "id", "creator", "author", "category", "subject", "identifier", "doi", "enclosure"), PAPER
) | {"announce_type": "announce types"}

# "arXiv:2508.13426v1 Announce Type: cross \nAbstract: …"
_ANNOUNCED = re.compile(r"arXiv:(?P<id>\S{1,40}) Announce Type: [\w-]{1,20}\s+Abstract:\s*")
# "A title. (arXiv:2301.01234v2 [cs.LG] UPDATED)", as arXiv's feeds had it until 2024.
_IN_TITLE = re.compile(r"\.? \(arXiv:(?P<id>[^\s()]+)(?: \[(?P<category>[\w.-]+)\])?[A-Z -]*\)$")
_AUTHORS = re.compile(r"\AAuthors?\s*:\s*", re.IGNORECASE)
_ABSTRACT = re.compile(r"\A(?:Abstract|Summary)\s*:\s*", re.IGNORECASE)
_MAIL_AND_NAME = re.compile(r"[^\s@]+@[^\s@]+ \((?P<name>[^()]+)\)")


class _Title(NamedTuple):
    """The title of an entry, and the id and category behind it."""

    words: str
    announced: str = ""
    category: str = ""


class _Body(NamedTuple):
    """The text of an entry. announced: the id in arXiv's words before an abstract."""

    abstract: str
    authors: str
    announced: str


def paper(entry: Element, _path: tuple[Tag, ...]) -> Paper:
    """The entry as a paper; one that is none still has a title and a link."""
    links = _links(entry)
    body_in, written = _first_of(_BODIES, entry)
    body = _body(from_html(written), links[0][1].strip())
    title = _title(entry)
    dated_in, published = _first_of(_DATES, entry)
    announced = bool(body.announced or title.announced or children(entry, "announce_type"))
    ids = list(_ids(entry, body.announced, title.announced))
    found = Found(
        title=title.words,
        abstract=body.abstract,
        authors=_authors(entry) or names.in_line(body.authors),
        published="" if announced else dates.utc_day(published) or published,
        keywords=[*_categories(entry), title.category],
        links=links,
        id=next(iter(ids), ""),
        also=ids[1:],
    )
    return Paper(found, _KINDS | {body_in: PAPER, dated_in: "days of announcement" if announced else PAPER})


def _first_of(tags: Iterable[str], entry: Element) -> tuple[str, str]:
    """(name, text) of the first of these children that is not blank."""
    written = ((tag, first(_own(entry, tag))) for tag in tags)
    return next((found for found in written if found[1]), ("", ""))


def _own(entry: Element, name: str) -> Iterator[str]:
    """The texts of the children of the entry's own format: no `media:title`, but `content:encoded` and `dc:date`."""
    space = entry.tag.rpartition("}")[0]
    for child in children(entry, name):
        if child.tag.rpartition("}")[0] == space or name in ("encoded", "date"):
            yield string_value(child)


def _title(entry: Element) -> _Title:
    """The title without what arXiv once put behind it."""
    words = clean.line(from_html(first(_own(entry, "title"))))
    behind = _IN_TITLE.search(words)
    return _Title(words[: behind.start()], behind["id"], behind["category"] or "") if behind else _Title(words)


def _body(text: str, page: str) -> _Body:
    """The abstract without the labels that stand in it: "Authors: …", "Summary: …", arXiv's own.

    What stands above a labelled abstract is not of it, and neither is the address of the entry's page.
    """
    announced = _ANNOUNCED.search(text)
    paragraphs = [part for part in clean.paragraphs(_ANNOUNCED.sub("", text)).split("\n\n") if part != page]
    authors = next(filter(_AUTHORS.match, paragraphs), "")
    begin = next((at for at, part in enumerate(paragraphs) if _ABSTRACT.match(part)), 0)
    kept = [part for part in paragraphs[begin:] if part != authors]
    return _Body(_ABSTRACT.sub("", "\n\n".join(kept)), _AUTHORS.sub("", authors), announced["id"] if announced else "")


def _authors(entry: Element) -> list[str]:
    written = [text for text in map(_author, entry) if text]
    alone = len(written) == 1 and not _is_family_first(written[0])
    return names.in_line(written[0]) if alone else names.first_names_first(written)


def _author(element: Element) -> str:
    if local(element.tag) not in ("creator", "author"):
        return ""
    name = clean.line(from_html(first(string_values(element, "name")) or (element.text or ""), links=False))
    mail = _MAIL_AND_NAME.fullmatch(name)
    return mail["name"] if mail else name


def _is_family_first(name: str) -> bool:
    """Whether a text with one comma is one name, "One, Ann", and not two, "Ann One, Bob Two"."""
    parts = name.split(", ")
    return len(parts) == 2 and not all(" " in part.strip() for part in parts)


def _categories(entry: Element) -> Iterator[str]:
    for category in (*children(entry, "category"), *children(entry, "subject")):
        yield category.get("term") or string_value(category)


def _links(entry: Element) -> list[tuple[str, str]]:
    """The page of the entry, and its PDF."""
    elements = children(entry, "link")
    pages = [link.get("href") or string_value(link) for link in elements if link.get("rel", "alternate") == "alternate"]
    guids = [text for text in string_values(entry, "guid") if text.strip().startswith("http")]
    files = [link.get("href", "") for link in elements] + [file.get("url", "") for file in children(entry, "enclosure")]
    types = [link.get("type", "") for link in (*elements, *children(entry, "enclosure"))]
    pdfs = [url for url, kind in zip(files, types, strict=True) if kind == "application/pdf"]
    return [("url", first((*pages, *guids))), ("pdf", first(pdfs))]


def _ids(entry: Element, *others: str) -> Iterator[str]:
    """The arXiv id, with its version where one is written, then DOIs, wherever the entry names them."""
    tags = ("guid", "id", "identifier", "doi")
    written = [text.strip().removeprefix("oai:arXiv.org:") for tag in tags for text in string_values(entry, tag)]
    written += [*others, *(url for _, url in _links(entry))]
    arxiv = [text if identity.scheme(text) == "arxiv" else identity.arxiv_id(text) for text in written]
    yield from sorted(filter(None, arxiv), key=_has_no_version)[:1]
    yield from dict.fromkeys(filter(None, map(identity.doi, written)))


def _has_no_version(paper_id: str) -> bool:
    return not re.search(r"v\d+$", paper_id)

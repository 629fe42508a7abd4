"""Journal articles in JATS: https://jats.nlm.nih.gov/publishing/tag-library/1.3/

article → front (journal-meta, article-meta), body, back; a file holds one article, or several inside another element.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sitegen.intake import dates
from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, Reading
from sitegen.intake.xml_items import Tag, root_of
from sitegen.intake.xml_records import MARKUP, OPENED, Layout, Paper, Source, gather
from sitegen.intake.xml_text import text_of
from sitegen.intake.xml_tree import attribute, child, children
from sitegen.model import Notice, NoticeKind

FULL_TEXT = "full text"
RESPONSES = "translations and responses"
NOTICES = "related articles and retractions"
_LAYOUT = Layout(
    frozenset({"front"}),
    dict.fromkeys(("body", "back", "floats-group"), FULL_TEXT) | dict.fromkeys(("sub-article", "response"), RESPONSES),
)
_USED = (
    "article-id", "article-title", "subtitle", "contrib", "pub-date", "abstract", "trans-abstract", "kwd-group",
    "self-uri",
)  # fmt: skip
_KINDS = (
    dict.fromkeys(("article-meta", "title-group", "contrib-group"), OPENED)
    | dict.fromkeys(_USED, PAPER)
    | {"related-article": NOTICES}
)
# Links to what tells of this article, the worst first: https://jats4r.niso.org/corrections-retractions-and-expressions-of-concern/
_RELATED: dict[str, NoticeKind] = {"retraction-forward": "retracted", "correction-forward": "corrected"}
_ARTICLE = re.compile(r"<article[\s>]")
# The first of these kinds that an article has is its date; others are of its way to a repository.
_DATES = ("epub", "electronic", "pub", "epub-ppub", "", "preprint", "ppub", "print", "collection")


def recognises(raw: RawDigest) -> bool:
    """Whether it is XML with an `article-meta` in an `article`, as no feed has."""
    root = root_of(raw.text)
    return bool(root and "<article-meta" in raw.text and (root.name == "article" or _ARTICLE.search(raw.text)))


def read(raw: RawDigest) -> Reading:
    """One record a `front`; the full text is left."""
    gathering = Gathering(raw)
    gather(gathering, Source(raw.text), _LAYOUT, _paper)
    return gathering.reading("journal-articles", "Journal articles", gap=MARKUP, dated_records=True)


def _paper(front: Element, path: tuple[Tag, ...]) -> Paper:
    meta = child(front, "article-meta")
    language = path[-1].attributes.get("xml:lang", "") if path else ""
    found = _found(meta, language) if meta is not None else Found()
    return Paper(found, _KINDS | {"related-article": PAPER} if found.notice else _KINDS)


def _found(meta: Element, language: str) -> Found:
    ids = _ids(meta)
    return Found(
        title=_title(child(meta, "title-group")),
        abstract=_abstract(meta, language),
        authors=_authors(meta),
        published=_published(meta),
        keywords=_keywords(meta, language),
        links=tuple(_links(meta)),
        id=ids[0] if ids else "",
        also=ids[1:],
        notice=_notice(meta),
    )


def _notice(meta: Element) -> Notice | None:
    related = {each.get("related-article-type", ""): each for each in children(meta, "related-article")}
    for name, kind in _RELATED.items():
        if name in related:
            return Notice(kind, text_of(related[name]) or attribute(related[name], "href"))
    return None


def _title(group: Element | None) -> str:
    """The title, with its subtitles behind a colon."""
    parts = [text_of(part) for part in children(group, "article-title", "subtitle")] if group is not None else []
    return ": ".join(filter(None, parts))


def _abstract(meta: Element, language: str) -> str:
    """The abstract, not a teaser or a picture; a translated one where there is no other."""
    plain = [part for part in children(meta, "abstract") if not part.get("abstract-type")]
    for abstract in (*_of_language(plain, language), *_of_language(children(meta, "trans-abstract"), "en")):
        if text := "\n\n".join(filter(None, _paragraphs(abstract))):
            return text
    return ""


def _paragraphs(abstract: Element) -> Iterator[str]:
    """Paragraphs, those of a section with its title ("METHODS: …"); the abstract's own title says nothing."""
    for part in abstract:
        if part.tag.endswith("sec"):
            title = text_of(child(part, "title")).rstrip(":.")
            first, *others = [text_of(inside) for inside in part if not inside.tag.endswith("title")] or [""]
            yield f"{title}: {first}" if title and first else first
            yield from others
        elif not part.tag.endswith("title"):
            yield text_of(part)


def _of_language(elements: list[Element], language: str) -> list[Element]:
    """Those of the language first; one that does not say its language has the article's."""
    return sorted(elements, key=lambda element: attribute(element, "lang") not in ("", language))


def _authors(meta: Element) -> Iterator[str]:
    for group in children(meta, "contrib-group"):
        for person in children(group, "contrib"):
            if person.get("contrib-type", "author") == "author":
                yield _name(person)


def _name(person: Element) -> str:
    """The name in its parts, or as it is written where it has none; a group's without its members."""
    places = (("name",), ("name-alternatives", "name"), ("string-name",), ("collab",))
    name = next((name for place in places if (name := child(person, *place)) is not None), None)
    if name is None or child(name, "surname") is None:
        return text_of(name)
    parts = (text_of(child(name, part)) for part in ("given-names", "surname", "suffix"))
    return " ".join(filter(None, parts))


def _published(meta: Element) -> str:
    """ "2014-04": the day of electronic publication, else of the issue."""
    found: dict[str, str] = {}
    for date in children(meta, "pub-date"):
        kind = date.get("pub-type") or _kind(date.get("publication-format", ""), date.get("date-type", ""))
        parts = " ".join(filter(None, (text_of(child(date, name)) for name in ("year", "month", "day"))))
        found.setdefault(kind, dates.bibliographic(date.get("iso-8601-date") or parts) or parts)
    return next((found[kind] for kind in (*_DATES, *found) if found.get(kind)), "")


def _kind(medium: str, event: str) -> str:
    """One kind of the two attributes that newer files have: a collection may be electronic too."""
    return event if event == "collection" else medium or event


def _keywords(meta: Element, language: str) -> Iterator[str]:
    """Those of the article's language; abbreviations are none."""
    groups = [group for group in children(meta, "kwd-group") if group.get("kwd-group-type") != "abbreviations"]
    first = _of_language(groups, language)[:1]
    same = [group for group in groups if first and attribute(group, "lang") == attribute(first[0], "lang")]
    for group in same:
        yield from map(text_of, children(group, "kwd"))


def _ids(meta: Element) -> tuple[str, ...]:
    """DOI, PMID and PMCID, then arXiv's; a publisher's own numbers mean nothing elsewhere."""
    written = {element.get("pub-id-type", ""): text_of(element) for element in reversed(children(meta, "article-id"))}
    pmid, pmc = written.get("pmid"), written.get("pmcid") or written.get("pmc", "")
    pmc = f"PMC{pmc}" if pmc.isdecimal() else pmc
    return tuple(filter(None, (written.get("doi"), f"PMID:{pmid}" if pmid else "", pmc, written.get("arxiv"))))


def _links(meta: Element) -> Iterator[tuple[str, str]]:
    """Whole addresses of the article; publishers also name files there."""
    for place in children(meta, "self-uri"):
        if (url := attribute(place, "href")).startswith(("http://", "https://")):
            yield "pdf" if "pdf" in place.get("content-type", "") else "url", url

"""The ACL Anthology's own XML: https://github.com/acl-org/acl-anthology/blob/master/data/xml/schema.rnc

collection (id) → volume (id) → meta, frontmatter and paper (id).
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sitegen.intake import dates
from sitegen.intake.acl_ids import SITE, build_id
from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, Reading
from sitegen.intake.xml_items import Item, items, root_of
from sitegen.intake.xml_spans import MARKUP, spans_of
from sitegen.intake.xml_text import child, children, text_of
from sitegen.problems import problem

FRONT_MATTER = "front and back matter"
META = "volume data"
EVENTS = "events"
NOTICES = "retractions and revisions"
_NOT_PAPERS = {"frontmatter": FRONT_MATTER, "meta": META, "event": EVENTS}
_KINDS = dict.fromkeys(("title", "author", "abstract", "url", "doi", "pwccode", "video"), PAPER) | dict.fromkeys(
    ("retracted", "removed", "revision", "erratum"), NOTICES
)


def recognises(raw: RawDigest) -> bool:
    """Whether the root is `<collection id="…">` with a volume or an event in it."""
    root = root_of(raw.text)
    return bool(root and root.name == "collection" and "id" in root.attributes and "<volume" in raw.text)


def read(raw: RawDigest) -> Reading:
    """One record a `<paper>`; its date is the volume's."""
    gathering = Gathering(raw)
    published: dict[str, str] = {}
    for item in items(raw.text, frozenset({"paper", *_NOT_PAPERS})):
        if item.name == "meta" and item.element is not None:
            published[_ids(item).get("volume", "")] = _published(item.element)
        if item.name in _NOT_PAPERS or (item.element is not None and item.element.get("type", "").endswith("matter")):
            gathering.ignore(item.start, item.end, _NOT_PAPERS.get(item.name, FRONT_MATTER))
        elif item.element is None:
            fault = problem("item-broken", file=raw.name, line=raw.line(item.start), error=item.error)
            gathering.reject(item.start, item.end, fault)
        else:
            found = _found(item, item.element, published)
            gathering.paper(item.start, item.end, found, spans_of(raw.text, item, _KINDS))
    return gathering.reading("acl-anthology", "ACL Anthology", gap=MARKUP, dated_records=True)


def _published(meta: Element) -> str:
    return dates.year_month(text_of(child(meta, "year")), text_of(child(meta, "month")))


def _ids(item: Item) -> dict[str, str]:
    """{"collection": "2022.acl", "volume": "long"}"""
    return {tag.name: tag.attributes.get("id", "") for tag in item.path}


def _found(item: Item, paper: Element, published: dict[str, str]) -> Found:
    ids = _ids(item)
    paper_id = build_id(ids.get("collection", ""), ids.get("volume", ""), paper.get("id", ""))
    return Found(
        title=text_of(child(paper, "title")),
        abstract=text_of(child(paper, "abstract")),
        authors=[_name(author) for author in children(paper, "author")],
        published=published.get(ids.get("volume", ""), ""),
        links=tuple(_links(paper, paper_id)),
        id=paper_id,
        also=(text_of(child(paper, "doi")),),
    )


def _name(author: Element) -> str:
    return " ".join(text_of(child(author, part)) for part in ("first", "last"))


def _links(paper: Element, paper_id: str) -> Iterator[tuple[str, str]]:
    """The paper's page; its PDF, of which the Anthology writes its own id or the address elsewhere; code; video."""
    if paper_id:
        yield "url", f"{SITE}{paper_id}/"
    if url := text_of(child(paper, "url")):
        yield "pdf", url if "://" in url else f"{SITE}{url}.pdf"
    for code in children(paper, "pwccode"):
        yield "code", code.get("url", "")
    for video in children(paper, "video"):
        href = video.get("href", "")
        yield "video", href if "://" in href or not href else f"{SITE}{href}"

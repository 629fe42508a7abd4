"""The ACL Anthology's own XML: https://github.com/acl-org/acl-anthology/blob/master/data/xml/schema.rnc

collection (id) → volume (id) → meta, frontmatter and paper (id).
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from sitegen import identity
from sitegen.intake import dates
from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, Reading
from sitegen.intake.xml_items import Tag, items, root_of
from sitegen.intake.xml_records import MARKUP, Layout, Left, Paper, Source, gather
from sitegen.intake.xml_text import text_of
from sitegen.intake.xml_tree import child, children
from sitegen.model import Notice, NoticeKind

SITE = "https://aclanthology.org/"
FRONT_MATTER = "front and back matter"
META = "volume data"
EVENTS = "events"
_LAYOUT = Layout(frozenset({"paper"}), {"frontmatter": FRONT_MATTER, "meta": META, "event": EVENTS})
# Element -> kind of notice, the worst first.
_NOTICES: dict[str, NoticeKind] = {"retracted": "retracted", "removed": "withdrawn", "erratum": "corrected"}
_KINDS = dict.fromkeys(("title", "author", "abstract", "url", "doi", "pwccode", "video", "revision", *_NOTICES), PAPER)


def recognises(raw: RawDigest) -> bool:
    """Whether the root is `<collection id="…">` with a volume or an event in it."""
    root = root_of(raw.text)
    return bool(root and root.name == "collection" and "id" in root.attributes and "<volume" in raw.text)


def read(raw: RawDigest) -> Reading:
    """One record a `<paper>`; its date is the volume's."""
    gathering = Gathering(raw)
    published = _dates(raw.text)
    gather(gathering, Source(raw.text), _LAYOUT, lambda paper, path: _paper(paper, path, published))
    return gathering.reading("acl-anthology", "ACL Anthology", gap=MARKUP, dated_records=True)


def _dates(text: str) -> dict[str, str]:
    """{"long": "2022-05"}: volume -> its month."""
    metas = items(text, frozenset({"meta"}))
    return {_ids(meta.path).get("volume", ""): _published(meta.element) for meta in metas if meta.element is not None}


def _published(meta: Element) -> str:
    return dates.year_month(text_of(child(meta, "year")), text_of(child(meta, "month")))


def _ids(path: tuple[Tag, ...]) -> dict[str, str]:
    """{"collection": "2022.acl", "volume": "long"}"""
    return {tag.name: tag.attributes.get("id", "") for tag in path}


def _paper(paper: Element, path: tuple[Tag, ...], published: Mapping[str, str]) -> Paper | Left:
    if paper.get("type", "").endswith("matter"):
        return Left(FRONT_MATTER)
    ids = _ids(path)
    paper_id = identity.acl_id_of_parts(ids.get("collection", ""), ids.get("volume", ""), paper.get("id", ""))
    found = Found(
        title=text_of(child(paper, "title")),
        abstract=text_of(child(paper, "abstract")),
        authors=[_name(author) for author in children(paper, "author")],
        published=published.get(ids.get("volume", ""), ""),
        links=tuple(_links(paper, paper_id)),
        id=paper_id,
        also=(text_of(child(paper, "doi")),),
        notice=_notice(paper),
        version=max((revision.get("id", "") for revision in children(paper, "revision")), key=_number, default=""),
    )
    return Paper(found, _KINDS)


def _name(author: Element) -> str:
    return " ".join(text_of(child(author, part)) for part in ("first", "last"))


def _notice(paper: Element) -> Notice | None:
    """What happened to the paper: the element's text says why, or for an erratum only how its file is called."""
    for name, kind in _NOTICES.items():
        if (found := child(paper, name)) is not None:
            return Notice(kind, text_of(found) if name != "erratum" else "", found.get("date", ""))
    return None


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 5 else 0


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

"""Answers of OAI-PMH servers (ListRecords, GetRecord) with metadata as `arXiv`, `arXivRaw` or `oai_dc`.

https://www.openarchives.org/OAI/openarchivesprotocol.html, https://info.arxiv.org/help/oa/index.html
"""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from sitegen import identity
from sitegen.intake import dates, names, notices
from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, Reading
from sitegen.intake.xml_items import Tag, root_of
from sitegen.intake.xml_records import MARKUP, OPENED, Broken, Layout, Left, Paper, Source, gather
from sitegen.intake.xml_tree import children, first, local, string_values
from sitegen.model import Notice

_LAYOUT = Layout(frozenset({"record"}), beside="response header", kinds={"resumptionToken": "resumption tokens"})
_KINDS = dict.fromkeys(("metadata", "arXiv", "arXivRaw", "dc"), OPENED) | dict.fromkeys(
    (
        "id", "created", "authors", "title", "categories", "doi", "abstract", "version",
        "creator", "subject", "description", "date", "identifier",
    ),
    PAPER,
) | {
    "header": "record headers",
    "comments": "comments",
    "journal-ref": "journal references",
    "report-no": "report numbers",
    "submitter": "submitters",
    "license": "licences",
    "updated": "dates of revisions",
    "msc-class": "subject classes",
    "acm-class": "subject classes",
}  # fmt: skip


def recognises(raw: RawDigest) -> bool:
    """Whether the root is an answer of an OAI-PMH server, or the list in one."""
    root = root_of(raw.text)
    return root is not None and root.name in ("OAI-PMH", "ListRecords", "GetRecord")


def read(raw: RawDigest) -> Reading:
    """One record a record; deleted ones, which have no metadata, are left."""
    gathering = Gathering(raw)
    gather(gathering, Source(raw.text), _LAYOUT, _paper)
    name = raw.stem.strip("-") or "oai"
    return gathering.reading(name, f"OAI-PMH {name}", gap=MARKUP, dated_records=True)


def _paper(record: Element, _path: tuple[Tag, ...]) -> Paper | Left | Broken:
    headers = children(record, "header")
    if any(header.get("status") == "deleted" for header in headers):
        return Left("deleted records")
    for metadata in (part for holder in children(record, "metadata") for part in holder):
        if found_in := _FORMATS.get(local(metadata.tag)):
            identifiers = [text for header in headers for text in string_values(header, "identifier")]
            found = found_in(metadata, first(identifiers).removeprefix("oai:arXiv.org:"))
            return Paper(found, _KINDS | {"comments": PAPER} if found.notice else _KINDS)
    return Broken("expected metadata as arXiv, arXivRaw or oai_dc")


def _arxiv(metadata: Element, identifier: str) -> Found:
    authors = [author for holder in children(metadata, "authors") for author in children(holder, "author")]
    return Found(
        title=first(string_values(metadata, "title")),
        abstract=first(string_values(metadata, "abstract")).strip(),
        authors=map(_name, authors),
        published=first(string_values(metadata, "created")),
        keywords=first(string_values(metadata, "categories")).split(),
        id=first((*string_values(metadata, "id"), identifier)),
        also=_dois(string_values(metadata, "doi")),
        notice=notices.of_comment(first(string_values(metadata, "comments"))),
    )


def _name(author: Element) -> str:
    return " ".join(first(string_values(author, part)) for part in ("forenames", "keyname", "suffix"))


def _raw(metadata: Element, identifier: str) -> Found:
    versions = children(metadata, "version")
    submitted = [first(string_values(version, "date")) for version in versions]
    return Found(
        title=first(string_values(metadata, "title")),
        abstract=first(string_values(metadata, "abstract")).strip(),
        authors=names.in_line(first(string_values(metadata, "authors"))),
        published=dates.utc_day(first(submitted)) or first(submitted),
        keywords=first(string_values(metadata, "categories")).split(),
        id=first((*string_values(metadata, "id"), identifier)),
        also=_dois(string_values(metadata, "doi")),
        notice=notices.of_comment(first(string_values(metadata, "comments"))),
        version=versions[-1].get("version", "").removeprefix("v") if versions else "",
    )


def _dublin_core(metadata: Element, identifier: str) -> Found:
    identifiers = [text.strip() for text in string_values(metadata, "identifier")]
    arxiv = first(map(identity.arxiv_id, (identifier, *identifiers)))
    return Found(
        title=first(string_values(metadata, "title")),
        abstract=first(string_values(metadata, "description")).strip(),
        authors=map(names.first_last, string_values(metadata, "creator")),
        published=first(string_values(metadata, "date")),
        keywords=string_values(metadata, "subject"),
        links=[("url", text) for text in identifiers if text.startswith(("http://", "https://"))],
        id=arxiv or identifier,
        also=_dois(identifiers),
        notice=next(filter(None, map(_notice, string_values(metadata, "description"))), None),
    )


def _notice(description: str) -> Notice | None:
    """arXiv writes its comments as further descriptions."""
    return notices.of_comment(description.removeprefix("Comment: ")) if description.startswith("Comment: ") else None


def _dois(written: list[str]) -> list[str]:
    return [doi for text in written for doi in map(identity.doi, text.split()) if doi]


_FORMATS: dict[str, Callable[[Element, str], Found]] = {"arXiv": _arxiv, "arXivRaw": _raw, "dc": _dublin_core}

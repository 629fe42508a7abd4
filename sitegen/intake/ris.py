"""RIS, the exchange format of reference managers: https://en.wikipedia.org/wiki/RIS_(file_format)

`TY  - JOUR` begins a record and `ER  - ` ends it. Publishers disagree on tags, so that each field has several.
"""

import re
from collections.abc import Iterator

from sitegen import identity
from sitegen.intake import dates, names
from sitegen.intake.gathering import Found, Gathering, named_after
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading
from sitegen.intake.tagged import EMPTY, TaggedRecord, records, spans_of

LINES = "line ends and lines outside records"
_TAG = re.compile(r"[ \t]{0,8}([A-Z][A-Z0-9]) {1,2}-(?: |\Z)")
_FIRST = re.compile(r"^TY {1,2}- ?[A-Z]{3,10}[ \t\r]*$", re.MULTILINE)
_TITLES, _ABSTRACTS, _AUTHORS, _DATES = ("TI", "T1", "CT", "BT"), ("AB", "N2"), ("AU", "A1"), ("DA", "PY", "Y1")
_FILES = {"L1": "pdf", "L2": "url"}
_IDS = ("AN", "DO", "C2")
_NAMED = {"ER": LINES, "N1": "notes"}
_USED = frozenset({"TY", "KW", "UR", *_TITLES, *_ABSTRACTS, *_AUTHORS, *_DATES, *_FILES, *_IDS})
_BETWEEN_URLS = re.compile(r"[;\s]+(?=https?://)")
_PMC = re.compile(r"PMC\d+")


def recognises(raw: RawDigest) -> bool:
    """Whether a line `TY  - ` and a type stands at the beginning, or behind the few lines that databases put there."""
    return bool(_FIRST.search(raw.text[:2_000]))


def read(raw: RawDigest) -> Reading:
    """One record from a line `TY  - ` to the next."""
    gathering = Gathering(raw)
    for record in records(raw.text, _TAG, "TY"):
        if all(field.tag in ("TY", "ER") for field in record.fields):
            gathering.ignore(record.start, record.end, EMPTY)
        else:
            gathering.paper(record.start, record.end, _found(record), spans_of(record, _USED, _NAMED))
    return gathering.reading(*named_after(raw), gap=LINES, dated_records=True)


def _found(record: TaggedRecord) -> Found:
    title = record.first(*_TITLES)
    if not title:
        return Found()
    ids = tuple(_ids(record))
    return Found(
        title=title,
        abstract=record.first(*_ABSTRACTS),
        authors=[names.first_last(" ".join(name.split())) for name in record.all(*_AUTHORS)],
        published=_published(record),
        keywords=[word for value in record.all("KW") for word in value.splitlines()],
        links=tuple(_links(record)),
        id=ids[0] if ids else "",
        also=ids[1:],
    )


def _published(record: TaggedRecord) -> str:
    """The most exact of the dates that begin with a year: "2006/03/01/", "2006///", "2006"."""
    written = [value for tag in _DATES for value in record.all(tag)]
    return max(map(dates.bibliographic, written), key=len, default="") or next(iter(written), "")


def _links(record: TaggedRecord) -> Iterator[tuple[str, str]]:
    """Addresses, several in a field too; for files, programs also write where they are on their own disks."""
    for value in record.all("UR"):
        yield from (("url", url) for url in _BETWEEN_URLS.split(value))
    for tag, kind in _FILES.items():
        yield from ((kind, url) for url in record.all(tag) if url.startswith(("http://", "https://")))


def _ids(record: TaggedRecord) -> Iterator[str]:
    """arXiv's id or the DOI, then PubMed Central's; accession numbers of other databases mean nothing elsewhere."""
    yield from (name for value in record.all("AN") if (name := identity.arxiv_id(value)))
    yield from (name for value in record.all("DO") if (name := identity.doi(value)))
    yield from (value for value in record.all("C2") if _PMC.fullmatch(value))

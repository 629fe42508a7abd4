"""RIS, the exchange format of reference managers: https://en.wikipedia.org/wiki/RIS_(file_format)

`TY  - JOUR` begins a record and `ER  - ` ends it. Publishers disagree on tags, so that each field has several.
"""

import re
from collections.abc import Iterator

from sitegen import identity
from sitegen.intake import dates
from sitegen.intake.gathering import Found, Gathering, named_after
from sitegen.intake.names import first_last
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading
from sitegen.intake.tagged import TaggedRecord, records, spans_of

LINES = "line ends and lines outside records"
_TAG = re.compile(r"[ \t]{0,8}([A-Z][A-Z0-9]) {1,2}-(?: |\Z)")
_FIRST = re.compile(r"^TY {1,2}- ?[A-Z]{3,10}[ \t\r]*$", re.MULTILINE)
_USED = frozenset(
    {
        "TY",
        "ER",
        "TI",
        "T1",
        "CT",
        "BT",
        "AB",
        "N2",
        "AU",
        "A1",
        "DA",
        "PY",
        "Y1",
        "KW",
        "DO",
        "UR",
        "L1",
        "L2",
        "AN",
        "C2",
    }
)
_PMC = re.compile(r"PMC\d+")


def recognises(raw: RawDigest) -> bool:
    """Whether a line `TY  - ` and a type stands at the beginning, or behind the few lines that databases put there."""
    return bool(_FIRST.search(raw.text[:2_000]))


def read(raw: RawDigest) -> Reading:
    """One record from a line `TY  - ` to the next."""
    gathering = Gathering(raw)
    for record in records(raw.text, _TAG, "TY"):
        gathering.paper(record.start, record.end, _found(record), spans_of(record, _USED, {}))
    return gathering.reading(*named_after(raw), gap=LINES, dated_records=True)


def _found(record: TaggedRecord) -> Found:
    ids = tuple(_ids(record))
    return Found(
        title=record.first("TI", "T1", "CT", "BT"),
        abstract=record.first("AB", "N2"),
        authors=[first_last(" ".join(name.split())) for name in record.all("AU", "A1")],
        published=_published(record),
        keywords=[word for value in record.all("KW") for word in value.splitlines()],
        links=tuple(_links(record)),
        id=ids[0] if ids else "",
        also=ids[1:],
    )


def _published(record: TaggedRecord) -> str:
    """The most exact of the dates that begin with a year: "2006/03/01/", "2006///", "2006"."""
    written = (*record.all("DA"), *record.all("PY"), *record.all("Y1"))
    return max(map(dates.bibliographic, written), key=len, default="") or next(iter(written), "")


def _links(record: TaggedRecord) -> Iterator[tuple[str, str]]:
    """Web addresses; reference managers also write the places of files on their own disks."""
    for tag, kind in (("UR", "url"), ("L1", "pdf"), ("L2", "url")):
        for value in record.all(tag):
            yield from ((kind, url) for url in re.split(r"[;\s]+(?=https?://)|\s+", value) if "://" in url)


def _ids(record: TaggedRecord) -> Iterator[str]:
    """arXiv's id or the DOI, then PubMed Central's; accession numbers of other databases mean nothing elsewhere."""
    yield from (name for value in record.all("AN") if (name := identity.arxiv_id(value)))
    yield from (name for value in record.all("DO") if (name := identity.doi(value)))
    yield from (value for value in record.all("C2") if _PMC.fullmatch(value))

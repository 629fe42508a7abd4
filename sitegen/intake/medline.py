"""PubMed's and MEDLINE's tagged text (.nbib): https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format"""

import re
from collections.abc import Iterator

from sitegen.intake import dates, names
from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.pubmed import NOTICES, PAGE, TYPES, Reference, notice_of
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading
from sitegen.intake.tagged import EMPTY, TaggedRecord, records, spans_of

LINES = "line ends and lines outside records"
_TAG = re.compile(r"(?=[A-Z][A-Z0-9 ]{3}- ?)([A-Z][A-Z0-9]{1,3}) {0,2}- ?")
_FIRST = re.compile(r"PMID- {0,3}\d+\s*")
_USED = frozenset(
    {"PMID", "TI", "TT", "BTI", "AB", "OAB", "FAU", "AU", "CN", "DP", "DEP", "OT", "MH", "AID", "LID", "PMC"}
)
_NAMED = {"PT": TYPES} | dict.fromkeys(
    ("CIN", "CON", "CRI", "CRF", "DDIN", "DRIN", "ECF", "ECI", "EIN", "EFR", "RIN", "ROF", "RPI", "RPF", "UIN", "UOF"),
    NOTICES,
)
# Tags of references to what tells of this record, as the XML calls them.
_REFERENCES = {"RIN": "RetractionIn", "CRI": "CorrectedandRepublishedIn", "UIN": "UpdateIn", "EIN": "ErratumIn"}
_PMID = re.compile(r"\s*PMID: ?(\d{1,8})\.?\s*\Z")
_DOI = re.compile(r"(\S+) \[doi\]")
_QUALIFIED = re.compile(r"/.*", re.DOTALL)


def recognises(raw: RawDigest) -> bool:
    """Whether the first line that is not empty is `PMID- ` and a number."""
    first = raw.text[:10_000].lstrip().splitlines()[:1]
    return bool(first and _FIRST.fullmatch(first[0]))


def read(raw: RawDigest) -> Reading:
    """One record from a line `PMID- ` to the next."""
    gathering = Gathering(raw)
    for record in records(raw.text, _TAG, "PMID"):
        if len(record.fields) == 1:
            gathering.ignore(record.start, record.end, EMPTY)
        else:
            found = _found(record)
            used = _USED | {"PT", *_REFERENCES} if found.notice else _USED
            gathering.paper(record.start, record.end, found, spans_of(record, used, _NAMED))
    return gathering.reading("pubmed", "PubMed", gap=LINES, dated_records=True)


def _found(record: TaggedRecord) -> Found:
    title = record.first("TI", "TT", "BTI")
    if not title:
        return Found()
    pmid = record.first("PMID")
    written = record.first("DEP", "DP")
    return Found(
        title=title,
        abstract=record.first("AB", "OAB"),
        authors=_authors(record),
        published=dates.bibliographic(written) or written,
        keywords=_keywords(record),
        links=(("url", f"{PAGE}{pmid}/" if pmid.isdecimal() else ""),),
        id=f"PMID:{pmid}" if pmid else "",
        also=(*_dois(record), record.first("PMC")),
        notice=notice_of(_references(record), record.all("PT")),
    )


def _references(record: TaggedRecord) -> Iterator[Reference]:
    for tag, name in _REFERENCES.items():
        for value in record.all(tag)[:1]:
            pmid = _PMID.search(value)
            yield Reference(name, value[: pmid.start()] if pmid else value, pmid[1] if pmid else "")


def _authors(record: TaggedRecord) -> Iterator[str]:
    """Full names where the record has them, and the names of groups, in their order."""
    full = "FAU" if record.all("FAU") else "AU"
    for field in record.fields:
        if field.tag == full:
            yield names.first_last(" ".join(field.value.split()))
        elif field.tag == "CN":
            yield field.value


def _keywords(record: TaggedRecord) -> Iterator[str]:
    """Keywords of the authors, then MeSH's descriptors: "Databases, Genetic" of "*Databases, Genetic/standards"."""
    for word in (*record.all("OT"), *(_QUALIFIED.sub("", heading) for heading in record.all("MH"))):
        yield word.removeprefix("*")


def _dois(record: TaggedRecord) -> list[str]:
    return [found[1] for value in (*record.all("AID"), *record.all("LID")) if (found := _DOI.fullmatch(value))]

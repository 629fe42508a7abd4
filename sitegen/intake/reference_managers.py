"""What the formats of reference managers, RIS and EndNote's, have in common: several tags for the same thing."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sitegen import identity
from sitegen.intake import dates, names
from sitegen.intake.gathering import Found, Gathering, named_after
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading
from sitegen.intake.tagged import EMPTY, TaggedRecord, records, spans_of

LINES = "line ends and lines outside records"
_BETWEEN_URLS = re.compile(r"[;\s]+(?=https?://)")
# Not the end of an entity: "R&amp;D", "Alzheimer&#39;s disease".
_BETWEEN_WORDS = re.compile(r"\n|；|(?<!&amp)(?<!&apos)(?<!&quot)(?<!&[lg]t)(?<!&#\d\d);")
_PMC = re.compile(r"PMC\d+")


class Layout(NamedTuple):
    """A format's tags: of several for one field, the first that a record has counts.

    tag: matches the beginning of a field's line, its group 1 is the tag. first: begins a record. dates: all that may
    hold one. days: behind which the year may be left out, for it stands in another. files: tag -> kind of link.
    accession: another database's number. named: tag -> class of what is not used.
    """

    tag: re.Pattern[str]
    first: str
    titles: tuple[str, ...]
    abstracts: tuple[str, ...]
    authors: tuple[str, ...]
    dates: tuple[str, ...]
    keywords: str
    urls: str
    files: Mapping[str, str]
    accession: str
    doi: str
    pmc: str
    named: Mapping[str, str]
    days: str = ""

    @property
    def used(self) -> frozenset[str]:
        single = (self.first, self.days, self.keywords, self.urls, self.accession, self.doi, self.pmc)
        return frozenset({*single, *self.titles, *self.abstracts, *self.authors, *self.dates, *self.files} - {""})


def read(raw: RawDigest, layout: Layout) -> Reading:
    """One record from a line with the first tag to the next."""
    gathering = Gathering(raw)
    without_content = {layout.first, *(tag for tag, what in layout.named.items() if what == LINES)}
    used = layout.used
    for record in records(raw.text, layout.tag, layout.first):
        if all(field.tag in without_content for field in record.fields):
            gathering.ignore(record.start, record.end, EMPTY)
        else:
            spans = spans_of(record, used, layout.named)
            gathering.paper(record.start, record.end, _found(record, layout), spans)
    return gathering.reading(*named_after(raw), gap=LINES, dated_records=True)


def _found(record: TaggedRecord, layout: Layout) -> Found:
    title = record.first(*layout.titles)
    if not title:
        return Found()
    ids = tuple(_ids(record, layout))
    return Found(
        title=title,
        abstract=record.first(*layout.abstracts),
        authors=[names.first_last(" ".join(name.split())) for name in record.all(*layout.authors)],
        published=_published(record, layout),
        keywords=[word for value in record.all(layout.keywords) for word in _BETWEEN_WORDS.split(value)],
        links=tuple(_links(record, layout)),
        id=ids[0] if ids else "",
        also=ids[1:],
    )


def _published(record: TaggedRecord, layout: Layout) -> str:
    """The most exact of the dates that begin with a year: "2006/03/01/", "2006///", "2006"."""
    written = [value for tag in layout.dates for value in record.all(tag)]
    if day := record.first(layout.days):
        written = [dates.with_year(day, written[0] if written else ""), *written]
    return max(map(dates.bibliographic, written), key=len, default="") or next(iter(written), "")


def _links(record: TaggedRecord, layout: Layout) -> Iterator[tuple[str, str]]:
    """Addresses, several in a field too; for files, programs also write where they are on their own disks."""
    for value in record.all(layout.urls):
        yield from (("url", url) for url in _BETWEEN_URLS.split(value))
    for tag, kind in layout.files.items():
        yield from ((kind, url) for url in record.all(tag) if url.startswith(("http://", "https://")))


def _ids(record: TaggedRecord, layout: Layout) -> Iterator[str]:
    """arXiv's id or the DOI, then PubMed Central's; accession numbers of other databases mean nothing elsewhere."""
    yield from (name for value in record.all(layout.accession) if (name := identity.arxiv_id(value)))
    yield from (name for value in record.all(layout.doi) if (name := identity.doi(value)))
    yield from (value for value in record.all(layout.pmc) if _PMC.fullmatch(value))

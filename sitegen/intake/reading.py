"""What a reader gives back, and the accounting of every byte."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from sitegen.intake.raw import RawDigest
from sitegen.model import Record, sent_by_parts
from sitegen.problems import Problem
from sitegen.work import Crew

PAPER = "paper"
QUARANTINED = "quarantined"


@sent_by_parts
@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of the digest is `what`: PAPER, QUARANTINED, or the name of an ignored class."""

    start: int
    end: int
    what: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item that was found but cannot be added: where it stands, and why."""

    start: int
    end: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as the digest writes it: `day` is "2025-03-14", or "03-14" when it has no year."""

    written: str
    day: str
    line: int


@dataclass(frozen=True)
class Reading:
    """What one reader made of one digest.

    spans: everything that is not `gap`, in any order, not overlapping. dated_records: the records bring their own
    dates, so a digest without a date is a collection and not a question. problems: warnings.
    """

    source: str
    title: str
    records: Sequence[Record]
    spans: Sequence[Span]
    gap: str
    rejected: Sequence[Rejected] = ()
    date: FoundDate | None = None
    dated_records: bool = False
    problems: Sequence[Problem] = field(default=())


@dataclass(frozen=True, slots=True)
class Reader:
    """One digest format. `recognises` looks at the content alone; `read` never raises for any input.

    read_by: as `read`, done by a crew, where a digest of the format can be read in parts.
    """

    recognises: Callable[[RawDigest], bool]
    read: Callable[[RawDigest], Reading]
    read_by: Callable[[RawDigest, Crew], Reading] | None = None


def account(raw: RawDigest, reading: Reading) -> dict[str, int]:
    """Class -> bytes, for every byte of the digest: the sum is the size of the file, or what it takes in its container.

    Raises ValueError when spans overlap or leave the text, which would be a mistake of the reader.
    """
    rejected = [Span(item.start, item.end, QUARANTINED) for item in reading.rejected]
    spans = sorted([*reading.spans, *rejected], key=lambda span: (span.start, span.end))
    places = raw.bytes_before(place for span in spans for place in (span.start, span.end))
    totals: dict[str, int] = {}
    at = 0
    for span in spans:
        start, end = next(places), next(places)
        _count(totals, reading.gap, start - at)
        _count(totals, span.what, end - start)
        at = end
    _count(totals, reading.gap, len(raw.data) - raw.bom_size - at)
    _count(totals, "byte order mark", raw.bom_size)
    return shares(totals or {reading.gap: 1}, raw.packed_size) if raw.part else totals


def shares(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """`total` cut into whole parts that are to each other as `sizes` are; the sizes are more than nothing in sum.

    >>> shares({"paper": 20, "white space": 10}, 16)
    {'paper': 10, 'white space': 6}
    """
    whole = sum(sizes.values())
    ends = [0, *(end * total // whole for end in accumulate(sizes.values()))]
    cut = {what: end - start for what, (start, end) in zip(sizes, pairwise(ends), strict=True)}
    return {what: size for what, size in cut.items() if size}


def _count(totals: dict[str, int], what: str, size: int) -> None:
    if size:
        totals[what] = totals.get(what, 0) + size

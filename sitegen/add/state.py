"""What `add` was asked, what it holds while it works, and what it reports."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import Any, Literal, NamedTuple

from sitegen.intake.raw import RawDigest
from sitegen.matching.index import Index
from sitegen.matching.said import Said
from sitegen.model import Archive, Digest, Entry, Paper, Record
from sitegen.problems import Problem

Status = Literal["added", "merged", "unchanged", "quarantined"]


@dataclass(frozen=True, slots=True)
class Options:
    """today: the latest day it is anywhere, "YYYY-MM-DD"; nothing later is believed. keep_raw: as in Settings."""

    today: str
    date: str = ""
    year: str = ""
    source: str = ""
    format: str = ""
    keep_raw: bool = True


class Outcome(NamedTuple):
    """What became of one item of a digest.

    paper: id of the paper that it is; "" if it is quarantined, or merged into another item of the same digest.
    reason: why it was taken for a paper that is known already, or why it was quarantined.
    """

    record: Record
    status: Status
    paper: str = ""
    reason: str = ""


@dataclass
class Import:
    """What became of one input, all of it. name: its file's name; sizes: class -> bytes, for every byte.

    problems: of the input, and of pages of the archive that it did not go well with. mended: rule of
    `sitegen.text.repairs` -> how often it mends, where a reader sees it, a text that came.
    """

    name: str
    raw: str
    digest: str
    outcomes: list[Outcome] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    suspicious: list[Problem] = field(default_factory=list)
    mended: dict[str, int] = field(default_factory=dict)

    def of(self, status: Status) -> list[Outcome]:
        """The outcomes with this status, in the order in which they came about."""
        return [outcome for outcome in self.outcomes if outcome.status == status]

    @property
    def news(self) -> list[Outcome]:
        """What changed a paper of the archive, or added one."""
        return [each for each in self.outcomes if each.paper and each.status in ("added", "merged")]


@dataclass
class Report:
    """What became of the digests: added + merged + unchanged + quarantined = papers in.

    pages: paper's id -> path of its page. papers: ids in the digests' order. used, ignored: bytes by class; together
    they are `size`.
    """

    size: int = 0
    imports: list[Import] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    papers: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    ignored: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def _count(self, status: Status) -> int:
        return sum(len(each.of(status)) for each in self.imports)

    @property
    def added(self) -> int:
        return self._count("added")

    @property
    def merged(self) -> int:
        return self._count("merged")

    @property
    def unchanged(self) -> int:
        return self._count("unchanged")

    @property
    def quarantined(self) -> int:
        return self._count("quarantined")

    @property
    def found(self) -> int:
        return self.added + self.merged + self.unchanged + self.quarantined

    @property
    def suspicious(self) -> list[Problem]:
        """What may be wrong, though it was added."""
        return [found for each in self.imports for found in each.suspicious]

    def as_json(self) -> dict[str, Any]:
        """The stable form of `sitegen add --json`."""
        return {
            "added": self.added,
            "merged": self.merged,
            "unchanged": self.unchanged,
            "quarantined": self.quarantined,
            "papers": self.papers,
            "digests": self.digests,
            "bytes": self.size,
            "used": [{"class": name, "bytes": size} for name, size in sorted(self.used.items())],
            "ignored": [{"class": name, "bytes": size} for name, size in sorted(self.ignored.items())],
            "problems": [found.as_json() for found in self.problems],
            "suspicious": [found.as_json() for found in self.suspicious],
        }


def total(reports: Iterable[Report]) -> Report:
    """One report of several: numbers added up, lists one behind the other.

    >>> total([Report(size=1, papers=["a"]), Report(size=2, papers=["b"], ignored={"names": 3})]).papers
    ['a', 'b']
    """
    whole = Report()
    for report in reports:
        for each in fields(Report):
            setattr(whole, each.name, _joined(getattr(whole, each.name), getattr(report, each.name)))
    return whole


def _joined(own: Any, more: Any) -> Any:
    if not isinstance(own, dict):
        return own + more
    numbers = {name: own[name] + value for name, value in more.items() if name in own and isinstance(value, int)}
    return own | more | numbers


class Arrived(NamedTuple):
    """What a digest says of one paper, and where.

    keys: `match.keys_of_said` of it. file: as the user typed it; source: stands for the input.
    """

    said: Said
    keys: tuple[str, ...]
    record: Record
    imported: Import
    file: str
    source: str


class State:
    """The archive while digests are added to it, and what there is to say about that."""

    def __init__(self, archive: Archive, open_paper: Callable[[Entry], Paper], options: Options) -> None:
        self.options = options
        self.report = Report()
        self.problems_of_pages: list[Problem] = []
        self.entries = archive.papers
        self.before: dict[str, Paper] = {}
        """Papers of the archive that were opened, as they were."""
        self._open_paper = open_paper
        self.digests_before = {digest.id: digest for digest in archive.digests}
        self.index = Index(archive.papers, self._open)
        self.digests = dict(self.digests_before)
        self.digest_of = {(raw, digest.date): digest.id for digest in archive.digests for raw in digest.raw}
        self.arrived: list[Arrived] = []
        self.quarantined: dict[str, dict[str, list[dict[str, Any]]]] = {}
        """digest id -> SHA-256 of an input -> what of it could not be added."""
        self.lasting = True
        """Whether all that arrived stands on the papers' pages as it was said, and there was nothing to say of them, so
        that it is known when it comes again."""

    def say(self, record: Record, status: Status, paper: str = "", reason: str = "") -> None:
        """What became of one item more of the digest that is read now."""
        self.report.imports[-1].outcomes.append(Outcome(record, status, paper, reason))

    def _open(self, entry: Entry) -> Paper:
        return self.before.setdefault(entry.id, self._open_paper(entry))

    def quarantine(self, item: dict[str, Any], raw: RawDigest, digest: str, record: Record) -> None:
        """Put aside an item of the digest that is read now and that cannot be added, with the reason."""
        self.say(record, "quarantined", reason=item["message"])
        kept = {**item, "file": raw.short_name, "raw": raw.sha256}
        self.quarantined.setdefault(digest, {}).setdefault(raw.sha256, []).append(kept)

    def papers_of(self, digest: Digest) -> dict[str, Paper]:
        """The papers that a digest lists, by id."""
        return {paper_id: paper for paper_id in digest.papers if (paper := self.index.paper(paper_id))}

    @property
    def changed_papers(self) -> list[Paper]:
        return [paper for paper in self.index.papers.values() if self.before.get(paper.id) != paper]

    @property
    def joined_papers(self) -> list[tuple[Paper, Paper]]:
        """(paper whose page is one with another's now, that paper)"""
        old = [paper for paper in self.before.values() if paper.id not in self.index.papers]
        return [(paper, now) for paper in old if (now := self.index.papers.get(self.index.owner(paper.id)))]

    @property
    def changed_digests(self) -> list[Digest]:
        return [digest for digest in self.digests.values() if self.digests_before.get(digest.id) != digest]

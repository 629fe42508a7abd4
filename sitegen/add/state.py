"""What `add` was asked, what it holds while it works, and what it reports."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sitegen.intake.match import Index
from sitegen.model import Archive, Digest, Entry, Paper
from sitegen.problems import Problem


@dataclass(frozen=True, slots=True)
class Options:
    """today: the latest day it is anywhere, "YYYY-MM-DD"; nothing later is believed. keep_raw: as in Settings."""

    today: str
    date: str = ""
    year: str = ""
    source: str = ""
    format: str = ""
    keep_raw: bool = True


@dataclass
class Report:
    """What became of the digests: added + merged + unchanged + quarantined = papers in.

    papers: ids in the digests' order. used, ignored: bytes by class; together they are `size`.
    """

    added: int = 0
    merged: int = 0
    unchanged: int = 0
    quarantined: int = 0
    size: int = 0
    papers: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    ignored: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def found(self) -> int:
        return self.added + self.merged + self.unchanged + self.quarantined

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
        }


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
        self.quarantine: dict[str, dict[str, list[dict[str, Any]]]] = {}
        """digest id -> SHA-256 of an input -> what of it could not be added."""
        self.raw: dict[str, bytes] = {}
        """SHA-256 -> bytes of the inputs of which something was added or quarantined."""

    def _open(self, entry: Entry) -> Paper:
        return self.before.setdefault(entry.id, self._open_paper(entry))

    def papers_of(self, digest: Digest) -> dict[str, Paper]:
        """The papers that a digest lists, by id."""
        return {paper_id: paper for paper_id in digest.papers if (paper := self.index.paper(paper_id))}

    @property
    def changed_papers(self) -> list[Paper]:
        return [paper for paper in self.index.papers.values() if self.before.get(paper.id) != paper]

    @property
    def changed_digests(self) -> list[Digest]:
        return [digest for digest in self.digests.values() if self.digests_before.get(digest.id) != digest]

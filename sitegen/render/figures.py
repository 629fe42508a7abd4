"""How well the site's search finds papers, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """How queries of one kind fared: how many there were, and how many found their paper first, and among the first
    ten. bytes, ms: median and 95th percentile of what a query fetched, and of how long it took.
    """

    kind: str
    meaning: str
    queries: int
    first: int
    among_ten: int
    bytes: tuple[float, float]
    ms: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of all kinds that there are queries of. papers: how many the archive has."""

    papers: int
    kinds: tuple[Figures, ...]

"""Figures of runs, and the table they make."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figures:
    """One run. seconds, cpu: in seconds; memory, size: in bytes; files: of the site. search: seconds of them that the
    search index took, where the tool says so. notes: other findings."""

    seconds: float
    cpu: float
    memory: int
    size: int = 0
    files: int = 0
    search: float = 0.0
    notes: Mapping[str, object] = field(default_factory=dict)


Results = Mapping[str, Sequence[Figures]]
"""Contender -> its runs."""


def median(runs: Sequence[Figures]) -> Figures:
    """Each figure's median."""
    names = ("seconds", "cpu", "memory", "size", "files", "search")
    values = {name: statistics.median(getattr(each, name) for each in runs) for name in names}
    return Figures(**values, notes=runs[-1].notes)


def table(results: Results) -> str:
    """A Markdown table, a contender a row."""
    rows = [
        "| | seconds | without its search | CPU s | memory MB | site MB | files |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, runs in results.items():
        each = median(runs)
        without = f"{each.seconds - each.search:.1f}" if each.search else ""
        cells = [f"{each.seconds:.1f}", without, f"{each.cpu:.1f}", f"{each.memory / 1e6:,.0f}"]
        cells += [f"{each.size / 1e6:,.1f}", f"{each.files:,.0f}"]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def ratios(results: Results) -> dict[str, float]:
    """Seconds of `sitegen, cold` without its search index, over the seconds of others."""
    found = {name: median(runs) for name, runs in results.items()}
    if "sitegen, cold" not in found:
        return {}
    ours = found["sitegen, cold"].seconds - found["sitegen, cold"].search
    others = {name: each.seconds for name, each in found.items() if not name.startswith("sitegen")}
    return {name: round(ours / seconds, 3) for name, seconds in others.items()}

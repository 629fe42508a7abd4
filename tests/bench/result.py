"""Figures of runs, and the table they make."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figures:
    """One run. seconds, cpu: in seconds; memory, size: in bytes; files: of the site. notes: other findings."""

    seconds: float
    cpu: float
    memory: int
    size: int = 0
    files: int = 0
    notes: Mapping[str, object] = field(default_factory=dict)


Results = Mapping[str, Sequence[Figures]]
"""Contender -> its runs."""


def median(runs: Sequence[Figures]) -> Figures:
    """Each figure's median."""
    names = ("seconds", "cpu", "memory", "size", "files")
    values = {name: statistics.median(getattr(each, name) for each in runs) for name in names}
    return Figures(**values, notes=runs[-1].notes)


def table(results: Results) -> str:
    """A Markdown table, a contender a row."""
    rows = [
        "| | seconds | CPU s | memory MB | site MB | files |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, runs in results.items():
        each = median(runs)
        cells = [f"{each.seconds:.1f}", f"{each.cpu:.1f}", f"{each.memory / 1e6:,.0f}"]
        cells += [f"{each.size / 1e6:,.1f}", f"{each.files:,.0f}"]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def ratios(results: Results) -> dict[str, dict[str, float]]:
    """Cold build of ours -> contender -> our seconds over theirs, both medians."""
    seconds = {name: median(runs).seconds for name, runs in results.items()}
    others = {name: each for name, each in seconds.items() if not name.startswith("sitegen")}
    cold = [name for name in seconds if name.startswith("sitegen") and "cold" in name]
    return {name: {other: round(seconds[name] / theirs, 3) for other, theirs in others.items()} for name in cold}

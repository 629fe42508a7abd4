"""The report card: per contender and kind how often a paper was found, for how many bytes, how soon."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitegen.search.measured import p95
from tests.bench.search.ask import DEPTH, Cold, Warm
from tests.bench.search.queries import KINDS
from tests.bench.search.sites import Made

ALL = "all"
_HEAD = (
    *("", "kind", "queries", "success@1", "success@10"),
    *("cold", "KB cold", "p95", "requests", "ms cold", "p95", "ms warm", "p95"),
)


@dataclass(frozen=True)
class Answers:
    """What one contender answered. made: what making its site took."""

    made: Made
    warm: Sequence[Warm]
    cold: Sequence[Cold]


Row = dict[str, float]
"""Figures of one kind; those in the columns of the table, and how many queries had no answer."""


def figures(answers: Answers) -> dict[str, Row]:
    """Kind -> its figures, and those of all kinds together."""
    return {kind: _row(answers, kind) for kind in (*KINDS, ALL)}


def _row(answers: Answers, kind: str) -> Row:
    warm = [each for each in answers.warm if kind in (ALL, each.query.kind)]
    cold = [each for each in answers.cold if kind in (ALL, each.query.kind)]
    ranks = [each.rank for each in warm]
    return {
        "queries": len(warm),
        "success@1": _share(ranks, 1),
        "success@10": _share(ranks, DEPTH),
        "errors": sum(bool(each.error) for each in warm) + sum(bool(each.error) for each in cold),
        "cold": len(cold),
        **_middle("kb_cold", [each.size / 1000 for each in cold if not each.error]),
        **_middle("requests_cold", [each.requests for each in cold if not each.error]),
        **_middle("ms_cold", [each.ms for each in cold if not each.error]),
        **_middle("ms_warm", [each.ms for each in warm if not each.error]),
    }


def _share(ranks: Sequence[int], depth: int) -> float:
    return round(sum(1 <= rank <= depth for rank in ranks) / len(ranks), 4) if ranks else 0.0


def _middle(name: str, values: Sequence[float]) -> Row:
    if not values:
        return {f"{name}_median": 0.0, f"{name}_p95": 0.0}
    return {f"{name}_median": round(statistics.median(values), 1), f"{name}_p95": round(p95(values), 1)}


def table(results: Mapping[str, Mapping[str, Row]]) -> str:
    """A Markdown table, a kind a row."""
    rows = [_line(_HEAD), _line(["---", "---", *["---:"] * (len(_HEAD) - 2)])]
    rows += [_line([name, kind, *_cells(row)]) for name, kinds in results.items() for kind, row in kinds.items()]
    return "\n".join(rows)


def _cells(row: Row) -> list[str]:
    cells = [f"{row['queries']:,.0f}", f"{row['success@1']:.1%}", f"{row['success@10']:.1%}", f"{row['cold']:,.0f}"]
    names = ("kb_cold_median", "kb_cold_p95", "requests_cold_median", "ms_cold_median", "ms_cold_p95")
    cells += [f"{row[name]:,.0f}" if row["cold"] else "–" for name in names]
    return [*cells, *(f"{row[name]:,.0f}" for name in ("ms_warm_median", "ms_warm_p95"))]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"

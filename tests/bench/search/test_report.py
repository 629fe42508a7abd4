"""The figures and their table are right."""

from tests.bench.search.ask import Cold, Warm
from tests.bench.search.queries import Query
from tests.bench.search.report import Answers, figures, table

QUERY = Query("one typo", "Helo", "1")


def test_figures_and_table() -> None:
    warm = [Warm(QUERY, rank, ms) for rank, ms in ((1, 10.0), (4, 20.0), (0, 30.0))] + [Warm(QUERY, 0, 0, "no answer")]
    cold = [Cold(QUERY, 1, 100.0, size, 5, 9_999) for size in (1_000, 2_000, 12_000)]
    kinds = figures(Answers({}, warm, cold))
    assert kinds["all"] == kinds["one typo"]
    assert kinds["exact title"]["queries"] == 0
    row = kinds["one typo"]
    assert (row["success@1"], row["success@10"], row["errors"]) == (0.25, 0.5, 1)
    assert (row["kb_cold_median"], row["kb_cold_p95"], row["ms_warm_median"]) == (2.0, 12.0, 20.0)
    last = table({"sitegen": {"one typo": row}}).splitlines()[-1]
    assert last == "| sitegen | one typo | 4 | 25.0% | 50.0% | 3 | 2 | 12 | 5 | 100 | 100 | 20 | 30 |"

"""The benchmark itself: its papers are always the same, its table is right, and it measures."""

import itertools
import sys
from pathlib import Path

import pytest

from tests.bench.corpora import Corpus, as_lines, made
from tests.bench.kills import killed
from tests.bench.measure import Failed, run, size_of
from tests.bench.ours import Archive
from tests.bench.result import Figures, ratios, table


def test_made_papers_are_always_the_same() -> None:
    first, second = (list(itertools.islice(made(), 20)) for _ in range(2))
    assert as_lines(first) == as_lines(second)
    assert len({paper["id"] for paper in first}) == 20


def test_a_command_is_measured(tmp_path: Path) -> None:
    code = "import sys; held = bytearray(80_000_000); import time; time.sleep(0.4); print('done')"
    ran = run([sys.executable, "-c", code], tmp_path)
    assert ran.out == "done\n"
    assert ran.seconds >= 0.4
    assert 80_000_000 <= ran.memory < 200_000_000
    with pytest.raises(Failed, match="no luck"):
        run([sys.executable, "-c", "raise SystemExit('no luck')"], tmp_path)


def test_the_table_has_medians_and_ratios() -> None:
    results = {
        "sitegen, cold": [Figures(seconds, 1, 1_000_000, 2_000_000, 3) for seconds in (9.0, 3.0, 4.0)],
        "Hugo": [Figures(6.0, 5.0, 7_000_000, 8_000_000, 9)] * 3,
    }
    assert table(results).splitlines()[2:] == [
        "| sitegen, cold | 4.0 | 1.0 | 1 | 2.0 | 3 |",
        "| Hugo | 6.0 | 5.0 | 7 | 8.0 | 9 |",
    ]
    assert ratios(results) == {"sitegen, cold": {"Hugo": 0.667}}


def test_an_archive_is_measured(tmp_path: Path) -> None:
    papers = list(itertools.islice(made(), 80))
    archive = Archive(tmp_path / "archive", Corpus(papers[:30], [papers[30:]], "made"))
    cold = archive.cold()
    assert (cold.size, cold.files) == size_of(tmp_path / "archive" / "site")
    digest = archive.digest()
    assert digest.files > cold.files
    assert archive.clone().size == digest.size
    assert archive.is_as_if_cold()


@pytest.mark.skipif(sys.platform != "linux", reason="counts on RENAME_EXCHANGE")
def test_builds_are_killed(tmp_path: Path) -> None:
    seen = killed(tmp_path / "archive", kills=4, papers=40, seed=1)
    assert seen["old"] + seen["new"] == 4
    assert seen["right page"] > 0
    assert not seen["wrong page"] + seen["failed again"]

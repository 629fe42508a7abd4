"""sitegen's own search, asked for made papers in a real Chromium."""

import itertools
from pathlib import Path

from playwright.sync_api import Browser

from tests.bench.corpora import Corpus, made
from tests.bench.search.ask import Asker
from tests.bench.search.contenders import contenders
from tests.bench.search.queries import KINDS, Query, queries
from tests.bench.search.server import served


def test_sitegen_is_asked(browser: Browser, tmp_path: Path) -> None:
    papers = list(itertools.islice(made(), 36))
    (sitegen,) = (each for each in contenders() if each.name == "sitegen")
    site, _ = sitegen.make(tmp_path / "sitegen", Corpus(papers, [], "made"))
    wanted = [*queries(papers, "report", 2), Query("exact title", "zzyzx", papers[0]["id"])]
    with served(site) as at:
        asker = Asker(browser, sitegen, at, papers)
        warm = asker.warm(wanted)
        cold = asker.cold([wanted[0], wanted[-1]])
    assert [each.query for each in warm] == wanted
    assert len(warm) == 2 * len(KINDS) + 1
    assert all(each.ms > 0 and not each.error for each in warm)
    assert [each.rank for each in warm if each.query.kind == "exact title"] == [1, 1, 0]
    assert [each.rank for each in cold] == [1, 0]
    # The second one's cache was empty too, and what is not the search's is counted apart.
    assert all(each.size > 10_000 and each.requests > 3 and each.rest > 10_000 for each in cold)
    assert all(each.ms > 0 and not each.error for each in cold)

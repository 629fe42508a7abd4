"""Asks one search in a real Chromium: many queries on one open page, some with an empty cache."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.sync_api import Browser, Error, Page

from tests.bench.corpora import Paper
from tests.bench.search.contenders import Contender, script
from tests.bench.search.queries import Query, title_key
from tests.bench.search.server import Site

DEPTH = 10


@dataclass(frozen=True)
class Warm:
    """A query typed into an open page. rank: of the paper, from 1, or 0 if it is not among the first ten."""

    query: Query
    rank: int
    ms: float
    error: str = ""


@dataclass(frozen=True)
class Cold:
    """A query in the address of a page that is opened with an empty cache. size: bytes of bodies that the search
    fetched, as they went over the wire; rest: of everything else; requests: of the search."""

    query: Query
    rank: int
    ms: float
    size: int
    requests: int
    rest: int
    error: str = ""


class Asker:
    """Asks one contender about the papers."""

    def __init__(self, browser: Browser, contender: Contender, site: Site, papers: Sequence[Paper]) -> None:
        self.browser = browser
        self.contender = contender
        self.site = site
        self.script = script(contender)
        self.titles = {contender.hit(paper): title_key(paper["title"]) for paper in papers}
        self.wanted = {paper["id"]: title_key(paper["title"]) for paper in papers}

    def warm(self, queries: Sequence[Query]) -> list[Warm]:
        """One after another on one open page, which is opened again after an error."""
        found: list[Warm] = []
        while len(found) < len(queries):
            with self._page() as page:
                page.goto(self.site.url + self.contender.address, wait_until="load")
                # The first one pays for opening the search, so it is asked twice.
                self._typed(page, queries[len(found)])
                for query in queries[len(found) :]:
                    found.append(self._typed(page, query))
                    if found[-1].error:
                        break
        return found

    def _typed(self, page: Page, query: Query) -> Warm:
        try:
            got = page.evaluate("query => bench.asked(query)", query.text)
        except Error as error:
            return Warm(query, 0, 0, error.message.splitlines()[0])
        if got is None:
            return Warm(query, 0, 0, "no answer")
        return Warm(query, self._rank(query, got), got["ms"])

    def cold(self, queries: Sequence[Query]) -> list[Cold]:
        """Each in a browser profile of its own."""
        return [self._opened(query) for query in queries]

    def _opened(self, query: Query) -> Cold:
        before = len(self.site.sent)
        rank, ms, error = 0, 0.0, ""
        with self._page() as page:
            try:
                page.goto(_address(self.site, self.contender, query), wait_until="commit")
                got = page.evaluate("() => bench.opened")
                rank, ms, error = (self._rank(query, got), got["ms"], "") if got else (0, 0.0, "no answer")
            except Error as failed:
                error = failed.message.splitlines()[0]
            # What is fetched in advance counts too.
            self.site.wait_idle()
        sent = self.site.sent[before:]
        mine = [each.size for each in sent if self.contender.mine(each.path)]
        return Cold(query, rank, ms, sum(mine), len(mine), sum(each.size for each in sent) - sum(mine), error)

    @contextmanager
    def _page(self) -> Iterator[Page]:
        """A page in a new context, whose cache is empty."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_init_script(self.script)
        try:
            yield context.new_page()
        finally:
            context.close()
            self.site.wait_idle()

    def _rank(self, query: Query, got: Mapping[str, object]) -> int:
        hits = got["hits"]
        assert isinstance(hits, list)
        titles = [self.titles.get(hit) for hit in hits[:DEPTH]]
        wanted = self.wanted[query.paper]
        return titles.index(wanted) + 1 if wanted in titles else 0


def _address(site: Site, contender: Contender, query: Query) -> str:
    return f"{site.url}{contender.address}?{urlencode({'q': query.text})}"

"""What all page functions share: the archive with its settings, and a page as they make it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup

from sitegen import identity
from sitegen.config import Settings
from sitegen.model import Archive, Digest, Paper


@dataclass(frozen=True)
class Page:
    """One page before it is put in its frame.

    url: relative to the site's root, "" for the home page. title, description: plain text. template: a file of
    theme/sitegen/. context: its variables. crumbs: (words, URL) of the lists above it, the outermost first.
    feeds: (URL of the folder that holds the three feeds, words) pairs. head: more HTML for <head>.
    """

    url: str
    section: str
    title: str
    description: str
    template: str
    context: Mapping[str, Any]
    crumbs: Sequence[tuple[str, str]] = ()
    feeds: Sequence[tuple[str, str]] = ()
    head: Markup = field(default=Markup(""))

    @property
    def root(self) -> str:
        """The way from the page to the site's root: ".", "..", "../.."."""
        return "/".join([".."] * self.url.count("/")) or "."


@dataclass(frozen=True)
class Site:
    """The archive and what its pages need to know of each other."""

    archive: Archive
    settings: Settings
    name: str
    description: str
    url: str
    tag_pages: tuple[str, ...]
    introductions: Mapping[str, Markup]
    notes: Mapping[str, Markup]
    """HTML by page of content/."""

    @cached_property
    def with_page(self) -> frozenset[str]:
        return frozenset(self.tag_pages)

    @cached_property
    def newest_digest(self) -> Digest | None:
        return next((digest for digest in self.archive.digests if digest.date), None)

    @cached_property
    def parts(self) -> dict[str, list[str]]:
        """The months of each year and the days of each month, newest first."""
        found: dict[str, list[str]] = {year: [] for year in self.archive.by_year}
        for date in (*self.archive.by_month, *self.archive.by_day):
            found.setdefault(date[:-3], []).append(date)
        return found

    @cached_property
    def digests_by_date(self) -> dict[str, list[Digest]]:
        """The digests of each year, month and day, newest first."""
        found: dict[str, list[Digest]] = {}
        for digest in self.archive.digests:
            for length in (4, 7, 10) if digest.date else ():
                found.setdefault(digest.date[:length], []).append(digest)
        return found

    @cached_property
    def positions(self) -> dict[str, dict[str, int]]:
        """Digest id -> paper id -> its place in the digest."""
        return {digest.id: {name: at for at, name in enumerate(digest.papers)} for digest in self.archive.digests}

    def tag_href(self, slug: str) -> str:
        """A tag's page; a rare tag's search."""
        return identity.tag_url(slug) if slug in self.with_page else identity.search_url(f"tags:{slug}")

    def papers_of(self, digest: Digest) -> list[Paper]:
        return [self.archive.by_id[paper_id] for paper_id in digest.papers if paper_id in self.archive.by_id]


@dataclass(frozen=True, slots=True)
class Chunk:
    """One page of a long list. number 0 is the list's own URL; `pages`: (words, URL, whether it is this one)."""

    url: str
    number: int
    papers: Sequence[Paper]
    first: int
    pages: Sequence[tuple[str, str, bool]]


def newest_pages(url: str, papers: Sequence[Paper], size: int) -> list[Chunk]:
    """A growing list, newest first, in pages numbered from the oldest, so that a new paper moves no full page.

    The list's own URL shows the newest `size` to `2 * size - 1` papers.
    """
    full = max(0, len(papers) // size - 1)
    newest = len(papers) - full * size
    slices = [(0, 0, newest)] + [(full - i, newest + i * size, newest + (i + 1) * size) for i in range(full)]
    return _chunks(url, papers, slices)


def ordered_pages(url: str, papers: Sequence[Paper], size: int) -> list[Chunk]:
    """A list in its own order; its own URL shows the beginning, then come pages 2, 3 …"""
    count = max(1, len(papers) // size)
    bounds = [i * size for i in range(count)] + [len(papers)]
    slices = [(i + 1 if i else 0, bounds[i], bounds[i + 1]) for i in range(count)]
    return _chunks(url, papers, slices)


def _chunks(url: str, papers: Sequence[Paper], slices: Sequence[tuple[int, int, int]]) -> list[Chunk]:
    urls = [identity.numbered(url, number) for number, _, _ in slices]
    chunks = []
    for at, (number, start, end) in enumerate(slices):
        near = {0, len(slices) - 1} | set(range(at - 2, at + 3))
        pages = [(f"{slices[i][1] + 1}–{slices[i][2]}", urls[i], i == at) for i in sorted(near) if 0 <= i < len(slices)]
        chunks.append(Chunk(urls[at], number, papers[start:end], start + 1, pages if len(slices) > 1 else ()))
    return chunks

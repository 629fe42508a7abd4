"""What page functions work with: the archive with what pages need to know of each other, and a page as planned."""

import hashlib
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from sitegen import identity
from sitegen.cache import code_version, stamp
from sitegen.catalogue import open_entry
from sitegen.config import Settings
from sitegen.model import Archive, Digest, Entry, Tag
from sitegen.render.article import Article, article_of, unpacked
from sitegen.render.figures import Quality
from sitegen.render.shell import Shell
from sitegen.render.views import NOTICES, when

TAGS_IN_LISTS = 4


class Listed:
    """A paper as lists show it, made once and the same in all of them. paged: which of its tags have a page."""

    __slots__ = ("paged", "paper")

    def __init__(self, paper: Entry, with_page: Container[str]) -> None:
        self.paper = paper
        self.paged = bytes([tag.slug in with_page for tag in paper.tags])

    @property
    def stamp(self) -> bytes:
        """Stands for all that a list shows of it."""
        return self.paper.face + self.paged

    @property
    def id(self) -> str:
        return self.paper.id

    @property
    def url(self) -> str:
        return self.paper.url

    @property
    def title(self) -> Markup:
        return Markup(self.paper.title_html)  # noqa: S704 (made by `title_html`)

    @property
    def notice(self) -> str:
        """ "Retracted", or "" as for most papers."""
        return NOTICES.get(self.paper.notice, "")

    @property
    def tags(self) -> list[Tag]:
        """The first few of those that have a page."""
        return [tag for tag, has_page in zip(self.paper.tags, self.paged, strict=True) if has_page][:TAGS_IN_LISTS]


@dataclass(frozen=True, slots=True)
class ListedDigest:
    """A digest as lists and its papers show it. date: in words; iso: "2025-03-14". stamp: stands for all of it."""

    title: str
    url: str
    date: str
    iso: str
    count: int
    stamp: bytes

    @property
    def words(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class View:
    """What stands on a page.

    title, description: plain text. template: a file of theme/sitegen/; context: its variables. crumbs: (words, URL) of
    the lists above it, the outermost first. feeds: (URL of the folder that holds the three feeds, words) pairs.
    head: more HTML for <head>.
    """

    title: str
    description: str
    template: str
    context: Mapping[str, Any]
    crumbs: Sequence[tuple[str, str]] = ()
    feeds: Sequence[tuple[str, str]] = ()
    head: Markup = field(default=Markup(""))


class Page(NamedTuple):
    """One page as it is planned: `view(common, *facts)` says what stands on it.

    url: relative to the site's root, "" for the home page. section: whose entry of the navigation is the active one.
    facts: all that the page depends on, beside what all pages have in common: texts, numbers, tuples and dictionaries
    of them, and values with a `stamp`. A page whose facts are as they were is not made again.
    """

    url: str
    section: str
    view: Callable[..., View]
    facts: tuple[Any, ...] = ()

    @property
    def root(self) -> str:
        """The way from the page to the site's root: ".", "..", "../.."."""
        return root_of(self.url)

    def key(self, common: bytes) -> bytes:
        """Stands for the page's bytes; `common` stands for what all pages have in common."""
        parts = [common, self.view.__name__.encode(), self.section.encode()]
        _collect(self.facts, parts)
        return hashlib.blake2b(b"\0".join(parts), digest_size=16).digest()


def root_of(url: str) -> str:
    return "/".join([".."] * url.count("/")) or "."


def _collect(value: Any, parts: list[bytes]) -> None:
    if type(value) in (tuple, list):
        parts.append(b"(")
        for each in value:
            _collect(each, parts)
        parts.append(b")")
    elif type(value) in (str, int, bool) or value is None:
        parts.append(repr(value).encode("utf-8", "surrogatepass"))
    elif type(value) is dict:
        _collect([*value.items()], parts)
    else:
        parts.append(value.stamp)


@dataclass(frozen=True)
class Common:
    """What all pages have in common, and where papers can be opened.

    articles: what was made of papers' pages when they were read, by path. Our settings are not among it: what a page
    shows of them is one of its facts, so that a setting for feeds makes no page anew.
    """

    shell: Shell
    content: Path
    articles: Mapping[str, memoryview] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.shell.site_name

    @property
    def url(self) -> str:
        return self.shell.site_url

    @property
    def description(self) -> str:
        return self.shell.description

    def article(self, paper: Entry) -> Article:
        """What the paper's page shows of the paper alone."""
        made = self.articles.get(paper.path)
        return unpacked(made) if made else article_of(open_entry(self.content, paper), paper)

    @cached_property
    def stamp(self) -> bytes:
        """Stands for all that goes into every page: code, theme, shell."""
        shell = self.shell
        frames = [(key, frame.strings, frame.slots) for key, frame in shell.frames.items()]
        said = (shell.site_name, shell.description, shell.site_url, frames)
        return stamp(code_version(), *said)


@dataclass(frozen=True)
class Site:
    """The archive and what its pages need to know of each other."""

    archive: Archive
    settings: Settings
    common: Common
    tag_pages: tuple[str, ...]
    introductions: Mapping[str, str]
    """HTML of what a human wrote above our lists, by section."""
    notes: Mapping[str, str]
    """HTML by page of content/."""
    quality: Quality | None = None
    """How good its search is, if that was measured."""

    @property
    def name(self) -> str:
        return self.common.name

    @property
    def url(self) -> str:
        return self.common.url

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

    def papers_of(self, digest: Digest) -> list[Entry]:
        return [self.archive.by_id[paper_id] for paper_id in digest.papers if paper_id in self.archive.by_id]

    @cached_property
    def _listed(self) -> dict[str, Listed]:
        return {paper.id: Listed(paper, self.with_page) for paper in self.archive.papers}

    def listed(self, papers: Sequence[Entry]) -> tuple[Listed, ...]:
        """The papers as lists show them."""
        known = self._listed
        return tuple([known[paper.id] for paper in papers])

    @cached_property
    def _listed_digests(self) -> dict[str, ListedDigest]:
        return {}

    def listed_digest(self, digest: Digest) -> ListedDigest:
        """The digest as lists show it."""
        found = self._listed_digests.get(digest.id)
        if found is None:
            shown = (digest.title, identity.digest_url(digest.id), when(digest.date), digest.date, len(digest.papers))
            found = self._listed_digests[digest.id] = ListedDigest(*shown, stamp(*shown))
        return found


@dataclass(frozen=True, slots=True)
class Chunk:
    """One page of a long list. number 0 is the list's own URL; `pages`: (words, URL, whether it is this one)."""

    url: str
    number: int
    papers: Sequence[Entry]
    pages: tuple[tuple[str, str, bool], ...]


def newest_pages(url: str, papers: Sequence[Entry], size: int) -> Iterator[Chunk]:
    """A growing list, newest first, in pages numbered from the oldest, so that a new paper changes no full page.

    The list's own URL shows the newest `size` to `2 * size - 1` papers.
    """
    full = max(0, len(papers) // size - 1)
    newest = len(papers) - full * size
    slices = [(0, 0, newest)] + [(full - i, newest + i * size, newest + (i + 1) * size) for i in range(full)]
    return _chunks(url, papers, slices, "Newest")


def ordered_pages(url: str, papers: Sequence[Entry], size: int) -> Iterator[Chunk]:
    """A list in its own order; its own URL shows the beginning, then come pages 2, 3 …"""
    count = max(1, len(papers) // size)
    bounds = [i * size for i in range(count)] + [len(papers)]
    slices = [(i + 1 if i else 0, bounds[i], bounds[i + 1]) for i in range(count)]
    return _chunks(url, papers, slices, "1")


def _chunks(url: str, papers: Sequence[Entry], slices: Sequence[tuple[int, int, int]], first: str) -> Iterator[Chunk]:
    names = [(str(number) if number else first, identity.numbered(url, number)) for number, _, _ in slices]
    for at, (number, start, end) in enumerate(slices):
        near = sorted({0, len(slices) - 1} | set(range(max(0, at - 2), min(len(slices), at + 3))))
        pages = tuple((*names[i], i == at) for i in near) if len(slices) > 1 else ()
        yield Chunk(names[at][1], number, papers[start:end], pages)

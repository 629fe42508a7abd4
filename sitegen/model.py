"""The archive as frozen values: no I/O, no back-references.

Text fields hold what the digest said (TeX and all), cleaned of white space and control characters;
`sitegen.text.inline` turns them into what a reader sees.
"""

import copyreg
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from operator import attrgetter
from typing import Literal, NamedTuple, TypeVar, get_args

Value = str | tuple[str, ...]
C = TypeVar("C", bound=type)


def sent_by_parts(kind: C) -> C:
    """Send values of a dataclass to other processes as what its constructor takes: that takes half the time of what
    `dataclasses` does for those with slots."""
    parts = attrgetter(*(each.name for each in fields(kind)))
    copyreg.pickle(kind, lambda value: (kind, parts(value)))
    return kind


@sent_by_parts
@dataclass(frozen=True, slots=True)
class Record:
    """One paper as one digest says it; a field the digest does not have is absent.

    fields: {"title": "…", "abstract": "…", "authors": ("A. One", "B. Two"), "keywords": ("cs.CV",),
             "published": "2025-03-13" (or "2025-03", "2025"), "links.arxiv": "https://…", "links.code": "https://…",
             "version": "3", "notice": ("withdrawn", "an error in the proof", "2025-03-20", "")}, as `Notice` has them
    id: the id as the digest gives it ("2503.10613v2", "10.1/x", ""); also: ids it gave elsewhere in the digest.
    line: where the record starts, from 1.
    """

    fields: Mapping[str, Value]
    id: str = ""
    line: int = 0
    also: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return str(self.fields.get("title", ""))


@sent_by_parts
@dataclass(frozen=True, slots=True)
class Sighting:
    """That one digest listed the paper, and what it said.

    said: field -> first 8 hex digits of the value's SHA-256 (`identity.said_hash`), for every field the digest had.
    differs: field -> the value itself, where it is not the one the page shows.
    ids: those that the digest gave, the best first. A digest may have said two things of one paper, with two ids.
    """

    digest: str
    said: Mapping[str, str]
    differs: Mapping[str, Value] = field(default_factory=dict)
    ids: tuple[str, ...] = ()


TagSource = Literal["hand", "rule", "digest"]


class Tag(NamedTuple):
    """A tag of one paper and why it has it.

    slug "diffusion-models", name "Diffusion models", source "rule", reason "title: diffusion", or
    source "digest", reason "cs.CV", or source "hand", reason "".
    """

    slug: str
    name: str
    source: TagSource
    reason: str = ""


NoticeKind = Literal["withdrawn", "retracted", "corrected", "superseded"]
NOTICE_KINDS: tuple[NoticeKind, ...] = get_args(NoticeKind)


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened to a paper after it was published. by: the id of the paper that took its place, or ""."""

    kind: NoticeKind
    reason: str = ""
    date: str = ""
    by: str = ""


@sent_by_parts
@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: the fold over its sightings, plus what a human wrote.

    id: fixed when first added. published: "YYYY[-MM[-DD]]" or "". version: "3", or "" where no digest names it.
    links: (kind, url) pairs, kinds as in `LINK_KINDS`.
    hand_tags: names set by hand; "-name" takes a tag away. keywords: what digests called it.
    listed: day of the first digest that listed it, or "" when none did.
    path: its page, relative to content/. notes: Markdown of a human, outside the abstract.
    """

    id: str
    title: str
    authors: tuple[str, ...] = ()
    abstract: str = ""
    published: str = ""
    version: str = ""
    keywords: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    hand_tags: tuple[str, ...] = ()
    notice: Notice | None = None
    notes: str = ""
    sightings: tuple[Sighting, ...] = ()
    listed: str = ""
    path: str = ""

    @property
    def date(self) -> str:
        """The day (or year) the paper stands under in pages by date: listed, else published, else ""."""
        return self.listed or self.published

    def link(self, kind: str) -> str:
        """The URL of that kind, or ""."""
        return dict(self.links).get(kind, "")


class Entry(NamedTuple):
    """What the archive knows of a paper without opening its page: enough for lists, addresses and matching.

    path: its page, relative to content/. url: relative to the site's root. title: plain; title_html: as lists show it.
    authors: the first few, in words; author: the first alone. notice: its kind, or "". notes: Markdown of a human.
    keys: what it has in common with records that may be it (`match.keys_of_paper`). face: stands for all that a list
    shows of it; page: for the bytes of its page; stamp: for them and the tags.
    """

    id: str
    path: str
    url: str
    date: str
    listed: str
    title: str
    title_html: str
    authors: str
    author: str
    aliases: tuple[str, ...]
    tags: tuple[Tag, ...]
    code: bool
    notice: str
    notes: str
    keys: tuple[str, ...]
    face: bytes
    page: bytes
    stamp: bytes


# Kinds of links in the order a page shows them, with the words on the button.
LINK_KINDS = {
    "arxiv": "arXiv",
    "doi": "DOI",
    "pdf": "PDF",
    "code": "Code",
    "project": "Project page",
    "data": "Data",
    "demo": "Demo",
    "video": "Video",
    "url": "Web page",
}


@dataclass(frozen=True, slots=True)
class Digest:
    """One listing of papers. date "YYYY-MM-DD", or "" for a collection; papers: ids in the digest's order.

    raw: SHA-256 of each input it was made from. intro: Markdown of a human.
    """

    id: str
    date: str
    source: str
    title: str
    papers: tuple[str, ...]
    raw: tuple[str, ...] = ()
    intro: str = ""
    path: str = ""


@dataclass(frozen=True)
class Archive:
    """All papers (newest first, ties by id) and digests (newest first), with the listings made from them."""

    papers: tuple[Entry, ...]
    digests: tuple[Digest, ...]
    ledger: tuple[tuple[str, str], ...] = ()
    """(URL, what it was for) pairs ever published: ("papers/2503.10613/", "paper 2503.10613")."""
    tag_names: Mapping[str, str] = field(default_factory=dict)
    tag_descriptions: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        return {paper.id: paper for paper in self.papers}

    @cached_property
    def by_day(self) -> dict[str, list[Entry]]:
        """ "2025-03-14" -> papers; papers with only a month or a year are not here."""
        return _grouped(self.papers, 10)

    @cached_property
    def by_month(self) -> dict[str, list[Entry]]:
        return _grouped(self.papers, 7)

    @cached_property
    def by_year(self) -> dict[str, list[Entry]]:
        return _grouped(self.papers, 4)

    @cached_property
    def by_tag(self) -> dict[str, list[Entry]]:
        """Tag slug -> papers, for every tag in use, most papers first."""
        groups: dict[str, list[Entry]] = {}
        for paper in self.papers:
            for tag in paper.tags:
                groups.setdefault(tag.slug, []).append(paper)
        return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))

    @property
    def listings(self) -> list[Digest]:
        """The digests as a paper names them: of days, the oldest first, for it stands under the first; collections."""
        oldest = self.digests[::-1]
        return [digest for digest in oldest if digest.date] + [digest for digest in oldest if not digest.date]

    @cached_property
    def digests_of(self) -> dict[str, list[Digest]]:
        """Paper id -> the digests that list it, in the order of `listings`."""
        found: dict[str, list[Digest]] = {}
        for digest in self.listings:
            for paper_id in digest.papers:
                found.setdefault(paper_id, []).append(digest)
        return found


def _grouped(papers: tuple[Entry, ...], length: int) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for paper in papers:
        if len(paper.date) >= length:
            groups.setdefault(paper.date[:length], []).append(paper)
    return groups


def newest_first(paper: Entry) -> tuple[str, str]:
    """Sort key, to be used with `reverse=True`: by date, then by id."""
    return (paper.date, paper.id)

"""Which page each saying goes to: pages are joined and parted as it turns out which papers there are.

All of a neighbourhood (what has an id or a title in common, directly or through others) is placed at once, so that
the order in which digests came does not matter: it decides only which of its names is a paper's id.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import accumulate, islice
from typing import NamedTuple, TypeVar

from sitegen import identity
from sitegen.matching.clusters import Saying, clusters
from sitegen.matching.items import Item, New, Told, items_of_page, sayings, tell
from sitegen.matching.match import evidence
from sitegen.matching.merge import Edits, folded, unfolded
from sitegen.matching.said import Said, Traits
from sitegen.model import Paper
from sitegen.text.escape import markdown

K = TypeVar("K")
V = TypeVar("V")
_NO_PAGE = Paper("", "")


class Joined(NamedTuple):
    """Pages of one paper became one page. new: the saying that brought it about; why: in words."""

    new: int
    papers: tuple[str, ...]
    why: str


class Parted(NamedTuple):
    """A page of several papers became several pages."""

    new: int
    papers: tuple[str, ...]


class Placed(NamedTuple):
    """The papers of a neighbourhood; new sayings are named by their places.

    papers: those that are there now; one without a path has no page yet. paper_of: the paper of each new saying. why:
    what each has in common with the rest of it, in words. added: papers of which there was no saying before. known:
    new sayings that said nothing new. kept: fields where a hand edit stands against what a new saying says. moved: (id
    of a page that was joined or parted, digest) -> the papers that the digest means by it now; for "", its own.
    """

    papers: tuple[Paper, ...]
    paper_of: tuple[str, ...]
    why: tuple[str, ...]
    added: frozenset[str]
    known: frozenset[int]
    kept: Mapping[int, tuple[str, ...]]
    moved: Mapping[tuple[str, str], tuple[str, ...]]
    joined: tuple[Joined, ...]
    parted: tuple[Parted, ...]


def place(pages: Sequence[Paper], news: Sequence[New], owner: Callable[[str], str]) -> Placed:
    """Place new sayings. pages: all of the neighbourhood; owner: the id of the paper that has a name, "" for none."""
    if not pages and len(news) == 1:
        return _alone(news[0].said, owner)
    return _Neighbourhood(pages, news, owner).placed()


def _alone(said: Said, owner: Callable[[str], str]) -> Placed:
    """A saying that has nothing in common with any other: of 100,000 new papers nearly each is one."""
    title = str(said.values.get("title", ""))
    paper_id = identity.new_paper_id(said.ids, title, partial(_told, said), owner)
    aliases = dict.fromkeys(name for name in Item((said,)).names if name != paper_id and not owner(name))
    paper = folded(Paper(paper_id, "", aliases=tuple(aliases)), [said], {})
    return Placed((paper,), (paper_id,), ("",), frozenset([paper_id]), frozenset(), {}, {}, (), ())


def _told(said: Said) -> str:
    """What tells it from another with the same title."""
    return json.dumps(sorted(said.hashes.items()))


def _names(item: Item) -> Iterator[str]:
    """What a page may be called for the sake of this item: also its slug with a hash."""
    yield from item.names
    for each in item.said:
        if not each.ids and "title" in each.values:
            yield from islice(identity.paper_slugs(str(each.values["title"]), partial(_told, each)), 2)


class _Neighbourhood:
    """One neighbourhood while it is placed; a cluster (of items: one paper) is named by its number."""

    def __init__(self, pages: Sequence[Paper], news: Sequence[New], owner: Callable[[str], str]) -> None:
        self._pages = {page.id: page for page in pages}
        self._owner = owner
        self._edits: dict[str, Edits] = {}
        self._items: list[Item] = []
        for page in pages:
            said, self._edits[page.id] = unfolded(page)
            self._items += items_of_page(page, said, self._edits[page.id])
        self._told = tell(self._items, news)
        self._clusters = clusters(self._sayings) if len(self._items) != 1 else [[0]]
        self._cluster_of = {at: number for number, members in enumerate(self._clusters) for at in members}
        self._items_of = _grouped((item.page, at) for at, item in enumerate(self._items))
        self._home = self._homes()
        """Name -> the cluster that has it."""
        self._pages_of = _grouped((self._home[page.id], page) for page in self._oldest_first())
        """Cluster -> the pages that become its page: that of the first, whose id and place stay."""

    @cached_property
    def _sayings(self) -> list[Saying]:
        """What the items tell; what has no neighbours is not asked."""
        return sayings(self._items)

    def _oldest_first(self) -> list[Paper]:
        return sorted(self._pages.values(), key=lambda page: (page.date or "~", page.id))

    def _homes(self) -> dict[str, int]:
        """Each name of the pages -> the cluster with the saying that gave it, else the one that the page goes to."""
        homes: dict[str, int] = {}
        for page in self._oldest_first():
            mine = sorted(self._items_of[page.id], key=lambda at: self._sayings[at].order)
            giving = {name: self._cluster_of[at] for at in reversed(mine) for name in _names(self._items[at])}
            first = giving.get(page.id, self._cluster_of[mine[0]])
            for name in (page.id, *page.aliases):
                homes.setdefault(name, giving.get(name, first))
        return homes

    def placed(self) -> Placed:
        papers = self._named([self._folded(number) for number in range(len(self._clusters))])
        paper_of = tuple(papers[self._cluster_of[told.at]].id for told in self._told)
        old = {number for at, number in self._cluster_of.items() if self._items[at].page}
        return Placed(
            papers=tuple(papers),
            paper_of=paper_of,
            why=tuple(self._whys()),
            added=frozenset(paper.id for number, paper in enumerate(papers) if number not in old),
            known=frozenset(at for at, told in enumerate(self._told) if told.before == told.now),
            kept={at: fields for at, told in enumerate(self._told) if (fields := self._kept(told))},
            moved=self._moved(papers),
            joined=tuple(self._joined()),
            parted=tuple(self._parted(papers)),
        )

    def _said(self, number: int) -> list[Said]:
        return [each for at in self._clusters[number] for each in self._items[at].said]

    def _edits_in(self, number: int) -> Edits:
        """The hand edits of all pages of a paper; the oldest page's win."""
        edits: Edits = {}
        for page in self._pages_of.get(number, ()):
            edits = {**self._edits[page.id], **edits}
        return edits

    def _folded(self, number: int) -> Paper:
        pages = self._pages_of.get(number, [_NO_PAGE])
        first = pages[0]
        if len(pages) > 1:
            written = [text for page in pages for text in (page.notes, *self._overruled(page, number))]
            notes = "\n\n".join(dict.fromkeys(filter(None, written)))
            tags = tuple(dict.fromkeys(tag for page in pages for tag in page.hand_tags))
            first = replace(first, notes=notes, hand_tags=tags)
        return folded(first, self._said(number), self._edits_in(number))

    def _overruled(self, page: Paper, number: int) -> Iterable[str]:
        """Hand edits of a page that another page's stand against, as notes: no word of a human is lost."""
        edits = self._edits_in(number)
        for name, value in self._edits[page.id].items():
            if value and value != edits[name]:
                text = value if isinstance(value, str) else ", ".join(value)
                yield markdown(f"{name}, as the page of {page.id} had it: {text}")

    def _named(self, papers: Sequence[Paper]) -> list[Paper]:
        """The papers with the names they had, and those that their sayings give and no other paper has."""
        had = _grouped((number, name) for name, number in self._home.items())
        named = []
        for number, paper in enumerate(papers):
            paper_id = paper.id or self._new_id(paper, number)
            given = [
                name
                for at in self._clusters[number]
                for name in self._items[at].names
                if not self._is_taken(name, number)
            ]
            self._home.update(dict.fromkeys((paper_id, *given), number))
            names = dict.fromkeys((*paper.aliases, *had.get(number, ()), *given))
            aliases = tuple(name for name in names if name != paper_id and self._home[name] == number)
            named.append(replace(paper, id=paper_id, aliases=aliases))
        return named

    def _new_id(self, paper: Paper, number: int) -> str:
        said = self._said(number)
        ids = dict.fromkeys(name for each in said for name in each.ids)
        return identity.new_paper_id(
            ids, paper.title, partial(_told, said[0]), lambda name: self._is_taken(name, number)
        )

    def _is_taken(self, name: str, number: int) -> bool:
        owner = self._owner(name)
        return self._home.get(name, number) != number or bool(owner and owner not in self._pages)

    def _kept(self, told: Told) -> tuple[str, ...]:
        edits = self._edits_in(self._cluster_of[told.at])
        if not edits:
            return ()
        before = told.before.hashes if told.before else {}
        said = ((name, value) for name, value in told.now.values.items() if before.get(name) != told.now.hashes[name])
        return tuple(name for name, value in said if name in edits and edits[name] != value)

    def _clusters_of(self, page: str) -> list[int]:
        """The clusters that a page goes to, the one that keeps its id first."""
        return list(dict.fromkeys((self._home[page], *sorted(self._cluster_of[at] for at in self._items_of[page]))))

    def _moved(self, papers: Sequence[Paper]) -> dict[tuple[str, str], tuple[str, ...]]:
        moved: dict[tuple[str, str], tuple[str, ...]] = {}
        for page in self._pages:
            first, *others = self._clusters_of(page)
            if papers[first].id == page and not others:
                continue
            moved[page, ""] = (papers[first].id,)
            for at in self._items_of[page]:
                for each in self._items[at].said:
                    there = moved.get((page, each.digest), ())
                    moved[page, each.digest] = tuple(dict.fromkeys((*there, papers[self._cluster_of[at]].id)))
        return moved

    def _joined(self) -> Iterable[Joined]:
        for number, pages in self._pages_of.items():
            if len(pages) > 1:
                yield Joined(self._new_in([number]), tuple(page.id for page in pages), self._why(number, pages[1].id))

    def _whys(self) -> Iterator[str]:
        """What each new saying has in common with all else of its paper, in words; "" where there is nothing else."""
        others: dict[int, Traits] = {}
        for members in self._clusters:
            if len(members) > 1:
                others.update(zip(members, _all_others([self._sayings[at].traits for at in members]), strict=True))
        for told in self._told:
            if told.before:
                yield "the same digest said it before"
            elif told.at in others:
                yield evidence(self._sayings[told.at].traits, others[told.at])
            else:
                yield ""

    def _why(self, number: int, page: str) -> str:
        """What one of the pages has in common with all else of the paper."""
        sides = {True: Traits(), False: Traits()}
        for at in self._clusters[number]:
            side = self._items[at].page == page
            sides[side] = sides[side].with_(self._sayings[at].traits)
        return evidence(sides[True], sides[False])

    def _parted(self, papers: Sequence[Paper]) -> Iterable[Parted]:
        for page in self._pages:
            numbers = self._clusters_of(page)
            if len(numbers) > 1:
                yield Parted(self._new_in(numbers), tuple(papers[number].id for number in numbers))

    def _new_in(self, numbers: Sequence[int]) -> int:
        """The first new saying in one of the clusters; 0 if the change came about in a roundabout way."""
        return next((at for at, told in enumerate(self._told) if self._cluster_of[told.at] in numbers), 0)


def _all_others(traits: Sequence[Traits]) -> list[Traits]:
    """For each, what all others tell together; from both ends, for some papers were seen thousands of times."""
    before = accumulate(traits[:-1], Traits.with_, initial=Traits())
    behind = [*accumulate(traits[:0:-1], Traits.with_, initial=Traits())]
    return [one.with_(other) for one, other in zip(before, reversed(behind), strict=True)]


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found

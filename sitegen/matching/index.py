"""The papers of an archive by name and by what they have in common with others."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sitegen.model import Entry, Paper


class Neighbourhood(NamedTuple):
    """Papers and new sayings (by their places) that have something in common, directly or through others."""

    papers: list[str]
    new: list[int]


class Index:
    """The papers as they are; `open_paper` opens the page of one, which happens only where it is needed."""

    def __init__(self, entries: Iterable[Entry], open_paper: Callable[[Entry], Paper]) -> None:
        self.papers: dict[str, Paper] = {}
        """Those that were opened or are new."""
        self._open = open_paper
        self._entries = {entry.id: entry for entry in entries}
        self._owner = {entry.id: entry.id for entry in self._entries.values()}
        self._by_key: dict[str, list[str]] = {}
        for entry in self._entries.values():
            for name in entry.aliases:
                self._owner.setdefault(name, entry.id)
            for key in entry.keys:
                self._by_key.setdefault(key, []).append(entry.id)

    def paper(self, paper_id: str) -> Paper | None:
        """The paper with this id, opened if it was not yet."""
        if paper_id not in self.papers and paper_id in self._entries:
            self.papers[paper_id] = self._open(self._entries[paper_id])
        return self.papers.get(paper_id)

    def owner(self, name: str) -> str:
        """The id of the paper whose id or alias `name` is, or ""."""
        return self._owner.get(name, "")

    def with_key(self, key: str) -> Sequence[str]:
        """The ids of the papers that had the key when the index was made."""
        return self._by_key.get(key, ())

    def replace(self, old: Iterable[str], new: Iterable[Paper]) -> None:
        """Put `new` papers in place of old ones, with all their names."""
        for paper_id in old:
            paper = self.papers.pop(paper_id)
            self._entries.pop(paper_id, None)
            for name in (paper_id, *paper.aliases):
                if self._owner.get(name) == paper_id:
                    del self._owner[name]
        for paper in new:
            self.papers[paper.id] = paper
            self._owner |= dict.fromkeys((paper.id, *paper.aliases), paper.id)

    def neighbourhoods(self, keys_of_new: Sequence[Collection[str]]) -> Iterator[Neighbourhood]:
        """The neighbourhoods of new sayings, in the order of these.

        keys_of_new: for each, the keys of which the papers that it may be of have one at least.
        """
        shared = _shared(keys_of_new, self._by_key)
        seen: set[int] = set()
        for at, keys in enumerate(keys_of_new):
            if not any(key in shared for key in keys):
                yield Neighbourhood([], [at])
            elif at not in seen:
                found = self._around(at, keys_of_new, shared)
                seen.update(found.new)
                yield found

    def _around(
        self, at: int, keys_of_new: Sequence[Collection[str]], shared: Mapping[str, list[int]]
    ) -> Neighbourhood:
        papers: dict[str, None] = {}
        new = {at: None}
        keys = list(keys_of_new[at])
        looked: set[str] = set()
        while keys:
            key = keys.pop()
            if key in looked:
                continue
            looked.add(key)
            for other in shared.get(key, ()):
                if other not in new:
                    new[other] = None
                    keys += keys_of_new[other]
            for paper_id in self.with_key(key):
                if paper_id not in papers:
                    papers[paper_id] = None
                    keys += self._entries[paper_id].keys
        return Neighbourhood(sorted(papers), sorted(new))


def _shared(keys_of_new: Iterable[Collection[str]], of_papers: Collection[str]) -> dict[str, list[int]]:
    """Key -> the new sayings that have it, where another of them or a paper has it too, as they are of few keys."""
    first: dict[str, int] = {}
    shared: dict[str, list[int]] = {}
    for at, keys in enumerate(keys_of_new):
        for key in keys:
            if (other := first.setdefault(key, at)) != at:
                shared.setdefault(key, [other]).append(at)
            elif key in of_papers:
                shared[key] = [at]
    return shared

"""Which sayings are of one paper. What comes out follows from the sayings alone, not from their order.

What has an id in common is one paper. Then papers with a title in common are joined where nothing speaks against it,
those that are known best first.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sitegen.matching.match import certain_keys, fit, possible_keys
from sitegen.matching.said import Traits


class Saying(NamedTuple):
    """What may be of the same paper as another. order: stands for it in every order, so it must not depend on one."""

    order: Any
    traits: Traits


class _Group(NamedTuple):
    """Sayings of one paper. order: its best member's; members: their places."""

    order: tuple[bool, bool, Any]
    traits: Traits
    members: tuple[int, ...]


def clusters(sayings: Sequence[Saying]) -> list[list[int]]:
    """The sayings of each paper, as places in `sayings`; papers and sayings in an order that follows from them.

    A saying without ids goes to the best known paper that it fits; of several papers with ids of one kind and one
    title, to one whose authors it names, else to the one that was seen first.
    """
    if len(sayings) == 1:
        return [[0]]
    near = connected([possible_keys(each.traits) for each in sayings])
    found = [members for part in near for members in (_within(part, sayings) if len(part) > 1 else [part])]
    return sorted(found, key=lambda members: sayings[members[0]].order)


def _within(part: Sequence[int], sayings: Sequence[Saying]) -> Iterator[list[int]]:
    sure = connected([certain_keys(sayings[at].traits) for at in part])
    groups = [_group([part[place] for place in places], sayings) for places in sure]
    for group in groups if len(groups) == 1 else _joined(sorted(groups, key=lambda group: group.order)):
        yield sorted(group.members, key=lambda at: sayings[at].order)


def _group(members: Sequence[int], sayings: Sequence[Saying]) -> _Group:
    traits = Traits(*map(frozenset[Any]().union, *(sayings[at].traits for at in members)))
    return _Group(_order(traits, min(sayings[at].order for at in members)), traits, tuple(members))


def _order(traits: Traits, first: Any) -> tuple[bool, bool, Any]:
    """The best known come first: those with ids, of these those with authors."""
    return not traits.schemes, not traits.families, first


def connected(keys_of: Sequence[Collection[Hashable]]) -> list[list[int]]:
    """Places of those that have a key in common, directly or through others; each once.

    >>> connected([{"a"}, {"b"}, {"a", "c"}, {"c"}])
    [[0, 2, 3], [1]]
    """
    parents = list(range(len(keys_of)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    first: dict[Hashable, int] = {}
    for at, keys in enumerate(keys_of):
        for key in keys:
            before = first.setdefault(key, at)
            if before != at:
                one, other = sorted((root(at), root(before)))
                parents[other] = one
    found: dict[int, list[int]] = {}
    for at in range(len(keys_of)):
        found.setdefault(root(at), []).append(at)
    return list(found.values())


def _joined(groups: Iterable[_Group]) -> Iterator[_Group]:
    """The groups, those joined that have a title in common and fit. The first that fits is joined, then the next."""
    shelf = _Shelf()
    for each in groups:
        group = each
        while other := shelf.take(group):
            traits = group.traits.with_(other.traits)
            first = min(group.order[2], other.order[2])
            group = _Group(_order(traits, first), traits, (*other.members, *group.members))
        shelf.put(group)
    return shelf.groups()


_ANY = "*"


class _Shelf:
    """Groups by title, schemes and author, so that a group that fits is found without a look at all others: of some
    titles ("Editorial") there are thousands of papers."""

    def __init__(self) -> None:
        self._shelves: dict[str, dict[frozenset[str], dict[str, dict[int, _Group]]]] = {}
        self._groups: dict[int, _Group] = {}

    def groups(self) -> Iterator[_Group]:
        yield from self._groups.values()

    def put(self, group: _Group) -> None:
        self._groups[group.members[0]] = group
        for place in self._places(group):
            place[group.members[0]] = group

    def _places(self, group: _Group) -> Iterator[dict[int, _Group]]:
        for title in group.traits.titles:
            by_name = self._shelves.setdefault(title, {}).setdefault(group.traits.schemes, {})
            for name in (_ANY, *(group.traits.families or ("",))):
                yield by_name.setdefault(name, {})

    def take(self, group: _Group) -> _Group | None:
        """Take away and return the best group that fits: one with an author in common, of these the first."""
        fitting = list(self._candidates(group))
        if not fitting:
            return None
        best = min(fitting, key=lambda other: (not group.traits.families & other.traits.families, other.order))
        del self._groups[best.members[0]]
        for place in self._places(best):
            del place[best.members[0]]
        return best

    def _candidates(self, group: _Group) -> Iterator[_Group]:
        traits = group.traits
        names = (*traits.families, "") if traits.families else (_ANY,)
        for title in traits.titles:
            for schemes, by_name in self._shelves.get(title, {}).items():
                if not schemes & traits.schemes:
                    for name in names:
                        yield from (other for other in by_name.get(name, {}).values() if fit(traits, other.traits))

"""The sayings of a neighbourhood of papers: those on its pages, and those that digests bring now."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sitegen import identity
from sitegen.matching.clusters import Saying, clusters
from sitegen.matching.match import certain_keys, fit, is_slug
from sitegen.matching.merge import Edits, said_again
from sitegen.matching.said import Said, Traits, family_names, is_title_hash
from sitegen.model import Paper


class New(NamedTuple):
    """What a digest says now. source: stands for the input, one of perhaps several that make up the digest."""

    said: Said
    source: str = "input"


class Item(NamedTuple):
    """What stays together: one saying, or all of a page that a human had a hand in.

    page: its id, "" if it is on none yet; beside: what the page tells beside its sayings.
    """

    said: tuple[Said, ...]
    page: str = ""
    beside: Traits = Traits()

    def saying(self, hidden: frozenset[str]) -> Saying:
        """What it tells about which paper it is. hidden: hashes of titles of which nothing else is known."""
        told = self.beside
        for each in self.said:
            told = told.with_(each.traits)
        told = told._replace(titles=told.titles | hidden.intersection(each.title_hash for each in self.said))
        return Saying(min((each.order for each in self.said), default=(("", ""), (self.page,), ())), told)

    @property
    def names(self) -> list[str]:
        """What the paper of these sayings is called: their ids, and a title's slug where there is none. A page that a
        human had a hand in has its names."""
        whole = self.beside != Traits()
        return [name for each in self.said for name in each.ids or _slugs([] if whole else [each])]


def _slugs(said: Iterable[Said]) -> list[str]:
    return list(map(identity.title_slug, titles(said)))


def sayings(items: Sequence[Item]) -> list[Saying]:
    """What the items tell, to be compared with one another."""
    plain = [item.saying(frozenset()) for item in items]
    hidden = frozenset(title for each in plain for title in each.traits.titles if is_title_hash(title))
    return [item.saying(hidden) for item in items] if hidden else plain


def titles(said: Iterable[Said]) -> list[str]:
    """The titles that are known of sayings."""
    return [str(each.values["title"]) for each in said if "title" in each.values]


def items_of_page(page: Paper, said: Sequence[Said], edits: Edits) -> list[Item]:
    """Its sayings one by one; all in one if a human edited the page, wrote notes, or gave it tags or names.

    Names may be those of digests by now; but sayings of several papers never come to stand on one page by themselves.
    """
    given = {name for each in said for name in each.ids}
    names = [name for name in (page.id, *page.aliases) if not {name, identity.recognised(name)[1]} & given]
    known = [page.title, *titles(said)]
    by_hand = [name for name in names if not is_slug(name, known)]
    if said and not (edits or page.notes or page.hand_tags or by_hand):
        alone = [Item((each,), page.id) for each in said]
        if len(alone) == 1 or len(clusters(sayings(alone))) == 1:
            return alone
    sources = {identity.digest_source(each.digest) for each in said} or {""}
    beside = Traits(
        frozenset(filter(None, (identity.recognised(name)[1] for name in by_hand))),
        frozenset((source, name) for name in _no_ids(by_hand) for source in sources),
        frozenset(map(identity.fingerprint, (page.title, *_no_ids(by_hand)))),
        family_names(page.authors),
    )
    return [Item(tuple(said), page.id, beside)]


def _no_ids(names: Iterable[str]) -> list[str]:
    """Those that the world does not know as ids: titles as a human or an address writes them, ids of one source."""
    return [name for name in names if not identity.recognised(name)[1]]


_Place = tuple[int, int]
"""The place of an item, and that of a saying in it."""


class Told(NamedTuple):
    """Where a new saying went. at: the item's place; before: what the digest had said there already, or None."""

    at: int
    before: Said | None
    now: Said


def tell(items: list[Item], news: Sequence[New]) -> list[Told]:
    """Put new sayings into `items`: what a digest says again of the same thing takes the old saying's place."""
    spoken: dict[str, _Spoken] = {}
    for at, item in enumerate(items):
        for part, each in enumerate(item.said):
            spoken.setdefault(each.digest, _Spoken()).put((at, part), each, "")
    told = []
    for said, source in news:
        digest = spoken.setdefault(said.digest, _Spoken())
        place = digest.same(said, source)
        if place is None:
            place, before, now = (len(items), 0), None, said
            items.append(Item((said,)))
        else:
            before = items[place[0]].said[place[1]]
            now = said_again(before, said)
            items[place[0]] = _with_said(items[place[0]], place[1], now)
        digest.put(place, now, source)
        told.append(Told(place[0], before, now))
    return told


def _with_said(item: Item, part: int, said: Said) -> Item:
    return item._replace(said=(*item.said[:part], said, *item.said[part + 1 :]))


class _Spoken:
    """What one digest has said, and which input said it last ("" for a page).

    Places are listed by keys, so that not all are looked at: of one title ("Editorial") there are thousands of papers.
    What is said in a place may have changed since it was listed.
    """

    def __init__(self) -> None:
        self._said: dict[_Place, tuple[Said, str]] = {}
        self._by_source: Counter[str] = Counter()
        self._listed: dict[str, set[_Place]] = {}
        self._unlisted: list[_Place] = []

    def put(self, place: _Place, said: Said, source: str) -> None:
        """Say this there, in place of what was said there before."""
        if place in self._said:
            self._by_source[self._said[place][1]] -= 1
        self._said[place] = said, source
        self._by_source[source] += 1
        self._unlisted.append(place)

    def same(self, said: Said, source: str) -> _Place | None:
        """Where another input said this before: surely of the same paper, else under this title."""
        if len(self._said) == self._by_source[source]:
            return None
        mine, sure = said.traits, certain_keys(said.traits)
        titles = {*mine.titles, said.title_hash}
        found = [each for each in self._of_others(sure, source) if sure & certain_keys(each[1].traits)] or [
            each
            for each in self._of_others(titles, source)
            if titles & each[1].traits.titles and fit(mine, each[1].traits)
        ]
        ordered = ((not mine.families & before.traits.families, before.order, place) for place, before in found)
        return min(ordered, default=(False, None, None))[2]

    def _of_others(self, keys: Iterable[str], source: str) -> list[tuple[_Place, Said]]:
        """What other inputs have said with one of these keys, and where."""
        for place in self._unlisted:
            traits = self._said[place][0].traits
            for key in (*certain_keys(traits), *traits.titles):
                self._listed.setdefault(key, set()).add(place)
        self._unlisted.clear()
        places = {place for key in keys for place in self._listed.get(key, ())}
        return [(place, self._said[place][0]) for place in places if self._said[place][1] != source]

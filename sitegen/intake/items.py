"""The sayings of a neighbourhood of papers: those on its pages, and those that digests bring now."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sitegen import identity
from sitegen.intake.clusters import Saying
from sitegen.intake.match import certain_keys, fit, is_slug
from sitegen.intake.merge import Edits, said_again
from sitegen.intake.said import Said, Traits, family_names, is_title_hash
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
    """Its sayings one by one; all in one if a human edited the page, wrote notes, or gave it tags or names."""
    given = {name for each in said for name in each.ids}
    names = [name for name in (page.id, *page.aliases) if not {name, identity.recognised(name)[1]} & given]
    known = [page.title, *titles(said)]
    by_hand = [name for name in names if not is_slug(name, known)]
    if said and not (edits or page.notes or page.hand_tags or by_hand):
        return [Item((each,), page.id) for each in said]
    sources = {identity.digest_source(each.digest) for each in said} or {""}
    beside = Traits(
        frozenset(filter(None, (identity.recognised(name)[1] for name in by_hand))),
        frozenset((source, name) for name in by_hand if not identity.recognised(name)[1] for source in sources),
        frozenset([identity.fingerprint(page.title)]),
        family_names(page.authors),
    )
    return [Item(tuple(said), page.id, beside)]


_Place = tuple[int, int]
"""The place of an item, and that of a saying in it."""


class Told(NamedTuple):
    """Where a new saying went. at: the item's place; before: what the digest had said there already, or None."""

    at: int
    before: Said | None
    now: Said


def tell(items: list[Item], news: Sequence[New]) -> list[Told]:
    """Put new sayings into `items`: what a digest says again of the same thing takes the old saying's place."""
    places: dict[str, dict[str, set[_Place]]] = {}
    """Digest -> input that said it last ("" for the page) -> where it stands."""
    for at, item in enumerate(items):
        for part, each in enumerate(item.said):
            places.setdefault(each.digest, {}).setdefault("", set()).add((at, part))
    told = []
    for said, source in news:
        by_source = places.setdefault(said.digest, {})
        of_others = [place for other, found in by_source.items() if other != source for place in found]
        place = _same(items, of_others, said) if of_others else None
        if place is None:
            place, before, now = (len(items), 0), None, said
            items.append(Item((said,)))
        else:
            before = items[place[0]].said[place[1]]
            now = said_again(before, said)
            items[place[0]] = _with_said(items[place[0]], place[1], now)
        for found in by_source.values():
            found.discard(place)
        by_source.setdefault(source, set()).add(place)
        told.append(Told(place[0], before, now))
    return told


def _with_said(item: Item, part: int, said: Said) -> Item:
    return item._replace(said=(*item.said[:part], said, *item.said[part + 1 :]))


def _same(items: Sequence[Item], places: Iterable[_Place], said: Said) -> _Place | None:
    """Where the digest said this before: surely of the same paper, else under this title."""
    mine, sure = said.traits, certain_keys(said.traits)
    found = []
    for at, part in places:
        before = items[at].said[part]
        theirs = before.traits
        is_sure = not sure.isdisjoint(certain_keys(theirs))
        if is_sure or (theirs.titles & {*mine.titles, said.title_hash} and fit(mine, theirs)):
            found.append((not is_sure, not mine.families & theirs.families, before.order, (at, part)))
    return min(found)[3] if found else None

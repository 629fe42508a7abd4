"""What speaks for and against two sayings being of one paper: ids, titles, authors."""

import re
from collections.abc import Iterable

from sitegen import identity
from sitegen.matching.said import Said, Traits, traits_of
from sitegen.model import Paper, Value

_HASH = re.compile(r"-[0-9a-f]{8}$")
# What stands before a key, by its kind; a title's fingerprint has nothing before it.
_ID, _OWN, _SEEN = ":", "=", "@"


def certain_keys(found: Traits) -> set[str]:
    """Sayings that have one of these in common are of one paper.

    An id that only its source knows may be the number of a row: it counts with the same title or the same authors.
    Of sayings without any id, those are of one paper that have the same title and the same authors, or none.
    """
    authors = ",".join(sorted(found.families))
    keys = {_ID + paper_id for paper_id in found.ids}
    keys |= {f"{_OWN}{name} {title}" for _, name in found.own for title in found.titles}
    if authors:
        keys |= {_own_key(source, name, authors) for source, name in found.own}
    if not (found.ids or found.own):
        keys |= {f"{title} {authors}" for title in found.titles}
    return keys


def possible_keys(found: Traits) -> set[str]:
    """Sayings that have none of these in common are not of one paper, whatever else is known."""
    authors = ",".join(sorted(found.families))
    own = {_own_key(source, name, authors) for source, name in found.own} if authors else set()
    return {_ID + paper_id for paper_id in found.ids} | found.titles | own


def _own_key(source: str, name: str, authors: str) -> str:
    return _OWN + identity.long_hash(f"{source}\n{name}\n{authors}")


def fit(one: Traits, other: Traits) -> bool:
    """Whether two papers with a title in common can be one: no two ids of one scheme, and authors in common.

    Different papers share titles ("Introduction"), so authors decide whenever both sides name them; where one side
    does not, ids on both sides are ids of different papers.
    """
    if one.schemes & other.schemes:
        return False
    if one.families and other.families:
        return bool(one.families & other.families)
    return not (one.schemes and other.schemes)


def evidence(one: Traits, other: Traits) -> str:
    """Why two sayings are of one paper, in words: "arXiv 2503.00001", "their title, and zhang among the authors"."""
    if ids := one.ids & other.ids:
        return ", ".join(identity.in_words(paper_id) for paper_id in sorted(ids))
    if own := {name for _, name in one.own} & {name for _, name in other.own}:
        return ", ".join(sorted(own))
    shared = ", ".join(sorted(one.families & other.families)[:3])
    return f"their title, and {shared} among the authors" if shared else "their title"


def seen_key(said: Said) -> str:
    """Stands for all of a saying: what was said once need not be looked at again."""
    text = "\n".join([said.digest, *said.ids, "", *(f"{name} {said.hashes[name]}" for name in sorted(said.hashes))])
    return _SEEN + identity.long_hash(text)


def keys_of_said(said: Said) -> set[str]:
    """What a paper that the saying is of has among its keys (`keys_of_paper`), one of them at least."""
    return {*possible_keys(traits_of(said)), said.title_hash}


def keys_of_paper(paper: Paper) -> tuple[str, ...]:
    """What the paper has in common with records that may be it: the possible keys of it as it is shown and of all that
    digests said of it, and what stands for each saying as a whole."""
    keys = {identity.fingerprint(paper.title), *_name_keys(paper)}
    shown = identity.said_hash(paper.title)
    for each in paper.sightings:
        values: dict[str, Value] = {"title": paper.title} if each.said.get("title") == shown else {}
        if each.ids and "authors" in each.said:
            values["authors"] = paper.authors
        said = Said(each.digest, each.ids, each.said, {**values, **each.differs})
        keys |= {*possible_keys(traits_of(said)), seen_key(said)}
    return tuple(sorted(keys))


def _name_keys(paper: Paper) -> Iterable[str]:
    """Its ids; and names that no digest gave it, which may be another title: of a page, or as a human writes it."""
    given = {name for each in paper.sightings for name in each.ids}
    for name in (paper.id, *paper.aliases):
        paper_id = identity.recognised(name)[1]
        if paper_id:
            yield _ID + paper_id
        elif name not in given:
            yield identity.fingerprint(name)


def is_slug(name: str, titles: Iterable[str]) -> bool:
    """Whether the name was made from one of the titles, with a hash behind it or not."""
    stem = _HASH.sub("", name)
    slugs = map(identity.title_slug, titles)
    return any(name == slug or (stem != name and slug.startswith(stem)) for slug in slugs)

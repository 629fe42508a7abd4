"""What speaks for and against two sayings being of one paper: ids, titles, authors."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sitegen import identity
from sitegen.intake.merge import Said
from sitegen.model import Paper, Value
from sitegen.text.fold import fold

_HASH = re.compile(r"-[0-9a-f]{8}$")
# What stands before a key, by its kind; a title's fingerprint has nothing before it.
_ID, _TITLE_HASH, _OWN, _SEEN = ":", "#", "=", "@"


class Traits(NamedTuple):
    """What one saying, or several of one paper, tell about which paper it is.

    ids: those that the world knows; own: (source, id) of ids that only their source knows; titles: fingerprints, or
    `title_hash` of a title that a human changed; families: family names of authors, folded.
    """

    ids: frozenset[str] = frozenset()
    own: frozenset[tuple[str, str]] = frozenset()
    titles: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()

    @property
    def schemes(self) -> frozenset[str]:
        """Who gave the ids: {"arxiv", "icra-list's own"}. Of one scheme a paper has one id, as a rule."""
        return frozenset(map(identity.scheme, self.ids)) | {f"{source}'s own" for source, _ in self.own}

    def with_(self, other: "Traits") -> "Traits":
        return Traits(
            self.ids | other.ids, self.own | other.own, self.titles | other.titles, self.families | other.families
        )


def traits(said: Said) -> Traits:
    """The traits of one saying."""
    known = [identity.recognised(name) for name in said.ids]
    source = identity.digest_source(said.digest)
    return Traits(
        frozenset(paper_id for _, paper_id in known if paper_id),
        frozenset((source, name) for name, (_, paper_id) in zip(said.ids, known, strict=True) if not paper_id),
        frozenset([_title_key(said)] if "title" in said.hashes else ()),
        family_names(said.values.get("authors", ())),
    )


def _title_key(said: Said) -> str:
    title = said.values.get("title")
    return title_hash(said) if title is None else identity.fingerprint(str(title))


def title_hash(said: Said) -> str:
    """Stands for the letters of the title that was said: all that is known of it once a human changed it."""
    return _TITLE_HASH + said.hashes.get("title", "")


def is_title_hash(title: str) -> bool:
    """Whether `title_hash` gave it, and not `identity.fingerprint`."""
    return title.startswith(_TITLE_HASH)


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
    return {*possible_keys(traits(said)), title_hash(said)}


def keys_of_paper(paper: Paper) -> tuple[str, ...]:
    """What the paper has in common with records that may be it: the possible keys of it as it is shown and of all that
    digests said of it, and what stands for each saying as a whole."""
    keys = {identity.fingerprint(paper.title), *_id_keys((paper.id, *paper.aliases))}
    shown = identity.said_hash(paper.title)
    for each in paper.sightings:
        values: dict[str, Value] = {"title": paper.title} if each.said.get("title") == shown else {}
        if each.ids and "authors" in each.said:
            values["authors"] = paper.authors
        said = Said(each.digest, each.ids, each.said, {**values, **each.differs})
        keys |= {*possible_keys(traits(said)), seen_key(said)}
    return tuple(sorted(keys))


def _id_keys(names: Iterable[str]) -> Iterable[str]:
    return (_ID + paper_id for _, paper_id in map(identity.recognised, names) if paper_id)


def family_names(authors: Value) -> frozenset[str]:
    """{"zhang"} of "Wei Zhang" and of "Zhang, Wei"."""
    names = authors if isinstance(authors, tuple) else (authors,)
    return frozenset(_family_name(fold(author)) for author in names) - {""}


def _family_name(author: str) -> str:
    before, comma, _ = author.partition(",")
    return before.strip() if comma else author.rpartition(" ")[2]


def is_slug(name: str, titles: Iterable[str]) -> bool:
    """Whether the name was made from one of the titles, with a hash behind it or not."""
    stem = _HASH.sub("", name)
    slugs = map(identity.title_slug, titles)
    return any(name == slug or (stem != name and slug.startswith(stem)) for slug in slugs)

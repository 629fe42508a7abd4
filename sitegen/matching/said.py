"""What one digest said of a paper, and what that tells about which paper it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sitegen import identity
from sitegen.intake import names
from sitegen.model import Value
from sitegen.text.fold import fold

# Before the hash of a title; a fingerprint has nothing before it.
_TITLE_HASH = "#"


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


@dataclass(frozen=True)
class Said:
    """What one digest said of a paper.

    hashes: for every field; values: those that are known still (of a field that a human changed since, the hash alone
    may be left). names_code: of an abstract that a human changed since, whether it alone named the code.
    """

    digest: str
    ids: tuple[str, ...]
    hashes: Mapping[str, str]
    values: Mapping[str, Value]
    names_code: bool = False

    @cached_property
    def order(self) -> tuple[tuple[str, str], tuple[str, ...], tuple[tuple[str, str], ...]]:
        """Where it stands among all that digests said: it follows from what was said, not from when it was added."""
        return identity.digest_order(self.digest), self.ids, tuple(sorted(self.hashes.items()))

    @cached_property
    def traits(self) -> Traits:
        """`traits_of` it."""
        return traits_of(self)

    @property
    def title_hash(self) -> str:
        """Stands for the letters of the title that was said: all that is known of it once a human changed it."""
        return _TITLE_HASH + self.hashes.get("title", "")


def traits_of(said: Said) -> Traits:
    """What it tells about which paper it is, made anew: of 100,000 sayings the traits take more memory than the texts
    of their titles and authors, and most are asked for only once."""
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
    return said.title_hash if title is None else identity.fingerprint(str(title))


def is_title_hash(title: str) -> bool:
    """Whether a key of a title is a `title_hash`, and not a fingerprint."""
    return title.startswith(_TITLE_HASH)


def family_names(authors: Value) -> frozenset[str]:
    """{"zhang"} of "Wei Zhang" and of "Zhang, Wei"."""
    return frozenset(families(authors))


def families(authors: Value) -> list[str]:
    """The family names in the order of the list, folded.

    >>> families(("Wei Zhang", "Núñez, Eva"))
    ['zhang', 'nunez']
    """
    written = authors if isinstance(authors, tuple) else (authors,)
    return [family for author in written if (family := fold(names.family_name(author)))]

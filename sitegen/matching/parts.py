"""Which values are only parts of fuller ones: a line about a paper in place of its abstract, two of eight authors."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sitegen import identity
from sitegen.matching.said import Said, families
from sitegen.model import Value

_CUT = re.compile(r"(?:…|\.\.\.)[\])]?\Z")
_FIELDS = ("title", "abstract", "authors", "published")
# Letters. Of 100,000 abstracts the longest has 2,905: what is longer is no abstract, and others are no parts of it.
_LONGEST = 3_000
# A version is a small number, so its hash tells it, also where a human changed what the page shows.
_VERSIONS = {identity.said_hash(str(number)): number for number in range(1, 100)}


class _Measured(NamedTuple):
    """letters: what two spellings of a value share; size: how many letters, or how many names."""

    letters: str
    size: int


class _Fullest(NamedTuple):
    """What values are compared with. letters: sorted."""

    letters: Sequence[str]
    size: int


def without_parts(name: str, giving: Sequence[Said]) -> Sequence[Said]:
    """Those of the sayings that give a title, abstract, authors or date that are no part of what another one gives.

    A part is what a fuller value begins with, or what is less than half of the fullest, or says that it breaks off; a
    title must begin a fuller one, for it may become shorter. What is of the latest version is no part of an earlier.

    >>> said = [Said("-".join(names), (), {}, {"authors": names}) for names in (("A. One", "B. Two"), ("Ann One",))]
    >>> [each.digest for each in without_parts("authors", said)]
    ['A. One-B. Two']
    """
    values = {each.values[name] for each in giving} if name in _FIELDS else set()
    if len(values) < 2:
        return giving
    measured = {value: _measured(value) for value in values}
    latest = max(map(version_of, giving))
    every = _fullest(name, measured.values())
    later = _fullest(name, (measured[each.values[name]] for each in giving if version_of(each) in (0, latest)))

    def is_part(each: Said) -> bool:
        value = each.values[name]
        return _is_part(name, value, measured[value], later if version_of(each) == latest else every)

    return [each for each in giving if not is_part(each)]


def is_cut(value: Value) -> bool:
    """Whether a text, or a list with its last name, says itself that it breaks off.

    >>> is_cut("We show that [...]"), is_cut(("Ann One", "…")), is_cut("We show.")
    (True, True, False)
    """
    return bool(_CUT.search(value if isinstance(value, str) else "".join(value[-1:])))


def version_of(said: Said) -> int:
    """The version that the digest names, 0 for none."""
    return _VERSIONS.get(said.hashes.get("version", ""), 0)


def _measured(value: Value) -> _Measured:
    if isinstance(value, str):
        letters = identity.fingerprint(value)
        return _Measured(letters, len(letters))
    named = [name for name in families(value) if any(map(str.isalnum, name))]
    return _Measured("".join(f"{name}\n" for name in named), len(named))


def _fullest(name: str, measured: Iterable[_Measured]) -> _Fullest:
    fuller = {each for each in measured if name != "abstract" or each.size <= _LONGEST}
    return _Fullest(sorted(each.letters for each in fuller), max((each.size for each in fuller), default=0))


def _is_part(name: str, value: Value, measured: _Measured, fullest: _Fullest) -> bool:
    # What others begin with stands right before one that does, once they are sorted.
    at = bisect_right(fullest.letters, measured.letters)
    begins = at < len(fullest.letters) and fullest.letters[at].startswith(measured.letters)
    if name == "published":  # a year begins the day that is in it
        return begins
    lacks = 2 * measured.size < fullest.size or (is_cut(value) and measured.size < fullest.size)
    return begins and lacks if name == "title" else begins or lacks

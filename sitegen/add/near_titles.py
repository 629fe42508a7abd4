"""Titles that are nearly the same: the same words in another order, one word more, one word spelt otherwise.

Each title has a key for all its words and one for all but each of them; two titles are compared only where they share
a key. A key is a sum of hashes, so a title of n words costs n subtractions, and an archive of 100,000 titles a second.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sitegen.text.fold import fold

# A word more makes another title of a short one: "Networks", "Neural networks".
FEWEST_WORDS = 4
MOST_WORDS = 40
# Words as similar as "architecture" and "architecure" differ by so few letters, behind so many that are the same.
MOST_LETTERS = 2
SAME_LETTERS = 2
_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r"\d|^[ivx]+$")  # "Part 2" and "Part II" are no misprints of "Part 1"


def near_titles(new: Mapping[str, str], known: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(id of a new paper, id of one that was there or came before it) where their titles are nearly the same.

    Each new paper comes with one other at most. new: id -> title, in order; known: (id, title) of all other papers.

    >>> list(near_titles({"b": "On the Ordre of Data"}, [("a", "On the order of data")]))
    [('b', 'a')]
    """
    first: dict[int, str] = {}
    found: dict[str, str] = {}
    for paper, title in new.items():
        own = _words(title)
        keys = _keys(own)
        # (The words of all titles at once would take more memory than the titles; few are asked for again.)
        other = next((first[key] for key in keys if key in first and _are_near(own, _words(new[first[key]]))), None)
        if other is not None:
            found[paper] = other
        for key in keys:
            first.setdefault(key, paper)
    for paper, title in known:
        own = _words(title)
        for key in _keys(own):
            if (near := first.get(key)) is not None and near not in found and _are_near(own, _words(new[near])):
                found[near] = paper
    yield from ((paper, found[paper]) for paper in new if paper in found)


def _words(title: str) -> list[str]:
    return _WORD.findall(fold(title))[:MOST_WORDS]


def _keys(words: list[str]) -> list[int]:
    """One for all words, and one for all but each."""
    hashes = [hash(word) for word in words]
    whole = sum(hashes)
    return [whole, *(whole - each for each in hashes)] if len(words) >= FEWEST_WORDS else [whole] if words else []


def _are_near(one: list[str], other: list[str]) -> bool:
    """Whether the words are the same but for one, which is left out or misspelt."""
    ours = [*(Counter(one) - Counter(other)).elements()]
    theirs = [*(Counter(other) - Counter(one)).elements()]
    if len(ours) > 1 or len(theirs) > 1 or any(map(_PART.search, ours + theirs)):
        return False
    return _are_similar(ours[0], theirs[0]) if ours and theirs else True


def _are_similar(one: str, other: str) -> bool:
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return start >= SAME_LETTERS and max(len(one), len(other)) - start - end <= MOST_LETTERS

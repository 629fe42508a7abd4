"""Which words there are: for words that are half typed, misspelt, or have a star.

In pieces, forwards and backwards: one wrong letter leaves the first or the second half of a word as it is.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sitegen.search import varints
from sitegen.search.alphabet import chosen_in_order, in_order, order
from sitegen.search.corpus import Corpus
from sitegen.search.postings import Postings
from sitegen.search.shards import beginning
from sitegen.search.tokens import WORD

# A piece has the words between the beginnings of so many shards, so that the head need not name its own.
SHARDS = 8
# Backwards, a piece has so many words.
ENDINGS = 1000
# What is said of a word: it is a term itself; it is written and its term is its stem; how many have that term (the
# number's length in bits).
IS_TERM, IS_WRITTEN = 128, 64


class Words(NamedTuple):
    """Words in the order of UTF-16 units, and a byte of facts about each."""

    words: list[str]
    facts: bytes

    def file(self, start: int, end: int) -> bytes:
        """The length of the text; that text, words from `start` to before `end`, a word a line; their facts."""
        text = "\n".join(self.words[start:end]).encode("utf-8", "surrogatepass")
        length, _ = varints.encoded(np.array([len(text)], np.uint32))
        return length.tobytes() + text + self.facts[start:end]


def words_of(corpus: Corpus, postings: Postings) -> Words:
    """All terms, and all words that are not their own stems."""
    lengths = np.frexp(postings.documents)[1]
    facts = dict(zip(corpus.terms, (lengths | IS_TERM).tolist(), strict=True))
    for word, length in _written(corpus, lengths.tolist()):
        before = facts.get(word, 0)
        facts[word] = before & IS_TERM | IS_WRITTEN | max(before & (IS_WRITTEN - 1), length)
    words = in_order([*facts])
    return Words(words, bytes([facts[word] for word in words]))


def _written(corpus: Corpus, lengths: Sequence[int]) -> list[tuple[str, int]]:
    """The words that are not their own stems, and of each the length of its term's number of documents."""
    found = zip(corpus.keys[1:], corpus.term_numbers[1:].tolist(), strict=True)
    return [(key[1:], lengths[term]) for key, term in found if key[0] == WORD and key[1:] != corpus.terms[term]]


def reversed_words(words: Words) -> Words:
    """The words from their ends, in the order of these."""
    backwards, ranks = chosen_in_order([word[::-1] for word in words.words], np.ones(len(words.words), np.bool_))
    facts = np.empty(len(backwards), np.uint8)
    facts[ranks] = np.frombuffer(words.facts, np.uint8)
    return Words(backwards, facts.tobytes())


def pieces(words: Words, cuts: Sequence[str]) -> list[tuple[int, int]]:
    """Bounds of the pieces, forwards; cuts: the beginnings of the shards."""
    places = (bisect_left(words.words, order(cut), key=order) for cut in cuts[::SHARDS])
    return _bounds([*places], len(words.words))


def endings(words: Words) -> list[tuple[int, int]]:
    """Bounds of the pieces, backwards."""
    return _bounds([*range(0, len(words.words), ENDINGS)], len(words.words))


def ending_cuts(words: Words) -> list[str]:
    """For each piece of endings, the shortest text that is after all words before it, and not after its own."""
    starts = [start for start, _ in endings(words)]
    return ["", *(beginning(words.words[start - 1], words.words[start]) for start in starts[1:])][: len(starts)]


def _bounds(starts: list[int], length: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], length], strict=False))

"""The tokens of all papers, put together from those of many and from what was remembered.

A new digest tokenises its own papers only: the tokens of the others are slices of the arrays of the last build. Keys
and terms are in order, so that those of the last build are hardly out of order when the new ones are among them.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sitegen.search import titles
from sitegen.search.alphabet import chosen_in_order
from sitegen.search.stemmer import stem
from sitegen.search.tokens import WORD, Tokens

Numbers = npt.NDArray[np.uint32]
_UNKNOWN = np.uint32(np.iinfo(np.uint32).max)


class Corpus(NamedTuple):
    """The tokens of papers in the order of their documents' numbers; see `Tokens` for keys, words and runs.

    run_counts, word_counts: for each paper, how many runs and words it has. titles: a row of numbers for each paper.
    terms: those of all keys but the first; term_numbers: which is each key's (the first key has none, and says 0).
    """

    stamps: Sequence[bytes]
    keys: Sequence[str]
    words: Numbers
    runs: Numbers
    run_counts: Numbers
    word_counts: Numbers
    titles: Numbers
    terms: Sequence[str]
    term_numbers: Numbers


class _Part(NamedTuple):
    """Tokens. numbers, term_numbers: of their keys, and of these keys' terms, in the whole corpus; starts: where each
    paper's runs and words begin."""

    numbers: Numbers
    term_numbers: Numbers
    words: Numbers
    runs: Numbers
    titles: Numbers
    counts: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]


def corpus_of(stamps: Sequence[bytes], parts: Iterable[Tokens]) -> Corpus:
    """The tokens of the papers with these stamps, each from the first part that has it.

    Raises KeyError if none has one.
    """
    keys: dict[str, int] = {"": 0}
    terms: dict[str, int] = {}
    where: dict[bytes, tuple[int, int]] = {}
    read: list[_Part] = []
    for tokens in parts:
        for number, stamp in enumerate(tokens.stamps):
            where.setdefault(stamp, (len(read), number))
        read.append(_part(tokens, keys, terms))
    places = [where[stamp] for stamp in stamps]
    # Papers that stand beside each other in one part are copied at once.
    stretches = [(read[part], start, end) for part, start, end in _stretches(places)]
    counts = _joined([part.counts[start:end].reshape(-1) for part, start, end in stretches]).reshape(-1, 2)
    words = _words(stretches, int(counts[:, 1].sum()))
    # Keys of papers that are gone go too: nothing may depend on what was there before.
    used = np.bincount(words, minlength=len(keys)) > 0
    used[0] = True
    sorted_keys, ranks = chosen_in_order([*keys], used)
    return Corpus(
        stamps,
        sorted_keys,
        ranks[words],
        _joined([part.runs[part.starts[start, 0] : part.starts[end, 0]] for part, start, end in stretches]),
        counts[:, 0].astype(np.uint32),
        counts[:, 1].astype(np.uint32),
        _joined([part.titles[start:end].reshape(-1) for part, start, end in stretches]).reshape(-1, titles.NUMBERS),
        *_terms(sorted_keys, _known_terms(read, ranks, len(sorted_keys)), terms),
    )


def packed(corpus: Corpus) -> Tokens:
    """The corpus as tokens again, to be remembered."""
    counts = np.stack([corpus.run_counts, corpus.word_counts], axis=1)
    counts_, words, runs, numbers, term_numbers = (
        np.ascontiguousarray(each).reshape(-1).view(np.uint8).data
        for each in (counts, corpus.words, corpus.runs, corpus.titles, corpus.term_numbers)
    )
    return Tokens(corpus.stamps, counts_, corpus.keys, words, runs, numbers, corpus.terms, term_numbers)


def term_of(key: str) -> str:
    """The term that the index has for a key of `Tokens`."""
    return stem(key[1:]) if key.startswith(WORD) else key[1:]


def _part(tokens: Tokens, keys: dict[str, int], terms: dict[str, int]) -> _Part:
    counts = _numbers(tokens.counts).reshape(-1, 2).astype(np.int64)
    starts = np.zeros((len(counts) + 1, 2), np.int64)
    np.cumsum(counts, axis=0, out=starts[1:])
    return _Part(
        _numbered(tokens.keys, keys),
        # An archive without a word has a number for the first key, and no term.
        _numbered(tokens.terms, terms)[_numbers(tokens.term_numbers if tokens.terms else b"")],
        _numbers(tokens.words),
        _numbers(tokens.runs),
        _numbers(tokens.titles).reshape(-1, titles.NUMBERS),
        counts,
        starts,
    )


def _numbers(data: bytes | memoryview) -> Numbers:
    return np.frombuffer(data, np.uint32)


def _numbered(texts: Iterable[str], known: dict[str, int]) -> Numbers:
    """The number of each text in `known`, where a new one gets the next."""
    return np.array([known.setdefault(text, len(known)) for text in texts], np.uint32)


def _stretches(places: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """[(part, start, end)] of papers that follow each other.

    >>> _stretches([(0, 3), (0, 4), (1, 0), (0, 5)])
    [(0, 3, 5), (1, 0, 1), (0, 5, 6)]
    """
    found: list[tuple[int, int, int]] = []
    part, start, end = -1, 0, 0
    for place in places:
        if place == (part, end):
            end += 1
            continue
        if part >= 0:
            found.append((part, start, end))
        part, start = place
        end = start + 1
    return [*found, (part, start, end)] if part >= 0 else []


def _words(stretches: Sequence[tuple[_Part, int, int]], count: int) -> Numbers:
    """The words of all stretches, by their numbers in the whole corpus."""
    found = np.empty(count, np.uint32)
    at = 0
    for part, start, end in stretches:
        words = part.words[part.starts[start, 1] : part.starts[end, 1]]
        found[at : at + len(words)] = part.numbers[words]
        at += len(words)
    return found


def _joined(arrays: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    return np.concatenate([*arrays, np.zeros(0, np.uint32)])


def _known_terms(parts: Iterable[_Part], ranks: Numbers, keys: int) -> Numbers:
    """The number of each key's term, where a part says it. ranks: the numbers of the parts' keys in order."""
    found = np.full(keys, _UNKNOWN)
    for part in parts:
        if len(part.term_numbers):
            found[ranks[part.numbers]] = part.term_numbers
    found[0] = _UNKNOWN  # where the keys are that have gone, too
    return found


def _terms(keys: Sequence[str], numbers: Numbers, known: dict[str, int]) -> tuple[list[str], Numbers]:
    """The terms in order, and the number of each key's. numbers: in `known`, where there is one."""
    for key in np.flatnonzero(numbers[1:] == _UNKNOWN).tolist():
        numbers[key + 1] = known.setdefault(term_of(keys[key + 1]), len(known))
    used = np.bincount(numbers[1:], minlength=len(known)) > 0
    terms, ranks = chosen_in_order([*known], used)
    return terms, np.append(np.uint32(0), ranks[numbers[1:]])

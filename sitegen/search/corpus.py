"""The tokens of all papers, put together from those of many and from what was remembered.

A new digest tokenises its own papers only: the tokens of the others are slices of the arrays of the last build.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sitegen.search import titles
from sitegen.search.tokens import Tokens

Numbers = npt.NDArray[np.uint32]


class Corpus(NamedTuple):
    """The tokens of papers in the order of their documents' numbers; see `Tokens` for keys, words and runs.

    run_counts, word_counts: for each paper, how many runs and words it has. titles: a row of numbers for each paper.
    """

    stamps: Sequence[bytes]
    keys: Sequence[str]
    words: Numbers
    runs: Numbers
    run_counts: Numbers
    word_counts: Numbers
    titles: Numbers


class _Part(NamedTuple):
    """Tokens. numbers: of their keys in the whole corpus; starts: where each paper's runs and words begin."""

    numbers: Numbers
    words: Numbers
    runs: Numbers
    titles: Numbers
    counts: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]


def corpus_of(stamps: Sequence[bytes], parts: Iterable[Tokens]) -> Corpus:
    """The tokens of the papers with these stamps, each from the first part that has it.

    Raises KeyError if none has one.
    """
    keys: dict[str, int] = {}
    where: dict[bytes, tuple[int, int]] = {}
    read: list[_Part] = []
    for tokens in parts:
        for number, stamp in enumerate(tokens.stamps):
            where.setdefault(stamp, (len(read), number))
        read.append(_part(tokens, keys))
    places = [where[stamp] for stamp in stamps]
    # Papers that stand beside each other in one part are copied at once.
    stretches = [(read[part], start, end) for part, start, end in _stretches(places)]
    counts = _joined([part.counts[start:end].reshape(-1) for part, start, end in stretches]).reshape(-1, 2)
    corpus = Corpus(
        stamps,
        list(keys),
        _words(stretches, int(counts[:, 1].sum())),
        _joined([part.runs[part.starts[start, 0] : part.starts[end, 0]] for part, start, end in stretches]),
        counts[:, 0].astype(np.uint32),
        counts[:, 1].astype(np.uint32),
        _joined([part.titles[start:end].reshape(-1) for part, start, end in stretches]).reshape(-1, titles.NUMBERS),
    )
    return _without_unused_keys(corpus)


def packed(corpus: Corpus) -> Tokens:
    """The corpus as tokens again, to be remembered."""
    counts = np.stack([corpus.run_counts, corpus.word_counts], axis=1)
    arrays = (counts, corpus.words, corpus.runs, corpus.titles)
    found = [np.ascontiguousarray(each).reshape(-1).view(np.uint8).data for each in arrays]
    return Tokens(corpus.stamps, found[0], corpus.keys, *found[1:])


def _part(tokens: Tokens, keys: dict[str, int]) -> _Part:
    numbers = np.array([keys.setdefault(key, len(keys)) for key in tokens.keys], np.uint32)
    counts = np.frombuffer(tokens.counts, np.uint32).reshape(-1, 2).astype(np.int64)
    starts = np.zeros((len(counts) + 1, 2), np.int64)
    np.cumsum(counts, axis=0, out=starts[1:])
    words = np.frombuffer(tokens.words, np.uint32)
    numbers_of_titles = np.frombuffer(tokens.titles, np.uint32).reshape(-1, titles.NUMBERS)
    return _Part(numbers, words, np.frombuffer(tokens.runs, np.uint32), numbers_of_titles, counts, starts)


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


def _without_unused_keys(corpus: Corpus) -> Corpus:
    """Keys of papers that are gone go too: nothing may depend on what was there before."""
    used = np.bincount(corpus.words, minlength=max(len(corpus.keys), 1)) > 0
    used[0] = True
    if used.all() and corpus.keys:
        return corpus
    numbers = np.cumsum(used) - 1
    keys = [key for key, is_used in zip(corpus.keys or [""], used.tolist(), strict=True) if is_used]
    return corpus._replace(keys=keys, words=numbers[corpus.words].astype(np.uint32))

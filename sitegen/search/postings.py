"""The Lunr index: which papers have each term in which fields, how often, where, and in which form.

A term's weight in a document follows from how often it stands there (Lunr's BM25 with b = 0), so only these numbers
are shipped.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sitegen.search import varints
from sitegen.search.corpus import Corpus, Numbers
from sitegen.search.tokens import NOWHERE

# One number says all of a token, so that sorting the numbers sorts the tokens: term, field, document, place, form.
_FORM_BITS, _PLACE_BITS, _DOCUMENT_BITS, _FIELD_BITS = 3, 13, 21, 3
_LAST_PLACE = (1 << _PLACE_BITS) - 1
_POSTING_SHIFT = _FORM_BITS + _PLACE_BITS
_TERM_SHIFT = _POSTING_SHIFT + _DOCUMENT_BITS + _FIELD_BITS
_CODE_BITS = 4
MOST_DOCUMENTS = 1 << _DOCUMENT_BITS
# `model`, `models` and `modelling` are forms of one term: the commonest have numbers of their own, others the last.
LAST_FORM = (1 << _FORM_BITS) - 1
# See `common_terms`.
COMMON = 10
# Tokens of so many papers are made, and so many tokens are encoded, at once: what is made between takes ten times the
# memory of what comes out.
PAPERS = 5_000
PART = 1_000_000


class Postings(NamedTuple):
    """What the index says of each term, the terms in the order of UTF-16 units (as lunr.js has them).

    blocks, places: bytes of all terms, one after another; ends of term n's: `block_ends[n]`, `place_ends[n]`.
    documents: how many postings each term has: fields of documents, which is what Lunr's idf counts.

    A block has for each field of the term, in their order, a number `documents << 3 | field`, and for each document
    `gap << 1 | (stands there more than once)`, and if it does `times - 2`. A term's places are, for each of its
    postings, the gaps between its places in that text, from 1; 0 is no place. forms: for each posting a bit for each
    form that the term has there; `form_names` says which those are.
    """

    terms: Sequence[str]
    documents: npt.NDArray[np.int64]
    blocks: npt.NDArray[np.uint8]
    block_ends: npt.NDArray[np.int64]
    places: npt.NDArray[np.uint8]
    place_ends: npt.NDArray[np.int64]
    forms: npt.NDArray[np.uint8]
    form_ends: npt.NDArray[np.int64]
    words: Sequence[str]
    """All words, by term, the commonest first …"""
    word_starts: npt.NDArray[np.int64]
    """… and where those of each term begin."""

    def form_names(self, term: int) -> list[str]:
        """The forms of a term that have a number of their own."""
        start, end = self.word_starts[term], self.word_starts[term + 1]
        return [*self.words[start : min(end, start + LAST_FORM)]]


def postings_of(corpus: Corpus) -> Postings:
    """The postings of all terms of the corpus."""
    order = _by_term(corpus)
    word_starts = np.searchsorted(corpus.term_numbers[order], np.arange(len(corpus.terms) + 1))
    tokens = _sorted_tokens(corpus, _form_numbers(order, word_starts, len(corpus.keys)))
    parts = [_encoded(tokens[start:end]) for start, end in _bounds(tokens)]
    documents, blocks, block_sizes, places, place_sizes, forms = (
        np.concatenate(each) for each in (zip(*parts, strict=True) if parts else [(np.zeros(0, np.uint8),)] * 6)
    )
    words = [corpus.keys[key][1:] for key in order.tolist()]
    ends = (np.cumsum(each, dtype=np.int64) for each in (block_sizes, place_sizes, documents))
    block_ends, place_ends, form_ends = ends
    return Postings(
        corpus.terms, documents, blocks, block_ends, places, place_ends, forms, form_ends, words, word_starts
    )


def _by_term(corpus: Corpus) -> npt.NDArray[np.int64]:
    """The numbers of all keys but the first, by their terms, the commonest first, then in their own order."""
    uses = np.bincount(corpus.words, minlength=len(corpus.keys))
    return np.lexsort((-uses[1:], corpus.term_numbers[1:])) + 1


def _form_numbers(
    order: npt.NDArray[np.int64], word_starts: npt.NDArray[np.int64], keys: int
) -> npt.NDArray[np.uint64]:
    """The number of each key among the forms of its term."""
    per_term = np.diff(word_starts)
    found = np.zeros(keys, np.uint64)
    found[order] = np.minimum(np.arange(len(order)) - np.repeat(word_starts[:-1], per_term), LAST_FORM)
    return found


def _bounds(tokens: npt.NDArray[np.uint64]) -> list[tuple[int, int]]:
    """Parts of about PART tokens, each of whole terms."""
    bounds = [0]
    while bounds[-1] < len(tokens):
        last = tokens[min(bounds[-1] + PART, len(tokens) - 1)] >> np.uint64(_TERM_SHIFT)
        bounds.append(int(np.searchsorted(tokens, (last + np.uint64(1)) << np.uint64(_TERM_SHIFT))))
    return list(pairwise(bounds))


def _encoded(tokens: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[Any], ...]:
    """Of some whole terms: how many postings each has; blocks, places, with the size of each term's; forms."""
    # A posting is a term in a field of a document; a group is a term in a field.
    posting_starts = _starts(tokens >> np.uint64(_POSTING_SHIFT))
    posting = tokens[posting_starts] >> np.uint64(_POSTING_SHIFT)
    group_starts = _starts(posting >> np.uint64(_DOCUMENT_BITS))
    group = posting[group_starts] >> np.uint64(_DOCUMENT_BITS)
    term_starts = _starts(group >> np.uint64(_FIELD_BITS))
    per_group = np.diff(np.append(group_starts, len(posting)))
    times = np.diff(np.append(posting_starts, len(tokens)))
    documents = np.add.reduceat(per_group, term_starts)
    blocks, block_sizes = _blocks(posting, times, group, group_starts, term_starts)
    places, place_sizes = _places(tokens, posting_starts, posting_starts[group_starts[term_starts]])
    bits = np.left_shift(np.uint8(1), (tokens & np.uint64(LAST_FORM)).astype(np.uint8))
    forms = np.bitwise_or.reduceat(bits, posting_starts)
    return documents, blocks, block_sizes, places, place_sizes, forms


def common_terms(postings: Postings, documents: int) -> list[str]:
    """Terms that more than one paper in COMMON has, which say little beside rarer ones."""
    return [postings.terms[number] for number in np.flatnonzero(postings.documents > documents / COMMON).tolist()]


def _sorted_tokens(corpus: Corpus, form_numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    of_key = corpus.term_numbers.astype(np.uint64) << np.uint64(_TERM_SHIFT) | form_numbers
    found = np.empty(int(np.count_nonzero(corpus.words)), np.uint64)
    runs = words = end = 0
    for start in range(0, len(corpus.run_counts), PAPERS):
        run_counts = corpus.run_counts[start : start + PAPERS]
        more = int(run_counts.sum()), int(corpus.word_counts[start : start + PAPERS].sum())
        documents = np.repeat(np.arange(start, start + len(run_counts), dtype=np.uint64), run_counts)
        part = _tokens(corpus.words[words : words + more[1]], corpus.runs[runs : runs + more[0]], documents, of_key)
        found[end : end + len(part)] = part
        runs, words, end = runs + more[0], words + more[1], end + len(part)
    found.sort()
    return found


def _tokens(
    words: Numbers, runs: Numbers, documents: npt.NDArray[np.uint64], of_key: npt.NDArray[np.uint64]
) -> npt.NDArray[np.uint64]:
    """The tokens of some papers. documents: that of each run; of_key: what a token says of each key."""
    lengths = runs >> np.uint32(_CODE_BITS)
    codes = runs & np.uint32(NOWHERE * 2 - 1)
    fields = (codes & np.uint32(NOWHERE - 1)).astype(np.uint64)
    tokens = np.repeat((fields << np.uint64(_DOCUMENT_BITS) | documents) << np.uint64(_POSTING_SHIFT), lengths)
    places = np.arange(1, len(words) + 1, dtype=np.int64) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    np.minimum(places, _LAST_PLACE, out=places)
    places[np.repeat(codes & np.uint32(NOWHERE) > 0, lengths)] = 0
    tokens |= places.astype(np.uint64) << np.uint64(_FORM_BITS)
    tokens |= of_key[words]
    return tokens[words > 0]


def _starts(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """Where in a sorted array each different number comes first."""
    if not len(numbers):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1]))


def _blocks(
    posting: npt.NDArray[np.uint64],
    times: npt.NDArray[np.int64],
    group: npt.NDArray[np.uint64],
    group_starts: npt.NDArray[np.int64],
    term_starts: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """The bytes of all blocks, and the size of each. group_starts: the first posting of each group; term_starts: the
    first group of each term."""
    document = (posting & np.uint64(MOST_DOCUMENTS - 1)).astype(np.uint32)
    gaps = np.diff(document, prepend=np.uint32(0))
    gaps[group_starts] = document[group_starts]
    per_group = np.diff(np.append(group_starts, len(posting)))
    often = times > 1
    # Where each posting's number stands among all numbers: one comes before it for each group so far, and for each
    # posting before it that needs two.
    at = np.arange(1, len(posting) + 1) + np.repeat(np.arange(len(group)), per_group) + np.cumsum(often) - often
    numbers = np.empty(len(posting) + len(group) + int(often.sum()), np.uint32)
    numbers[at] = gaps << np.uint32(1) | often
    numbers[at[often] + 1] = times[often] - 2
    heads = at[group_starts] - 1
    numbers[heads] = (per_group << _FIELD_BITS) | (group & np.uint64(7)).astype(np.int64)
    data, starts = varints.encoded(numbers)
    return data, np.diff(np.append(starts[heads[term_starts]], len(data)))


def _places(
    tokens: npt.NDArray[np.uint64], posting_starts: npt.NDArray[np.int64], term_starts: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """The bytes of all places, and how many each term has. term_starts: the first token of each term."""
    place = (tokens >> np.uint64(_FORM_BITS) & np.uint64(_LAST_PLACE)).astype(np.uint32)
    gaps = np.diff(place, prepend=np.uint32(0))
    gaps[posting_starts] = place[posting_starts]
    data, starts = varints.encoded(gaps)
    return data, np.diff(np.append(starts[term_starts], len(data)))

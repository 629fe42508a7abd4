"""The Lunr index: which papers have each term in which fields, how often, and where.

A term's weight in a document follows from how often it stands there (Lunr's BM25 with b = 0), so only these numbers
are shipped.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sitegen.search import varints
from sitegen.search.corpus import Corpus
from sitegen.search.stemmer import stem
from sitegen.search.tokens import NOWHERE, WORD

# One number says all of a token, so that sorting the numbers sorts the tokens: term, field, document, place.
_PLACE_BITS, _DOCUMENT_BITS, _FIELD_BITS = 16, 21, 3
_LAST_PLACE = (1 << _PLACE_BITS) - 1
_CODE_BITS = 4
MOST_DOCUMENTS = 1 << _DOCUMENT_BITS


class Postings(NamedTuple):
    """What the index says of each term, the terms in the order of UTF-16 units (as lunr.js has them).

    blocks, places: bytes of all terms, one after another; ends of term n's: `block_ends[n]`, `place_ends[n]`.
    documents: in how many (field, document) pairs each term stands, which is what Lunr's idf counts.

    A block has for each field of the term, in their order, a number `documents << 3 | field`, and for each document
    `gap << 1 | (stands there more than once)`, and if it does `times - 2`. A term's places are, for each of its
    postings, the gaps between its places in that text, from 1; 0 is no place.
    """

    terms: list[str]
    documents: npt.NDArray[np.int64]
    blocks: npt.NDArray[np.uint8]
    block_ends: npt.NDArray[np.int64]
    places: npt.NDArray[np.uint8]
    place_ends: npt.NDArray[np.int64]


def postings_of(corpus: Corpus) -> Postings:
    """The postings of all terms of the corpus."""
    terms, numbers = _terms(corpus.keys)
    tokens = _sorted_tokens(corpus, numbers)
    # A posting is a term in a field of a document; a group is a term in a field.
    posting_starts = _starts(tokens >> np.uint64(_PLACE_BITS))
    posting = tokens[posting_starts] >> np.uint64(_PLACE_BITS)
    group_starts = _starts(posting >> np.uint64(_DOCUMENT_BITS))
    group = posting[group_starts] >> np.uint64(_DOCUMENT_BITS)
    term_of_group = (group >> np.uint64(_FIELD_BITS)).astype(np.int64)
    per_group = np.diff(np.append(group_starts, len(posting)))
    documents = np.bincount(term_of_group, weights=per_group, minlength=len(terms)).astype(np.int64)
    times = np.diff(np.append(posting_starts, len(tokens)))
    blocks, block_ends = _blocks(posting, times, group, group_starts, per_group, len(terms))
    per_term = np.bincount((tokens >> np.uint64(64 - 24)).astype(np.int64), minlength=len(terms))
    places, place_ends = _places(tokens, posting_starts, per_term)
    return Postings(terms, documents, blocks, block_ends, places, place_ends)


def term_of(key: str) -> str:
    """The term that the index has for a key of `Tokens`."""
    return stem(key[1:]) if key.startswith(WORD) else key[1:]


def in_order(terms: Sequence[str]) -> list[str]:
    """lunr.js compares by UTF-16 unit, and refuses an index whose terms are in another order."""
    if all(term.isascii() or max(term) < "\ue000" for term in terms):
        return sorted(terms)
    return sorted(terms, key=order)


def order(term: str) -> bytes:
    """By this key terms are in the order of lunr.js."""
    return term.encode("utf-16-be", "surrogatepass")


def _terms(keys: Sequence[str]) -> tuple[list[str], npt.NDArray[np.uint64]]:
    """All terms in order, and the number of each key's term."""
    found = [term_of(key) for key in keys[1:]]
    terms = in_order([*set(found)])
    numbers = {term: number for number, term in enumerate(terms)}
    return terms, np.array([0, *(numbers[term] for term in found)], np.uint64)


def _sorted_tokens(corpus: Corpus, term_numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    lengths = corpus.runs >> np.uint32(_CODE_BITS)
    codes = corpus.runs & np.uint32(15)
    run_documents = np.repeat(np.arange(len(corpus.run_counts), dtype=np.uint64), corpus.run_counts)
    run_starts = np.cumsum(lengths, dtype=np.int64) - lengths
    tokens = np.repeat(
        ((codes & np.uint32(7)).astype(np.uint64) << np.uint64(_PLACE_BITS + _DOCUMENT_BITS))
        | (run_documents << np.uint64(_PLACE_BITS)),
        lengths,
    )
    places = np.arange(1, len(corpus.words) + 1, dtype=np.int64) - np.repeat(run_starts, lengths)
    np.minimum(places, _LAST_PLACE, out=places)
    places[np.repeat(codes & np.uint32(NOWHERE) > 0, lengths)] = 0
    tokens |= places.astype(np.uint64)
    tokens |= term_numbers[corpus.words] << np.uint64(_PLACE_BITS + _DOCUMENT_BITS + _FIELD_BITS)
    tokens = tokens[corpus.words > 0]
    tokens.sort()
    return tokens


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
    per_group: npt.NDArray[np.int64],
    terms: int,
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    document = (posting & np.uint64(MOST_DOCUMENTS - 1)).astype(np.uint32)
    gaps = np.diff(document, prepend=np.uint32(0))
    gaps[group_starts] = document[group_starts]
    often = times > 1
    # Where each posting's number stands among all numbers: one comes before it for each group so far, and for each
    # posting before it that needs two.
    group_of_posting = np.repeat(np.arange(len(group)), per_group)
    at = np.arange(len(posting)) + group_of_posting + 1 + np.cumsum(often) - often
    numbers = np.empty(len(posting) + len(group) + int(often.sum()), np.uint32)
    numbers[at] = gaps << np.uint32(1) | often
    numbers[at[often] + 1] = times[often] - 2
    heads = at[group_starts] - 1
    numbers[heads] = (per_group << _FIELD_BITS) | (group & np.uint64(7)).astype(np.int64)
    data, starts = varints.encoded(numbers)
    term_of_group = (group >> np.uint64(_FIELD_BITS)).astype(np.int64)
    first_head = heads[_starts(term_of_group.astype(np.uint64))]
    assert len(first_head) == terms
    return data, np.append(starts[first_head[1:]], len(data))


def _places(
    tokens: npt.NDArray[np.uint64], posting_starts: npt.NDArray[np.int64], per_term: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    place = (tokens & np.uint64(_LAST_PLACE)).astype(np.uint32)
    gaps = np.diff(place, prepend=np.uint32(0))
    gaps[posting_starts] = place[posting_starts]
    data, starts = varints.encoded(gaps)
    return data, starts[np.cumsum(per_term)]

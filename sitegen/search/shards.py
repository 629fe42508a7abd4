"""The index, cut by term into files of a few KB: what a query's words need is all that a browser fetches.

A Lunr score is the dot product of the query with each document's weights, so only the terms of the query matter.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from math import isqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sitegen.search import varints
from sitegen.search.postings import Postings

# The least bytes of a shard's terms and postings, before compression.
SMALLEST = 2000


class Shard(NamedTuple):
    """The terms from number `start` to before `end`."""

    start: int
    end: int


def shards_of(postings: Postings) -> list[Shard]:
    """All terms, in their order. A term that is larger than a shard has one of its own.

    The larger the shards, the smaller the head, which names each; so both grow with the root of the whole.
    """
    sizes = np.diff(postings.block_ends, prepend=0) + [len(term) + 2 for term in postings.terms]
    largest = max(SMALLEST, isqrt(int(sizes.sum())))
    found: list[Shard] = []
    start = size = 0
    for number, more in enumerate(sizes.tolist()):
        if number > start and size + more > largest:
            found.append(Shard(start, number))
            start, size = number, 0
        size += more
    return [*found, Shard(start, len(sizes))] if len(sizes) else []


def postings_file(postings: Postings, shard: Shard) -> bytes:
    """`file_of` the shard's terms and blocks."""
    return _file(postings.terms[shard.start : shard.end], postings.blocks, postings.block_ends, shard)


def places_file(postings: Postings, shard: Shard) -> bytes:
    """The places of the shard's terms, without the terms themselves."""
    return _file((), postings.places, postings.place_ends, shard)


def forms_file(postings: Postings, shard: Shard) -> bytes:
    """The forms of the shard's terms, a line with blanks for each, and their bits."""
    names = [" ".join(postings.form_names(term)) for term in range(shard.start, shard.end)]
    return _file(names, postings.forms, postings.form_ends, shard)


def _file(terms: Sequence[str], data: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64], shard: Shard) -> bytes:
    """Length of the terms' text; that text, a term a line; length of each term's bytes; the bytes."""
    text = "\n".join(terms).encode("utf-8", "surrogatepass")
    first = int(ends[shard.start - 1]) if shard.start else 0
    lengths = np.diff(ends[shard.start : shard.end], prepend=first)
    numbers, _ = varints.encoded(np.append(len(text), lengths).astype(np.uint32))
    head, rest = numbers[: _width(len(text))], numbers[_width(len(text)) :]
    return head.tobytes() + text + rest.tobytes() + data[first : int(ends[shard.end - 1])].tobytes()


def _width(number: int) -> int:
    return max(1, -(-number.bit_length() // 7))


def cuts(terms: Sequence[str], shards: Iterable[Shard]) -> Iterator[str]:
    """For each shard the shortest text that is after all terms before it, and not after its own.

    >>> [*cuts(["attend", "attent", "bayes"], [Shard(0, 1), Shard(1, 2), Shard(2, 3)])]
    ['', 'attent', 'b']
    """
    starts = [shard.start for shard in shards]
    yield from [""] if starts else []
    for start in starts[1:]:
        yield beginning(terms[start - 1], terms[start])


def beginning(before: str, term: str) -> str:
    """The shortest beginning of `term` that comes after `before`."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(before, term, strict=False))
    return term[: len([*same]) + 1]

"""What lunr.js itself would be given, and what the files of an index say, read in the plainest way."""

from array import array
from collections.abc import Callable
from itertools import accumulate

from sitegen.search.corpus import term_of
from sitegen.search.index import Index
from sitegen.search.tokens import FIELDS, NOWHERE, Tokens

Document = dict[str, list[str]]


def documents(tokens: Tokens) -> list[Document]:
    """The terms of each paper, with repetitions: {"title": ["attent", "need"], "ids": ["1706.03762"], …}."""
    counts, words, runs = (array("I", bytes(data)) for data in (tokens.counts, tokens.words, tokens.runs))
    terms = ["", *(term_of(key) for key in tokens.keys[1:])]
    found: list[Document] = []
    word = run = 0
    for paper in range(len(tokens.stamps)):
        made: Document = {field: [] for field in FIELDS}
        for code in runs[run : run + counts[2 * paper]]:
            field = [*FIELDS][code & (NOWHERE - 1)]
            made[field] += [terms[number] for number in words[word : word + (code >> 4)] if number]
            word += code >> 4
        run += counts[2 * paper]
        found.append(made)
    return found


def postings(made: tuple[Index, Callable[[str], bytes]]) -> dict[str, dict[str, dict[int, list[int]]]]:
    """Term -> field -> document -> places, read from the files of an index."""
    index, content = made
    found: dict[str, dict[str, dict[int, list[int]]]] = {}
    for number in range(len(index.cuts)):
        blocks = _Reader(content(f"p{number}"))
        terms = blocks.take(blocks.number()).decode("utf-8", "surrogatepass").split("\n")
        lengths = [blocks.number() for _ in terms]
        places = _Reader(content(f"l{number}"))
        assert places.number() == 0
        place_lengths = [places.number() for _ in terms]
        for term, length, place_length in zip(terms, lengths, place_lengths, strict=True):
            found[term] = _posting(_Reader(blocks.take(length)), _Reader(places.take(place_length)))
    return found


def _posting(block: "_Reader", places: "_Reader") -> dict[str, dict[int, list[int]]]:
    found: dict[str, dict[int, list[int]]] = {}
    while block.data:
        start = block.number()
        in_field = found[[*FIELDS][start & 7]] = {}
        document = 0
        for _ in range(start >> 3):
            number = block.number()
            document += number >> 1
            in_field[document] = [0] * (block.number() + 2 if number & 1 else 1)
    for in_field in found.values():
        for document, gaps in in_field.items():
            in_field[document] = [*accumulate(places.number() for _ in gaps)]
    assert not places.data
    return found


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def number(self) -> int:
        found = shift = 0
        while True:
            byte, self.data = self.data[0], self.data[1:]
            found |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return found

    def take(self, length: int) -> bytes:
        taken, self.data = self.data[:length], self.data[length:]
        return taken

"""Queries in every syntax of Lunr, made from the terms of an index."""

import random
from collections.abc import Callable, Sequence

from sitegen.search.tokens import FIELDS
from tests.search.oracle import Document

_SPECIAL = set("*~^+-:\\")


def queries(documents: Sequence[Document], count: int, seed: int = 1) -> list[str]:
    """So many queries, always the same for a seed."""
    chance = random.Random(seed)
    terms = sorted({term for each in documents for field in each.values() for term in field if not _SPECIAL & {*term}})
    common = [term for each in documents for term in each["abstract"] + each["title"]]
    return [_query(chance, terms, common) for _ in range(count)]


def _query(chance: random.Random, terms: Sequence[str], common: Sequence[str]) -> str:
    words = [
        _word(chance, chance.choice(chance.choice([terms, common]))) for _ in range(chance.choice([1, 1, 2, 3, 5]))
    ]
    return " ".join(words)


def _word(chance: random.Random, term: str) -> str:
    shape = chance.choice([*_SHAPES.values()])
    word = shape(chance, term)
    field = f"{chance.choice([*FIELDS])}:" if chance.random() < 0.3 else ""
    boost = f"^{chance.choice([2, 3, 10])}" if chance.random() < 0.2 else ""
    return f"{chance.choice(['', '', '', '+', '-'])}{field}{word}{boost}"


def _near(chance: random.Random, term: str) -> str:
    at = chance.randrange(len(term))
    changed = chance.choice([term[:at] + term[at + 1 :], term[:at] + "e" + term[at:], term[:at] + "x" + term[at + 1 :]])
    return f"{changed or term}~{chance.choice([1, 1, 1, 2])}"


def _inner(chance: random.Random, term: str) -> str:
    at = chance.randrange(len(term))
    return f"{term[:at]}*{term[at + chance.randrange(1, 3) :]}"


_SHAPES: dict[str, Callable[[random.Random, str], str]] = {
    "word": lambda _, term: term,
    "same word": lambda _, term: term,
    "beginning": lambda chance, term: f"{term[: chance.randrange(1, len(term) + 1)]}*",
    "end": lambda chance, term: f"*{term[chance.randrange(len(term)) :]}",
    "middle": lambda chance, term: f"*{term[1:-1] or term}*" if chance.random() < 0.2 else _inner(chance, term),
    "inside": _inner,
    "near": _near,
}

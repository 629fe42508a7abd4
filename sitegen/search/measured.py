"""Figures from queries and their answers."""

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence

from sitegen.render.figures import Figures, Quality
from sitegen.search.asked import Answer
from sitegen.search.known_items import KINDS, MEANINGS, Query, title_key

DEPTH = 10

Asked = tuple[Query, Answer]


def quality(asked: Sequence[Asked], titles: Mapping[str, str]) -> Quality:
    """How the queries fared, by kind. titles: of all papers of the archive, by id."""
    return Quality(len(titles), tuple(_kinds(asked, titles)))


def _kinds(asked: Sequence[Asked], titles: Mapping[str, str]) -> Iterator[Figures]:
    for kind in KINDS:
        if found := [each for each in asked if each[0].kind == kind]:
            yield _figures(kind, found, titles)


def _figures(kind: str, asked: Sequence[Asked], titles: Mapping[str, str]) -> Figures:
    ranks = [rank(query.paper, answer.hits, titles) for query, answer in asked]
    return Figures(
        kind=kind,
        meaning=MEANINGS[kind],
        queries=len(asked),
        first=ranks.count(1),
        among_ten=sum(1 <= each <= DEPTH for each in ranks),
        bytes=_middle([answer.bytes for _, answer in asked]),
        ms=_middle([answer.ms for _, answer in asked]),
    )


def rank(paper: str, hits: Sequence[str], titles: Mapping[str, str]) -> int:
    """The place, from 1, of the first hit that is the paper or has its title, or 0.

    >>> rank("b", ["a", "c", "b"], {"a": "One", "b": "Twó!", "c": "two"}), rank("a", ["b"], {"a": "One", "b": "Two"})
    (2, 0)
    """
    wanted = title_key(titles[paper])
    return next((at for at, hit in enumerate(hits, 1) if hit == paper or title_key(titles.get(hit, "")) == wanted), 0)


def _middle(values: Sequence[float]) -> tuple[float, float]:
    return statistics.median(values), p95(values)


def p95(values: Sequence[float]) -> float:
    """The smallest value that 95 of 100 values do not exceed.

    >>> p95(range(1, 101)), p95([3.0])
    (95, 3.0)
    """
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]

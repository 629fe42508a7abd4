"""Known-item queries of made and real papers (`sitegen.search.known_items`), in two sets.

The sets have no paper in common: `tuning`, to try things on, and `report`, to measure with.
"""

import hashlib
from collections.abc import Sequence

from sitegen.search import known_items
from sitegen.search.known_items import KINDS, Item, Query, known_of, misspelt, title_key
from tests.bench.corpora import Paper

__all__ = ["KINDS", "SETS", "Query", "misspelt", "queries", "set_of", "title_key"]

SETS = ("tuning", "report")


def queries(papers: Sequence[Paper], name: str, count: int) -> list[Query]:
    """`count` queries of each kind (fewer where there are not so many papers), the same for the same papers."""
    half = [_item(paper) for paper in papers if set_of(paper) == name]
    return known_items.queries(half, known_of([_item(paper) for paper in papers]), name, count)


def set_of(paper: Paper) -> str:
    """The set that the paper belongs to, by its title: papers of one title are in one set, however many there are."""
    return SETS[hashlib.sha256(title_key(paper["title"]).encode()).digest()[0] % 2]


def _item(paper: Paper) -> Item:
    return Item(paper["id"], paper["title"], tuple(paper["authors"]), paper["abstract"])

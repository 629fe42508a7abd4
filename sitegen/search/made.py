"""What the search makes of one paper, whatever the others are; so any process can do it, in any order."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sitegen.search import index
from sitegen.search.plain import PlainPaper
from sitegen.search.stored import Row, row
from sitegen.search.words import words


class Made(NamedTuple):
    """row: what a hit shows. counts: how often each term stands in each field (`index.counted`). tags: (slug, name).

    completions: words as they are written (`index.completions`). written: the joined words of a title that reads
    differently from what is shown, as TeX does, else "".
    """

    row: Row
    counts: Sequence[Mapping[str, int]]
    tags: tuple[tuple[str, str], ...]
    completions: frozenset[str]
    written: str


def made_of(plain: PlainPaper) -> Made:
    """All that the search needs of a paper."""
    title = words(plain.title)
    named = (word for _, name in plain.tags for word in words(name))
    written, shown = "".join(words(plain.paper.title)), "".join(title)
    return Made(
        row(plain),
        index.counted(index.document(plain)),
        plain.tags,
        frozenset((*title, *words(plain.abstract), *named)),
        written if written != shown else "",
    )

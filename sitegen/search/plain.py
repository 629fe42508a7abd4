"""A paper's texts as a reader sees them, without markup; made once for index and stored fields."""

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.model import Paper, Tag
from sitegen.text.markup import to_plain


@dataclass(frozen=True, slots=True)
class PlainPaper:
    """`paper` with its texts in plain Unicode; tags are (slug, name) pairs."""

    paper: Paper
    title: str
    abstract: str
    authors: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]


def plain(paper: Paper, tags: Iterable[Tag]) -> PlainPaper:
    """The paper without markup: `Schr\\"odinger` becomes `Schrödinger`, `$x^2$` becomes `x²`."""
    return PlainPaper(
        paper,
        to_plain(paper.title),
        to_plain(paper.abstract),
        tuple(map(to_plain, paper.authors)),
        tuple((tag.slug, to_plain(tag.name)) for tag in tags),
    )

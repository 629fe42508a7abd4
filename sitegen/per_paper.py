"""What a build makes of each paper alone, while the paper's page is read: so no page is read twice."""

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sitegen.model import Entry, Paper
from sitegen.render import article
from sitegen.search.tokens import Tokenizer, Tokens


class Made(NamedTuple):
    """What was made of some papers.

    paths: of their pages; ends: where the article of each ends in `articles`, which has them one after another (see
    `article.packed`): as one value they stay one in all processes. tokens: of all these papers.
    """

    paths: list[str]
    ends: Sequence[int]
    articles: bytes
    tokens: Tokens


def articles_of(parts: Iterable[Made]) -> dict[str, memoryview]:
    """The packed articles by the paths of their pages."""
    found: dict[str, memoryview] = {}
    for made in parts:
        data, start = memoryview(made.articles), 0
        for path, end in zip(made.paths, made.ends, strict=True):
            found[path] = data[start:end]
            start = end
    return found


class PerPaper:
    """Makes all that follows from one paper, of one paper after another."""

    def __init__(self) -> None:
        self._paths: list[str] = []
        self._ends = array("Q")
        self._articles = bytearray()
        self._tokenizer = Tokenizer()

    def add(self, paper: Paper, entry: Entry) -> None:
        """The next paper."""
        self._articles += article.packed(paper, entry)
        self._paths.append(paper.path)
        self._ends.append(len(self._articles))
        self._tokenizer.add(paper, entry)

    def rest(self) -> Made:
        """What was made of all of them."""
        return Made(self._paths, self._ends, bytes(self._articles), self._tokenizer.tokens())

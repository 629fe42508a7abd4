"""What a build makes of each paper alone, while the paper's page is read: so no page is read twice."""

from collections.abc import Mapping
from typing import NamedTuple

from sitegen.model import Entry, Paper
from sitegen.render import article
from sitegen.search.tokens import Tokenizer, Tokens


class Made(NamedTuple):
    """articles: see `article.packed`, by the path of the page; tokens: of all these papers."""

    articles: Mapping[str, bytes]
    tokens: Tokens


class PerPaper:
    """Makes all that follows from one paper, of one paper after another."""

    def __init__(self) -> None:
        self._articles: dict[str, bytes] = {}
        self._tokenizer = Tokenizer()

    def add(self, paper: Paper, entry: Entry) -> None:
        """The next paper."""
        self._articles[paper.path] = article.packed(paper, entry)
        self._tokenizer.add(paper, entry)

    def rest(self) -> Made:
        """What was made of all of them."""
        return Made(self._articles, self._tokenizer.tokens())

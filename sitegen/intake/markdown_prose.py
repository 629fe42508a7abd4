"""Prose below the title of a paper in Markdown: what the digest says of it, its abstract where no label names one."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitegen import identity
from sitegen.intake import markdown_head
from sitegen.intake import markdown_inline as inline
from sitegen.intake.link_kinds import kind_of
from sitegen.intake.markdown_blocks import Line
from sitegen.intake.paper_pages import leads_to_paper
from sitegen.text.escape import safe_url

# A paragraph has at least so many words, or ends like a sentence.
FEWEST_WORDS = 12
SHORTEST = 15
"""Characters; for scripts that have no spaces, too."""
_END_OF_SENTENCE = re.compile(r"[.!?…。！？][\"'’”)\]}*_]{0,4}$")
_QUOTE = re.compile(r"^(?:>\s?)+")
_BOLD = re.compile(r"(?<![\w*])\*\*(?=\S)([^*\n]+)(?<=\S)\*\*(?![\w*])")
_BETWEEN = " \t:;,.|-–—"
# Of links in prose only those that lead to something of the paper itself; another paper may be named, too.
_OF_THE_PAPER = {"code", "project", "data", "demo", "video"}


class Prose(NamedTuple):
    """The paragraphs, with a blank line between them, and which lines they are."""

    text: str
    lines: frozenset[int]


def prose_of(lines: Sequence[Line], candidates: Sequence[int], behind_title: str) -> Prose:
    """What is said in those of the lines that may be prose, and behind the title: of authors, venues and other short
    lines nothing is."""
    kept = [group for group in _paragraphs(lines, candidates) if is_prose(_joined(lines, group))]
    first = _plain(inline.IMAGE.sub("", behind_title)).strip(_BETWEEN + "()") + "." * behind_title.endswith(".")
    texts = [first] * is_prose(first) + [_joined(lines, group) for group in kept]
    return Prose("\n\n".join(texts), frozenset(index for group in kept for index in group))


def _paragraphs(lines: Sequence[Line], candidates: Sequence[int]) -> Iterator[list[int]]:
    """The candidates that follow each other; an item of a list begins a paragraph."""
    group: list[int] = []
    for index in candidates:
        if group and (index > group[-1] + 1 or lines[index].kind == "item"):
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _joined(lines: Sequence[Line], group: Sequence[int]) -> str:
    return " ".join(_plain(lines[index].content) for index in group)


def _plain(text: str) -> str:
    return _BOLD.sub(r"\1", inline.without_layout(_QUOTE.sub("", text)))


def is_prose(text: str) -> bool:
    """Whether the text is a sentence, or a part of one that is long, and no list of names.

    >>> is_prose("Graphs can learn to sort."), is_prose("Published at ICLR"), is_prose("Ann One (MIT), Bo Two (ETH).")
    (True, False, False)
    """
    words = [word.strip("()[]\"'“”‘’*_.,;:") for word in inline.LINK.sub(lambda found: found["label"], text).split()]
    capital = sum(word[:1].isupper() for word in words)
    ends = (text, inline.LINK.sub("", text).rstrip(" []()|·"))  # links may stand behind the sentence
    whole = len(words) >= FEWEST_WORDS or any(map(_END_OF_SENTENCE.search, ends))
    return whole and len(text) >= SHORTEST and 2 * capital <= len(words)


def links_in(text: str) -> list[tuple[str, str]]:
    """(kind, address) of the links to the paper's own code, data and pages in its prose.

    >>> links_in("Better than [others](https://arxiv.org/abs/2401.10020): [code](https://github.com/a/b).")
    [('url', 'https://github.com/a/b')]
    """
    return [(kind, url) for kind, url in inline.pairs(text) if kind_of(safe_url(url) or "") in _OF_THE_PAPER]


def own_page(text: str) -> list[tuple[str, str]]:
    """(kind, address) of the one paper that the text below a title leads to by a link such as "[PDF](…)"; of several
    papers none is the title's.

    >>> own_page("A nice idea ([paper](https://arxiv.org/abs/2401.10020)).")
    [('url', 'https://arxiv.org/abs/2401.10020')]
    >>> own_page("As [others](https://arxiv.org/abs/2401.10020)"), own_page("[a](https://doi.org/10.1/x), [paper](y)")
    ([], [])
    """
    papers = [link for link in inline.links(text) if leads_to_paper(link.url)]
    same = {identity.id_of_page(link.url) or link.url for link in papers}
    return [("url", link.url) for link in papers if markdown_head.is_generic(link.label)] if len(same) == 1 else []

"""A title and an abstract as their source has them, where a page shows them mended."""

from typing import NamedTuple

from sitegen.model import Paper
from sitegen.text import escape, markup, repairs


class Mended(NamedTuple):
    """name "Abstract"; paragraphs of the source; changes: (rule in words, before, after), each once."""

    name: str
    paragraphs: list[str]
    changes: list[tuple[str, str, str]]


def mended(paper: Paper) -> list[Mended]:
    """The texts of the paper that have sure repairs."""
    return [
        Mended(name, _paragraphs(source), _changes(found))
        for name, source in (("Title", paper.title), ("Abstract", paper.abstract))
        if (found := repairs.sure(source))
    ]


def _paragraphs(source: str) -> list[str]:
    return [escape.xml(paragraph) for paragraph in source.split(repairs.PARAGRAPH) if paragraph.strip()]


def _changes(found: tuple[repairs.Repair, ...]) -> list[tuple[str, str, str]]:
    changes = ((repairs.RULES[r.rule].says, _shown(r.before), _shown(markup.to_plain(r.after))) for r in found)
    return list(dict.fromkeys(changes))


def _shown(text: str) -> str:
    """The text with a number for each character that nobody sees: "U+00AD"."""
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in text)

"""What a rule is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Change = tuple[int, int, str]
"""(start, end, what should stand there)"""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of damage is found and mended.

    says: the rule in words, for readers. signs: texts one of which stands in every text that has the damage.
    find: every place of a text, in order. sure: whether it is mended for the reader or only proposed to the curator.
    everywhere: whether it looks into addresses, formulas and arguments that are code, too.
    """

    says: str
    signs: tuple[str, ...]
    find: Callable[[str], Iterator[Change]]
    sure: bool = True
    everywhere: bool = False


def by_pattern(pattern: str, replacement: str | Callable[[re.Match[str]], str]) -> Callable[[str], Iterator[Change]]:
    """A `find` of all matches of a regular expression; a replacement is a template (`\\\\1`) or a function."""
    compiled = re.compile(pattern)

    def find(text: str) -> Iterator[Change]:
        for found in compiled.finditer(text):
            mended = found.expand(replacement) if isinstance(replacement, str) else replacement(found)
            yield found.start(), found.end(), mended

    return find

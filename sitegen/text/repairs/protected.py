"""Where no rule may look: formulas and addresses that are whole, and arguments that are code or an address."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from sitegen.text import formulas
from sitegen.text.commands import MATH_COMMANDS
from sitegen.text.runs import Reading

_FORMULA = re.compile(r"\\.|\$", re.DOTALL)
_READERS = {
    "$": formulas.read_dollars,
    "\\(": formulas.read_inline,
    "\\[": formulas.read_display,
    "\\b": formulas.read_environment,
}
_COMMAND = re.compile(rf"\\(?:{'|'.join(sorted(MATH_COMMANDS))})(?=[ \n]?\{{)[ \n]?")
_CODE = re.compile(
    r"\\(?:texttt|href|url|cite[a-z]*|label|(?:eq)?ref)\*?\{[^{}]*\}|<a\s[^<>]*>[^<>]*</a>", re.IGNORECASE
)


class Protected:
    """The protected places of one text."""

    def __init__(self, text: str) -> None:
        reading = Reading(text)
        addresses = ((start, end) for start, (end, _) in reading.addresses.items())
        code = (found.span() for found in _CODE.finditer(text))
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((*_formulas(reading), *_commands(reading), *addresses, *code)):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, span: tuple[int, int]) -> bool:
        """Whether a part of the text is protected, wholly or partly."""
        index = bisect_right(self._starts, span[1] - 1) - 1
        return index >= 0 and self._ends[index] > span[0]


def _formulas(reading: Reading) -> Iterator[tuple[int, int]]:
    position = 0
    while found := _FORMULA.search(reading.source, position):
        read = _READERS.get(found[0])
        end = read(reading, found.start()) if read else None
        if end is not None:
            yield found.start(), end
        position = end or found.end()


def _commands(reading: Reading) -> Iterator[tuple[int, int]]:
    r"""`\bm{x_2}`, which is a formula without dollar signs."""
    position = 0
    while found := _COMMAND.search(reading.source, position):
        position = found.end()
        if found.end() in reading.closing:
            position = reading.end_of_groups(found.end())
            yield found.start(), position

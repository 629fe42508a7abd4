"""The rows of a CSV file, each cell with its place in the text.

Python's csv module gives no places, takes at most 128 KB a cell, and swallows the rest of a file behind a quote that is
never closed; here such a row costs itself alone. The grammar is RFC 4180's (https://www.rfc-editor.org/rfc/rfc4180).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

DELIMITERS = ",;\t|"
MOST_CELLS = 10_000
"""A row of more is no row of papers, and ends with its line."""


class Cell(NamedTuple):
    """`text[start:end]` of the file, and the value it stands for."""

    value: str
    start: int
    end: int


class Row(NamedTuple):
    """`text[start:end]`, without its line end. cells: None where a quote is not closed as it should be."""

    start: int
    end: int
    cells: tuple[Cell, ...] | None


def rows(text: str, delimiter: str, at: int = 0) -> Iterator[Row]:
    """The rows from `at` on, without those that are empty. Where tabs divide, a quote may be a mere character."""
    plain = "" if delimiter == "\t" else '(?!")'
    pattern = re.compile(
        rf'"(?P<quoted>(?:[^"]|"")*+)"(?=[{delimiter}\r\n]|\Z)|{plain}(?P<plain>[^{delimiter}\r\n]*)', re.DOTALL
    )
    while at < len(text):
        row = _row(text, pattern, delimiter, at)
        if row.end > row.start:
            yield row
        at = row.end + (2 if text.startswith("\r\n", row.end) else 1)


def _row(text: str, pattern: re.Pattern[str], delimiter: str, start: int) -> Row:
    cells: list[Cell] = []
    at = start
    while True:
        found = pattern.match(text, at)
        if not found:
            return Row(start, _line_end(text, start), None)
        quoted = found["quoted"]
        value = found["plain"] if quoted is None else quoted.replace('""', '"')
        cells.append(Cell(value, found.start(), found.end()))
        at = found.end()
        if text[at : at + 1] != delimiter:
            return Row(start, at, tuple(cells))
        if len(cells) > MOST_CELLS:
            return Row(start, _line_end(text, at), tuple(cells))
        at += 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end

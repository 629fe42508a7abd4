r"""Superscripts and subscripts outside formulas: `MHC^3`, `P_{data}`, `H_3^(2+)`, `C_Phi`.

A name_part, a C_1 and a f^n may be themselves; what has braces, a Greek letter or a number above the line is TeX.
"""

import re
from collections.abc import Iterator

from sitegen.text.repairs.rule import Change
from sitegen.text.repairs.tex_names import GREEK, restored

_GROUP = r"\{(?:[^{}$]|\{[^{}$]{0,40}\}){1,60}\}"
# Not in 10^1.5 nor n^1/4, of which nobody knows how much is above the line.
_NUMBER = r"(?<=\^)[+−-]?\d{1,3}(?!\d|[./]\d)"
_CHARGE = r"(?<=\^)\([+−\d-]{1,4}\)"
_LETTER = rf"(?<=\b[A-Za-z]_)(?:{GREEK})(?![A-Za-z0-9_])"
_SURE = re.compile(rf"[_^](?:{_GROUP}|{_NUMBER}|{_CHARGE}|{_LETTER})")
_SCRIPT = re.compile(
    rf"([_^])({_GROUP}|{_NUMBER}|{_CHARGE}|{_LETTER}|(?<=_)\d(?![A-Za-z0-9])|[A-Za-z*+](?![A-Za-z0-9]))"
)
# Begins with the signs, because what must stand before them would be tried everywhere.
_SCRIPTS = re.compile(rf"{_SCRIPT.pattern}(?:{_SCRIPT.pattern})?")
_BRACKETS = frozenset(")]}′")


def find(text: str) -> Iterator[Change]:
    """Every sure one, with what stands above and below the same sign at once."""
    for found in _SCRIPTS.finditer(text):
        if not _SURE.search(text, *found.span()) or not _stands_behind_text(text, found.start()):
            continue
        pieces = [piece.groups() for piece in _SCRIPT.finditer(text, *found.span())]
        marks = [mark for mark, _ in pieces]
        if len(set(marks)) == len(marks):
            yield found.start(), found.end(), rf"\({''.join(f'{mark}{{{_inside(part)}}}' for mark, part in pieces)}\)"


def _stands_behind_text(text: str, start: int) -> bool:
    before = text[max(0, start - 1) : start]
    return before.isalnum() or before in _BRACKETS


def _inside(part: str) -> str:
    return restored(part[1:-1] if part[0] in "{(" else part.replace("−", "-"))

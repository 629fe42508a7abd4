"""The entries of a BibTeX file, each with its place, and the fields of one.

bibtexparser reads one entry at a time: a broken one costs no other, and what it cannot read fast never reaches it.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateFieldKeyBlock, Entry, ParsingFailedBlock

from sitegen.intake.dates import MONTHS

LONGEST = 300_000
"""Characters of an entry."""
MOST_EXPANDED = 2_000
"""Characters that macros may add to a field: they can be made of each other, without end."""
MONTH_MACROS = {name[:3].lower(): name for name in MONTHS}
_BEGIN = r"@(?P<kind>[A-Za-z]+)[ \t]*(?P<open>[{(])"
_FIRST = re.compile(rf"^[ \t]*{_BEGIN}", re.MULTILINE)
_NEXT = re.compile(rf"\s*,?\s*{_BEGIN}")
_MARK = re.compile(r"(?<!\\)[{}\")]|^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
_MACRO = re.compile(r"@\w+[ \t]*[{(]\s*([^\s={}\"(),#]+)\s*=(.*)[})]", re.DOTALL)
_BRACE = re.compile(r"(?<!\\)[{}]")
_VALUE_MARK = re.compile(r"(?<!\\)[{}\"#]")

# What it logs of broken entries, with bytes of them, is said by us.
logging.getLogger("bibtexparser").propagate = False
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


class Block(NamedTuple):
    """`text[start:end]` is an entry of a kind ("article", "string"); error: why it cannot be read, or ""."""

    kind: str
    start: int
    end: int
    error: str = ""


class Field(NamedTuple):
    """A field as written, `text[start:end]` of its entry: Field("title", '{A title} # mar', 12, 34)."""

    name: str
    written: str
    start: int
    end: int


def blocks(text: str) -> Iterator[Block]:
    """The entries, in order. Each begins a line or follows another; one that is open where the next begins, breaks off.

    >>> [tuple(block) for block in blocks("@misc{a, title={B}} @string(x = 1)\\n@book{c,\\n@misc{d}")]
    [('misc', 0, 19, ''), ('string', 20, 34, ''), ('book', 35, 44, 'its } is missing'), ('misc', 44, 52, '')]
    """
    begin = _FIRST.search(text)
    while begin:
        start = text.index("@", begin.start())
        end, error = _end(text, begin.end(), closing="}" if begin["open"] == "{" else ")")
        if end - start > LONGEST:
            error = f"it has more than {LONGEST} characters"
        yield Block(begin["kind"].lower(), start, end, error)
        begin = _NEXT.match(text, end) or _FIRST.search(text, end)


def _end(text: str, at: int, closing: str) -> tuple[int, str]:
    """Where the block ends whose inside begins at `at`, and what is wrong with that."""
    depth, quoted = 0, False
    for mark in _MARK.finditer(text, at):
        sign = mark[0]
        if sign == closing and not depth and not quoted:
            return mark.end(), ""
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= depth > 0
        elif sign == '"':
            # A `)` may stand in quotes; of braces, TeX wants pairs there too.
            quoted = closing == ")" and not depth and not quoted
        elif sign != ")":
            return mark.start(), f"its {closing} is missing"
    return len(text), f"its {closing} is missing"


def fields(entry: str) -> list[Field] | str:
    """The fields of the text of one entry, or why they cannot be read; the last of two with one name counts.

    >>> fields("@misc{a, title = {B} # mar}")
    [Field(name='title', written='{B} # mar', start=9, end=26)]
    >>> fields("@misc{a, title}")
    'Expected a `=` after entry key `title`, but found the end of the entry (`}`).'
    """
    for block in parse_string(entry, parse_stack=[]).blocks:
        whole = block.ignore_error_block if isinstance(block, DuplicateFieldKeyBlock) else block
        if isinstance(whole, Entry):
            return list(_placed(entry, whole))
        if isinstance(whole, ParsingFailedBlock):
            return getattr(whole.error, "abort_reason", "") or str(whole.error)
    return "it holds nothing"


def _placed(text: str, entry: Entry) -> Iterator[Field]:
    """The parser does not say where fields stand, but it cuts them from the text, in order."""
    at = text.find(",")
    for field in entry.fields:
        start = text.index(field.key, at)
        at = text.index(field.value, text.index("=", start + len(field.key))) + len(field.value)
        yield Field(field.key.lower(), field.value, start, at)


def macro(definition: str, macros: Mapping[str, str]) -> dict[str, str]:
    """The macro that an `@string` defines; nothing where it cannot be read.

    >>> macro('@string{nips = "NeurIPS " # y}', {"y": "2020"})
    {'nips': 'NeurIPS 2020'}
    """
    found = _MACRO.fullmatch(definition)
    return {found[1].lower(): value(found[2].strip(), macros)} if found else {}


def value(written: str, macros: Mapping[str, str]) -> str:
    """What a field says: its pieces between `#`, without braces or quotes, and macros as what they stand for.

    >>> value('"10~" # jan', MONTH_MACROS), value("{A {B} # c}", {}), value("2017", {}), value("unknown", {})
    ('10~January', 'A {B} # c', '2017', 'unknown')
    """
    text = ""
    for piece in _pieces(written):
        text += _piece(piece.strip(), macros)
        if len(text) > len(written) + MOST_EXPANDED:
            return written
    return text


def _pieces(written: str) -> Iterator[str]:
    depth, quoted, start = 0, False, 0
    for mark in _VALUE_MARK.finditer(written):
        if mark[0] == "#" and not depth and not quoted:
            yield written[start : mark.start()]
            start = mark.end()
        elif mark[0] == '"':
            quoted = not quoted if not depth else quoted
        elif mark[0] != "#":
            depth = max(0, depth + (1 if mark[0] == "{" else -1))
    yield written[start:]


def _piece(piece: str, macros: Mapping[str, str]) -> str:
    if len(piece) > 1 and (piece[0], piece[-1]) in (("{", "}"), ('"', '"')):
        return piece[1:-1] if _is_whole(piece[1:-1]) else piece
    return macros.get(piece.lower(), piece)


def _is_whole(inside: str) -> bool:
    """Whether no brace in it closes one before it."""
    depth = 0
    for mark in _BRACE.finditer(inside):
        depth += 1 if mark[0] == "{" else -1
        if depth < 0:
            return False
    return True

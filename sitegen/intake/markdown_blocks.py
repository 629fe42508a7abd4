"""Lines of Markdown, and the blocks of them that may be papers: tables, and headings or list items with their text."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from sitegen.intake import markdown_head
from sitegen.intake import markdown_inline as inline
from sitegen.intake.json_values import line_places
from sitegen.intake.markdown_labels import label_of
from sitegen.intake.markdown_sections import is_section

Kind = Literal["blank", "heading", "rule", "item", "text"]
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_MARKER = re.compile(r"[ \t]*(?:#{1,6}|[-*+]|\d{1,9}[.)])(?:[ \t]+|$)(?:\[[ xX]\][ \t]+)?")
_BOLD_LINE = re.compile(r"\s*\*\*(?:\[|\d{1,4}[.)]|[^*]+\*\*\s*$)")
_LONGEST_SECTION = 100
_DETAILS = re.compile(r"<(/?)details\b", re.IGNORECASE)


class Line(NamedTuple):
    """`text[start:end]` of the file is this line."""

    text: str
    start: int
    end: int
    kind: Kind

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())

    @property
    def content(self) -> str:
        """The line without the marks of a heading or list item."""
        return self.text[found.end() :].strip() if (found := _MARKER.match(self.text)) else self.text.strip()


class Block(NamedTuple):
    """kind: "table"; "entry", which begins with a line that may be a title; "loose" for all other text."""

    kind: Literal["table", "entry", "loose"]
    lines: list[Line]


def lines_of(text: str) -> list[Line]:
    """The lines of a text, each with its kind."""
    return [Line(text[start:end], start, end, _kind(text[start:end])) for start, end in line_places(text)]


def _kind(line: str) -> Kind:
    begin = line.lstrip()[:1]
    if not begin:
        return "blank"
    if begin in "-*_" and _RULE.fullmatch(line.rstrip()):
        return "rule"
    if begin == "#":
        return "heading" if _HEADING.match(line) else "text"
    return "item" if (begin in "-*+" or begin.isdigit()) and _ITEM.match(line) else "text"


def blocks(text: str) -> Iterator[Block]:
    """The blocks of the text, in order; blank lines and rules between them are in none."""
    lines = lines_of(text)
    fences = _ends_of_fences(lines)
    block: Block | None = None
    in_section = False
    details = at = 0
    while at < len(lines):
        line = lines[at]
        end = fences.get(at) or _end_of_table(lines, at)
        in_section = _is_section(line) if _is_head(line) else in_section
        is_linked_title = in_section and line.kind == "text" and _is_linked_title(line)
        stands_alone = end > at or line.kind in ("rule", "heading") or is_linked_title
        begins = stands_alone or (block and _begins(line, block, details > 0))
        if begins and block:
            yield block
            block = None
        if end > at:
            yield Block("loose" if at in fences else "table", lines[at:end])
        elif block:
            block.lines.append(line)
        elif line.kind not in ("rule", "blank"):
            is_entry = line.kind != "text" or is_linked_title or _begins_entry(line)
            block, details = Block("entry" if is_entry else "loose", [line]), 0
        details += _opened(line.text)
        at = max(end, at + 1)
    if block:
        yield block


def _begins(line: Line, block: Block, in_details: bool) -> bool:
    """Whether the line begins a block of its own below this one."""
    if line.kind == "blank":
        return False
    head = block.lines[0]
    if line.kind == "text":
        left = head.kind == "item" and block.lines[-1].kind == "blank" and line.indent == 0 and not in_details
        source = block.kind == "loose" and markdown_head.source_in(line.text)
        return left or bool(source) or _is_title(line) or markdown_head.is_of_the_page(line.text)
    if block.kind == "loose":
        return True
    content = line.content
    if label_of(content) or markdown_head.begins_with_generic_link(content):
        return False
    beside = line.indent <= head.indent if head.kind == "item" else _is_section(head)
    return bool(inline.links(content)) or beside


def _begins_entry(line: Line) -> bool:
    return _is_title(line) or bool(markdown_head.source_in(line.text))


def _is_title(line: Line) -> bool:
    """Whether a line of text is a title: in bold, linked or numbered or alone, and no label; or a link to a paper."""
    if "**" in line.text and _BOLD_LINE.match(line.text):
        label = label_of(line.content)
        return not label or (label.is_headline and not label.value)
    return "](" in line.text and markdown_head.is_of_a_title(line.text)


def _is_head(line: Line) -> bool:
    """Whether something begins with it: a heading, an item of a list, a line in bold."""
    return line.kind in ("heading", "item") or ("**" in line.text and bool(_BOLD_LINE.match(line.text)))


def _is_section(line: Line) -> bool:
    return len(line.text) < _LONGEST_SECTION and is_section(markdown_head.head_of(line.content).title)


def _is_linked_title(line: Line) -> bool:
    """Whether a line in a section is a link to a paper by its title, which may be short there: the heading is none."""
    if "](" not in line.text or not markdown_head.is_of_a_title(line.text, fewest=1):
        return False
    label = inline.unwrapped(inline.links(line.text)[0].label)
    return not label.islower() and not is_section(label)


def _opened(text: str) -> int:
    """How many `<details>` a line opens more than it closes."""
    marks = [found[1] for found in _DETAILS.finditer(text)] if "<" in text else []
    return marks.count("") - marks.count("/")


def _ends_of_fences(lines: list[Line]) -> dict[int, int]:
    """Where code begins -> where it ends; a fence that is never closed is none."""
    fences = [at for at, line in enumerate(lines) if line.text.lstrip().startswith(("```", "~~~"))]
    return {begin: end + 1 for begin, end in zip(fences[::2], fences[1::2], strict=False)}


def _end_of_table(lines: list[Line], at: int) -> int:
    """The index behind the table whose header row is at `at`; `at` where none is."""
    if "|" not in lines[at].text or at + 1 >= len(lines) or not is_separator(lines[at + 1].text):
        return at
    end = at + 2
    while end < len(lines) and lines[end].kind not in ("blank", "heading"):
        end += 1
    return end


def is_separator(text: str) -> bool:
    """Whether the line is the one between a table's header and its rows: `|---|:-:|`."""
    return "-" in text and "|" in text and not text.strip("|-: \t\r")

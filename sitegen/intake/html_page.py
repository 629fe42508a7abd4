"""A page of HTML as Markdown, so that newsletters are read by the readers of text: headings, lists, links, bold lines.

Nothing is escaped: those readers take every character of a title or abstract for itself.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from sitegen.intake import html_depth
from sitegen.intake.counted_links import target_of
from sitegen.intake.html_text import (
    ANY_MARK,
    BREAK,
    LINE_END,
    lines_of,
    tree_of,
    words_of,
    write_links,
)
from sitegen.intake.raw import TEXT_OF, Part, RawDigest

# They stand for markup while text is taken out of the page, as BREAK does.
_HEADING, _END_OF_HEADING, _ITEM, _END_OF_ITEM, _RULE = "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5", "\ufdd6"
_BOLD, _END_OF_BOLD, _ITALIC, _END_OF_ITALIC = "\ufdd7", "\ufdd8", "\ufdd9", "\ufdda"
_MARKED = {
    "h1, h2, h3, h4, h5, h6": (BREAK + _HEADING, _END_OF_HEADING + BREAK),
    "li": (BREAK + _ITEM, _END_OF_ITEM + BREAK),
    "hr": (BREAK + _RULE, BREAK),
    "b, strong": (_BOLD, _END_OF_BOLD),
    "i, em": (_ITALIC, _END_OF_ITALIC),
}
_BOLD_WORDS = re.compile(f"{_BOLD}( ?)([^{_BOLD}{_END_OF_BOLD}]*?)( ?){_END_OF_BOLD}")
_ITALIC_LINE = re.compile(f"{_ITALIC}([^{_ITALIC}{_END_OF_ITALIC}]+){_END_OF_ITALIC}")
# A byte that did not fit the encoding; no parser takes it, and so characters of nobody's stand for it meanwhile.
_WRONG_BYTE = re.compile("[\udc80-\udcff]")
_ASIDE = 0x10F000 - 0xDC00
_WRONG_BYTE_ASIDE = re.compile("[\U0010f080-\U0010f0ff]")
# What holds no word, as pages of nothing else do.
_EMPTY = re.compile(f"{_ITEM} ?{_END_OF_ITEM}|{_HEADING} ?{_END_OF_HEADING}|{_RULE}[{BREAK} ]*(?={_RULE})")
_BREAKS = re.compile(f"{BREAK}[{BREAK} ]+")
_LONGEST_BOLD = 300
"""Characters of a line that is a title; a whole mail may be in bold."""
_DEEPEST_LIST = 4
_BEGINS_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b[^<>]{0,200}>\s*)?(?:<!--[^<>]{0,2000}-->\s*){0,9}"
    rb"<(?:!doctype\s+html|html|head|body|div|table|p|h[1-6]|[uo]l|center|article|section|main|span|a|b|strong)\b",
    re.IGNORECASE,
)


class TooDeep(ValueError):
    """A page is nested deeper than any real one, and is not parsed."""


def is_page(raw: RawDigest) -> bool:
    """Whether the text begins as a page, or a part of one, does."""
    return bool(_BEGINS_PAGE.match(raw.text.encode("utf-8", "replace") if raw.begins_as_utf_16 else raw.data))


def text_of(raw: RawDigest, text: str) -> RawDigest:
    """The text of a page as a digest; its lines are not those of the page, and so it has a name of its own."""
    sent, name = (raw.part.sent, raw.part.name) if raw.part else ("", "")
    part = Part(raw.packed_size, name, sent)
    return replace(
        raw, name=f"{raw.name}{TEXT_OF}", data=text.encode("utf-8", "surrogateescape"), part=part, page=raw.data
    )


def from_page(page: str) -> tuple[str, str]:
    """(as Markdown, as its words alone): blocks have a blank line between them. Raises TooDeep.

    >>> from_page('<h3><a href="https://a.org/1">One</a></h3><p>Two<br>three <b>four</b>')
    ('## [One](https://a.org/1)\\n\\nTwo\\nthree **four**', 'One\\n\\nTwo\\nthree four')
    >>> from_page('<ul><li><a href="https://a.org/1">One</a><p>Two</p><li>Three</ul><hr>')[0]
    '- [One](https://a.org/1)\\n\\n  Two\\n\\n- Three\\n\\n---'
    """
    page = html_depth.of_one_kind(_WRONG_BYTE.sub(lambda found: chr(ord(found[0]) + _ASIDE), page))
    if html_depth.is_hostile(page):
        raise TooDeep
    tree = tree_of(page, _MARKED)
    plain = lines_of(tree)
    write_links(tree, _link)
    return _with_wrong_bytes(_markdown(tree)), _with_wrong_bytes(plain)


def _with_wrong_bytes(text: str) -> str:
    return _WRONG_BYTE_ASIDE.sub(lambda found: chr(ord(found[0]) - _ASIDE), text)


def _link(words: str, address: str) -> str:
    """A link as the reader of Markdown takes it, which minds no brackets. Where one stands around several blocks, as
    cards have it, their first is its label."""
    blocks = [block for block in words.split(BREAK) if words_of(block)]
    target = target_of(address)
    if not blocks or not target.startswith("http"):
        return BREAK.join(blocks)
    label = f"[{words_of(blocks[0])}]({target})"
    bold = f"{_BOLD}{label}{_END_OF_BOLD}" if _BOLD in blocks[0] else label
    return BREAK.join([f"{_HEADING}{label}" if _HEADING in blocks[0] else bold, *blocks[1:]])


def _markdown(tree: LexborHTMLParser) -> str:
    text = " ".join((tree.body.text() if tree.body else "").split())
    return "\n\n".join(_blocks(_BREAKS.sub(BREAK, _EMPTY.sub("", text))))


def _blocks(text: str) -> Iterator[str]:
    """The blocks that hold words, each with the mark of what it stands in."""
    depth, mark, bold = 0, "", False
    for block in text.split(BREAK):
        depth += block.count(_ITEM)
        mark = "## " if _HEADING in block else "- " if _ITEM in block else mark
        if _RULE in block:
            yield "---"
        lines: list[str] = []
        for line in block.split(LINE_END):
            lines.append(_line(_BOLD * bold + line))
            bold = line.rfind(_BOLD) > line.rfind(_END_OF_BOLD) or (bold and _END_OF_BOLD not in line)
        if any(lines):
            indent = "  " * min(depth, _DEEPEST_LIST)
            yield _marked(mark, indent, list(filter(None, lines)))
            mark = ""
        if _END_OF_ITEM in block or _END_OF_HEADING in block:
            mark = ""
        depth = max(0, depth - block.count(_END_OF_ITEM))


def _marked(mark: str, indent: str, lines: list[str]) -> str:
    """The lines of a block, those of a heading as one; what belongs to a list item is indented as it is."""
    if mark == "## ":
        return mark + " ".join(lines).replace("**", "")
    first = indent[len(mark) :] + mark + lines[0] if mark else indent + lines[0]
    return "\n".join([first, *(indent + line for line in lines[1:])])


def _line(line: str) -> str:
    """A line with its bold words, and in italics where it is so as a whole, as authors are."""
    line = line.strip()
    if len(line) <= _LONGEST_BOLD:
        closed = line + _END_OF_BOLD * (line.count(_BOLD) > line.count(_END_OF_BOLD))
        line = _BOLD_WORDS.sub(lambda found: f"{found[1]}**{found[2]}**{found[3]}" if found[2] else " ", closed)
    if italic := _ITALIC_LINE.fullmatch(line):
        return f"*{words_of(italic[1])}*"
    return words_of(ANY_MARK.sub("", line))

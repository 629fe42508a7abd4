"""The text of a page as a reader of it sees it: one line a block."""

import re

from selectolax.lexbor import LexborHTMLParser

DEEPEST = 500
"""Elements inside each other; HTML's rules take time that grows with the square of their number."""
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
# Elements without an end tag, and those whose end tag may be left out.
_NOT_OPEN = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dt", "dd", "option", "html", "body", "head",
}  # fmt: skip
_UNSEEN = "head, script, style, template, noscript"
_BLOCKS = (
    "address, article, aside, blockquote, center, dd, details, div, dl, dt, figure, footer, form, h1, h2, h3, h4, h5, "
    "h6, header, hr, li, main, nav, ol, p, pre, section, summary, table, td, th, tr, ul"
)
# For private use: no text of a page has them.
_BREAK, _LINE_END = "\ue000", "\ue001"
_MARKS = str.maketrans("", "", _BREAK + _LINE_END)
_BREAKS = re.compile(rf"[{_BREAK}{_LINE_END} ]*{_BREAK}[{_BREAK}{_LINE_END} ]*")


def texts(html: str) -> tuple[str, str]:
    """(with links as Markdown has them, without): blocks have a blank line between them. Both are empty for a page that
    is nested deeper than any real one.

    >>> texts('<h3><a href="https://a.org/1">One</a></h3><p>Two<br>three')
    ('[One](https://a.org/1)\\n\\nTwo\\nthree', 'One\\n\\nTwo\\nthree')
    """
    if _depth(html) > DEEPEST:
        return "", ""
    tree = LexborHTMLParser(html.translate(_MARKS))
    for node in tree.css(_UNSEEN):
        node.remove()
    for node in tree.css(_BLOCKS):
        node.insert_before(_BREAK)
        node.insert_after(_BREAK)
    for node in tree.css("br"):
        node.insert_after(_LINE_END)
    plain = _lines(tree)
    for node in tree.css("a[href]"):
        text = " ".join(node.text().split())
        address = "".join((node.attributes["href"] or "").split())
        if text and address.startswith(("http://", "https://")):
            node.insert_before("[")
            node.insert_after(f"]({address})")
    return _lines(tree), plain


def _lines(tree: LexborHTMLParser) -> str:
    text = tree.root.text() if tree.root else ""
    one_line = " ".join(text.replace(_LINE_END, f" {_LINE_END} ").split())
    return re.sub(f" ?{_LINE_END} ?", "\n", _BREAKS.sub("\n\n", one_line)).strip()


def _depth(html: str) -> int:
    """How many elements are open at once, at most; too many where end tags are missing that HTML asks for."""
    deepest = depth = 0
    for closes, name in _TAG.findall(html):
        if name.lower() not in _NOT_OPEN:
            depth = max(0, depth + (-1 if closes else 1))
            deepest = max(deepest, depth)
    return deepest

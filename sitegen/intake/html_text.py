"""HTML as text: its paragraphs, its links as Markdown's, nothing else of its markup."""

import html
import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.text import clean
from sitegen.text.escape import safe_url

_BLOCKS = (
    "p, div, li, ul, ol, dl, dt, dd, table, tr, h1, h2, h3, h4, h5, h6, blockquote, pre, section, article, header, "
    "footer, figure, figcaption, hr"
)
_UNSEEN = ["script", "style", "template", "noscript", "iframe", "object", "svg", "img"]
_TAG = re.compile(
    r"</?(?:p|br|a|b|i|u|em|strong|div|span|img|ul|ol|li|h[1-6]|sub|sup|blockquote|table|tr|td|th|code|pre|tt|small|hr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# What stands for a break while white space is taken together; HTML cannot hold it.
_BREAK = "\x1e"
_SPACE = re.compile(r"[ \t\r\n\f]+")
# How arXiv's pages name a link, whose address is in its target alone.
_NAMED_BY_KIND = re.compile(r"this (?:https?|ftp) URL", re.IGNORECASE)
# Every open tag costs a look at all that stand around it, so a hostile text is not parsed.
_DEEPEST = 200
_LONGEST = 200_000
_NESTS = re.compile(r"<(/?)(?!(?:p|li|dt|dd|t[drh]|br|hr|img|input|wbr|col|area|link|meta)\b)([a-z][a-z0-9]*)")


def is_html(text: str) -> bool:
    """Whether a text holds a tag of running text; `a<b` is none.

    >>> is_html("<p>One</p>"), is_html("if $a<b$ and c > d")
    (True, False)
    """
    return bool(_TAG.search(text))


def from_html(written: str, *, links: bool = True) -> str:
    """The paragraphs of HTML, separated by blank lines; a text without tags is left as it is.

    HTML that was escaped once more than its format asks for is read all the same. What is too long for an abstract, or
    too deep for HTML that somebody wrote, loses its tags only.

    >>> from_html("<p>See <a href='https://x.org'>this https URL</a>.</p>Two &lt; three"), from_html("2 &lt; 3")
    ('See https://x.org.\\n\\nTwo < three', '2 &lt; 3')
    >>> from_html("&lt;b&gt;bold&lt;/b&gt;"), from_html('<a href="https://x.org">Ann</a>', links=False)
    ('bold', 'Ann')
    """
    if not is_html(written) and is_html(html.unescape(written)):
        written = html.unescape(written)
    if not is_html(written):
        return written
    if len(written) > _LONGEST or _depth(written) > _DEEPEST:
        return html.unescape(_TAG.sub(" ", written))
    return clean.paragraphs(_text(written.replace(_BREAK, " "), links=links))


def _depth(written: str) -> int:
    """How deep elements stand in each other at most; those that HTML closes by itself do not count."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for closes, name in _NESTS.findall(written.lower()):
        if not closes:
            opened[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
    return deepest


def _text(written: str, *, links: bool) -> str:
    tree = LexborHTMLParser(written)
    tree.strip_tags(_UNSEEN)
    if tree.body is None:
        return ""
    for node in tree.css("a[href]") if links else ():
        node.replace_with(_link(node))
    for node in tree.css("br"):
        node.replace_with(_BREAK)
    for node in tree.css(_BLOCKS):
        node.insert_before(_BREAK * 2)
        node.insert_after(_BREAK * 2)
    return re.sub(rf" ?{_BREAK} ?", "\n", _SPACE.sub(" ", tree.body.text()))


def _link(node: LexborNode) -> str:
    words = clean.line(node.text())
    target = safe_url(node.attributes.get("href") or "") or ""
    if _NAMED_BY_KIND.fullmatch(words):
        return target or words
    plain = target.startswith("http") and not re.search(r"[()\s]", target) and not re.search(r"[\[\]]", words)
    return f"[{words}]({target})" if words and plain and words != target else words

"""HTML as text: its paragraphs, its links as Markdown's, nothing else of its markup.

Feeds hold pieces of HTML; whole pages are `html_page`'s.
"""

import html
import re
from collections.abc import Callable, Mapping

from selectolax.lexbor import LexborHTMLParser

from sitegen.intake import html_depth
from sitegen.text import clean
from sitegen.text.escape import safe_url

LONGEST = 200_000
"""Characters of a piece that is parsed; no abstract is as long."""
_BLOCKS = (
    "address, article, aside, blockquote, center, dd, details, div, dl, dt, figcaption, figure, footer, form, header, "
    "main, nav, ol, p, pre, section, summary, table, td, th, tr, ul"
)
_UNSEEN = ["head", "script", "style", "noscript", "iframe", "object"]
_RUNNING = re.compile(
    r"</?(?:p|br|a|b|i|u|em|strong|div|span|img|ul|ol|li|h[1-6]|sub|sup|blockquote|table|tr|td|th|code|pre|tt|small|hr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# They stand for breaks while white space is taken together; no text may hold them (Unicode's noncharacters).
BREAK, LINE_END = "\ufdd0", "\ufdd1"
ANY_MARK = re.compile("[\ufdd0-\ufdef]")
_OTHER_MARK = re.compile("[\ufdd2-\ufdef]")
# How arXiv's pages name a link, whose address is in its target alone.
_NAMED_BY_KIND = re.compile(r"this (?:https?|ftp) URL", re.IGNORECASE)
_LINE_MARKS = {"h1, h2, h3, h4, h5, h6, hr, li": (BREAK, BREAK)}
Link = Callable[[str, str], str]
"""(words with marks, address or "") -> how a link is written."""


def is_html(text: str) -> bool:
    """Whether a text holds a tag of running text; `a<b` is none.

    >>> is_html("<p>One</p>"), is_html("if $a<b$ and c > d")
    (True, False)
    """
    return bool(_RUNNING.search(text))


def from_html(written: str, *, links: bool = True) -> str:
    """The paragraphs of a piece of HTML, separated by blank lines; a text without tags is left as it is.

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
    page = html_depth.of_one_kind(written)
    if len(page) > LONGEST or html_depth.is_hostile(page):
        return html.unescape(_RUNNING.sub(" ", written))
    tree = tree_of(page, _LINE_MARKS)
    if links:
        write_links(tree, _plain_link)
    return clean.paragraphs(lines_of(tree))


def tree_of(written: str, marks: Mapping[str, tuple[str, str]]) -> LexborHTMLParser:
    """What a reader sees, with marks where blocks and lines end, and before and behind the elements of `marks`."""
    tree = LexborHTMLParser(ANY_MARK.sub("", written))
    tree.strip_tags(_UNSEEN)
    for node in tree.css("br"):
        node.replace_with(LINE_END)
    for elements, (before, behind) in {**marks, _BLOCKS: (BREAK, BREAK)}.items():
        for node in tree.css(elements):
            node.insert_before(before)
            node.insert_after(behind)
    return tree


def write_links(tree: LexborHTMLParser, link: Link) -> None:
    """Put what `link` writes in the place of each link."""
    for node in tree.css("a[href]"):
        node.replace_with(link(node.text(), safe_url(node.attributes.get("href") or "") or ""))


def words_of(text: str) -> str:
    """One line, without marks."""
    return " ".join(ANY_MARK.sub(" ", text).split())


def lines_of(tree: LexborHTMLParser) -> str:
    """The blocks, with a blank line between them; `<br>` ends a line."""
    text = _OTHER_MARK.sub("", tree.body.text()) if tree.body else ""
    one_line = " ".join(text.replace(LINE_END, f" {LINE_END} ").split())
    blocks = (block.strip(f" {LINE_END}") for block in one_line.split(BREAK))
    return re.sub(f" ?{LINE_END} ?", "\n", "\n\n".join(filter(None, blocks)))


def _plain_link(words: str, address: str) -> str:
    """A link as running text has it (`sitegen.text.hyperlinks`): one with brackets is only its words."""
    words = words_of(words)
    if _NAMED_BY_KIND.fullmatch(words):
        return address or words
    plain = address.startswith("http") and not re.search(r"[()\s]", address) and not re.search(r"[\[\]]", words)
    return f"[{words}]({address})" if words and plain and words != address else words

"""What stands inside a line of Markdown: links and emphasis.

Titles and abstracts in Markdown digests are raw text more often than Markdown, so only what wraps a whole text is taken
for emphasis: the stars of "CoSTA*" and of "$p^*$" stay.
"""

import re
from typing import NamedTuple

from sitegen.intake.field_names import LINKS, fields_of
from sitegen.intake.link_kinds import kind_of
from sitegen.text import links as addresses
from sitegen.text.escape import safe_url

_LABEL = r"\[(?P<label>(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]*\])*+)\]"
_ADDRESS = r"<?(?P<url>[^\s()<>\[\]]*+(?:\([^\s()<>\[\]]*+\)[^\s()<>\[\]]*+)*+)>?"
LINK = re.compile(_LABEL + r"\(\s*+" + _ADDRESS + r"(?:\s++\"[^\"\n\[]*+\")?\s*+\)")
IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n\[\]]*\)")
_SUMMARY = re.compile(r"<summary\b[^<>]*>[^<]*</summary>", re.IGNORECASE)
_LAYOUT = re.compile(r"</?(?:details|summary|p|br|div|span|b|strong|i|em)\b[^<>]*>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([|*_#`~])")
_ITALIC = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])|(?<![_\w])_([^_\n]+)_(?![_\w])")
_BARE_URL = re.compile(r"https?://\S+")
WORDLESS = re.compile(r"[\W_]*")


class Link(NamedTuple):
    """`text[start:end]` is a link with this label and address."""

    label: str
    url: str
    start: int
    end: int


def links(text: str) -> list[Link]:
    """The links of a line, in order.

    >>> links("[[1] A](http://x.org) [code](http://y.org)")[0]
    Link(label='[1] A', url='http://x.org', start=0, end=21)
    """
    return [Link(found["label"], found["url"], found.start(), found.end()) for found in LINK.finditer(text)]


def pairs(text: str) -> list[tuple[str, str]]:
    """(kind, address) of the links and bare web addresses of a text; the kind that a label names, where the address
    tells none.

    >>> pairs("[Code](https://x.org/a) or https://arxiv.org/abs/2401.10020")
    [('code', 'https://x.org/a'), ('url', 'https://arxiv.org/abs/2401.10020')]
    """
    found = [link for link in links(text) if "://" in link.url]
    if not found:
        return [("url", url) for _, _, url in addresses.find(text)]
    known = [(_kind(link), link.url) for link in found]
    bare = LINK.sub(" ", text)
    return known + [("url", url) for _, _, url in addresses.find(bare)]


def _kind(link: Link) -> str:
    field = next(iter(fields_of([unwrapped(link.label)], {}).values()), "")
    return kind_for(field, link.url)


def kind_for(field: str, url: str) -> str:
    """The kind of a link that a field or label names, unless the address itself tells it."""
    return field if field in LINKS and kind_of(safe_url(url) or "") == "url" else "url"


def without_layout(text: str) -> str:
    """The text without images and without the tags that only lay it out."""
    return _LAYOUT.sub(" ", _SUMMARY.sub(" ", IMAGE.sub("", text))).strip()


def unwrapped(text: str) -> str:
    """The text without layout, images and the addresses of links, and without emphasis that wraps all of it.

    >>> unwrapped("**[A* search](http://x.org)**"), unwrapped("<details><summary>Show</summary>Text</details>")
    ('A* search', 'Text')
    """
    text = without_layout(text)
    for _ in range(5):
        inner = LINK.sub(lambda found: found["label"], text).strip()
        for mark in ("**", "__", "*", "_", "`", "~~"):
            wraps = inner.startswith(mark) and inner.endswith(mark) and len(inner) > 2 * len(mark)
            if wraps and mark not in inner[len(mark) : -len(mark)]:
                inner = inner[len(mark) : -len(mark)].strip()
        if inner == text:
            break
        text = inner
    return _ESCAPE.sub(r"\1", text)


def is_of_links(text: str) -> bool:
    """Whether a line holds links and hardly a word around them.

    >>> is_of_links("Paper: [PDF](http://x.org) | http://y.org"), is_of_links("We liked [this one](http://x.org) a lot")
    (True, False)
    """
    words = _BARE_URL.sub(" ", LINK.sub(" ", IMAGE.sub(" ", text))).split()
    return "://" in text and len([word for word in words if not WORDLESS.fullmatch(word)]) < 4


def without_addresses(text: str) -> str:
    """The text without its links and bare web addresses, and without what stands around these.

    >>> without_addresses("Ann One, Bo Two · [pdf](http://x.org) | <http://y.org>")
    'Ann One, Bo Two'
    """
    return _BARE_URL.sub(" ", LINK.sub(" ", text)).strip(" \t·|,;:()[]<>–—-")


def italic_of(text: str) -> str:
    """What stands in italics in the text first, or "".

    >>> italic_of("_Ann One, Bo Two_"), italic_of("no star*")
    ('Ann One, Bo Two', '')
    """
    found = _ITALIC.search(text)
    return (found[1] or found[2] or "").strip() if found else ""

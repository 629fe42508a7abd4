"""What stands inside a line of Markdown: links, emphasis, a title with what follows it.

Titles and abstracts in Markdown digests are raw text more often than Markdown, so only what wraps a whole text is taken
for emphasis: the stars of "CoSTA*" and of "$p^*$" stay.
"""

import re
from typing import NamedTuple

from sitegen import identity
from sitegen.intake import field_values as take
from sitegen.intake.field_names import LINKS, fields_of, plain_name
from sitegen.intake.link_kinds import kind_of
from sitegen.text import links as addresses
from sitegen.text.escape import safe_url

_LABEL = r"\[(?P<label>(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]*\])*+)\]"
_ADDRESS = r"<?(?P<url>[^\s()<>\[\]]*+(?:\([^\s()<>\[\]]*+\)[^\s()<>\[\]]*+)*+)>?"
_LINK = re.compile(_LABEL + r"\(\s*+" + _ADDRESS + r"(?:\s++\"[^\"\n\[]*+\")?\s*+\)")
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n\[\]]*\)")
_SUMMARY = re.compile(r"<summary\b[^<>]*>[^<]*</summary>", re.IGNORECASE)
_LAYOUT = re.compile(r"</?(?:details|summary|p|br|div|span|b|strong|i|em)\b[^<>]*>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([|*_#`~])")
_NUMBER = re.compile(r"^(?:\[\d{1,4}\]|\(?\d{1,4}[.):])\s+(?=\S)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(?P<text>[^\n]+?)\1")
_END_OF_TITLE = re.compile(r"\s[*_`](?=\S)|\[\[|\[[^\[\]\n]*\]\(|<")
_ITALIC = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])|(?<![_\w])_([^_\n]+)_(?![_\w])")
_ARXIV_LABEL = re.compile(r"(?:arxiv:?\s*)?\d{4}\.\d{4,5}(?:v\d+)?|arxiv[:\s].*", re.IGNORECASE)
_BARE_URL = re.compile(r"https?://\S+")
_WORDLESS = re.compile(r"[\W_]*")
_GENERIC = {
    "paper", "abs", "html", "here", "more", "readmore", "website", "webpage", "page", "back", "huggingface", "hf",
    "hfpaper", "model", "models", "weights", "slides", "poster", "blog", "review", "bibtex", "appendix", "supp",
    "supplementary", "star", "stars", "kimi", "paperscool", "alphaxiv", "semanticscholar", "论文", "代码",
}  # fmt: skip
_PARTICLES = {"de", "da", "di", "del", "della", "der", "den", "van", "von", "la", "le", "el", "al", "bin", "dos", "du"}


class Link(NamedTuple):
    """`text[start:end]` is a link with this label and address."""

    label: str
    url: str
    start: int
    end: int


class Head(NamedTuple):
    """The line that begins a paper: its title, what stands behind that, and the (kind, address) pairs of its links."""

    title: str
    rest: str
    links: list[tuple[str, str]]


def links(text: str) -> list[Link]:
    """The links of a line, in order.

    >>> links("[[1] A](http://x.org) [code](http://y.org)")[0]
    Link(label='[1] A', url='http://x.org', start=0, end=21)
    """
    return [Link(found["label"], found["url"], found.start(), found.end()) for found in _LINK.finditer(text)]


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
    bare = _LINK.sub(" ", text)
    return known + [("url", url) for _, _, url in addresses.find(bare)]


def _kind(link: Link) -> str:
    field = next(iter(fields_of([unwrapped(link.label)], {}).values()), "")
    return kind_for(field, link.url)


def kind_for(field: str, url: str) -> str:
    """The kind of a link that a field or label names, unless the address itself tells it."""
    return field if field in LINKS and kind_of(safe_url(url) or "") == "url" else "url"


def unwrapped(text: str) -> str:
    """The text without layout, images and the addresses of links, and without emphasis that wraps all of it.

    >>> unwrapped("**[A* search](http://x.org)**"), unwrapped("<details><summary>Show</summary>Text</details>")
    ('A* search', 'Text')
    """
    text = _LAYOUT.sub(" ", _SUMMARY.sub(" ", _IMAGE.sub("", text))).strip()
    for _ in range(5):
        inner = _LINK.sub(lambda found: found["label"], text).strip()
        for mark in ("**", "__", "*", "_", "`", "~~"):
            wraps = inner.startswith(mark) and inner.endswith(mark) and len(inner) > 2 * len(mark)
            if wraps and mark not in inner[len(mark) : -len(mark)]:
                inner = inner[len(mark) : -len(mark)].strip()
        if inner == text:
            break
        text = inner
    return _ESCAPE.sub(r"\1", text)


def head_of(text: str) -> Head:
    """The parts of the line that begins a paper.

    >>> head_of("1. [A title](http://x.org) - Ann One, Bo Two [[code](http://y.org)]").title
    'A title'
    >>> head_of("**A title.** *Ann One.* [arXiv](https://arxiv.org/abs/2401.10020)")[:2]
    ('A title', ' *Ann One.* [arXiv](https://arxiv.org/abs/2401.10020)')
    >>> head_of("A title (Read more on [arXiv](https://arxiv.org/abs/2401.10020))").title
    'A title'
    """
    text = _NUMBER.sub("", _IMAGE.sub("", text).strip())
    named = next((link for link in links(text) if not _is_generic(link.label)), None)
    bold = _BOLD.match(text)
    if named and _WORDLESS.fullmatch(text[: named.start]):
        title, rest = unwrapped(named.label), text[named.end :]
    elif bold:
        title, rest = unwrapped(bold["text"]), text[bold.end() :]
    elif named and len(named.label.split()) > 2 and leads_to_paper(named.url):
        title, rest = unwrapped(named.label), text[named.end :]
    else:
        end = _END_OF_TITLE.search(text)
        title = text[: end.start()] if end else text
        rest = text[len(title) :]
        if named and named.label.islower():  # a link within a sentence
            title = ""
    title = _NUMBER.sub("", unwrapped(_without_open_bracket(title) if "[" in rest else title))
    return Head(title.strip().rstrip(",:;-–—|").removesuffix(".").strip(), rest, pairs(text))


def _without_open_bracket(title: str) -> str:
    """The title without "(Read more on", where a link follows."""
    at = title.rfind("(")
    return title[:at].rstrip() if at > title.rfind(")") else title


def _is_generic(label: str) -> bool:
    """Whether the label says what kind of page a link leads to, and is no title."""
    plain = unwrapped(label).strip("[]() ")
    name = plain_name(plain)
    return not plain or name in _GENERIC or bool(fields_of([plain], {})) or bool(_ARXIV_LABEL.fullmatch(plain))


def is_of_links(text: str) -> bool:
    """Whether a line holds links and hardly a word around them.

    >>> is_of_links("Paper: [PDF](http://x.org) | http://y.org"), is_of_links("We liked [this one](http://x.org) a lot")
    (True, False)
    """
    words = _BARE_URL.sub(" ", _LINK.sub(" ", _IMAGE.sub(" ", text))).split()
    return "://" in text and len([word for word in words if not _WORDLESS.fullmatch(word)]) < 4


def begins_with_generic_link(text: str) -> bool:
    """Whether a line begins with a link such as "[PDF](…)", which belongs to the paper above."""
    first = next(iter(links(text)), None)
    return first is not None and _is_generic(first.label) and bool(_WORDLESS.fullmatch(text[: first.start]))


def italic_of(text: str) -> str:
    """What stands in italics in the text first, or "".

    >>> italic_of("_Ann One, Bo Two_"), italic_of("no star*")
    ('Ann One, Bo Two', '')
    """
    found = _ITALIC.search(text)
    return (found[1] or found[2] or "").strip() if found else ""


def authors_in(rest: str) -> str:
    """The authors behind a title on the same line, or "".

    >>> authors_in(" — Ann One, Bo van Two, et al. (2024)"), authors_in(" - a very nice paper")
    ('Ann One, Bo van Two, et al', '')
    """
    if (italic := italic_of(rest)) and are_people(italic):
        return italic if len(italic.split()[-1]) == 2 else italic.removesuffix(".")
    text = re.split(r"[\[(`]", _LINK.sub(" ", rest), maxsplit=1)[0].strip(" \t*_—–-:,.;|")
    return text if are_people(text) else ""


def are_people(text: str) -> bool:
    """Whether the text is names: a few capitalised words each."""
    names = take.people(text.rstrip("."))
    return bool(names) and all(_is_name(name) for name in names)


def _is_name(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 6 and all(word[0].isupper() or word in _PARTICLES for word in words)


def leads_to_paper(url: str) -> bool:
    """Whether the address is a paper's at arXiv, a DOI's, the ACL Anthology's or OpenReview's.

    >>> leads_to_paper("https://huggingface.co/papers/2401.10020"), leads_to_paper("https://huggingface.co/papers")
    (True, False)
    """
    return bool(take.id_of_url(url) or ("doi.org/" in url and identity.doi(url)))

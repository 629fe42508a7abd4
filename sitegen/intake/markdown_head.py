"""The line of Markdown that begins a paper: its title, and the authors and links behind that."""

import re
from typing import NamedTuple

from sitegen.intake import markdown_inline as inline
from sitegen.intake.field_names import fields_of, plain_name
from sitegen.intake.names import in_value
from sitegen.intake.paper_pages import leads_to_paper

_NUMBER = re.compile(r"^(?:\[\d{1,4}\]|\(?\d{1,4}[.):])\s+(?=\S)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(?P<text>[^\n]+?)\1")
_END_OF_TITLE = re.compile(
    r"\s[*_`](?=\S)|\[\[|\[[^\[\]\n]*\]\(|<|[\[(]?\bhttps?://|\b(?:arxiv:\s?\d{4}\.|doi:\s?10\.)", re.IGNORECASE
)
_END_OF_AUTHORS = re.compile(r"[\[(`<]|\bhttps?://|\b(?:arxiv|doi):", re.IGNORECASE)
# Whole titles alone: some begin with words in quotes.
_QUOTED = re.compile(r"[\"“](?P<text>[^\"“”\n]{10,}?)(?:[,.][\"”]|[\"”](?=\s*(?:[,.(\[—–]|- |$)))")
# "… (Vaswani et al., 2017)", "… . Hu et al.", "…, Jiaming Song et al.": who wrote it, behind a title without any mark.
_CITED = re.compile(r"\s+\([^()\n]{2,60}\bet al\b[^()\n]{0,20}\)$|[.,]\s+(?:[^\W\d_][\w'’.-]{0,30}\s+){1,3}et al$")
_ARXIV_LABEL = re.compile(r"(?:arxiv:?\s*)?\d{4}\.\d{4,5}(?:v\d+)?|arxiv[:\s].*", re.IGNORECASE)
_GENERIC = {
    "paper", "abs", "html", "here", "more", "readmore", "website", "webpage", "page", "back", "huggingface", "hf",
    "hfpaper", "model", "models", "weights", "slides", "poster", "blog", "review", "bibtex", "appendix", "supp",
    "supplementary", "star", "stars", "kimi", "paperscool", "alphaxiv", "semanticscholar", "论文", "代码",
}  # fmt: skip
# Words of which labels such as "Read the full paper on arXiv" are made.
_GENERIC_WORDS = {
    "a", "abstract", "article", "arxiv", "at", "download", "full", "get", "here", "in", "link", "more", "official",
    "on", "openreview", "original", "paper", "pdf", "preprint", "project", "pubmed", "read", "see", "source", "text",
    "the", "this", "to", "view",
}  # fmt: skip
_AROUND = "()[]:.,!>»→›"
_PARTICLES = {"de", "da", "di", "del", "della", "der", "den", "van", "von", "la", "le", "el", "al", "bin", "dos", "du"}


# What newsletters say of themselves, below the last paper or above the first.
_OF_THE_PAGE = re.compile(
    r"\bunsubscribe\b|\b(?:view|read|open) (?:\w+ ){0,3}(?:in|on) (?:your|a|the|our) (?:browser|web|app)\b"
    r"|\byou(?:'re| are)? (?:received?|receiving|got) this\b|\bthanks for reading\b|\bforwarded this\b"
    r"|\b(?:manage|update|change) your (?:\w+ )?(?:preferences|subscriptions?)\b|^\W*(?:©|copyright\b)",
    re.IGNORECASE,
)
# "**Read more**: ", "Paper: ", before a link.
_SOURCE = re.compile(
    r"[\W_]*(?:(?:read|see|get) )?(?:the )?(?:full )?(?:more|paper|source|study)(?: here)?[\W_]*(?=\[)", re.I
)
_SITE = re.compile(r"\s*\((?:arXiv|bioRxiv|medRxiv|OpenReview|PDF|HTML)(?:[,/ ]+\w+){0,2}\)$", re.IGNORECASE)
_LONGEST_OF_THE_PAGE = 300
_FEWEST_OF_A_TITLE = 3


class Head(NamedTuple):
    """The line that begins a paper: its title, what stands behind that, and the (kind, address) pairs of its links."""

    title: str
    rest: str
    links: list[tuple[str, str]]


def head_of(text: str) -> Head:
    """The parts of the line that begins a paper.

    >>> head_of("1. [A title](http://x.org) - Ann One, Bo Two [[code](http://y.org)]").title
    'A title'
    >>> head_of("**A title.** *Ann One.* [arXiv](https://arxiv.org/abs/2401.10020)")[:2]
    ('A title', ' *Ann One.* [arXiv](https://arxiv.org/abs/2401.10020)')
    >>> head_of("A title (Read more on [arXiv](https://arxiv.org/abs/2401.10020))").title
    'A title'
    >>> head_of("A title. One et al. arXiv:2401.10020").title, head_of('"A title of two," Ann One, 2024').title
    ('A title', 'A title of two')
    """
    text = _NUMBER.sub("", inline.IMAGE.sub("", text).strip())
    named = next((link for link in inline.links(text) if not is_generic(link.label)), None)
    bold = _BOLD.match(text)
    quoted = _QUOTED.match(text)
    if named and inline.WORDLESS.fullmatch(text[: named.start]):
        title, rest = inline.unwrapped(named.label), text[named.end :]
    elif bold:
        title, rest = inline.unwrapped(bold["text"]), text[bold.end() :]
    elif named and len(named.label.split()) > 2 and leads_to_paper(named.url):
        title, rest = inline.unwrapped(named.label), text[named.end :]
    elif quoted:
        title, rest = quoted["text"], text[quoted.end() :]
    else:
        end = _END_OF_TITLE.search(text)
        title = text[: end.start()] if end else text
        rest = text[len(title) :]
        title = _CITED.sub("", title.rstrip(" ,;:.[(-–—|"))
        if named and named.label.islower():  # a link within a sentence
            title = ""
    title = _NUMBER.sub("", inline.unwrapped(_without_open_bracket(title) if "[" in rest else title))
    title = _SITE.sub("", title)
    return Head(title.strip().rstrip(",:;-–—|").removesuffix(".").strip(), rest, inline.pairs(text))


def _without_open_bracket(title: str) -> str:
    """The title without "(Read more on", where a link follows."""
    at = title.rfind("(")
    return title[:at].rstrip() if at > title.rfind(")") else title


def is_generic(label: str) -> bool:
    """Whether the label of a link says what kind of page it leads to, and is no title.

    >>> is_generic("PDF"), is_generic("Read the full paper on arXiv"), is_generic("A title")
    (True, True, False)
    """
    plain = inline.unwrapped(label).strip("[]() ")
    name = plain_name(plain)
    if not plain or name in _GENERIC or fields_of([plain], {}) or _ARXIV_LABEL.fullmatch(plain):
        return True
    words = {each.strip(_AROUND).lower() for each in plain.split()} - {""}
    return "://" in plain or (len(words) > 1 and words <= _GENERIC_WORDS)


def begins_with_generic_link(text: str) -> bool:
    """Whether a line begins with a link such as "[PDF](…)", which belongs to the paper above."""
    first = next(iter(inline.links(text)), None)
    return first is not None and is_generic(first.label) and bool(inline.WORDLESS.fullmatch(text[: first.start]))


def is_of_a_title(text: str, fewest: int = _FEWEST_OF_A_TITLE) -> bool:
    """Whether a line of text is a link to a paper with the paper's title, and hardly a word more.

    fewest: words of a title, for a shorter label may be a word on the paper that is named above.

    >>> is_of_a_title("[A title of words](https://arxiv.org/abs/2401.10020) (2024)")
    True
    >>> is_of_a_title("[Read the paper](https://arxiv.org/abs/2401.10020)"), is_of_a_title("[A b c](https://x.org)")
    (False, False)
    """
    first = next(iter(inline.links(text)), None)
    if first is None or not inline.WORDLESS.fullmatch(text[: first.start]) or len(first.label.split()) < fewest:
        return False
    return leads_to_paper(first.url) and not is_generic(first.label) and inline.is_of_links(text)


def is_of_the_page(text: str) -> bool:
    """Whether a line is a newsletter's word on itself, and not on a paper.

    >>> is_of_the_page("[Unsubscribe](https://x.org/u) | [View in your browser](https://x.org/v)")
    True
    >>> is_of_the_page("We study when readers unsubscribed.")
    False
    """
    return len(inline.LINK.sub("", text)) <= _LONGEST_OF_THE_PAGE and bool(_OF_THE_PAGE.search(text))


def source_in(text: str) -> str:
    """The link with a paper's title that a line below other words names as their source, or "".

    >>> source_in("**Read more:** [A title of words (arXiv)](https://arxiv.org/abs/2401.10020).")
    '[A title of words (arXiv)](https://arxiv.org/abs/2401.10020).'
    >>> source_in("We read [a title of words](https://arxiv.org/abs/2401.10020).")
    ''
    """
    found = _SOURCE.match(text)
    return text[found.end() :] if found and is_of_a_title(text[found.end() :]) else ""


def authors_in(rest: str) -> str:
    """The authors behind a title on the same line, or "".

    >>> authors_in(" — Ann One, Bo van Two, et al. (2024)"), authors_in(" - a very nice paper")
    ('Ann One, Bo van Two, et al', '')
    """
    if (italic := inline.italic_of(rest)) and are_people(italic):
        return italic if len(italic.split()[-1]) == 2 else italic.removesuffix(".")
    text = _END_OF_AUTHORS.split(inline.LINK.sub(" ", rest), maxsplit=1)[0].strip(" \t*_—–-:,.;|")
    return text if are_people(text) else ""


def are_people(text: str) -> bool:
    """Whether the text is names: a few capitalised words each."""
    names = in_value(text.rstrip("."))
    return bool(names) and all(_is_name(name) for name in names)


def _is_name(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 6 and all(word[0].isupper() or word in _PARTICLES for word in words)

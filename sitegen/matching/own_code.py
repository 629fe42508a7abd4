"""The repository of a paper's own code, where its abstract names it; that of another, which it builds on, is not it."""

import re
from dataclasses import replace

from sitegen.intake.link_kinds import kind_of
from sitegen.model import Record
from sitegen.text import links

FIELD = "links.code"

# So much before an address is looked at: longer than nearly all sentences.
_BEFORE, _BEHIND = 300, 100
_END_OF_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z\\])|\n")
# What is said of the work of others, unless it goes on as in "which is based on X, is available at".
_OF_OTHERS = re.compile(
    r"(?<![\w-])(?:(?:buil(?:d|ds|t|ding)|bas(?:e|es|ed|ing)|rel(?:y|ies|ied|ying)) (?:\w+ )?(?:up)?on"
    r"|(?:re)?us(?:e|es|ed|ing)(?! (?:in|for|to|by|here|at)\b)|extend(?:s|ed|ing)?|fork(?:s|ed|ing)?"
    r"|adapt(?:s|ed|ing)?|modif(?:y|ies|ied|ying)|compar(?:e|es|ed|ing)|(?:deriv|tak|borrow)\w+ from"
    r"|on top of|inspired by)(?![\w-])",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:is|are|be|been|was|were|link)\b|\b(?:we|and) (?:releas|open|provid|publish|shar|mak)\w*", re.IGNORECASE
)
_OFFERED = re.compile(
    r"\b(?:codes?|codebase|source|implementations?|scripts?|software|toolkit|package|library|repo|repository|repositories"
    r"|git\W?hub|project|homepage|website|page|demo|data|datasets?|benchmark|models?|weights|checkpoints|resources?"
    r"|materials?|link|see|visit|available|releas\w+|open\W?sourc\w+|public\w*|found|access\w*|download\w*|provid\w+"
    r"|hosted|published|maintain\w+|at)\b",
    re.IGNORECASE,
)
# An address stands by itself at the beginning, behind a sentence, in brackets, behind a colon.
_BY_ITSELF = re.compile(r"(?:\A|[(:\[{.!?])\s*(?:\\url\{|<)?\s*\Z")


def with_code(record: Record) -> Record:
    """The record with the code that its abstract names, where the digest gives none.

    >>> with_code(Record({"abstract": "Code: https://github.com/a/b"})).fields["links.code"]
    'https://github.com/a/b'
    """
    if FIELD in record.fields or not (url := code_in(str(record.fields.get("abstract", "")))):
        return record
    return replace(record, fields={**record.fields, FIELD: url})


def code_in(abstract: str) -> str:
    """The address of the paper's code; "" where it names none, or several repositories, of which one may be another's.

    >>> code_in("Code: https://github.com/a/b. Demo: https://a.github.io/b/")
    'https://github.com/a/b'
    >>> code_in("We build on https://github.com/a/b."), code_in("From https://github.com/a/b to https://gitlab.com/c/d")
    ('', '')
    """
    found = [(start, end, url) for start, end, url in links.find(abstract) if kind_of(url) == "code"]
    if len({url for _, _, url in found}) != 1:
        return ""
    return next((url for start, end, url in found if _is_own(abstract, start, end)), "")


def _is_own(text: str, start: int, end: int) -> bool:
    """Whether the sentence around `text[start:end]` offers what is there."""
    before = _END_OF_SENTENCE.split(text[max(0, start - _BEFORE) : start])[-1]
    behind = _END_OF_SENTENCE.split(text[end : end + _BEHIND], maxsplit=1)[0]
    if others := list(_OF_OTHERS.finditer(before)):
        return bool(_GOES_ON.search(before, others[-1].end()))
    return bool(_BY_ITSELF.search(before) or _OFFERED.search(before) or _OFFERED.search(behind))

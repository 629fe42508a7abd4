r"""The items of arXiv's own texts: mails of new papers, listings and .abs files share one grammar.

    \\
    arXiv:2303.00763 (*cross-listing*)
    Date: Wed, 1 Mar 2023 19:00:02 GMT   (3197kb,D)

    Title: A title that goes on
      in the next line
    Authors: A. One and B. Two
    Categories: astro-ph.GA
    \\
      The abstract, in mails and .abs files only.
    \\ ( https://arxiv.org/abs/2303.00763 ,  3197kb)
    ------------------------------------------------------------------------------

https://info.arxiv.org/help/prep.html names the fields.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sitegen import identity
from sitegen.intake import dates, names, notices
from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.reading import PAPER, Span

RULES = "rules and blank lines"
NOTES = "notes of the listing"
_IGNORED = {
    "comments": "comments",
    "journal-ref": "journal references",
    "report-no": "report numbers",
    "from": "submitters",
    "subj-class": "subject classes",
    "msc-class": "subject classes",
    "acm-class": "subject classes",
    "license": "licences",
}
_USED = {"arxiv", "paper", "date", "title", "author", "authors", "categories", "doi"}
OTHER = "other fields"
REVISED = "dates of revisions"
ADDRESSES = "sizes and addresses"

_START = re.compile(
    r"^(?:\\\\[ \t]*\r?\n)?(?:arXiv:|Paper(?: \(\*cross-listing\*\))?:[ \t]*(?=[A-Za-z.-]{2,20}/\d|\d{4}\.))\S[^\n]*\n"
    r"(?=From:|Date\b|replaced with|Title:|[ \t\r]*\n)",
    re.MULTILINE,
)
_RULE = re.compile(r"^[-%]{20,}[ \t]*\r?$", re.MULTILINE)
_SEPARATOR = re.compile(r"^\\\\[ \t]*(?:\([^\n]*)?\r?$", re.MULTILINE)
_FIELD = re.compile(
    r"^(?P<name>[A-Za-z][A-Za-z-]*)(?: \([^()\n]*\))?:|^(?P<replaced>replaced with revised version)", re.M
)
_REVISION = re.compile(r"Date \(revised(?: v(\d{1,4}))?", re.IGNORECASE)
_SIZE = re.compile(r"\([^()\n]*\)\s*\Z")
_LINE = r"(?![-%]{20}|\\\\)[ \t]*\S[^\n]*"
_NOTE = re.compile(rf"^{_LINE}(?:\n{_LINE})*", re.MULTILINE)


class Item(NamedTuple):
    """`text[start:end]` is an item; its fields end at `head`, and its abstract is `text[abstract:closing]`."""

    start: int
    head: int
    abstract: int
    closing: int
    end: int


class _Field(NamedTuple):
    """A field of an item, at `text[start:end]` with its continuation lines; its name is in lower case."""

    name: str
    value: str
    kind: str
    start: int
    end: int


def begins(text: str) -> int:
    """Where the first item begins; -1 where the first 100,000 characters have none."""
    found = _START.search(text, 0, 100_000)
    return found.start() if found else -1


def items(text: str) -> Iterator[Item]:
    """The items of a text, in order. One that breaks off ends at a rule, or where the next begins."""
    begun = list(_START.finditer(text))
    starts = [*(found.start() for found in begun), len(text)]
    for found, after in zip(begun, starts[1:], strict=True):
        rule = _RULE.search(text, found.end(), after)
        end = rule.start() if rule else after
        while text[end - 1].isspace():
            end -= 1
        yield _item(found.start(), list(_SEPARATOR.finditer(text, found.end(), end)), end)


def gather(gathering: Gathering, at: int = 0) -> None:
    """All items of the digest, and what stands between them, from `at` on."""
    text = gathering.raw.text
    for item in items(text):
        _ignore_notes(gathering, at, item.start)
        fields = list(_fields(text, item))
        gathering.paper(item.start, item.end, _found(text, item, fields), _spans(text, item, fields))
        at = item.end
    _ignore_notes(gathering, at, len(text))


def _item(start: int, separators: Sequence[re.Match[str]], end: int) -> Item:
    if not separators:
        return Item(start, end, end, end, end)
    first, last = separators[0], separators[-1]
    if first is last:
        return Item(start, first.start(), first.end(), end, end)
    return Item(start, first.start(), first.end(), last.start(), last.end())


def _fields(text: str, item: Item) -> Iterator[_Field]:
    found = list(_FIELD.finditer(text, item.start, item.head))
    starts = [*(field.start() for field in found), item.head]
    for field, after in zip(found, starts[1:], strict=True):
        name = (field["name"] or "replaced").lower()
        written = text[field.start() : after].rstrip()
        kind = PAPER if name in _USED else _IGNORED.get(name, OTHER)
        value = text[field.end() : after].strip()
        if name == "comments" and notices.of_comment(value):
            kind = PAPER
        elif revision := _REVISION.match(written):
            name, value, kind = "version", revision[1] or "", PAPER if revision[1] else REVISED
        elif field["replaced"]:
            kind = REVISED
        yield _Field(name, value, kind, field.start(), field.start() + len(written))


def _found(text: str, item: Item, fields: Sequence[_Field]) -> Found:
    values: dict[str, str] = {}
    for field in fields:
        values.setdefault(field.name, field.value)
    abstract = text[item.abstract : item.closing].strip("\r\n")
    written = (values.get("arxiv") or values.get("paper") or "").split(maxsplit=1)
    dated = _SIZE.sub("", values.get("date", ""))
    return Found(
        title=values.get("title", ""),
        abstract=abstract if item.closing < item.end or abstract.strip() else None,
        authors=names.in_line(values.get("authors") or values.get("author") or ""),
        published=dates.utc_day(dated) or dated,
        keywords=values.get("categories", "").split(),
        id=written[0] if written and identity.arxiv_id(written[0]) else "",
        also=[doi for doi in map(identity.doi, values.get("doi", "").split()) if doi],
        notice=notices.of_comment(values.get("comments", "")),
        version=next((field.value for field in reversed(fields) if field.name == "version"), ""),
    )


def _spans(text: str, item: Item, fields: Iterable[_Field]) -> Iterator[Span]:
    for field in fields:
        yield Span(field.start, field.end, field.kind)
    for start, end in ((item.head, item.abstract), (item.closing, item.end)):
        if "(" in text[start:end]:
            yield Span(start, end, ADDRESSES)
    if text[item.abstract : item.closing].strip():
        yield Span(item.abstract, item.closing, PAPER)


def _ignore_notes(gathering: Gathering, start: int, end: int) -> None:
    for note in _NOTE.finditer(gathering.raw.text, start, end):
        gathering.ignore(note.start(), note.end(), NOTES)

"""arXiv's pages of new and recent papers, as a browser copies their text: https://arxiv.org/list/cs.CL/recent

Fri, 14 Mar 2025 (showing 2 of 2 entries )
[1] arXiv:2503.00001 (cross-list from cs.LG) [pdf, html, other]
    Title: A title
    Ann One, Bo Two
    Comments: 9 pages
    Subjects: Machine Learning (cs.LG); Computation and Language (cs.CL)
    The abstract, on the page of new papers only.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sitegen import identity
from sitegen.intake import dates, names, notices
from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.json_values import line_places
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, FoundDate, Reading, Span

PAGE = "words of the page"
OTHER = "unused fields"
_HEAD = 100_000
_START = re.compile(
    r"^[ \t]*\[\d{1,6}\][ \t]+arXiv:(?P<id>[^\s()\[\]]+)(?P<old>[ \t]+\((?:cross|repl)[^()\n]*\))?", re.M
)
_FIELD = re.compile(
    r"(?P<name>Title|Authors?|Comments|Subjects|Journal-ref|Report-no|[A-Z]{3}-class|(?:Related )?DOI):"
)
_USED = {"Title", "Author", "Authors", "Subjects", "DOI", "Related DOI"}
_KEPT = {*_USED, "start", "abstract", "notice"}
_CODE = re.compile(r"\(([a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?)\)")
# What ends the last paper of a section.
_HEADING = re.compile(
    r"(?:Total of \d|Showing (?:up to|new) |[\w-]+ submissions? (?:\(|for )"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, \d{1,2} \w+ \d{4}\b)"
)


class _Line(NamedTuple):
    """`text[start:end]` of the digest, of a field "Title" …, "abstract", or ""."""

    field: str
    value: str
    start: int
    end: int


def recognises(raw: RawDigest) -> bool:
    """Whether the line that begins a paper stands near the top, with a title below it."""
    found = _START.search(raw.text, 0, _HEAD)
    return bool(found and re.match(r"[^\n]*\n\s*Title:", raw.text[found.end() : found.end() + 1_000]))


def read(raw: RawDigest) -> Reading:
    """One record a paper; the day is the page's, where it is of one day, else that on which each paper was new."""
    gathering = Gathering(raw)
    starts = [*(found.start() for found in _START.finditer(raw.text)), len(raw.text)]
    days: dict[str, int] = {}
    every: list[tuple[list[_Line], str]] = []
    at, day = 0, ""
    for start, after in pairwise(starts):
        found, line = _day(raw, at, start)
        if found:
            day = found
            days.setdefault(day, line)
        lines = list(_lines(raw.text, start, after))
        every.append((lines, day))
        at = lines[-1].end
    date = next((FoundDate(day, day, line) for day, line in days.items() if len(days) == 1), None)
    for lines, day in every:
        spans = [Span(line.start, line.end, PAPER if line.field in _KEPT else OTHER) for line in lines]
        gathering.paper(lines[0].start, lines[-1].end, _found(raw.text, lines, "" if date else day), spans)
    name = raw.stem.lower().removeprefix("arxiv").strip(" -_") or "listing"
    return gathering.reading(f"arxiv-{name}", f"arXiv {name}", gap=PAGE, date=date, dated_records=date is None)


def _day(raw: RawDigest, start: int, end: int) -> tuple[str, int]:
    """The last day that is named there, and the line."""
    places = [(start + at, start + stop) for at, stop in line_places(raw.text[start:end])]
    days = ((dates.day_in(raw.text[at:stop]), raw.line(at)) for at, stop in reversed(places))
    return next(((day, line) for day, line in days if len(day) == 10), ("", 0))


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    """The lines of a paper that hold words: labelled, and by where they stand authors and abstract."""
    last = "start"
    for at, stop in line_places(text[start:end]):
        line = text[start + at : start + stop]
        if not line.strip():
            continue
        if _HEADING.match(line.strip()) and last not in ("start", "Title"):
            return
        if at == 0:
            field, value = "start", ""
        elif label := _FIELD.match(line.lstrip()):
            field = last = label["name"]
            value = line.lstrip()[label.end() :]
        else:
            field = last = {"Title": "Authors", "Subjects": "abstract", "abstract": "abstract"}.get(last, "")
            value = line
        if field == "Comments" and notices.of_comment(value.strip()):
            field = "notice"
        yield _Line(field, value.strip(), start + at, start + stop)


def _found(text: str, lines: list[_Line], day: str) -> Found:
    values: dict[str, list[str]] = {}
    for line in lines:
        values.setdefault(line.field, []).append(line.value)
    head = _START.match(text, lines[0].start)
    first = {name: " ".join(found) for name, found in values.items()}
    doi = first.get("Related DOI") or first.get("DOI", "")
    return Found(
        title=first.get("Title", ""),
        abstract="\n".join(values["abstract"]) if "abstract" in values else None,
        authors=names.in_line(first.get("Authors") or first.get("Author", "")),
        published="" if head and head["old"] else day,
        keywords=_CODE.findall(first.get("Subjects", "")),
        id=head["id"] if head and identity.arxiv_id(head["id"]) else "",
        also=[found for found in map(identity.doi, doi.split()) if found],
        notice=notices.of_comment(first.get("notice", "")),
    )

"""Papers in JSON as conferences and scripts write it: a list of objects, anywhere in the text, or an object a line.

Members are found by their usual names, or by those that the archive's settings give. Python's reprs of objects, in
texts or one a line, are read too.
"""

import json
from collections.abc import Callable
from typing import Any

from sitegen.intake import dates, hf_daily, json_lines
from sitegen.intake.field_names import are_of_a_paper, class_of, fields_of
from sitegen.intake.fields import HEADER, found_of, is_header
from sitegen.intake.gathering import Gathering, named_after
from sitegen.intake.json_items import items, object_of
from sitegen.intake.json_values import FAILURES, error_words, line_places, members, rest_place, skip_space, value_at
from sitegen.intake.json_wrappers import unwrapped, wrapper_of
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, FoundDate, Reading, Span
from sitegen.problems import problem

UNUSED = "unused JSON members"
AROUND = "JSON around the papers"
BETWEEN = "JSON punctuation"
FIRST_LINES = 3
_HEAD = 1_000_000


def recognises(raw: RawDigest) -> bool:
    """Whether there is a paper in the JSON, and it is not the house's own format, which is read more strictly."""
    if raw.text[:1_000].lstrip()[:1] not in ("[", "{") or hf_daily.recognises(raw):
        return False
    if paper := _paper_of_lines(raw):
        known = fields_of(paper, raw.columns)
        return any(name not in json_lines.KNOWN for name in known) or _first_lines(raw)[0].startswith("{'")
    try:
        return next(items(raw.text, _is_paper(raw)), None) is not None
    except FAILURES:
        return False


def read(raw: RawDigest) -> Reading:
    """One record an object; what is no paper in a list of papers is rejected, the others go on."""
    gathering = Gathering(raw)
    day = ""
    if _paper_of_lines(raw):
        _read_lines(gathering)
    else:
        _read_items(gathering)
        day = _day(raw.text)
    date = FoundDate(day, day, 1) if day else None
    return gathering.reading(*named_after(raw), gap=BETWEEN, date=date, dated_records=not day)


def _is_paper(raw: RawDigest) -> Callable[[Any], bool]:
    return lambda value: are_of_a_paper(map(str, value), raw.columns) or bool(wrapper_of(value, raw.columns))


def _first_lines(raw: RawDigest) -> list[str]:
    return [line for line in raw.text[:_HEAD].split("\n") if line.strip()][:FIRST_LINES]


def _paper_of_lines(raw: RawDigest) -> dict[str, Any]:
    """A paper that is the whole of one of the first lines; {} where none is."""
    is_paper = _is_paper(raw)
    for line in _first_lines(raw):
        value = _value_of_line(line)
        if isinstance(value, dict) and is_paper(value):
            return value
    return {}


def _value_of_line(line: str) -> Any:
    """What the line holds, as JSON or as Python's repr of an object; or the error as an exception."""
    try:
        return json.loads(line)
    except FAILURES as error:
        value = object_of(line.strip())
        return value if isinstance(value, dict) else error


def _read_lines(gathering: Gathering) -> None:
    raw = gathering.raw
    for start, end in line_places(raw.text):
        line = raw.text[start:end]
        if not line.strip():
            continue
        value = _value_of_line(line)
        if isinstance(value, Exception):
            broken = problem("line-not-json", file=raw.name, line=raw.line(start), error=error_words(value))
            gathering.reject(start, end, broken)
        else:
            _add(gathering, value, start, end)


def _read_items(gathering: Gathering) -> None:
    raw = gathering.raw
    found, end = False, skip_space(raw.text, 0)
    try:
        for element in items(raw.text, _is_paper(raw)):
            if not found:
                gathering.ignore(0, element.start, AROUND)
            found, end = True, element.end
            _add(gathering, object_of(element.value), element.start, end)
        gathering.ignore(end, len(raw.text), AROUND)
    except FAILURES as error:
        rest = rest_place(raw.text, end)
        words = str(error).split(":")[0].removesuffix(" at")
        broken = problem("json-broken", file=raw.name, line=raw.line(rest), error=words)
        gathering.reject(rest, len(raw.text), broken)


def _add(gathering: Gathering, value: Any, start: int, end: int) -> None:
    raw = gathering.raw
    if not isinstance(value, dict):
        wrong = problem("line-not-object", file=raw.name, line=raw.line(start), value=value)
        gathering.reject(start, end, wrong)
        return
    wrapper = wrapper_of(value, raw.columns)
    whole = unwrapped(value, wrapper) if wrapper else value
    found, used = found_of({str(name): member for name, member in whole.items()}, raw.columns)
    used |= {wrapper}
    if is_header(found):
        gathering.ignore(start, end, HEADER)
    else:
        gathering.paper(start, end, found, _spans(raw.text, start, end, used))


def _spans(text: str, start: int, end: int, used: frozenset[str]) -> list[Span]:
    """A repr is one span; of an object, the members that are used and those that are not."""
    at = skip_space(text, start)
    try:
        found = list(members(text, at)) if text[at] == "{" else []
    except FAILURES:  # a repr, whatever its beginning looked like
        found = []
    if not found or found[-1].end > end:
        return [Span(start, end, PAPER)]
    return [Span(member.start, member.end, class_of(member.name, used, UNUSED)) for member in found]


def _day(text: str) -> str:
    """The day that stands beside the list of papers, or ""."""
    at = skip_space(text, 0)
    if text[at : at + 1] != "{":
        return ""
    try:
        whole = value_at(text, at).value
    except FAILURES:
        return ""
    day = whole.get("date")
    return day if isinstance(day, str) and dates.is_day(day) else ""

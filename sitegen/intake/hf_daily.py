"""Hugging Face's daily papers: the JSON of `https://huggingface.co/api/daily_papers?date=…`.

A list of objects with a member `paper`; on some days the list holds Python reprs of these objects as strings, and some
programs keep it as {"status": …, "date": "2025-01-10", "count": …, "data": [the list]}.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sitegen.intake import dates
from sitegen.intake.field_values import python_value
from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.json_values import FAILURES, Element, elements, members, rest_place, skip_space
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, FoundDate, Reading, Span
from sitegen.problems import problem

SYNTAX = "JSON punctuation and names"
UNUSED = "unused JSON members"
_USED_OUTSIDE = {"paper", "title", "submittedOnDailyAt"}
_USED_INSIDE = {
    "id", "authors", "publishedAt", "title", "summary", "githubRepo", "projectPage", "ai_keywords",
    "submittedOnDailyAt",
}  # fmt: skip
# What such a program puts before the list; nothing in it nests.
_WRAPPER = re.compile(r'\s*\{(?P<head>[^\[\]{}]{0,2000})"data"\s*:\s*(?=\[)')
_DATE = re.compile(r'"date"\s*:\s*"([^"]*)"')


def recognises(raw: RawDigest) -> bool:
    """Whether the text is a JSON list whose first element is such an object, or the repr of one."""
    at, _ = _list_of(raw.text)
    if raw.text[at : at + 1] != "[":
        return False
    try:
        first = next(elements(raw.text, at), None)
    except FAILURES:
        return False
    return first is not None and isinstance(_item(first.value), dict) and "paper" in _item(first.value)


def read(raw: RawDigest) -> Reading:
    """One record an element; where the text breaks off, what is left is rejected."""
    at, day = _list_of(raw.text)
    gathering = Gathering(raw)
    days: Counter[str] = Counter()
    end = at
    try:
        for element in elements(raw.text, at):
            end = element.end
            item, inner = _item(element.value), _inner(element)
            if not inner:
                fault = problem("hf-no-paper", file=raw.name, line=raw.line(element.start), value=element.value)
                gathering.reject(element.start, element.end, fault)
            elif gathering.paper(element.start, element.end, _found(item, inner), _spans(raw.text, element)):
                days[str(item.get("submittedOnDailyAt") or inner.get("submittedOnDailyAt"))[:10]] += 1
    except FAILURES as error:
        rest = rest_place(raw.text, end)
        broken = problem("json-broken", file=raw.name, line=raw.line(rest), error=str(error).split(":")[0])
        gathering.reject(rest, len(raw.text), broken)
    day = next((day for day, _ in days.most_common(1) if dates.is_day(day)), day)
    date = FoundDate(day, day, 1) if day else None
    return gathering.reading("hf-daily-papers", "Hugging Face daily papers", gap=SYNTAX, date=date)


def _list_of(text: str) -> tuple[int, str]:
    """(where the list begins, the day that its wrapper names or "")."""
    wrapper = _WRAPPER.match(text)
    if not wrapper:
        return skip_space(text, 0), ""
    day = _DATE.search(wrapper["head"])
    return wrapper.end(), day[1] if day and dates.is_day(day[1]) else ""


def _item(value: Any) -> Any:
    """The object, also when it comes as the repr of one; None when it is neither."""
    return python_value(value) if isinstance(value, str) else value


def _inner(element: Element) -> dict[str, Any]:
    item = _item(element.value)
    inner = item.get("paper") if isinstance(item, dict) else None
    return inner if isinstance(inner, dict) else {}


def _found(item: dict[str, Any], inner: dict[str, Any]) -> Found:
    return Found(
        title=_title(_text(item, "title"), _text(inner, "title")),
        abstract=_text(inner, "summary"),
        authors=_authors(inner.get("authors")),
        published=_text(inner, "publishedAt"),
        keywords=_texts(inner.get("ai_keywords")),
        links=(("code", _text(inner, "githubRepo")), ("project", _text(inner, "projectPage"))),
        id=_text(inner, "id"),
    )


def _title(outer: str, inner: str) -> str:
    """The outer title still has the TeX that the inner one lost, where a paper has any."""
    return outer if outer and ("\\" in outer or "$" in outer or not inner) else inner


def _text(data: Any, name: str) -> str:
    value = data.get(name) if isinstance(data, dict) else None
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _authors(value: Any) -> list[str]:
    authors = value if isinstance(value, list) else []
    return [
        _text(author, "name") for author in authors if isinstance(author, dict) and author.get("hidden") is not True
    ]


def _spans(text: str, element: Element) -> Iterator[Span]:
    """A repr is one span; of an object, the members that are used and those that are not."""
    if isinstance(element.value, str):
        yield Span(element.start, element.end, PAPER)
        return
    for member in members(text, element.start):
        if member.name == "paper" and isinstance(member.value, dict):
            for inner in members(text, member.value_start):
                yield Span(inner.start, inner.end, PAPER if inner.name in _USED_INSIDE else UNUSED)
        else:
            yield Span(member.start, member.end, PAPER if member.name in _USED_OUTSIDE else UNUSED)

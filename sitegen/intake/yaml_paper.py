"""One paper that is a YAML mapping: what front-matter posts and YAML files of newsletters have in common."""

from typing import Any

from sitegen.intake.gathering import Gathering
from sitegen.intake.reading import PAPER, Span
from sitegen.intake.yaml_values import Member, NotReadable, members
from sitegen.problems import problem

UNUSED = "unused YAML fields"
BETWEEN = "YAML punctuation and comments"


def fields_at(gathering: Gathering, start: int, end: int) -> list[Member]:
    """The fields of `text[start:end]`, with their places in the whole text; [] and a rejection where it is not YAML."""
    raw = gathering.raw
    try:
        found = members(raw.text[start:end])
    except NotReadable as error:
        line = raw.line(start) + error.line
        gathering.reject(start, end, problem("yaml-broken", file=raw.name, line=line, error=str(error)))
        return []
    return [Member(name, value, start + at, start + to) for name, value, at, to in found]


def values_of(fields: list[Member]) -> dict[str, Any]:
    """Name -> value; of a name that comes twice the first counts."""
    values: dict[str, Any] = {}
    for field in fields:
        values.setdefault(field.name, field.value)
    return values


def spans_of(fields: list[Member], used: frozenset[str]) -> list[Span]:
    """The bytes of the fields that were used, and of those that were not."""
    return [Span(field.start, field.end, PAPER if field.name in used else UNUSED) for field in fields]

"""YAML files of newsletters on papers: one paper a document, with the day of the newsletter."""

import re
from collections.abc import Iterator

from sitegen.intake import dates, post
from sitegen.intake.field_names import fields_of
from sitegen.intake.fields import found_of
from sitegen.intake.gathering import Gathering
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import FoundDate, Reading
from sitegen.intake.yaml_paper import BETWEEN, fields_at, spans_of, values_of
from sitegen.intake.yaml_values import LARGEST, names

_DOCUMENT = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


def recognises(raw: RawDigest) -> bool:
    """Whether the first document's fields are a title, an abstract and an address, and nothing else stands there."""
    if post.recognises(raw):
        return False
    start, end = next(_documents(raw.text[:LARGEST]), (0, 0))
    known = set(fields_of(names(raw.text[start:end]), raw.columns).values())
    return {"title", "abstract"} <= known and bool(known & {"url", "pdf", "doi", "id"})


def _documents(text: str) -> Iterator[tuple[int, int]]:
    """The places of the documents that are not empty."""
    start = 0
    for mark in _DOCUMENT.finditer(text):
        if text[start : mark.start()].strip():
            yield start, mark.start()
        start = mark.end()
    if text[start:].strip():
        yield start, len(text)


def read(raw: RawDigest) -> Reading:
    """One record a document; its date is the newsletter's, not the paper's."""
    gathering = Gathering(raw)
    date: FoundDate | None = None
    for start, end in _documents(raw.text):
        fields = fields_at(gathering, start, end)
        if not fields:
            continue
        values = values_of(fields)
        day = str(values.pop("date", ""))
        if not date and dates.is_day(day):
            date = FoundDate(day, day, raw.line(next(field.start for field in fields if field.name == "date")))
        found, used = found_of(values, raw.columns)
        gathering.paper(start, end, found, spans_of(fields, used | {"date"}))
    return gathering.reading("newsletter", "Newsletter", gap=BETWEEN, date=date)

"""Lines that begin with a tag, as MEDLINE and RIS have them: fields, and records of fields."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sitegen.intake.reading import PAPER, Span

UNUSED = "unused fields"
EMPTY = "records without fields"
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


class Field(NamedTuple):
    """`text[start:end]` is a tag and its lines: Field("TI", "A title\\nthat goes on", 0, 33)."""

    tag: str
    value: str
    start: int
    end: int


class TaggedRecord(NamedTuple):
    """The fields from one that begins a record to the next such."""

    fields: tuple[Field, ...]

    @property
    def start(self) -> int:
        return self.fields[0].start

    @property
    def end(self) -> int:
        return self.fields[-1].end

    def all(self, *tags: str) -> list[str]:
        """The values of the first of these tags that the record has."""
        for tag in tags:
            if values := [field.value for field in self.fields if field.tag == tag and field.value]:
                return values
        return []

    def first(self, *tags: str) -> str:
        """The first value of the first of these tags that the record has, or ""."""
        return next(iter(self.all(*tags)), "")


def fields(text: str, tag: re.Pattern[str]) -> Iterator[Field]:
    """The fields of a text; `tag` matches the beginning of a field's line, and its group 1 is the tag.

    Lines that go on are joined by newlines, each without the spaces around it. Lines before the first field are none.

    >>> list(fields("TI  - A\\n      b\\n\\nAB  - c", re.compile("([A-Z]{2})  - ")))
    [Field(tag='TI', value='A\\nb', start=0, end=15), Field(tag='AB', value='c', start=17, end=24)]
    """
    name, lines, start, end = "", [""], 0, 0
    for line in _LINE.finditer(text):
        found = tag.match(line[1])
        if found:
            if name:
                yield Field(name, "\n".join(lines).strip(), start, end)
            name, lines, start = found[1], [line[1][found.end() :].strip()], line.start()
        elif name:
            lines.append(line[1].strip())
        end = line.end(1) if line[1].strip() else end
    if name:
        yield Field(name, "\n".join(lines).strip(), start, end)


def records(text: str, tag: re.Pattern[str], first: str) -> Iterator[TaggedRecord]:
    """Each field with the tag `first`, and those behind it. What stands before the first record is none."""
    record: list[Field] = []
    for field in fields(text, tag):
        if field.tag == first and record:
            yield TaggedRecord(tuple(record))
            record = []
        if record or field.tag == first:
            record.append(field)
    if record:
        yield TaggedRecord(tuple(record))


def spans_of(record: TaggedRecord, used: frozenset[str], named: Mapping[str, str]) -> Iterator[Span]:
    """Each field as the paper's, of a class that `named` gives its tag, or as unused."""
    for field in record.fields:
        yield Span(field.start, field.end, PAPER if field.tag in used else named.get(field.tag, UNUSED))

"""YAML with offsets: the fields of a mapping, each with its place; every scalar is text, so no id becomes a number.

Aliases are refused (they can make a kilobyte a gigabyte), depth and size are limited, and tags mean nothing.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

LARGEST = 200_000
"""Characters; the longest list of authors takes half of that."""
DEEPEST = 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_YAML = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEY = re.compile(r"^(?:([A-Za-z_][\w -]{0,79}):(?=\s|$)|[ \t#\r\n-]|\.\.\.|$)", re.MULTILINE)


class Member(NamedTuple):
    """A field of a mapping: `text[start:end]` with its name."""

    name: str
    value: Any
    start: int
    end: int


class NotReadable(Exception):
    """Why a text is no mapping, in words; `line` counts from 0 in it."""

    def __init__(self, words: str, line: int = 0) -> None:
        super().__init__(words)
        self.line = line


def names(text: str) -> list[str]:
    """The names of the fields as the lines look, without reading the YAML; [] where a line can be none of a mapping.

    >>> names("title: T\\nauthor:\\n- A\\n  # x\\n"), names("title: T\\nsome prose")
    (['title', 'author'], [])
    """
    found: list[str] = []
    for line in text.split("\n"):
        key = _KEY.match(line)
        if not key:
            return []
        if key[1]:
            found.append(key[1])
    return found


def members(text: str) -> list[Member]:
    """The fields of the mapping that the text is. Raises NotReadable."""
    if len(text) > LARGEST:
        raise NotReadable(f"{len(text)} characters are more than {LARGEST}")
    try:
        events = yaml.parse(_NOT_YAML.sub(" ", text), Loader=_LOADER)
        return list(_members(events, text))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise NotReadable(str(error.problem), line) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise NotReadable((str(error).splitlines() or [""])[0]) from None


def _members(events: Iterator[Any], text: str) -> Iterator[Member]:
    event = next(event for event in events if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent))
    if not isinstance(event, yaml.MappingStartEvent):
        raise NotReadable("a mapping is expected", event.start_mark.line)
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        start = event.start_mark.index
        name, _ = _value(events, event, 1)
        value, end = _value(events, next(events), 1)
        yield Member(str(name), value, start, start + len(text[start:end].rstrip()))


def _value(events: Iterator[Any], event: Any, depth: int) -> tuple[Any, int]:
    """(the value that begins with this event, where it ends)."""
    if isinstance(event, yaml.ScalarEvent):
        return event.value, _end(event)
    if depth > DEEPEST:
        raise NotReadable(f"more than {DEEPEST} levels", event.start_mark.line)
    if isinstance(event, yaml.SequenceStartEvent):
        found: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            found.append(_value(events, event, depth + 1)[0])
        return found, _end(event)
    if isinstance(event, yaml.MappingStartEvent):
        fields: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            name = str(_value(events, event, depth + 1)[0])
            fields[name] = _value(events, next(events), depth + 1)[0]
        return fields, _end(event)
    raise NotReadable("an alias is not read", event.start_mark.line)


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0

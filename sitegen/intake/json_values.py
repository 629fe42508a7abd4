"""JSON with offsets: the elements of a list and the members of an object, each with its place in the text."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()
FAILURES = (ValueError, RecursionError, MemoryError)


class Element(NamedTuple):
    """A value and its place: `text[start:end]`."""

    value: Any
    start: int
    end: int


class Member(NamedTuple):
    """A member of an object; `start` is where its name begins, `value_start` where its value does."""

    name: str
    value: Any
    start: int
    value_start: int
    end: int


def skip_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def value_at(text: str, at: int) -> Element:
    """The value that begins at `at`. Raises one of FAILURES."""
    value, end = _DECODER.raw_decode(text, at)
    return Element(value, at, end)


def elements(text: str, at: int) -> Iterator[Element]:
    """The elements of the list that begins at `at`, one by one. Raises one of FAILURES where the text breaks off."""
    at = skip_space(text, at + 1)
    while text[at : at + 1] != "]":
        element = value_at(text, at)
        yield element
        at = skip_space(text, element.end)
        if text[at : at + 1] == ",":
            at = skip_space(text, at + 1)
        elif text[at : at + 1] != "]":
            raise ValueError("expected a comma")


def members(text: str, at: int) -> Iterator[Member]:
    """The members of the object that begins at `at`, which has been decoded before."""
    at = skip_space(text, at + 1)
    while text[at : at + 1] != "}":
        name = value_at(text, at)
        start = skip_space(text, skip_space(text, name.end) + 1)
        value = value_at(text, start)
        yield Member(name.value, value.value, at, value.start, value.end)
        at = skip_space(text, value.end)
        if text[at : at + 1] == ",":
            at = skip_space(text, at + 1)


def rest_place(text: str, end: int) -> int:
    """Where the part that cannot be read begins: behind the last whole element and its comma, or the list's bracket.

    >>> rest_place('[{"a": 1}, {"b', 9)
    11
    """
    at = skip_space(text, end)
    return min(skip_space(text, at + 1) if text[at : at + 1] in (",", "[") else at, len(text))


def line_places(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each line, ended by LF or CRLF only: U+2028 may stand in a string."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end - 1 if text[start:end].endswith("\r") else end
        start = end + 1


def error_words(error: Exception) -> str:
    """Python's words on a line of JSON, without its number, which is always 1: "Expecting value at column 34"."""
    return (
        f"{error.msg.removesuffix(' at')} at column {error.colno}"
        if isinstance(error, json.JSONDecodeError)
        else str(error)
    )

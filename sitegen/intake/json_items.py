"""The objects of a JSON text that may be papers, wherever a list of them stands, each with its place."""

from collections.abc import Callable, Generator, Iterator
from typing import Any

from sitegen.intake.field_values import python_value
from sitegen.intake.json_values import FAILURES, Element, skip_space, value_at

DEEPEST = 4
"""Lists and objects around a paper."""
Walk = Generator[Element, None, int]
IsPaper = Callable[[Any], bool]


def items(text: str, is_paper: IsPaper) -> Iterator[Element]:
    """The papers, and what stands between them in their list, in order.

    A paper is an object for which `is_paper` holds, or the Python repr of one as a text. Raises one of
    json_values.FAILURES where the text breaks off; what came before has been given then.

    >>> [item.value["title"] for item in items('{"papers": [{"title": "A"}, {"title": "B"}]}', lambda v: "title" in v)]
    ['A', 'B']
    """
    yield from _inside(text, skip_space(text, 0), is_paper, DEEPEST)


def object_of(value: Any) -> Any:
    """The object, also when it comes as the repr of one."""
    return python_value(value) if isinstance(value, str) and value.startswith("{'") else value


def _inside(text: str, at: int, is_paper: IsPaper, depth: int) -> Walk:
    """The papers in the value at `at`; returns where the value ends."""
    whole = _whole(text, at)
    if whole and _is(whole, is_paper):
        yield whole
        return whole.end
    opening = text[at : at + 1]
    if opening not in ("[", "{") or not depth or (whole and not _holds_papers(whole.value, is_paper, depth)):
        return (whole or value_at(text, at)).end
    closing = "]" if opening == "[" else "}"
    among_papers = False
    at = skip_space(text, at + 1)
    while text[at : at + 1] != closing:
        if opening == "{":
            at = skip_space(text, skip_space(text, value_at(text, at).end) + 1)
        child = _whole(text, at)
        if child and not among_papers and not _holds_papers(child.value, is_paper, depth - 1):
            end = child.end
        elif child and (among_papers or _is(child, is_paper)):
            yield child
            end = child.end
            among_papers = opening == "["
        else:
            end = yield from _inside(text, at, is_paper, 0 if among_papers else depth - 1)
        at = skip_space(text, end)
        if text[at : at + 1] == ",":
            at = skip_space(text, at + 1)
        elif text[at : at + 1] != closing:
            raise ValueError("expected a comma")
    return at + 1


def _whole(text: str, at: int) -> Element | None:
    """The value that begins at `at`; None where it breaks off."""
    try:
        return value_at(text, at)
    except FAILURES:
        return None


def _is(element: Element, is_paper: IsPaper) -> bool:
    value = object_of(element.value)
    return isinstance(value, dict) and is_paper(value)


def _holds_papers(value: Any, is_paper: IsPaper, depth: int) -> bool:
    """Whether the value is a paper, or holds one not deeper than `depth` levels."""
    value = object_of(value)
    if isinstance(value, dict) and is_paper(value):
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return depth > 0 and any(_holds_papers(each, is_paper, depth - 1) for each in inner)

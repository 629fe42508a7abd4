"""The objects of a JSON text that may be papers, wherever a list of them stands, each with its place."""

from collections.abc import Callable, Generator, Iterator
from typing import Any

from sitegen.intake.field_values import python_value
from sitegen.intake.json_values import Element, skip_space, value_at

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
    return python_value(value) if isinstance(value, str) and value.startswith("{") else value


def _inside(text: str, at: int, is_paper: IsPaper, depth: int) -> Walk:
    """The papers in the value at `at`; returns where the value ends."""
    opening = text[at : at + 1]
    if opening not in ("[", "{") or not depth:
        return value_at(text, at).end
    if opening == "{" and (paper := _paper_at(text, at, is_paper)):
        yield paper
        return paper.end
    closing = "]" if opening == "[" else "}"
    among_papers = False
    at = skip_space(text, at + 1)
    while text[at : at + 1] != closing:
        if opening == "{":
            at = skip_space(text, skip_space(text, value_at(text, at).end) + 1)
        paper = _paper_at(text, at, is_paper)
        if paper or among_papers:
            item = paper or value_at(text, at)
            yield item
            end = item.end
            among_papers = opening == "["
        else:
            end = yield from _inside(text, at, is_paper, depth - 1)
        at = skip_space(text, end)
        if text[at : at + 1] == ",":
            at = skip_space(text, at + 1)
        elif text[at : at + 1] != closing:
            raise ValueError("expected a comma")
    return at + 1


def _paper_at(text: str, at: int, is_paper: IsPaper) -> Element | None:
    """The paper that begins at `at`; None where none does, or where it breaks off."""
    if text[at : at + 1] not in ("{", '"'):
        return None
    try:
        element = value_at(text, at)
    except (ValueError, RecursionError, MemoryError):
        return None
    value = object_of(element.value)
    return element if isinstance(value, dict) and is_paper(value) else None

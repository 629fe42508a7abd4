"""The items of an XML file as papers, with what each of their elements is used for."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.reading import Span
from sitegen.intake.xml_items import Item, items, local, places
from sitegen.intake.xml_spans import spans_of
from sitegen.problems import problem


class Paper(NamedTuple):
    """An item that is a paper. kinds: what its elements are, as `spans_of` takes it."""

    found: Found
    kinds: Mapping[str, str]


class Left(NamedTuple):
    """An item that is none and is not missed: a deleted record."""

    what: str


class Broken(NamedTuple):
    """An item that should be a paper and is none; `error` says why, in words."""

    error: str


class Layout(NamedTuple):
    """Where papers stand in a format, by names without prefix.

    items: their elements; beside: what other elements are; kinds: of which kind some of these are instead.
    """

    items: frozenset[str]
    beside: str
    kinds: Mapping[str, str] = MappingProxyType({})


class Source(NamedTuple):
    """An XML text, and where its characters stand in the file."""

    text: str
    place: Callable[[int], int] = int


def gather(
    gathering: Gathering, source: Source, layout: Layout, describe: Callable[[Element], Paper | Left | Broken]
) -> None:
    """All items of an XML text, and what stands beside them."""
    at = 0
    for item in items(source.text, layout.items):
        _leave(gathering, source, layout, at, item.start)
        at = item.end
        described = describe(item.element) if item.element is not None else Broken(item.error)
        _take(gathering, source, item, described)
    _leave(gathering, source, layout, at, len(source.text))


def _take(gathering: Gathering, source: Source, item: Item, described: Paper | Left | Broken) -> None:
    start, end = source.place(item.start), source.place(item.end)
    if isinstance(described, Paper):
        spans = spans_of(source.text, item, described.kinds)
        gathering.paper(start, end, described.found, [_placed(source, span) for span in spans])
    elif isinstance(described, Left):
        gathering.ignore(start, end, described.what)
    else:
        line = gathering.raw.line(start)
        gathering.reject(start, end, problem("item-broken", file=gathering.raw.name, line=line, error=described.error))


def _leave(gathering: Gathering, source: Source, layout: Layout, start: int, end: int) -> None:
    for place in places(source.text, start, end):
        span = Span(place.start, place.end, layout.kinds.get(place.name, layout.beside))
        gathering.spans.append(_placed(source, span))


def _placed(source: Source, span: Span) -> Span:
    return Span(source.place(span.start), source.place(span.end), span.what)


def children(element: Element, name: str) -> list[Element]:
    """The children with this local name."""
    return [child for child in element if local(child.tag) == name]


def text_of(element: Element) -> str:
    """All text in an element."""
    return "".join(element.itertext())


def texts(element: Element, name: str) -> list[str]:
    """The texts of the children with this local name."""
    return list(map(text_of, children(element, name)))


def first(found: Iterable[str]) -> str:
    """The first text that is not blank, or ""."""
    return next((text for text in found if text.strip()), "")

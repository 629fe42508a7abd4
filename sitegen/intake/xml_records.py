"""The items of an XML file as papers, with what each of their elements is used for."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.reading import Span
from sitegen.intake.xml_items import Item, Place, items, local, places
from sitegen.problems import problem

MARKUP = "XML markup"
UNUSED = "unused XML elements"


class Paper(NamedTuple):
    """An item that is a paper. kinds: what its elements are, by local name; the others are UNUSED."""

    found: Found
    kinds: Mapping[str, str]


class Left(NamedTuple):
    """An item that is none and is not missed: a deleted record."""

    what: str


class Broken(NamedTuple):
    """An item that should be a paper and is none; `error` says why, in words."""

    error: str


class Layout(NamedTuple):
    """Where papers stand in a format. Names are without prefix.

    items: their elements; entered: elements that are told part by part, the items' own among them;
    beside: what elements beside the items are, by name, "" for all others.
    """

    items: frozenset[str]
    entered: frozenset[str]
    beside: Mapping[str, str]


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
        _take(
            gathering, source, layout, item, describe(item.element) if item.element is not None else Broken(item.error)
        )
    _leave(gathering, source, layout, at, len(source.text))


def _take(gathering: Gathering, source: Source, layout: Layout, item: Item, described: Paper | Left | Broken) -> None:
    start, end = source.place(item.start), source.place(item.end)
    if isinstance(described, Paper):
        inside = places(source.text, item.start, item.end, layout.entered)
        gathering.paper(start, end, described.found, [_span(source, part, described.kinds, UNUSED) for part in inside])
    elif isinstance(described, Left):
        gathering.ignore(start, end, described.what)
    else:
        line = gathering.raw.line(start)
        gathering.reject(start, end, problem("item-broken", file=gathering.raw.name, line=line, error=described.error))


def _leave(gathering: Gathering, source: Source, layout: Layout, start: int, end: int) -> None:
    beside = places(source.text, start, end)
    gathering.spans += [_span(source, part, layout.beside, layout.beside[""]) for part in beside]


def _span(source: Source, part: Place, kinds: Mapping[str, str], other: str) -> Span:
    return Span(source.place(part.start), source.place(part.end), kinds.get(part.name, other))


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

"""The items of an XML file as papers, with what each of their elements is used for."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.reading import Span
from sitegen.intake.xml_items import Item, Tag, items, places
from sitegen.problems import problem

MARKUP = "XML markup"
UNUSED = "unused XML elements"
OPENED = ""
"""The kind of an element whose children are looked at one by one."""


class Paper(NamedTuple):
    """An item that is a paper. kinds: local name -> what such an element in it is: a span's `what`, or OPENED; an
    element of another name is UNUSED."""

    found: Found
    kinds: Mapping[str, str]


class Left(NamedTuple):
    """An item that is none and is not missed: a deleted record."""

    what: str


class Broken(NamedTuple):
    """An item that should be a paper and is none; `error` says why, in words."""

    error: str


Describe = Callable[[Element, tuple[Tag, ...]], Paper | Left | Broken]
"""What an item is, from its element and its ancestors, outermost first."""


class Layout(NamedTuple):
    """Where papers stand in a format, by names without prefix.

    items: their elements; left: elements, well-formed or not, that hold none -> what they are; beside: what elements
    outside all of these are; kinds: of which kind some of them are instead.
    """

    items: frozenset[str]
    left: Mapping[str, str] = MappingProxyType({})
    beside: str = UNUSED
    kinds: Mapping[str, str] = MappingProxyType({})


class Source(NamedTuple):
    """An XML text, and where its characters stand in the file."""

    text: str
    place: Callable[[int], int] = int


def gather(gathering: Gathering, source: Source, layout: Layout, describe: Describe) -> None:
    """All items of an XML text, and what stands beside them; an item that is not well-formed is rejected."""
    at = 0
    for item in items(source.text, layout.items | layout.left.keys()):
        _leave(gathering, source, layout, at, item.start)
        at = item.end
        if what := layout.left.get(item.name):
            _take(gathering, source, item, Left(what))
        elif item.element is None:
            _take(gathering, source, item, Broken(item.error))
        else:
            _take(gathering, source, item, describe(item.element, item.path))
    _leave(gathering, source, layout, at, len(source.text))


def _take(gathering: Gathering, source: Source, item: Item, described: Paper | Left | Broken) -> None:
    start, end = source.place(item.start), source.place(item.end)
    if isinstance(described, Paper):
        spans = _spans(source.text, item, described.kinds)
        gathering.paper(start, end, described.found, [_placed(source, span) for span in spans])
    elif isinstance(described, Left):
        gathering.ignore(start, end, described.what)
    else:
        line = gathering.raw.line(start)
        gathering.reject(start, end, problem("item-broken", file=gathering.raw.name, line=line, error=described.error))


def _spans(text: str, item: Item, kinds: Mapping[str, str]) -> Iterator[Span]:
    """The elements inside an item, each a span of its kind; tags around them are markup."""
    entered = frozenset({item.name, *(name for name, kind in kinds.items() if kind == OPENED)})
    for place in places(text, item.start, item.end, entered):
        yield Span(place.start, place.end, kinds.get(place.name, UNUSED))


def _leave(gathering: Gathering, source: Source, layout: Layout, start: int, end: int) -> None:
    for place in places(source.text, start, end):
        span = Span(place.start, place.end, layout.kinds.get(place.name, layout.beside))
        gathering.spans.append(_placed(source, span))


def _placed(source: Source, span: Span) -> Span:
    return Span(source.place(span.start), source.place(span.end), span.what)

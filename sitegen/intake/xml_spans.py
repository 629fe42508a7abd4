"""What the bytes of an XML item are: the elements that a reader uses, and those it does not."""

from collections.abc import Iterator, Mapping

from sitegen.intake.reading import Span
from sitegen.intake.xml_items import Item, places

MARKUP = "XML markup"
UNUSED = "unused XML elements"
OPENED = ""
"""The kind of an element whose children are looked at one by one."""


def spans_of(text: str, item: Item, kinds: Mapping[str, str]) -> Iterator[Span]:
    """The elements inside an item, each a span of its kind; tags around them are markup.

    kinds: local name -> a span's `what` or OPENED; an element of another name is UNUSED.

    >>> from sitegen.intake.reading import PAPER
    >>> from sitegen.intake.xml_items import items
    >>> text = "<a><b>x</b><c><d/></c></a>"
    >>> [(span.start, span.end, span.what) for span in spans_of(text, next(items(text, frozenset("a"))), {"b": PAPER})]
    [(3, 11, 'paper'), (11, 22, 'unused XML elements')]
    """
    entered = frozenset({item.name, *(name for name, kind in kinds.items() if kind == OPENED)})
    for place in places(text, item.start, item.end, entered):
        yield Span(place.start, place.end, kinds.get(place.name, UNUSED))

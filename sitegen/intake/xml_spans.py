"""What the bytes of an XML item are: the elements that a reader uses, and those it does not."""

from collections.abc import Iterator, Mapping

from sitegen.intake.reading import Span
from sitegen.intake.xml_items import Item, marks

MARKUP = "XML markup"
UNUSED = "unused XML elements"
OPENED = ""
"""The kind of an element whose children are looked at one by one."""


def spans_of(text: str, item: Item, kinds: Mapping[str, str]) -> Iterator[Span]:
    """The elements inside an item, each a span of its kind; tags around them are markup.

    kinds: local name -> a span's `what` or OPENED; an element of another name is UNUSED.

    >>> text = "<a><b>x</b><c><d/></c></a>"
    >>> from sitegen.intake.reading import PAPER
    >>> from sitegen.intake.xml_items import items
    >>> [(span.start, span.end, span.what) for span in spans_of(text, next(items(text, frozenset("a"))), {"b": PAPER})]
    [(3, 11, 'paper'), (11, 22, 'unused XML elements')]
    """
    inside = marks(text, item.start, item.end)
    next(inside, None)
    start, depth, what = 0, 0, UNUSED
    for mark in inside:
        if depth == 0:
            if mark.closes or kinds.get(mark.tag.name) == OPENED:
                continue
            start, what = mark.start, kinds.get(mark.tag.name, UNUSED)
        depth += -1 if mark.closes else 0 if mark.empty else 1
        if depth == 0:
            yield Span(start, mark.end, what)

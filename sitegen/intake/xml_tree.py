"""Walking in parsed XML by local names, for files disagree on namespaces and prefixes."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element


def local(name: str) -> str:
    """The name without namespace or prefix: "title" of "{http://purl.org/dc/elements/1.1/}title" and of "dc:title"."""
    return name.rpartition("}")[2].rpartition(":")[2]


def children(element: Element, *names: str) -> list[Element]:
    """The element's children with one of these local names, in order."""
    return [child for child in element if local(child.tag) in names]


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, its first child of the next name, and so on.

    >>> from xml.etree.ElementTree import XML
    >>> child(XML("<a><b/><b><c/></b></a>"), "b", "c") is None
    True
    """
    for name in path:
        element = next(iter(children(element, name)), None) if element is not None else None
    return element


def attribute(element: Element, name: str) -> str:
    """The value of the attribute with that local name ("href" of `xlink:href`), or ""."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def string_value(element: Element) -> str:
    """All text in the element, as it is written: https://www.w3.org/TR/xpath-10/#element-nodes

    >>> from xml.etree.ElementTree import XML
    >>> string_value(XML("<a>One <b>two</b></a>"))
    'One two'
    """
    return "".join(element.itertext())


def string_values(element: Element, name: str) -> list[str]:
    """The texts of the children with this local name, as they are written."""
    return list(map(string_value, children(element, name)))


def first(texts: Iterable[str]) -> str:
    """The first text that is not blank, or ""."""
    return next((text for text in texts if text.strip()), "")

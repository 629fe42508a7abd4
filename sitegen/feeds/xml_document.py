"""XML for feeds: every text goes through `escape.xml`, and the writer of the standard library escapes the markup.

Prefixes are written out ("dc:creator"), because `register_namespace` would change them for the whole process.
"""

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from sitegen.text import escape

Element = ElementTree.Element


def root(tag: str, attributes: Mapping[str, str]) -> Element:
    """The outermost element: `root("rss", {"version": "2.0", "xmlns:dc": "…"})`."""
    return Element(tag, _legal(attributes))


def add(parent: Element, tag: str, text: str = "", attributes: Mapping[str, str] | None = None) -> Element:
    """A new last child of `parent`: `add(item, "guid", "urn:uuid:…", {"isPermaLink": "false"})`."""
    element = ElementTree.SubElement(parent, tag, _legal(attributes or {}))
    element.text = escape.xml(text)
    return element


def document(element: Element, items: Iterable[str] = (), last: str = "") -> bytes:
    """The whole document in UTF-8, an element a line; `items`, as `written` gives them, come last inside `last`."""
    text = written(element)
    end = text.rindex(f"</{last}>") if last else len(text)
    return "".join(("<?xml version='1.0' encoding='utf-8'?>\n", text[:end], *items, text[end:])).encode()


def written(element: Element) -> str:
    """An element as it stands in a document."""
    ElementTree.indent(element, space="")
    text: str = ElementTree.tostring(element, encoding="unicode")
    return text + "\n"


def _legal(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: escape.xml(value) for name, value in attributes.items()}

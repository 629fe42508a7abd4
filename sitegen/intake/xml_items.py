"""Items of an XML file, each with its place in the text and parsed by itself, so that one broken item loses no other.

The file is read once, left to right, by its marks alone; only whole items reach an XML parser, without any DTD.
"""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sitegen.text import escape

DEEPEST = 200
"""Elements inside each other; no format goes that deep, and a hostile file must not either."""
# A comment, CDATA, a processing instruction, a doctype, or a tag with its attributes.
_MARK = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|(?P<doctype><!DOCTYPE\b)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z_][\w.:-]*)(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>",
    re.DOTALL,
)
_DOCTYPE_PART = re.compile(r"\"[^\"]*\"|'[^']*'|<!--.*?-->|[\[\]>]", re.DOTALL)
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w.:-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PREFIX = re.compile(r"(?:</?|\s)([A-Za-z_][\w.-]*):[A-Za-z_]")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_AMPERSAND = re.compile(r"&(?:#(?P<decimal>\d{1,8});|#[xX](?P<hex>[0-9A-Fa-f]{1,7});|(?P<name>[A-Za-z][A-Za-z0-9]*);)?")
_OF_XML = {"lt", "gt", "amp", "quot", "apos"}


class Tag(NamedTuple):
    """A start tag: its name without prefix, and its attributes as written ({"xmlns:dc": "http://…", "id": "P"})."""

    name: str
    attributes: dict[str, str]


class Item(NamedTuple):
    """`text[start:end]` is an item inside `path` (its ancestors, outermost first).

    element: the item, parsed; None where it is not well-formed, and then `error` says why, in words.
    """

    start: int
    end: int
    name: str
    path: tuple[Tag, ...]
    element: Element | None
    error: str = ""


class Place(NamedTuple):
    """`text[start:end]` is an element with this local name."""

    name: str
    start: int
    end: int


class _Mark(NamedTuple):
    """A tag of the text, at `text[start:end]`."""

    start: int
    end: int
    tag: Tag
    closes: bool
    empty: bool


def root_of(text: str) -> Tag | None:
    """The first start tag of a text that begins as XML does; None for every other text."""
    if not text[:1_000].lstrip("\ufeff \t\r\n").startswith("<"):
        return None
    first = next(_marks(text, 100_000), None)
    return first.tag if first and not first.closes else None


def items(text: str, names: frozenset[str]) -> Iterator[Item]:
    """The elements with one of these local names, in order; what stands inside one is part of it.

    One that begins inside another of its own name, or is still open where its parent ends or the text does, breaks off
    there: it comes without its element.
    """
    opened: list[_Mark] = []
    item = -1
    for mark in _marks(text, len(text)):
        name = mark.tag.name
        if mark.closes:
            match = next((at for at in reversed(range(len(opened))) if opened[at].tag.name == name), -1)
            if match < 0:
                continue
            if item >= 0 and match <= item:
                yield _item(text, opened[: item + 1], mark.end if match == item else mark.start, whole=match == item)
                item = -1
            del opened[match:]
            continue
        if item >= 0 and name == opened[item].tag.name:
            yield _item(text, opened[: item + 1], mark.start, whole=False)
            del opened[item:]
            item = -1
        if mark.empty:
            if item < 0 and name in names:
                yield _item(text, [*opened, mark], mark.end, whole=True)
        elif len(opened) < DEEPEST:
            opened.append(mark)
            item = len(opened) - 1 if item < 0 and name in names else item
    if item >= 0:
        yield _item(text, opened[: item + 1], len(text), whole=False)


def places(text: str, start: int, end: int, entered: frozenset[str] = frozenset()) -> list[Place]:
    """The outermost whole elements of `text[start:end]`, in order; of those named in `entered`, what they hold instead.

    >>> [place.name for place in places("<a><b>x</b><c/></a>", 0, 19, frozenset("a"))]
    ['b', 'c']
    """
    found: list[Place] = []
    opened: list[_Mark] = []
    for mark in _marks(text, end, start):
        name = mark.tag.name
        if name in entered:
            continue
        if mark.closes:
            match = next((at for at in reversed(range(len(opened))) if opened[at].tag.name == name), -1)
            if match < 0:
                continue
            begin = opened[match].start
            del opened[match:]
            while found and found[-1].start >= begin:
                found.pop()
            found.append(Place(name, begin, mark.end))
        elif mark.empty:
            found.append(Place(name, mark.start, mark.end))
        elif len(opened) < DEEPEST:
            opened.append(mark)
    return found


def _marks(text: str, end: int, at: int = 0) -> Iterator[_Mark]:
    """The tags of `text[at:end]`, in order; comments, CDATA and the doctype are passed over."""
    while found := _MARK.search(text, at, end):
        at = found.end()
        if found["doctype"]:
            at = _end_of_doctype(text, at)
        elif found["name"]:
            written = found["attributes"]
            attributes = {name: a or b for name, a, b in _ATTRIBUTE.findall(written)} if "=" in written else {}
            tag = Tag(found["name"].rpartition(":")[2], attributes)
            yield _Mark(found.start(), at, tag, bool(found["close"]), written.endswith("/"))


def _end_of_doctype(text: str, at: int) -> int:
    depth = 0
    for part in _DOCTYPE_PART.finditer(text, at):
        depth += {"[": 1, "]": -1}.get(part[0], 0)
        if part[0] == ">" and depth <= 0:
            return part.end()
    return len(text)


def _item(text: str, opened: list[_Mark], end: int, *, whole: bool) -> Item:
    start, name = opened[-1].start, opened[-1].tag.name
    path = tuple(mark.tag for mark in opened[:-1])
    if not whole:
        return Item(start, end, name, path, None, f"</{name}> is missing")
    try:
        return Item(start, end, name, path, _parsed(text[start:end], path))
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        return Item(start, end, name, path, None, str(error).split(":")[0])


def _parsed(written: str, path: tuple[Tag, ...]) -> Element:
    """The element, with the namespaces of its ancestors; a prefix that none of them declares gets one of its own."""
    declared = {name: url for tag in path for name, url in tag.attributes.items() if name.startswith("xmlns")}
    for prefix in dict.fromkeys(_PREFIX.findall(written)):
        if prefix not in ("xml", "xmlns"):
            declared.setdefault(f"xmlns:{prefix}", f"urn:{prefix}")
    namespaces = "".join(f' {name}="{url}"' for name, url in declared.items() if url and "<" not in url)
    parts = _CDATA.split(escape.xml(written))
    parts[::2] = [_AMPERSAND.sub(_reference, part) for part in parts[::2]]
    root: Element = fromstring(f"<item{namespaces}>{''.join(parts)}</item>", forbid_dtd=True)
    return root[0]


def _reference(found: re.Match[str]) -> str:
    """HTML's entities, bare ampersands and numbers of forbidden characters as XML can hold them."""
    if name := found["name"]:
        return found[0] if name in _OF_XML else html5.get(f"{name};", f"&amp;{name};")
    if not (found["decimal"] or found["hex"]):
        return "&amp;"
    number = int(found["decimal"] or found["hex"], 10 if found["decimal"] else 16)
    return found[0] if number <= 0x10FFFF and escape.xml(chr(number)) == chr(number) else "\ufffd"

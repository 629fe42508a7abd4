"""Single elements of an XML reply, read without building a tree and without entities of its own."""

from collections.abc import Collection
from typing import NamedTuple
from xml.parsers import expat

from sitegen.fetch.source import Odd

# More than any reply that is meant well has; each costs memory.
DEEPEST = 100
MOST = 50_000


class Part(NamedTuple):
    """An element by its local name, as in Part("resumptionToken", {"cursor": "0"}, "abc|1001")."""

    name: str
    attributes: dict[str, str]
    text: str


def parts(body: bytes, names: Collection[str]) -> list[Part]:
    """The elements with these local names, in the order in which they end; text of their children is left out.

    Raises Odd for what is no XML, for elements without end, and for a document type: nothing we read has one,
    and entities are made there.
    """
    found: list[Part] = []
    open_: list[tuple[str, dict[str, str], list[str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_) >= DEEPEST:
            raise Odd(f"it is XML with more than {DEEPEST} elements inside each other")
        open_.append((name.rpartition(":")[2], attributes, []))

    def text(data: str) -> None:
        if open_ and open_[-1][0] in names:
            open_[-1][2].append(data)

    def end(_name: str) -> None:
        local, attributes, texts = open_.pop()
        if len(found) >= MOST:
            raise Odd(f"it is XML with more than {MOST:,} elements")
        if local in names:
            found.append(Part(local, attributes, "".join(texts).strip()))

    def refuse(*_: object) -> None:
        raise Odd("it is XML with a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, refuse
    parser.buffer_text = True
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Odd(f"it is no XML ({error})") from None
    return found

"""What is left of HTML in running text: entities and line breaks."""

import re
from html.entities import html5

from sitegen.text.runs import Reading

_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_BREAKS = re.compile(r"(?:\s*<br ?/?>\s*)+", re.IGNORECASE)


def read_entity(reading: Reading, start: int) -> int | None:
    """`&lt;`, `&#60;`, `&#x3c;`."""
    found = _ENTITY.match(reading.source, start)
    character = _character(found) if found else ""
    if not found or not character:
        return None
    reading.write(character)
    return found.end()


def _character(entity: re.Match[str]) -> str:
    """What the entity stands for, a plain space for every white space, "" for what text may not hold."""
    decimal, hexadecimal, name = entity.groups()
    if name:
        text = html5.get(name + ";", "")
    else:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        text = chr(code) if code <= 0x10FFFF else ""
    if text.isspace():
        return " "
    return text if all(char.isprintable() for char in text) else ""


def read_breaks(reading: Reading, start: int) -> int | None:
    """`<br>`, one or many, as a space."""
    found = _BREAKS.match(reading.source, start)
    if not found:
        return None
    reading.write("" if reading.character_before(start).isspace() else " ")
    return found.end()

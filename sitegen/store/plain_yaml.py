"""Front matter as `front_matter.write` writes it, read in a tenth of the time that YAML takes.

Most of an archive's pages were never touched by hand. What has any other form is left to the YAML reader.
"""

import json
import re

from sitegen.model import LINK_KINDS

Plain = str | list[str] | dict[str, str]

# Other names may mean something to YAML (`yes`, `null`), or be a human's.
_KEYS = {"id", "title", "authors", "published", "links", "keywords", "tags", "aliases", "notice", "version"}
_KEYS |= {"date", "source", "raw"}
_NAMES = {*LINK_KINDS, "kind", "reason", "date", "by"}
# Characters that YAML refuses, folds or takes for a line end.
_ODD = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
# A text in double quotes, with escapes that mean the same in JSON and in YAML; surrogates mean different things.
_TEXT = r'"[^"\\\n]*(?:\\(?:["\\bfnrt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})[^"\\\n]*)*"'
_LINE = re.compile(rf"(?:([a-z]+):(?: ({_TEXT}))?|  - ({_TEXT})|  ([a-z]+): ({_TEXT}))\n")


def plain_fields(header: str) -> dict[str, Plain] | None:
    """The fields of a header of the form that `write` gives it; None for any other."""
    if not header.replace("\n", " ").isprintable() and _ODD.search(header):
        return None
    fields: dict[str, Plain] = {}
    key, end = "", 0
    while end < len(header):
        line = _LINE.match(header, end)
        if line is None:
            return None
        name, text, item, inner, value = line.groups()
        end = line.end()
        if name is not None:
            if name not in _KEYS or name in fields or (key and not fields[key] and fields[key] != ""):
                return None
            key = name
            fields[key] = _decoded(text) if text is not None else []
        elif not _put_inside(fields, key, item, inner, value):
            return None
    return None if not fields or fields[key] in ([], {}) else fields


def _put_inside(fields: dict[str, Plain], key: str, item: str | None, inner: str | None, value: str | None) -> bool:
    """Add an item of a list or a member of a mapping; whether it fits there."""
    around = fields.get(key)
    if item is not None and isinstance(around, list):
        around.append(_decoded(item))
        return True
    if inner is None or value is None or inner not in _NAMES:
        return False
    if around == []:
        around = fields[key] = {}
    if not isinstance(around, dict) or inner in around:
        return False
    around[inner] = _decoded(value)
    return True


def _decoded(text: str) -> str:
    return text[1:-1] if "\\" not in text else str(json.loads(text))

"""Sightings as lines of a paper's page: `<!-- seen {"digest": …, "ids": […], "said": {…}} -->`.

They stand in comments, so that the page reads well where Markdown is shown, and survive any front-matter tool.
"""

import json
from collections.abc import Sequence
from typing import Any

from sitegen import identity
from sitegen.model import Sighting, Value

# (`json.dumps` makes an encoder for each.)
_as_json = json.JSONEncoder(ensure_ascii=False).encode


def write_sighting(sighting: Sighting) -> str:
    """One line of JSON that can stand in an HTML comment (no `--`, no `>`)."""
    data: dict[str, Any] = {"digest": sighting.digest}
    if sighting.ids:
        data["ids"] = sighting.ids
    data["said"] = dict(sorted(sighting.said.items()))
    if sighting.differs:
        data["differs"] = dict(sorted(sighting.differs.items()))
    text = _as_json(data)
    if not text.isprintable():
        for char in "\x7f\x85\u2028\u2029":
            text = text.replace(char, f"\\u{ord(char):04x}")
    return text.replace("--", "-\\u002d").replace(">", "\\u003e")


def read_sightings(lines: Sequence[str]) -> tuple[Sighting, ...] | None:
    """The sightings, oldest first, or None when a line is not what `write_sighting` writes."""
    try:
        return tuple(_sighting(json.loads(line)) for line in lines)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _sighting(data: dict[str, Any]) -> Sighting:
    if not identity.is_digest_id(str(data["digest"])):
        raise ValueError(data["digest"])
    said = {str(field): str(value) for field, value in data["said"].items()}
    differs = {str(field): _value(value) for field, value in data.get("differs", {}).items()}
    ids = data.get("ids", [])
    if not isinstance(ids, list):
        raise TypeError(ids)
    return Sighting(str(data["digest"]), said, differs, tuple(map(str, ids)))


def _value(value: Any) -> Value:
    return tuple(str(item) for item in value) if isinstance(value, list) else str(value)

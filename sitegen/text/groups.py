"""TeX's groups in running text: `{\\it so}`, `{GPU}`, `10{,}000`; other braces are characters."""

import re

from sitegen.text import accents
from sitegen.text.runs import Kind, Reading

# Commands that style the rest of their group.
DECLARATIONS: dict[str, Kind] = {
    "it": "em", "em": "em", "sl": "em", "itshape": "em", "bf": "strong", "bfseries": "strong", "tt": "code",
    "ttfamily": "code", "sc": "small_caps", "scshape": "small_caps", "rm": "text", "sf": "text",
}  # fmt: skip

_DECLARED = re.compile(r"\{\s*\\([A-Za-z]+)(?![A-Za-z{])\s*(?!\{)")
# What a group of TeX holds, unlike a set: a command, the comma of 10{,}000, words alone, or four words in a row.
_GROUPING = re.compile(
    r"\{\s?(?:\\[A-Za-z'\"`^~=.]|,\}|[^\W\d_][\w '’.-]{0,80}\}|[^\W\d_][\w'’()-]*(?: [\w'’()-]+){3})"
)


def read_opening(reading: Reading, start: int) -> int | None:
    """`{`, with the declaration behind it."""
    before = reading.character_before(start)
    if start not in reading.closing or before in {"^", "_"}:
        return None
    # Behind a group stands a command's next argument, or the next letter of a name.
    if before == "}" and not accents.is_letter(reading.source, start + 1, reading.closing[start]):
        return None
    declared = _DECLARED.match(reading.source, start)
    if declared and declared[1] in DECLARATIONS:
        reading.enter_group(start, DECLARATIONS[declared[1]])
        return min(declared.end(), reading.closing[start])
    return reading.enter_group(start, "text") if _GROUPING.match(reading.source, start) else None


def read_closing(reading: Reading, start: int) -> int | None:
    """`}`, if it ends a group that was entered."""
    return start + 1 if reading.closes_group(start) else None

"""A text inside a JSON string, with the way back from its characters to those of the file."""

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

_PART = re.compile(
    r"[^\"\\]+|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^u]|\\", re.DOTALL
)


@dataclass(frozen=True)
class JsonText:
    """The string whose first character stands at `start` of the file; it may break off.

    parts: for each run of characters or escape, (where it stands in `text`, where it stands in the file).
    """

    text: str
    parts: tuple[tuple[int, int], ...]
    end: int

    @cached_property
    def _places(self) -> list[int]:
        return [place for place, _ in self.parts]

    def place(self, at: int) -> int:
        """Where the character `text[at]` stands in the file."""
        number = bisect_right(self._places, at) - 1
        if number < 0:
            return self.end
        place, origin = self.parts[number]
        after = self.parts[number + 1][1] if number + 1 < len(self.parts) else self.end
        return min(origin + at - place, after)


def json_text(text: str, start: int) -> JsonText:
    r"""The JSON string whose first character is `text[start]`; an escape that is none stands as it is.

    >>> json_text(r'"a\nb"', 1)
    JsonText(text='a\nb', parts=((0, 1), (1, 2), (2, 4)), end=5)
    """
    written: list[str] = []
    parts: list[tuple[int, int]] = []
    size = 0
    at = start
    while found := _PART.match(text, at):
        part = _unescaped(found[0]) if found[0][0] == "\\" else found[0]
        parts.append((size, at))
        written.append(part)
        size += len(part)
        at = found.end()
    return JsonText("".join(written), tuple(parts), at)


@lru_cache(maxsize=10_000)
def _unescaped(escape: str) -> str:
    try:
        return str(json.loads(f'"{escape}"'))
    except ValueError:
        return escape

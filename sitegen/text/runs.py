"""Runs, and the state of the one pass over a text that makes them."""

import re
from dataclasses import dataclass
from typing import Literal

from sitegen.text import links

# A brace, or a backslash with the character that it escapes.
_BRACE = re.compile(r"[{}\\](?:(?<!\\)|.)", re.DOTALL)

Kind = Literal["text", "em", "strong", "code", "small_caps", "sup", "sub", "math", "display", "link"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: Run("em", "really"), Run("math", "x^2"), Run("link", "code", "https://x.org/").

    "math" and "display" hold TeX without its delimiters; all others hold plain text.
    """

    kind: Kind
    text: str
    href: str = ""


class Reading:
    """One pass over `source`: the runs so far, the groups that are open and the style they give.

    Functions `read_…(reading, start)` of the modules beside this one say what the sign at `start` means: they write
    its runs and return where reading goes on, or write nothing and return None if it is not theirs.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        # Where each `{` that is closed is closed.
        self.closing = _matching_braces(source)
        self.addresses = {start: (end, url) for start, end, url in links.find(source)}
        self.open_quotes = 0
        self.single_quote_ends: set[int] = set()
        # The address of the link that is open, "" outside links.
        self.href = ""
        self._kind: Kind = "text"
        # Open groups, innermost last: where each ends, and the style around it.
        self._groups: list[tuple[int, Kind, str]] = []
        self._runs: list[tuple[Kind, list[str], str]] = []

    def runs(self) -> tuple[Run, ...]:
        """What has been written."""
        return tuple(Run(kind, "".join(parts), href) for kind, parts, href in self._runs)

    def character_before(self, start: int) -> str:
        """The character before `start`, "" at the beginning."""
        return self.source[start - 1 : start]

    def write(self, text: str) -> None:
        """Add text in the style of the group that is open."""
        self._add(self._kind, text, self.href)

    def write_link(self, text: str, url: str) -> None:
        """Add a link."""
        self._add("link", text, url)

    def write_math(self, kind: Literal["math", "display"], tex: str) -> bool:
        """Add a formula; False if it is empty or crosses the end of a paragraph."""
        if not tex.strip() or "\n\n" in tex:
            return False
        self._add(kind, tex.strip(), "")
        return True

    def _add(self, kind: Kind, text: str, href: str) -> None:
        if not text:
            return
        if self._runs and self._runs[-1][0] == kind and self._runs[-1][2] == href and kind not in {"math", "display"}:
            self._runs[-1][1].append(text)
        else:
            self._runs.append((kind, [text], href))

    def enter_group(self, opening: int, kind: Kind, href: str = "") -> int:
        """Go into the group whose brace is at `opening`; the outermost style counts, but a link always does."""
        self._groups.append((self.closing[opening], self._kind, self.href))
        if href:
            self._kind, self.href = "link", href
        elif self._kind == "text":
            self._kind = kind
        return opening + 1

    def end_of_groups(self, opening: int) -> int:
        """Behind the group whose brace is at `opening` and those that follow it directly: `{a}{b}`."""
        end = self.closing[opening] + 1
        while end in self.closing:
            end = self.closing[end] + 1
        return end

    def closes_group(self, start: int) -> bool:
        """Whether the innermost open group ends at `start`."""
        return bool(self._groups) and self._groups[-1][0] == start

    def leave_groups(self, position: int) -> None:
        """Leave every group that ends before `position`."""
        while self._groups and self._groups[-1][0] < position:
            _, self._kind, self.href = self._groups.pop()


def _matching_braces(source: str) -> dict[int, int]:
    """The brace that closes each `{`; a brace behind a backslash is a character."""
    closing: dict[int, int] = {}
    if "{" not in source:
        return closing
    waiting: list[int] = []
    for found in _BRACE.finditer(source):
        if found[0] == "{":
            waiting.append(found.start())
        elif found[0] == "}" and waiting:
            closing[waiting.pop()] = found.start()
    return closing

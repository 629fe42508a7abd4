"""Running text of digests as runs: what a reader should see instead of TeX, HTML entities and damaged addresses.

The text is read once from left to right. `_SPECIAL` finds the next character that may mean something, a function of
`_READERS` says what it means and where reading goes on; what none of them knows stays as it is written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.entities import html5
from typing import Literal

from sitegen.text import accents, links, math
from sitegen.text.escape import safe_url

Kind = Literal["text", "em", "strong", "code", "small_caps", "sup", "sub", "math", "display", "link"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: Run("em", "really"), Run("math", "x^2"), Run("link", "code", "https://x.org/").

    "math" and "display" hold TeX without its delimiters; all others hold plain text.
    """

    kind: Kind
    text: str
    href: str = ""


# Text with none of these is plain.
_TRIGGERS = ("\\", "$", "{", "&", "`", "--", "~", "//", "<br")
_SPECIAL = re.compile(r"[\\${}&`'\"~<\[]|-{2,}|[Hh][Tt]{2}[Pp][Ss]?:")

_STYLES: dict[str, Kind] = {
    "emph": "em", "textit": "em", "textsl": "em", "underline": "em", "uline": "em", "it": "em", "em": "em", "sl": "em",
    "textbf": "strong", "bf": "strong", "texttt": "code", "tt": "code", "textsc": "small_caps", "sc": "small_caps",
    "textsuperscript": "sup", "textsubscript": "sub",
    "text": "text", "textrm": "text", "textsf": "text", "textnormal": "text", "textup": "text", "textmd": "text",
    "mbox": "text", "rm": "text", "sf": "text",
}  # fmt: skip
_DECLARATIONS: dict[str, Kind] = {
    "it": "em", "em": "em", "sl": "em", "itshape": "em", "bf": "strong", "bfseries": "strong", "tt": "code",
    "ttfamily": "code", "sc": "small_caps", "scshape": "small_caps", "rm": "text", "sf": "text",
}  # fmt: skip
_MATH_COMMANDS = frozenset(
    {"bm", "boldsymbol", "mathcal", "mathbb", "mathbf", "mathrm", "mathit", "mathfrak", "mathsf", "frac", "sqrt"}
    | {"hat", "bar", "tilde", "vec", "overline"}
)
_SYMBOLS = {
    "ldots": "…", "dots": "…", "deg": "°", "textdegree": "°", "textasciitilde": "~", "textbackslash": "\\",
    "textregistered": "®", "texttrademark": "™", "textendash": "–", "textemdash": "—", "S": "§", "pounds": "£",
    "quad": " ", "qquad": " ", "newline": " ", "xspace": "", "par": " ",
}  # fmt: skip
_ESCAPES = {
    "%": "%", "&": "&", "_": "_", "#": "#", "$": "$", "{": "{", "}": "}", " ": " ", ",": " ", ";": " ", "/": "",
    "-": "", "@": "", "\\": " ",
}  # fmt: skip

_NAME = re.compile(r"\\([A-Za-z]+)\*?")
_ARGUMENT = re.compile(r"[ \n]?\{")
_DECLARED = re.compile(r"\{\s*\\([A-Za-z]+)(?![A-Za-z{])\s*(?!\{)")
_ENVIRONMENT = re.compile(r"\\begin\{((?:equation|align|gather|multline|eqnarray|displaymath|math)\*?)\}")
_INLINE_MATH = re.compile(r"\\\(((?:[^\\]++|\\[^()])*+)\\\)")
_DISPLAY_MATH = re.compile(r"\\\[((?:[^\\]++|\\[^\[\]])*+)\\\]")
_DISPLAY_DOLLARS = re.compile(r"\$\$((?:[^$\\]++|\\.)++)\$\$", re.DOTALL)
# https://pandoc.org/MANUAL.html#math : no white space inside the dollar signs, no digit behind them.
_DOLLARS = re.compile(r"\$(?!\s)((?:[^$\\]++|\\.)++)(?<!\s)\$(?!\d)", re.DOTALL)
# Authors put white space there all the same; then the text between must look like TeX.
_LOOSE_DOLLARS = re.compile(r"\$((?:[^$\\]++|\\.)++)\$(?!\d)", re.DOTALL)
# `45$\pm$15` and `$<$5`: a sign alone may have a digit behind it.
_SIGN = re.compile(r"\$([^\s$\w(][^\s$]{0,40})\$(?=\d)")
_TEX_SIGN = re.compile(r"[\\^_={<>+(]|^\s*\w\s*$")
_WORDS = re.compile(r"(?<![\w\\])[^\W\d_]{2,}\s+(?:\S+\s+)?[^\W\d_]{2,}(?!\w)")
_SENTENCE = re.compile(r"(?<![\w\\])(?:[^\W\d_]{2,}[,;]?\s+){3}[^\W\d_]{2,}")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_BREAK_TAG = re.compile(r"(?:\s*<br ?/?>\s*)+", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\s+href=[\"']([^\"'<>]{1,2000})[\"'][^<>]{0,200}>([^<>]{1,500})</a>", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,500})\]\((https?://[^\s()<>]{1,2000})\)")
_SINGLE_QUOTED = re.compile(r"`(?=\w)[^`']{1,100}'(?!\w)")
# What a group of TeX holds, unlike a set: a command, the comma of 10{,}000, words alone, or four words in a row.
_GROUPING = re.compile(
    r"\{\s?(?:\\[A-Za-z'\"`^~=.]|,\}|[^\W\d_][\w '’.-]{0,80}\}|[^\W\d_][\w'’()-]*(?: [\w'’()-]+){3})"
)
LONGEST_ENVIRONMENT = 5_000


def is_plain(source: str) -> bool:
    """Whether `source` certainly holds nothing that `parse` would change."""
    return not any(trigger in source for trigger in _TRIGGERS)


def parse(source: str) -> tuple[Run, ...]:
    """The runs of a title or a paragraph; neighbours differ in kind or href. Never raises; linear in the length.

    >>> parse(r"T\\"ulu is \\emph{not} $x^2$")
    (Run(kind='text', text='Tülu is ', href=''), Run(kind='em', text='not', href=''), \
Run(kind='text', text=' ', href=''), Run(kind='math', text='x^2', href=''))
    """
    if is_plain(source):
        return (Run("text", source),) if source else ()
    return _Reader(source).read()


class _Reader:
    """One pass over `source`. A `_read_…` method returns where reading goes on, None if the sign means only itself."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.closing = _matching_braces(source)
        self.urls = {start: (end, url) for start, end, url in links.find(source)}
        self.runs: list[tuple[Kind, list[str], str]] = []
        # Open groups, innermost last: where each ends, and the style around it.
        self.groups: list[tuple[int, Kind, str]] = []
        self.kind: Kind = "text"
        self.href = ""
        self.open_quotes = 0
        self.single_closers: set[int] = set()

    def read(self) -> tuple[Run, ...]:
        position = 0
        while found := _SPECIAL.search(self.source, position):
            start = found.start()
            self._emit(self.source[position:start])
            end = _READERS[found[0][0].lower()](self, start)
            if end is None:
                end = found.end()
                self._emit(found[0])
            position = end
            self._leave_groups(position)
        self._emit(self.source[position:])
        return tuple(Run(kind, "".join(parts), href) for kind, parts, href in self.runs)

    def _emit(self, text: str) -> None:
        self._add(self.kind, text, self.href)

    def _add(self, kind: Kind, text: str, href: str = "") -> None:
        if not text:
            return
        if self.runs and self.runs[-1][0] == kind and self.runs[-1][2] == href and kind not in {"math", "display"}:
            self.runs[-1][1].append(text)
        else:
            self.runs.append((kind, [text], href))

    def _before(self, start: int) -> str:
        return self.source[start - 1 : start]

    # Groups

    def _enter(self, opening: int, kind: Kind, href: str = "") -> int:
        """Go into the group whose brace is at `opening`; the outermost style counts, but a link always does."""
        self.groups.append((self.closing[opening], self.kind, self.href))
        if href:
            self.kind, self.href = "link", href
        elif self.kind == "text":
            self.kind = kind
        return opening + 1

    def _read_opening(self, start: int) -> int | None:
        if start not in self.closing or self._before(start) in {"^", "_", "}"}:
            return None
        declared = _DECLARED.match(self.source, start)
        if declared and declared[1] in _DECLARATIONS:
            self._enter(start, _DECLARATIONS[declared[1]])
            return min(declared.end(), self.closing[start])
        return self._enter(start, "text") if _GROUPING.match(self.source, start) else None

    def _read_closing(self, start: int) -> int | None:
        return start + 1 if self.groups and self.groups[-1][0] == start else None

    def _leave_groups(self, position: int) -> None:
        while self.groups and self.groups[-1][0] < position:
            _, self.kind, self.href = self.groups.pop()

    # Commands

    def _read_command(self, start: int) -> int | None:
        if start in self.urls:
            return self._read_url(start)
        accented = accents.at(self.source, start)
        if accented:
            self._emit(accented[0])
            return accented[1]
        name = _NAME.match(self.source, start)
        if name:
            return self._read_named(start, name)
        return self._read_escaped(start)

    def _read_escaped(self, start: int) -> int | None:
        for pattern, kind in _BRACKETED_MATH:
            if found := pattern.match(self.source, start):
                return self._math(kind, found[1], found.end())
        replacement = _ESCAPES.get(self.source[start + 1 : start + 2])
        if replacement is None:
            return None
        self._emit(replacement)
        return start + 2

    def _read_named(self, start: int, found: re.Match[str]) -> int | None:
        name, end = found[1], found.end()
        argument = _ARGUMENT.match(self.source, end)
        opening = argument.end() - 1 if argument and argument.end() - 1 in self.closing else None
        if opening is not None:
            after = self._read_with_argument(start, name, opening)
            if after is not None:
                return after
        if name == "begin":
            return self._read_environment(start)
        return self._read_symbol(name, start, end, opening)

    def _read_with_argument(self, start: int, name: str, opening: int) -> int | None:
        if name in _STYLES:
            return self._enter(opening, _STYLES[name])
        if name == "href":
            return self._read_href(opening)
        if name == "url":
            return self._read_url_command(opening)
        if name == "textcolor":
            second = self.closing[opening] + 1
            return self._enter(second, "text") if second in self.closing else None
        if name in _MATH_COMMANDS:
            end = self._end_of_arguments(opening)
            return self._math("math", self.source[start:end], end)
        return None

    def _end_of_arguments(self, opening: int) -> int:
        end = self.closing[opening] + 1
        while end in self.closing:
            end = self.closing[end] + 1
        return end

    def _read_symbol(self, name: str, start: int, end: int, opening: int | None) -> int:
        """A command that stands for a character; a letter swallows the space behind it, as in TeX (`Stra\\ss e`)."""
        if name in accents.LETTERS:
            self._emit(accents.LETTERS[name])
            return self._after_letter(end)
        replacement = _SYMBOLS.get(name)
        if replacement is None and name in _DECLARATIONS:
            replacement = ""
            end += self.source[end : end + 1] == " "
        if replacement is None:
            replacement = math.symbol("\\" + name)
            if not replacement:
                return self._read_unknown(start, end, opening)
        self._emit(replacement)
        return end + 2 if self.source.startswith("{}", end) else end

    def _after_letter(self, end: int) -> int:
        if self.source.startswith("{}", end):
            return end + 2
        return end + (self.source[end : end + 1] == " ")

    def _read_unknown(self, start: int, end: int, opening: int | None) -> int:
        """As written, with the brace of its argument, which would else be taken for a group."""
        end = end if opening is None else opening + 1
        self._emit(self.source[start:end])
        return end

    # Links

    def _read_url(self, start: int) -> int | None:
        if start not in self.urls:
            return None
        end, url = self.urls[start]
        self._add("link", url, self.href or url)
        return end

    def _read_href(self, opening: int) -> int | None:
        """`\\href{url}{text}`; an address that may not be a link leaves the text alone."""
        second = self.closing[opening] + 1
        second += self.source[second : second + 1] == " "
        if second not in self.closing:
            return None
        written = self.source[opening + 1 : self.closing[opening]].strip()
        url = safe_url(_without_tex_escapes(written))
        return self._enter(second, "text", url or "")

    def _read_url_command(self, opening: int) -> int:
        written = _without_tex_escapes(self.source[opening + 1 : self.closing[opening]].strip())
        url = safe_url(written)
        self._add("link" if url else self.kind, url or written, url or self.href)
        return self.closing[opening] + 1

    def _read_bracket(self, start: int) -> int | None:
        return self._anchor(_MARKDOWN_LINK.match(self.source, start), text=1, url=2)

    def _read_less_than(self, start: int) -> int | None:
        found = _BREAK_TAG.match(self.source, start)
        if found:
            self._emit("" if self._before(start).isspace() else " ")
            return found.end()
        return self._anchor(_ANCHOR.match(self.source, start), text=2, url=1)

    def _anchor(self, found: re.Match[str] | None, *, text: int, url: int) -> int | None:
        address = safe_url(found[url]) if found else None
        if not found or not address:
            return None
        self._add("link", " ".join(found[text].split()), address)
        return found.end()

    # Math

    def _math(self, kind: Kind, tex: str, end: int) -> int | None:
        if not tex.strip() or "\n\n" in tex:
            return None
        self._add(kind, tex.strip())
        return end

    def _read_dollar(self, start: int) -> int | None:
        display = _DISPLAY_DOLLARS.match(self.source, start)
        if display:
            return self._math("display", display[1], display.end())
        strict = _DOLLARS.match(self.source, start) or _SIGN.match(self.source, start)
        if strict and not _prose(strict[1]):
            return self._math("math", strict[1], strict.end())
        loose = _LOOSE_DOLLARS.match(self.source, start)
        if loose and _TEX_SIGN.search(loose[1]) and not _WORDS.search(loose[1]):
            return self._math("math", loose[1], loose.end())
        return None

    def _read_environment(self, start: int) -> int | None:
        found = _ENVIRONMENT.match(self.source, start)
        if not found:
            return None
        ending = f"\\end{{{found[1]}}}"
        end = self.source.find(ending, found.end(), found.end() + LONGEST_ENVIRONMENT)
        if end < 0:
            return None
        body = self.source[found.end() : end]
        aligned = found[1].startswith(("align", "eqnarray", "gather", "multline"))
        tex = f"\\begin{{aligned}}{body}\\end{{aligned}}" if aligned else body
        return self._math("display", tex, end + len(ending))

    # Characters

    def _read_entity(self, start: int) -> int | None:
        found = _ENTITY.match(self.source, start)
        character = _decoded(found) if found else ""
        if not found or not character:
            return None
        self._emit(character)
        return found.end()

    def _read_backquote(self, start: int) -> int | None:
        if self.source.startswith("``", start):
            self.open_quotes += 1
            self._emit("“")
            return start + 2
        found = None if self._before(start).isalnum() else _SINGLE_QUOTED.match(self.source, start)
        if not found:
            return None
        self.single_closers.add(found.end() - 1)
        self._emit("‘")
        return start + 1

    def _read_apostrophe(self, start: int) -> int | None:
        if self.open_quotes and self.source.startswith("''", start):
            self.open_quotes -= 1
            self._emit("”")
            return start + 2
        if start in self.single_closers:
            self._emit("’")
            return start + 1
        return None

    def _read_double_quote(self, start: int) -> int | None:
        if not self.open_quotes:
            return None
        self.open_quotes -= 1
        self._emit("”")
        return start + 1

    def _read_tie(self, start: int) -> int | None:
        """`Fig.~1` has a space; `~5`, `10~20` and `/~user` have a tilde."""
        before, after = self._before(start), self.source[start + 1 : start + 2]
        if self.source[start + 1 : start + 5].lower() == "http":
            self._emit(" " if before.strip() else "")
            return start + 1
        between_digits = before.isdigit() and after.isdigit()
        if between_digits or not (before.isalnum() or before in {".", ",", ")", "}", "$", "%"}):
            return None
        if not before or not (after.isalnum() or after in {"\\", "$", "("}) or not after:
            return None
        self._emit(" ")
        return start + 1

    def _read_dash(self, start: int) -> int | None:
        end = start
        while self.source.startswith("-", end):
            end += 1
        before, after = self._before(start), self.source[end : end + 1]
        dash = {2: "–", 3: "—"}.get(end - start)
        if dash is None or (dash == "–" and not (before.isalnum() and after.isalnum())):
            return None
        self._emit(dash)
        return end


_BRACKETED_MATH: tuple[tuple[re.Pattern[str], Kind], ...] = ((_INLINE_MATH, "math"), (_DISPLAY_MATH, "display"))
_READERS: dict[str, Callable[[_Reader, int], int | None]] = {
    "\\": _Reader._read_command,
    "{": _Reader._read_opening,
    "}": _Reader._read_closing,
    "$": _Reader._read_dollar,
    "&": _Reader._read_entity,
    "`": _Reader._read_backquote,
    "'": _Reader._read_apostrophe,
    '"': _Reader._read_double_quote,
    "~": _Reader._read_tie,
    "-": _Reader._read_dash,
    "[": _Reader._read_bracket,
    "<": _Reader._read_less_than,
    "h": _Reader._read_url,
}


def _matching_braces(source: str) -> dict[int, int]:
    """Where each `{` that is closed is closed; a brace behind a backslash is a character."""
    closing: dict[int, int] = {}
    waiting: list[int] = []
    for found in re.finditer(r"\\.|[{}]", source, re.DOTALL):
        if found[0] == "{":
            waiting.append(found.start())
        elif found[0] == "}" and waiting:
            closing[waiting.pop()] = found.start()
    return closing


def _prose(tex: str) -> bool:
    """Whether what stands between two dollar signs is words about money, and no formula."""
    if "\\text" in tex or "\\mbox" in tex:
        return False
    return bool(_SENTENCE.search(tex) if _TEX_SIGN.search(tex) else _WORDS.search(tex))


def _without_tex_escapes(url: str) -> str:
    return re.sub(r"\\([_%#&~$])", r"\1", url)


def _decoded(found: re.Match[str]) -> str:
    """The character of an HTML entity, a plain space for every white space, "" for none that text may hold."""
    decimal, hexadecimal, name = found.groups()
    if name:
        text = html5.get(name + ";", "")
    else:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        text = chr(code) if code <= 0x10FFFF else ""
    if text.isspace():
        return " "
    return text if all(char.isprintable() for char in text) else ""

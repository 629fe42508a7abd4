"""TeX's commands in running text: styles, symbols, escaped characters, authors' own macros around words.

What is unknown stays as it is written.
"""

import re
from collections.abc import Callable

from sitegen.text import accents, hyperlinks, math
from sitegen.text.groups import DECLARATIONS
from sitegen.text.runs import Kind, Reading

_STYLES: dict[str, Kind] = {
    "emph": "em", "textit": "em", "textsl": "em", "underline": "em", "uline": "em", "it": "em", "em": "em", "sl": "em",
    "textbf": "strong", "bf": "strong", "texttt": "code", "tt": "code", "textsc": "small_caps", "sc": "small_caps",
    "textsuperscript": "sup", "textsubscript": "sub",
    "text": "text", "textrm": "text", "textsf": "text", "textnormal": "text", "textup": "text", "textmd": "text",
    "mbox": "text", "rm": "text", "sf": "text",
}  # fmt: skip
# What authors write outside dollar signs although TeX knows it only in math.
MATH_COMMANDS = frozenset(
    {"bm", "boldsymbol", "mathcal", "mathbb", "mathbf", "mathrm", "mathit", "mathfrak", "mathsf", "frac", "sqrt"}
    | {"hat", "bar", "tilde", "vec", "overline"}
)
_SYMBOLS = {
    "ldots": "…", "dots": "…", "deg": "°", "textdegree": "°", "textasciitilde": "~", "textbackslash": "\\",
    "textregistered": "®", "texttrademark": "™", "textendash": "–", "textemdash": "—", "S": "§", "pounds": "£",
    "quad": " ", "qquad": " ", "newline": " ", "xspace": "", "par": " ",
}  # fmt: skip
_ESCAPED_CHARACTERS = {
    "%": "%", "&": "&", "_": "_", "#": "#", "$": "$", "{": "{", "}": "}", " ": " ", ",": " ", ";": " ", "/": "",
    "-": "", "@": "", "\\": " ",
}  # fmt: skip

# Arguments that are no text of the sentence: keys, notes, names of colours and files, what is struck out or not seen.
_NO_TEXT = re.compile(
    r".?|\w*[cC]ite\w*|\w*ref|\w*note|label|total|sout|st|deleted|todo|thanks|begin|end|input|\w*language"
    r"|\w*color|\w*phantom|\w*index|\w*style|bib\w*|includegraphics|usepackage"
)
_WORDS = re.compile(r"[^\W\d_][^_=$]*")
_MOST_LOOKED_AT = 60

_NAME = re.compile(r"\\([A-Za-z]+)\*?")
_ARGUMENT = re.compile(r"[ \n]?\{")


def read_accent(reading: Reading, start: int) -> int | None:
    r"""`\"u` and `\v{c}`."""
    accented = accents.at(reading.source, start)
    if not accented:
        return None
    letter, end = accented
    reading.write(letter)
    return end


def read_escaped_character(reading: Reading, start: int) -> int | None:
    r"""`\%` and `\,`."""
    character = _ESCAPED_CHARACTERS.get(reading.source[start + 1 : start + 2])
    if character is None:
        return None
    reading.write(character)
    return start + 2


def read_command(reading: Reading, start: int) -> int | None:
    r"""`\emph{so}`, `\ldots`, `\bfseries`, and every other command that has a name."""
    name = _NAME.match(reading.source, start)
    if not name:
        return None
    opening = _opening_of_argument(reading, name.end())
    end = None if opening is None else _read_with_argument(reading, name, opening)
    # An environment that is no formula: only the backslash stays, what stands behind it is read as any text.
    if end is not None or name[1] == "begin":
        return end
    return _read_symbol(reading, name) or _read_unknown(reading, name, opening)


def _opening_of_argument(reading: Reading, end_of_name: int) -> int | None:
    argument = _ARGUMENT.match(reading.source, end_of_name)
    return argument.end() - 1 if argument and argument.end() - 1 in reading.closing else None


def _read_with_argument(reading: Reading, command: re.Match[str], opening: int) -> int | None:
    name = command[1]
    if name in _STYLES:
        return reading.enter_group(opening, _STYLES[name])
    if name in MATH_COMMANDS:
        end = reading.end_of_groups(opening)
        return end if reading.write_math("math", reading.source[command.start() : end]) else None
    if read := _WITH_ARGUMENT.get(name):
        return read(reading, opening)
    return reading.enter_group(opening, "text") if _is_around_words(reading, name, opening) else None


def _is_around_words(reading: Reading, name: str, opening: int) -> bool:
    r"""Whether an unknown command may be an author's own way to mark words: `\ours{fast}`, not `\cite{fast}`."""
    end = reading.closing[opening]
    return (
        not _NO_TEXT.fullmatch(name)
        and _symbol(name) is None
        and bool(_WORDS.fullmatch(reading.source, opening + 1, min(end, opening + _MOST_LOOKED_AT)))
        and not reading.source.startswith("{", end + 1)
    )


def _read_coloured(reading: Reading, opening: int) -> int | None:
    r"""The arguments of `\textcolor{red}{text}`."""
    second = reading.closing[opening] + 1
    return reading.enter_group(second, "text") if second in reading.closing else None


def _skip_colour(reading: Reading, opening: int) -> int:
    r"""The argument of `\color{red}`, which is a declaration, with the space behind it."""
    end = reading.closing[opening] + 1
    return end + reading.source.startswith(" ", end)


def _read_symbol(reading: Reading, command: re.Match[str]) -> int | None:
    symbol = _symbol(command[1])
    if symbol is None:
        return None
    reading.write(symbol)
    return _end_of_symbol(reading.source, command)


def _symbol(name: str) -> str | None:
    """What a command without arguments stands for, "" for a declaration outside a group, None if it is unknown."""
    if name in accents.LETTERS:
        return accents.LETTERS[name]
    if name in DECLARATIONS:
        return ""
    return _SYMBOLS[name] if name in _SYMBOLS else math.symbol("\\" + name) or None


def _end_of_symbol(source: str, command: re.Match[str]) -> int:
    r"""Behind `{}`; a letter or a declaration swallows the space behind it, as in TeX (`Stra\ss e`)."""
    name, end = command[1], command.end()
    if name in DECLARATIONS:
        end += source.startswith(" ", end)
    if source.startswith("{}", end):
        return end + 2
    return end + (name in accents.LETTERS and source.startswith(" ", end))


def _read_unknown(reading: Reading, command: re.Match[str], opening: int | None) -> int:
    """As written, with the brace of its argument, which would else be taken for a group."""
    end = command.end() if opening is None else opening + 1
    reading.write(reading.source[command.start() : end])
    return end


_WITH_ARGUMENT: dict[str, Callable[[Reading, int], int | None]] = {
    "href": hyperlinks.read_href,
    "url": hyperlinks.read_url,
    "textcolor": _read_coloured,
    "color": _skip_colour,
}

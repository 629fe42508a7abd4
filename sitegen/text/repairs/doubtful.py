"""What may be damage and may be what the author wrote: only proposed.

Half of all abstracts hold "eta" or " in " somewhere, so what looks for these names begins with a plain text that is
searched for at once, and looks around it then.
"""

import re
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick

from sitegen.text.repairs.flattened import CHARACTER_NUMBERS
from sitegen.text.repairs.rule import Change, Rule, by_pattern
from sitegen.text.repairs.tex_names import GREEK

_SIGNS = "gg|ll|leq|geq|neq|approx|sim|circ|cdot|pm|times"
_LETTERS = tuple(GREEK.split("|"))
# All names in one pass, in a tenth of the time that a pass for each takes.
_ANY_LETTER = AhoCorasick(_LETTERS)
_ANY_SIGN = AhoCorasick([f" {name} " for name in (*_SIGNS.split("|"), "in")])
_NO_UTF8 = re.compile("[\ud800-\udfff]")
_BETWEEN = re.compile(rf" (?<=[A-Za-z\d] )(?<![\w\\]..)({_SIGNS}|in(?= [A-Z]\b)) (?=[A-Za-z\d](?!\w))", re.DOTALL)
_SIM = re.compile(r"sim(?<![\w\\-]sim) ?(?=\d+(?!\w))")


def _lone_letters(text: str) -> Iterator[Change]:
    for number, start, end in _ANY_LETTER.find_matches_as_indexes(_utf8(text), overlapping=True):
        before = text[start - 1 : start]
        if before.isalnum():  # nearly all: "eta" of "metadata"
            continue
        if not _is_word(before, "\\^_{-") and not _is_word(text[end : end + 1], "}-"):
            yield start, end, rf"\(\{_LETTERS[number]}\)"


def _utf8(text: str) -> str:
    return text if text.isascii() else _NO_UTF8.sub("?", text)


def _is_word(char: str, others: str) -> bool:
    return bool(char) and (char.isalnum() or char == "_" or char in others)


def _lone_signs(text: str) -> Iterator[Change]:
    free = 0
    for _, start, _ in _ANY_SIGN.find_matches_as_indexes(_utf8(text), overlapping=True):
        if start >= free and (found := _BETWEEN.match(text, start)):
            free = found.end()
            yield start - 1, free, rf"{text[start - 1]} \(\{found[1]}\) "
    for found in _SIM.finditer(text):
        yield found.start(), found.end(), r"\(\sim\) "


DOUBTFUL: dict[str, Rule] = {
    "hyphen of a line end": Rule(
        "a word that the end of a line cut is one word",
        ("- ",),
        by_pattern("(?<=[a-zﬀ-ﬆ])- (?!(?:and|or|to|nor|und|oder|et) )(?=[a-z])", ""),
        sure=False,
    ),
    "lone fraction": Rule(
        "a number with another one in braces may be a fraction",
        ("{",),
        by_pattern(r"(?<![\w^_{.])(\d{1,9})\{(\d{1,9})\}", r"\1/\2"),
        sure=False,
    ),
    "lone code point": Rule(
        "the number of a character may be the character",
        ("x20",),
        by_pattern(r"(?<=[A-Za-z)\]])x(201[0-589]|201[cd]|2026)(?!\w)", lambda found: CHARACTER_NUMBERS[found[1]]),
        sure=False,
    ),
    "lone letter": Rule(
        "the name of a Greek letter may be the letter",
        ("a", "i", "o", "u"),
        _lone_letters,
        sure=False,
    ),
    "lone sign": Rule(
        "the name of a sign between single letters or numbers may be the sign",
        (" ", "sim"),
        _lone_signs,
        sure=False,
    ),
    "lone script": Rule(
        "what stands behind _ or ^ may stand below or above the line",
        ("_", "^"),
        by_pattern(r"(?<![\w\\_])([A-Za-z])([_^])([A-Za-z\d])(?![\w^])", r"\1\\(\2{\3}\\)"),
        sure=False,
    ),
}

"""TeX's accents and letters for running text, as Unicode."""

import re
from unicodedata import normalize

LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip

_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip

# \"o, \"{o}, \'{\i}, \'\i, \v{c}, \v c
_ACCENT = re.compile(
    r"\\(?:(?P<sign>['\"`^~=.])|(?P<letter>[uvHckrdb])(?=[ {\\]) ?)"
    r"(?:\{\s?(?:\\(?P<dotless1>[ij])|(?P<base1>[^\W\d_]))\s?\}|\\(?P<dotless2>[ij])(?![A-Za-z]) ?|(?P<base2>[^\W\d_]))"
)
# The upper one of two, as in \~{\^e}; behind the lower one stands a letter, so that no third is looked for.
_UPPER = re.compile(
    r"\\(?P<sign>['\"`^~=.]|[uvHckrdb](?=[ {\\])) ?(?P<brace>\{?) ?"
    r"(?=\\(?:['\"`^~=.]|[uvHckrdb](?=[ {\\]) ?)\{?\s?(?:\\[ij]|[^\W\d_]))"
)


def at(text: str, start: int) -> tuple[str, int] | None:
    """The accented letter that the TeX at `start` writes and where it ends, or None.

    >>> at('T\\\\"ulu', 1), at("Erd\\\\H{o}s", 3), at("Nguy\\\\~{\\\\^e}n", 4), at("\\\\foo", 0)
    (('ü', 4), ('ő', 8), ('ễ', 11), None)
    """
    found = _ACCENT.match(text, start)
    if not found:
        return _with_two(text, start)
    base = found["base1"] or found["base2"] or found["dotless1"] or found["dotless2"]
    letter = normalize("NFC", base + _COMBINING[found["sign"] or found["letter"]])
    # A letter after `\c ` may begin the next word: only letters that exist with that accent are taken there.
    if len(letter) > 1 and found["base2"]:
        return None
    return letter, found.end()


def _with_two(text: str, start: int) -> tuple[str, int] | None:
    """As `at`, for a letter with two accents, as Vietnamese has them."""
    upper = _UPPER.match(text, start)
    lower = at(text, upper.end()) if upper else None
    if not upper or not lower:
        return None
    letter = normalize("NFC", lower[0] + _COMBINING[upper["sign"]])
    closing = "}" if upper["brace"] else ""
    return (letter, lower[1] + len(closing)) if len(letter) == 1 and text.startswith(closing, lower[1]) else None


def is_letter(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is one letter that TeX writes with a command, and nothing else.

    >>> is_letter("{\\\\~n}", 1, 4), is_letter("{\\\\ss}", 1, 4), is_letter("{\\\\~no}", 1, 5)
    (True, True, False)
    """
    accented = at(text, start)
    return accented[1] == end if accented else text[start : start + 1] == "\\" and text[start + 1 : end] in LETTERS

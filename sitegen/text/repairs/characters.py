"""Damage that programs did to characters: wrong encodings, ligatures and hyphens of a PDF, marks that nobody sees."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from sitegen.text import mojibake
from sitegen.text.repairs.rule import Change, Rule, by_pattern

_C = f"[{mojibake.CONTINUATION}]"
# Behind `Ã` a quote or a dash may be one, and behind other letters everything may be what it looks like (`3Å±0.1`,
# `Spaß”`), unless letters stand around, or the first two bytes of a quote that was read wrong twice.
_MISREAD = re.compile(
    f"Â{_C}|Ã(?:{_C}(?=[^\\W\\d_])|[¡-¿€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ])|(?<=[A-Za-z])[ÄÅÎÏÐÑ][¡-¿€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ](?=[a-z])"
    f"|(?<=‚¬)[ÅÆË]{_C}|[âï]{_C}{_C}|ð{_C}{_C}{_C}|â€(?!{_C})"
)
# What is left of a closing quote: its last byte is a control character, which no page can hold.
_CUT_QUOTE = "â€"
# Bold, script and double-struck letters are other signs than plain ones; in italics every variable is set anyway.
_ITALICS = tuple(map(chr, (*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C))))


def _mojibake(text: str) -> Iterator[Change]:
    for found in _MISREAD.finditer(text):
        mended = "”" if found[0] == _CUT_QUOTE else mojibake.reread(found[0])
        if mended.isprintable() or mended in {"\u200b", "\xa0", "\xad", "\ufeff"}:
            yield found.start(), found.end(), " " if mended == "\xa0" else mended


CHARACTERS = {
    "mojibake": Rule("characters that were read in a wrong encoding", ("Â", "Ã", "â", "ï", "ð", *"ÄÅÎÏÐÑ"), _mojibake),
    "ligature": Rule(
        "a ligature of print is its letters",
        tuple("ﬀﬁﬂﬃﬄﬅﬆ"),
        by_pattern("[ﬀ-ﬆ]", lambda found: normalize("NFKC", found[0])),
    ),
    "letter of mathematics": Rule(
        "an italic letter of mathematics, for which many devices have no picture, is the letter",
        _ITALICS,
        by_pattern(f"[{''.join(_ITALICS)}]", lambda found: normalize("NFKC", found[0])),
    ),
    "soft hyphen": Rule(
        "an invisible hyphen is a dash between spaces and nothing in a word",
        ("\xad",),
        by_pattern("\xad+", lambda found: "–" if _stands_alone(found) else ""),
    ),
    "zero width": Rule(
        "a mark without width is nothing",
        ("\u200b", "\u2060", "\ufeff"),
        # Thai, Lao, Tibetan, Burmese and Khmer break their lines there.
        by_pattern("(?<![\u0e00-\u109f\u1780-\u17ff])[\u200b\u2060\ufeff]+(?![\u0e00-\u109f\u1780-\u17ff])", ""),
    ),
}


def _stands_alone(found: re.Match[str]) -> bool:
    around = found.string[max(0, found.start() - 1) : found.start()], found.string[found.end() : found.end() + 1]
    return all(char.isspace() for char in around)

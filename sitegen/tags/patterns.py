"""The words of a rule, in all their spellings, and where they stand in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from ahocorasick_rs import AhoCorasick

# Each space of a pattern doubles its spellings; a pattern of more words than this is searched with a regex.
MOSTWORDS = 6
WORD = re.compile(r"\w+")
# What may stand between words: also the two Unicode hyphens, and the en dash of "image–text".
_BETWEEN = re.compile(r"[\s‐‑–-]")
_SEPARATORS = [chr(code) for code in range(0x10000) if _BETWEEN.match(chr(code)) and chr(code) != " "]
# A text, which `translate` reads faster than a dict.
_ASCII_SPACED = "".join(" " if _BETWEEN.match(chr(code)) else chr(code) for code in range(128))


@dataclass(frozen=True, slots=True)
class Text:
    """A text to search.

    lower: as long as `plain`, so that places agree; spaced, lower_spaced: the same with a space for all that may stand
    between words.
    """

    plain: str
    lower: str
    spaced: str
    lower_spaced: str


def text_of(plain: str) -> Text:
    """The text in the forms that are searched."""
    lower = plain.replace("İ", "I").lower()
    return Text(plain, lower, _spaced(plain), _spaced(lower))


def _spaced(text: str) -> str:
    if text.isascii():
        return text.translate(_ASCII_SPACED)
    for separator in _SEPARATORS:
        text = text.replace(separator, " ")
    return text


@dataclass(frozen=True, slots=True)
class Pattern:
    """One spelling of a pattern.

    spelling: its words, with or without spaces between them; open_end: whether any letters may follow. regex: its
    source instead, for the few patterns that are long or have a `*` elsewhere; their `spelling` is the word they begin
    with, or "".
    """

    spelling: str
    open_end: bool
    any_case: bool
    regex: str = ""

    def place(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """[(start, end)] of the words that begin where the spelling stands, or [] if it is part of longer ones."""
        if start and WORD.match(text, start - 1):
            return []
        rest = WORD.match(text, end)
        if rest and not self.open_end:
            return []
        return [(start, rest.end() if rest else end)]

    def search(self, text: Text) -> list[tuple[int, int]]:
        """(start, end) of all that fits the regex."""
        return [found.span() for found in _regex(self.regex).finditer(text.lower if self.any_case else text.plain)]


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds all spellings in one pass. patterns: number -> pattern; numbers: by number of a spelling."""

    patterns: Mapping[int, Pattern]
    numbers: Sequence[Sequence[int]]
    spellings: AhoCorasick

    def places(self, text: Text, searched: str) -> Iterator[tuple[int, tuple[int, int]]]:
        """(number of a pattern, what fits it) in no order."""
        searched_for: set[int] = set()
        for spelling, start, end in self.spellings.find_matches_as_indexes(searched, overlapping=True):
            for number in self.numbers[spelling]:
                pattern = self.patterns[number]
                if not pattern.regex:
                    found = pattern.place(searched, start, end)
                elif number in searched_for:  # its first word stands in the text several times
                    continue
                else:
                    searched_for.add(number)
                    found = pattern.search(text)
                for place in found:
                    yield number, place


def finder_of(patterns: Mapping[int, Pattern]) -> Finder:
    """What finds these patterns; each has a spelling."""
    numbers: dict[str, list[int]] = {}
    for number, pattern in patterns.items():
        numbers.setdefault(pattern.spelling, []).append(number)
    return Finder(patterns, [*numbers.values()], AhoCorasick([*numbers]))


@cache
def _regex(source: str) -> re.Pattern[str]:
    """Compiled when a text holds the word that the pattern begins with."""
    return re.compile(source)


def compiled(pattern: str) -> Iterable[Pattern]:
    """The pattern in all its spellings."""
    any_case = not any(char.isupper() for char in pattern)
    words = re.split(r"[\s-]+", pattern.strip())
    last = words[-1].removesuffix("*")
    pieces = [*words[:-1], last]
    if len(pieces) <= MOSTWORDS and all(piece and "*" not in piece and not _BETWEEN.search(piece) for piece in pieces):
        for between in product((" ", ""), repeat=len(pieces) - 1):
            spelling = pieces[0] + "".join(space + piece for space, piece in zip(between, pieces[1:], strict=True))
            yield Pattern(spelling, last != words[-1], any_case)
        return
    regex = rf"(?<!\w){f'(?:{_BETWEEN.pattern})?'.join(map(_word_regex, words))}(?!\w)"
    letters = WORD.match(words[0])
    yield Pattern(letters[0] if letters else "", False, any_case, regex)


def _word_regex(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*")

"""Known-item queries, made from the papers: what a reader might type who remembers a paper, or half of it."""

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sitegen.text.fold import fold

KEPT_AUTHORS = 30
"""So many authors of a paper are asked for: nobody remembers it by the hundredth, and other searches know no more."""

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LONG = re.compile(r"[^\W\d_]{5,}")
_MATHS = re.compile(r"\$[^$]*\$|\\\w+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_STOP_WORDS = """
a about above across after again against all almost also although always among an and any are as at based be
because been before being below between both but by can cannot could did do does doing down due during each
either enough etc even ever every few first for from further had has have having he hence her here his how
however i if in into is it its itself just least less like made make many may me might more most much must my
near neither no nor not now of off often on once one only onto or other our out over own per rather same several
she should show shown since so some still such than that the their them then there therefore these they this
those three through thus to too toward towards two under until up upon us use used using very via was we well
were what when where whether which while who whose why will with within without would yet you your
"""
_STOP = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Item:
    """A paper as far as queries are made from it."""

    id: str
    title: str
    authors: tuple[str, ...]
    abstract: str


@dataclass(frozen=True)
class Query:
    """kind: a name in `KINDS`. paper: the id of the paper that is sought."""

    kind: str
    text: str
    paper: str


@dataclass(frozen=True)
class Known:
    """In how many titles and abstracts each word stands."""

    titles: Counter[str]
    abstracts: Counter[str]


Maker = Callable[[Item, Known, random.Random], str]
"""A query for the paper, or "" where it has none of this kind."""


def queries(sought: Sequence[Item], known: Known, seed: str, count: int) -> list[Query]:
    """`count` queries of each kind, fewer where there are not so many papers; the same for the same papers and seed."""
    # Sorted, so that the order in which the papers come does not matter.
    in_order = sorted(sought, key=lambda item: item.id)
    return [query for kind in KINDS for query in _of_kind(kind, in_order, known, seed, count)]


def known_of(items: Sequence[Item]) -> Known:
    """The words of the papers' titles and abstracts."""
    return Known(_in_how_many(item.title for item in items), _in_how_many(item.abstract for item in items))


def title_key(title: str) -> str:
    """What titles that only differ in capitals, accents, punctuation and blanks have in common."""
    return " ".join(re.findall(r"\w+", fold(title)))


def _of_kind(kind: str, sought: Sequence[Item], known: Known, seed: str, count: int) -> list[Query]:
    chance = random.Random(f"{seed}: {kind}")  # noqa: S311 (nothing is kept secret by it)
    found: list[Query] = []
    for item in chance.sample(sought, len(sought)):
        if len(found) == count:
            break
        if text := KINDS[kind](item, known, chance):
            found.append(Query(kind, text, item.id))
    return found


def _in_how_many(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in set(_words(text)))


def _words(text: str) -> list[str]:
    """In lower case, in order, each once, without formulas and stop words."""
    found = (word.lower() for word in _WORD.findall(_MATHS.sub(" ", text)))
    return [word for word in dict.fromkeys(found) if len(word) > 2 and word not in _STOP]


def _title(item: Item) -> str:
    return " ".join(item.title.split())


def exact_title(item: Item, known: Known, chance: random.Random) -> str:
    """The whole title."""
    return _title(item)


def title_words(item: Item, known: Known, chance: random.Random) -> str:
    """Three of the title's rarer words, in order."""
    return _rarer(item.title, known.titles, 3, chance)


def abstract_words(item: Item, known: Known, chance: random.Random) -> str:
    """Four of the abstract's rarer words, in order."""
    return _rarer(item.abstract, known.abstracts, 4, chance)


def _rarer(text: str, known: Counter[str], count: int, chance: random.Random) -> str:
    """`count` words out of the rarer half: nobody looks for a paper by `method` or `results`."""
    words = _words(text)
    rare = sorted(words, key=lambda word: known[word])[: max(count, math.ceil(len(words) / 2))]
    if len(rare) < count:
        return ""
    return " ".join(sorted(chance.sample(rare, count), key=words.index))


def one_typo(item: Item, known: Known, chance: random.Random) -> str:
    """The whole title with one slip in one word of five letters or more."""
    title = _title(item)
    maths = [found.span() for found in _MATHS.finditer(title)]
    places = [
        found.span()
        for found in _LONG.finditer(title)
        if not any(start < found.end() and found.start() < end for start, end in maths)
    ]
    if not places:
        return ""
    start, end = chance.choice(places)
    return title[:start] + misspelt(title[start:end], chance) + title[end:]


def misspelt(word: str, chance: random.Random) -> str:
    """One letter left out, exchanged with the next, mistaken for another, or doubled.

    >>> [misspelt("search", random.Random(seed)) for seed in (1, 2)]
    ['searhc', 'earch']
    """
    slip = chance.choice((_left_out, _swapped, _mistaken, _doubled))
    # Exchanging two equal letters is no slip.
    places = [place for place in range(len(word)) if slip(word, place, "-") != word]
    if not places:
        return _left_out(word, 0, "")
    place = chance.choice(places)
    return slip(word, place, chance.choice([letter for letter in _LETTERS if letter != word[place].lower()]))


def _left_out(word: str, place: int, other: str) -> str:
    return word[:place] + word[place + 1 :]


def _swapped(word: str, place: int, other: str) -> str:
    pair = word[place : place + 2]
    return word[:place] + pair[::-1] + word[place + 2 :]


def _mistaken(word: str, place: int, other: str) -> str:
    return word[:place] + other + word[place + 1 :]


def _doubled(word: str, place: int, other: str) -> str:
    return word[:place] + word[place] + word[place:]


def half_typed(item: Item, known: Known, chance: random.Random) -> str:
    """The first half of the title, twelve characters at least, cut wherever that is."""
    title = _title(item)
    end = max(12, len(title) // 2)
    return title[:end].rstrip() if end < len(title) else ""


def author_and_word(item: Item, known: Known, chance: random.Random) -> str:
    """The last name of one of its authors, and one of the title's longer words."""
    names = [found[-1] for name in item.authors[:KEPT_AUTHORS] if (found := name.split()) and len(found[-1]) > 1]
    words = [word for word in _words(item.title) if len(word) >= 5]
    return f"{chance.choice(names)} {chance.choice(words)}" if names and words else ""


KINDS: dict[str, Maker] = {
    "exact title": exact_title,
    "three title words": title_words,
    "four abstract words": abstract_words,
    "one typo": one_typo,
    "half-typed": half_typed,
    "author + title word": author_and_word,
}

MEANINGS = {
    "exact title": "The whole title.",
    "three title words": "Three of the rarer words of the title, in its order.",
    "four abstract words": "Four of the rarer words of the abstract, in its order.",
    "one typo": "The whole title with one slip in one of its longer words: a letter left out, doubled, mistaken for "
    "another or exchanged with the next.",
    "half-typed": "The first half of the title, cut off even within a word.",
    "author + title word": "The last name of one of the authors, and one of the longer words of the title.",
}
"""What the kinds are, for readers."""

"""Known-item queries, made from the papers: what a reader might type who remembers a paper, or half of it.

Two sets of papers that have none in common: `tuning`, to try things on, and `report`, to measure with.
"""

import hashlib
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sitegen.text.fold import fold
from tests.bench.corpora import Paper

SETS = ("tuning", "report")
KEPT_AUTHORS = 30
"""So many authors of a paper are asked for: MkDocs Material's pages in `peers.py` name no more."""

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


Maker = Callable[[Paper, Known, random.Random], str]
"""A query for the paper, or "" where it has none of this kind."""


def queries(papers: Sequence[Paper], name: str, count: int) -> list[Query]:
    """`count` queries of each kind (fewer where there are not so many papers), the same for the same papers."""
    known = Known(_in_how_many(papers, "title"), _in_how_many(papers, "abstract"))
    # Sorted, so that the order in which the papers come does not matter.
    half = sorted((paper for paper in papers if set_of(paper) == name), key=lambda paper: str(paper["id"]))
    return [query for kind in KINDS for query in _of_kind(kind, half, known, name, count)]


def set_of(paper: Paper) -> str:
    """The set that the paper belongs to, by its title: papers of one title are in one set, however many there are."""
    return SETS[hashlib.sha256(title_key(paper["title"]).encode()).digest()[0] % 2]


def title_key(title: str) -> str:
    """What titles that only differ in capitals, accents, punctuation and blanks have in common."""
    return " ".join(re.findall(r"\w+", fold(title)))


def _of_kind(kind: str, half: Sequence[Paper], known: Known, name: str, count: int) -> list[Query]:
    chance = random.Random(f"{name}: {kind}")
    found: list[Query] = []
    for paper in chance.sample(half, len(half)):
        if len(found) == count:
            break
        if text := KINDS[kind](paper, known, chance):
            found.append(Query(kind, text, paper["id"]))
    return found


def _in_how_many(papers: Sequence[Paper], field: str) -> Counter[str]:
    return Counter(word for paper in papers for word in set(_words(paper[field])))


def _words(text: str) -> list[str]:
    """In lower case, in order, each once, without formulas and stop words."""
    found = (word.lower() for word in _WORD.findall(_MATHS.sub(" ", text)))
    return [word for word in dict.fromkeys(found) if len(word) > 2 and word not in _STOP]


def _title(paper: Paper) -> str:
    return " ".join(paper["title"].split())


def exact_title(paper: Paper, known: Known, chance: random.Random) -> str:
    """The whole title."""
    return _title(paper)


def title_words(paper: Paper, known: Known, chance: random.Random) -> str:
    """Three of the title's rarer words, in order."""
    return _rarer(paper["title"], known.titles, 3, chance)


def abstract_words(paper: Paper, known: Known, chance: random.Random) -> str:
    """Four of the abstract's rarer words, in order."""
    return _rarer(paper["abstract"], known.abstracts, 4, chance)


def _rarer(text: str, known: Counter[str], count: int, chance: random.Random) -> str:
    """`count` words out of the rarer half: nobody looks for a paper by `method` or `results`."""
    words = _words(text)
    rare = sorted(words, key=lambda word: known[word])[: max(count, math.ceil(len(words) / 2))]
    if len(rare) < count:
        return ""
    return " ".join(sorted(chance.sample(rare, count), key=words.index))


def one_typo(paper: Paper, known: Known, chance: random.Random) -> str:
    """The whole title with one slip in one word of five letters or more."""
    title = _title(paper)
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


def half_typed(paper: Paper, known: Known, chance: random.Random) -> str:
    """The first half of the title, twelve characters at least, cut wherever that is."""
    title = _title(paper)
    end = max(12, len(title) // 2)
    return title[:end].rstrip() if end < len(title) else ""


def author_and_word(paper: Paper, known: Known, chance: random.Random) -> str:
    """The last name of one of its authors, and one of the title's longer words."""
    names = [found[-1] for name in paper["authors"][:KEPT_AUTHORS] if (found := name.split()) and len(found[-1]) > 1]
    words = [word for word in _words(paper["title"]) if len(word) >= 5]
    return f"{chance.choice(names)} {chance.choice(words)}" if names and words else ""


KINDS: dict[str, Maker] = {
    "exact title": exact_title,
    "three title words": title_words,
    "four abstract words": abstract_words,
    "one typo": one_typo,
    "half-typed": half_typed,
    "author + title word": author_and_word,
}

"""The words of papers, where they stand: all that the index is counted from.

What a paper's words are follows from the paper alone, so they are found where its page is read, by any process. They
are numbers then, so that those of 100,000 papers are a few arrays.
"""

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lunr.stop_word_filter import WORDS as STOP_WORDS

from sitegen.identity import arxiv_id, doi
from sitegen.model import NOTICE_KINDS, Entry, Paper
from sitegen.search import titles
from sitegen.search.words import SEPARATOR, joined_words, plain_words, words
from sitegen.text.fold import fold
from sitegen.text.markup import to_plain

# Fields and their boosts.
FIELDS = {"title": 10, "tags": 5, "authors": 4, "ids": 10, "abstract": 1}
_TITLE, _TAGS, _AUTHORS, _IDS, _ABSTRACT = range(len(FIELDS))

# Words whose place in the text says nothing, such as an id.
NOWHERE = 8
_CODE_BITS = 4

# What begins a key: a word to be stemmed, or a term as it is.
WORD, TERM = "w", "t"

# Terms that no word can be: a tag's slug, after this mark; that there is code; and what became of the paper.
TAG, CODE = "#", "@code"
NOTICES: dict[str, str] = {kind: f"@{kind}" for kind in NOTICE_KINDS}


class Tokens(NamedTuple):
    """The words of some papers.

    stamps: for each paper, what its words follow from. counts: for each paper, how many `runs` it has, and how many
    `words`. keys: each different word once, marked WORD or TERM; the first, "", is what no index holds: a stop word, or
    what stands between two names. words: numbers of keys, paper by paper, as they stand there. runs: the stretches
    that these are of, as `length << 4 | field`, with NOWHERE where no place counts. titles: `titles.numbers` of each
    paper. terms: those of the keys in the index, and term_numbers: which is each key's; both are empty until all papers
    are put together. All numbers are unsigned, of 32 bits.
    """

    stamps: Sequence[bytes]
    counts: bytes | memoryview
    keys: Sequence[str]
    words: bytes | memoryview
    runs: bytes | memoryview
    titles: bytes | memoryview
    terms: Sequence[str] = ()
    term_numbers: bytes | memoryview = b""


class Tokenizer:
    """Gathers the tokens of one paper after another."""

    def __init__(self) -> None:
        self._keys = [""]
        self._words = _Numbers(self._keys, WORD, STOP_WORDS)
        # `Will` is no stop word in a name.
        self._names = _Numbers(self._keys, WORD)
        self._terms = _Numbers(self._keys, TERM)
        self._stamps: list[bytes] = []
        self._counts, self._found, self._runs, self._titles = (array("I") for _ in range(4))

    def add(self, paper: Paper, entry: Entry) -> None:
        """The next paper."""
        words_before, runs_before = len(self._found), len(self._runs)
        self._text(_TITLE, entry.title)
        self._run(_IDS | NOWHERE, self._terms, ids(paper))
        self._add_tags(entry)
        self._run(_AUTHORS, self._names, words(_SEPARATED.join(map(to_plain, paper.authors))))
        self._text(_ABSTRACT, to_plain(paper.abstract))
        self._counts += array("I", (len(self._runs) - runs_before, len(self._found) - words_before))
        self._titles.extend(titles.numbers(entry.title, paper.title))
        self._stamps.append(entry.stamp)

    def tokens(self) -> Tokens:
        """What was gathered."""
        arrays = (self._counts, self._found, self._runs, self._titles)
        counts, found, runs, numbers = (each.tobytes() for each in arrays)
        return Tokens(self._stamps, counts, self._keys, found, runs, numbers)

    def _text(self, field: int, text: str) -> None:
        folded = fold(text)
        self._run(field, self._words, plain_words(folded))
        if hyphenated := joined_words(folded):
            self._run(field | NOWHERE, self._words, hyphenated)

    def _add_tags(self, entry: Entry) -> None:
        terms = [TAG + tag.slug for tag in entry.tags]
        labels = [*([CODE] if entry.code else ()), *([NOTICES[entry.notice]] if entry.notice else ())]
        self._run(_TAGS | NOWHERE, self._terms, terms + labels)
        self._run(_TAGS, self._words, words(_SEPARATED.join([to_plain(tag.name) for tag in entry.tags])))

    def _run(self, code: int, numbers: "_Numbers", found: Sequence[str]) -> None:
        self._found.extend(map(numbers.__getitem__, found))
        self._runs.append(len(found) << _CODE_BITS | code)


_SEPARATED = f" {SEPARATOR} "


class _Numbers(dict[str, int]):
    """The numbers of words; a new one gets the next."""

    def __init__(self, keys: list[str], mark: str, left_out: Iterable[str] = ()) -> None:
        super().__init__(dict.fromkeys((*left_out, SEPARATOR), 0))
        self._keys = keys
        self._mark = mark

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self._keys)
        self._keys.append(self._mark + word)
        return number


def ids(paper: Paper) -> list[str]:
    """Every name of the paper, each as one term: id, aliases, and the arXiv ids and DOIs of its links."""
    linked = (found for _, url in paper.links for found in (arxiv_id(url), doi(url)) if found)
    return list(dict.fromkeys(" ".join(fold(name).split()) for name in (paper.id, *paper.aliases, *linked)))

"""The queries are always the same, look for papers that no other set looks for, and are what their kinds say."""

import itertools
import random
from functools import cache

import pytest

from tests.bench.corpora import Paper, made
from tests.bench.search.queries import KINDS, SETS, Query, misspelt, queries, set_of, title_key


@cache
def papers() -> list[Paper]:
    return list(itertools.islice(made(), 400))


def asked(kind: str, name: str = "report") -> list[tuple[Query, Paper]]:
    by_id = {paper["id"]: paper for paper in papers()}
    return [(query, by_id[query.paper]) for query in queries(papers(), name, 20) if query.kind == kind]


def test_they_are_always_the_same() -> None:
    assert queries(papers(), "report", 20) == queries(papers()[::-1], "report", 20)
    assert queries(papers(), "report", 20) != queries(papers(), "tuning", 20)


def test_each_kind_has_as_many_as_wished_each_for_another_paper() -> None:
    for kind in KINDS:
        assert len({query.paper for query, _ in asked(kind)}) == 20, kind


def test_the_two_sets_have_no_paper_in_common() -> None:
    everything = len(papers())
    first, second = ({query.paper for query in queries(papers(), name, everything)} for name in SETS)
    assert not first & second
    assert first | second == {paper["id"] for paper in papers()}


def test_papers_of_one_title_are_in_one_set() -> None:
    assert set_of({"title": "A Résumé: of\n Sorts"}) == set_of({"title": "a resume of sorts"})


def test_an_exact_title_is_the_title() -> None:
    assert all(query.text == paper["title"] for query, paper in asked("exact title"))


@pytest.mark.parametrize(
    ("kind", "field", "count"), [("three title words", "title", 3), ("four abstract words", "abstract", 4)]
)
def test_words_come_in_order(kind: str, field: str, count: int) -> None:
    for query, paper in asked(kind):
        words = paper[field].lower().removesuffix(".").split()
        places = [words.index(word) for word in query.text.split()]
        assert len(places) == count
        assert places == sorted(set(places))


def test_a_formula_gives_no_word() -> None:
    known = [{**papers()[0], "id": "1", "title": r"On $\alpha$-stable $xyz$ \emph laws of the ruin"}]
    texts = [query.text for name in SETS for query in queries(known, name, 1) if query.kind == "three title words"]
    assert texts == ["stable laws ruin"]


def test_a_typo_is_one_edit_in_a_long_word() -> None:
    for query, paper in asked("one typo"):
        assert is_one_edit(query.text, paper["title"]), query
        wrong = [word for word in paper["title"].split() if word not in query.text.split()]
        assert all(len(word) >= 5 for word in wrong)


def test_every_word_can_be_misspelt() -> None:
    chance = random.Random(3)
    for word in ["aaaaa", "search", "Ökologie", "tt", "aabb"] * 50:
        assert is_one_edit(misspelt(word, chance), word)


def is_one_edit(one: str, other: str) -> bool:
    """Whether they differ in one letter more, less or other, or in two neighbours exchanged."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    mine, theirs = one[start:], other[start:]
    return one != other and (
        mine[1:] == theirs[1:]
        or mine[1:] == theirs
        or mine == theirs[1:]
        or (mine[:2] == theirs[:2][::-1] and mine[2:] == theirs[2:])
    )


def test_half_typed_is_how_the_title_begins() -> None:
    for query, paper in asked("half-typed"):
        title = paper["title"]
        assert title.startswith(query.text)
        assert query.text == query.text.rstrip()
        assert len(query.text) in (max(12, len(title) // 2), max(12, len(title) // 2) - 1)


def test_an_author_and_a_word() -> None:
    for query, paper in asked("author + title word"):
        name, word = query.text.split()
        assert name in {author.split()[-1] for author in paper["authors"]}
        assert word in paper["title"].lower().split()
        assert len(word) >= 5


def test_titles_that_differ_in_signs_are_one() -> None:
    assert title_key("Erdős–Rényi:\n graphs") == title_key("erdos renyi graphs")

"""Of what differs in completeness the whole shows, whatever the day; a revision shows, though it may be shorter."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen import add
from sitegen.add.state import Options
from sitegen.add.undo import undo
from sitegen.intake.raw import RawDigest
from sitegen.matching.merge import fields_of, folded, said_of, unfolded
from sitegen.matching.said import Said
from sitegen.model import Paper, Record, Value
from tests.conftest import papers

ABSTRACT = "Long lists of words are slow to sort. We sort them in a tree, and count what is left. Code is available."
NOTE = "Sorting words with trees."
AUTHORS = ("Ann One", "Bo Two", "Cy Three", "Di Four", "Ed Five")


def _said(day: int, **values: Value) -> Said:
    return said_of(Record({"title": "On lists", **values}), f"2025-03-{day:02}-list")


def _shown(*said: Said) -> dict[str, Value]:
    """What a page shows, whatever the order in which that was said, and whether or not the page is read again."""
    first = folded(Paper("x", ""), said, {})
    for order in itertools.permutations(said):
        paper = Paper("x", "")
        for count in range(1, len(order) + 1):
            before, edits = unfolded(paper)
            assert edits == {}
            paper = folded(paper, [*before, order[count - 1]], edits)
        assert paper == first
    return fields_of(first)


@pytest.mark.parametrize(
    ("name", "whole", "part"),
    [
        ("abstract", ABSTRACT, NOTE),
        ("abstract", ABSTRACT, "Long lists of words are slow to sort. We sort them in a tree, and count what is left."),
        ("abstract", ABSTRACT, "Lists are slow to sort. We show how to do that with trees, for words and for …"),
        ("authors", AUTHORS, AUTHORS[:4]),
        ("authors", AUTHORS, ("A. One", "Two, Bo")),
        ("authors", AUTHORS, ("Ed Five", "ann")),
        ("authors", AUTHORS, ("Ann One", "…", "Ed Five", "…")),
        ("authors", AUTHORS[:2], ("Ann One", "…")),
        ("title", "Long lists: how to sort words in a tree", "Long lists"),
        ("published", "2025-03-03", "2025-03"),
        ("title", "Long lists: how to sort words in a tree", "Long lists: how to sort words …"),
    ],
)
def test_a_part_shows_where_nobody_says_more(name: str, whole: Value, part: Value) -> None:
    assert _shown(_said(12, **{name: part}))[name] == part
    assert _shown(_said(12, **{name: whole}), _said(13, **{name: part}))[name] == whole
    assert _shown(_said(12, **{name: part}), _said(13, **{name: whole}))[name] == whole


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("abstract", ABSTRACT, "Lists of words are slow. We sort them in a tree, which is fast."),
        ("abstract", "A word. " * 1_001, ABSTRACT),
        ("abstract", NOTE, "Words that are sorted with trees …"),
        ("authors", AUTHORS, ("Bo Two", "Cy Three", "Di Four", "Ed Five")),
        ("authors", ("Ann", "One", "Bo", "Two"), ("Ann One", "Bo Two")),
        ("title", "Long lists of words: trees", "Long lists of words"),
        ("title", "Long lists: how to sort words in a tree", "Trees"),
    ],
)
def test_a_revision_shows(name: str, before: Value, after: Value) -> None:
    assert _shown(_said(12, **{name: before}), _said(13, **{name: after}))[name] == after


@pytest.mark.parametrize("name", ["abstract", "authors"])
def test_what_is_of_a_later_version_is_no_part_of_an_earlier(name: str) -> None:
    whole: Value = ABSTRACT if name == "abstract" else AUTHORS
    short: Value = ABSTRACT[:85] if name == "abstract" else AUTHORS[:4]
    first, second = _said(12, version="1", **{name: whole}), _said(13, version="2", **{name: short})
    assert _shown(first, second)[name] == short
    assert _shown(replace(first, digest="2025-03-14-list"), second)[name] == whole
    assert _shown(second, _said(11, **{name: whole}))[name] == whole
    assert _shown(first, second, _said(14, version="2", **{name: whole}))[name] == whole


def test_of_two_parts_the_fuller_one_shows_until_the_whole_comes() -> None:
    middle = "Lists of words are slow. We sort them in a tree, which is fast, and …"
    assert _shown(_said(12, abstract=middle), _said(13, abstract=NOTE))["abstract"] == middle
    assert (
        _shown(_said(12, abstract=middle), _said(13, abstract=NOTE), _said(11, abstract=ABSTRACT))["abstract"]
        == ABSTRACT
    )


def test_a_version_that_a_human_changed_is_known_still() -> None:
    said = [_said(12, version="1", abstract=ABSTRACT), _said(13, version="2", abstract=NOTE)]
    page = replace(folded(Paper("x", ""), said, {}), version="3")
    before, edits = unfolded(page)
    assert edits == {"version": "3"}
    assert folded(page, before, edits) == page


def test_a_human_may_choose_the_note() -> None:
    said = [_said(12, abstract=ABSTRACT), _said(13, abstract=NOTE)]
    page = replace(folded(Paper("x", ""), said, {}), abstract=NOTE)
    before, edits = unfolded(page)
    assert edits == {"abstract": NOTE}
    assert folded(page, [*before, _said(14, abstract="Words are sorted here.")], edits).abstract == NOTE


def test_thousands_of_texts_of_one_paper() -> None:
    said = [said_of(Record({"abstract": "a" * (number + 1)}), f"list-{number}") for number in range(4_000)]
    assert folded(Paper("x", ""), said, {}).abstract == "a" * 4_000


def _digest(day: int, abstract: str, authors: str) -> RawDigest:
    item = f'{{"id": "2503.00001", "title": "On lists", "abstract": "{abstract}", "authors": {authors}}}\n'
    return RawDigest(f"2025-03-{day}-list.jsonl", item.encode())


DIGESTS = [
    _digest(12, ABSTRACT, '["Ann One", "Bo Two", "Cy Three"]'),
    _digest(13, NOTE, '["Ann One", "et al."]'),
    _digest(14, "A remark.", '["Ann One", "Bo Two"]'),
]
OPTIONS = Options(today="2026-12-31")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_pages_are_the_same_in_every_order(order: tuple[int, ...], archive: Path) -> None:
    content = archive / "content"
    for at in order:
        before = _tree(content)
        add.add(content, [DIGESTS[at]], OPTIONS)
        added = _tree(content)
        undo(content)
        assert _tree(content) == before
        add.add(content, [DIGESTS[at]], OPTIONS)
        assert _tree(content) == added
        add.add(content, [DIGESTS[at]], OPTIONS)
        assert _tree(content) == added
    (paper,) = papers(content).values()
    assert (paper.abstract, paper.authors) == (ABSTRACT, ("Ann One", "Bo Two", "Cy Three"))
    assert [each.differs.get("abstract") for each in paper.sightings] == [None, NOTE, "A remark."]


def _tree(content: Path) -> dict[str, bytes]:
    return {str(file.relative_to(content)): file.read_bytes() for file in content.rglob("*") if file.is_file()}

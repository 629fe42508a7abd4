"""Word diffs, whatever the texts."""

import random

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.matching.merge import folded, said_of
from sitegen.matching.said import Said
from sitegen.model import Paper, Record
from sitegen.render import history
from tests.effort import at_once


def _without(html: str, tag: str) -> str:
    root = lxml.html.fromstring(f"<div>{html}</div>")
    for each in root.xpath(f"//{tag}"):
        each.drop_tree()
    return " ".join(root.text_content().split())


texts = st.lists(st.sampled_from(["a", "small", "<del>", "&amp;", "model", "ö"]), max_size=12).map(" ".join)


@given(texts, texts)
def test_a_diff_holds_both_texts(old: str, new: str) -> None:
    html = str(history.word_diff(old, new))
    assert (_without(html, "ins"), _without(html, "del")) == (old, new)


def test_long_texts_with_little_in_common_are_no_mixture() -> None:
    old, new = "We sort & count. " * 10, "Trees & graphs are drawn. " * 10
    assert history.word_diff(old, new) == ("We sort &amp; count. " * 10).strip()


def _said(digest: str, **values: str) -> Said:
    return said_of(Record(values), digest)


def test_a_value_that_came_again_is_no_change() -> None:
    said = [
        _said("2025-03-12-a", title="One"),
        _said("2025-03-13-a", title="One"),
        _said("2025-03-14-a", abstract="A."),
    ]
    assert history.changes(folded(Paper("x", ""), said, {})) == []


def test_what_was_not_chosen_of_a_day_comes_before_what_was() -> None:
    said = [_said("2025-03-12-a", title="512 lists"), _said("2025-03-12-b", title="512 \ufffd lists")]
    (change,) = history.changes(folded(Paper("x", ""), said, {}))
    assert (change.digest, change.html) == ("b", "512 <del>\ufffd</del> lists")


def test_a_note_of_another_digest_is_no_change() -> None:
    abstract, note = "Lists of words are long. We sort them and count what is left.", "On lists."
    said = [
        _said("2025-03-12-a", abstract=note),
        _said("2025-03-13-a", abstract=abstract),
        _said("2025-03-14-a", abstract=note),
    ]
    assert history.changes(folded(Paper("x", ""), said, {})) == []
    (change,) = history.changes(folded(Paper("x", ""), said, {"abstract": note}))
    assert (change.digest, change.date) == ("a", "13 March 2025")


def test_a_hand_edit_is_the_last_change() -> None:
    said = [_said("2025-03-12-a", title="One word"), _said("2025-03-13-a", title="Two words")]
    changes = history.changes(folded(Paper("x", ""), said, {"title": "Three words"}))
    assert [(each.date, each.html) for each in changes] == [
        ("12 March 2025", "<del>One word</del> <ins>Two words</ins>"),
        ("13 March 2025", "<del>Two</del> <ins>Three</ins> words"),
    ]


def _words(count: int, different: int, seed: int) -> str:
    random_ = random.Random(seed)
    return " ".join(f"w{random_.randrange(different)}" for _ in range(count))


@pytest.mark.parametrize("different", [1, 2, 50, 100, 101, 500, 5000])
def test_no_pair_of_texts_takes_long(different: int) -> None:
    with at_once(100):
        history.word_diff(_words(history.LONGEST_DIFF, different, 1), _words(history.LONGEST_DIFF, different, 2))


def test_a_very_long_text_is_shown_without_a_diff() -> None:
    assert history.word_diff("<a> " * 6000, "b") == "&lt;a&gt; " * 5999 + "&lt;a&gt;"

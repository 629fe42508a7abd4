"""White space and control characters on the way in."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.text import clean

PIECES = st.sampled_from(
    ["\n", "\r\n", "\r", " ", "  ", "\t", "\u00a0", "\u2028", "\u2029", "\x85", "\x0b", "\x1f", "\x7f"]
)
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=20).map("".join)
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (" a\n  b\tc\u00a0\u2028d ", "a b c d"),
        ("Schr\x7f\x00odinger\ufeff", "Schrodinger"),
        ("a\ud800b", "a\ufffdb"),
        ("e\u0301 stays decomposed", "e\u0301 stays decomposed"),
        (r"T\"ulu {\L} $x$ &amp;", r"T\"ulu {\L} $x$ &amp;"),
        ("", ""),
    ],
)
def test_line(raw: str, expected: str) -> None:
    assert clean.line(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("one\ntwo\n three", "one two three"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("one\n \t\n\n\ntwo", "one\n\ntwo"),
        ("one.\n  Two", "one.\n\nTwo"),
        ("one.\n\tTwo", "one.\n\nTwo"),
        ("\n  one\r\ntwo\r\n\r\nthree\n", "one two\n\nthree"),
        ("one\u2029two\u2028three", "one two three"),
        ("one\n  ", "one"),
    ],
)
def test_paragraphs(raw: str, expected: str) -> None:
    assert clean.paragraphs(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Spanish\u00c2\u00a0names, 5\u00c2\u00a0%", "Spanish names, 5 %"),
        ("vis-\u00c3\u00a0-vis, \u00c3\u00a0 la carte", "vis-\u00e0-vis, \u00e0 la carte"),
        ("MA\u00c7\u00c3\u00a0E", "MA\u00c7\u00c3 E"),
        ("\u00c2 and \u00c3 alone\u00a0stay", "\u00c2 and \u00c3 alone stay"),
    ],
)
def test_misread_white_space_is_put_right_before_it_is_taken_together(raw: str, expected: str) -> None:
    assert clean.line(raw) == clean.paragraphs(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a \u00e2\u0080\u0093 b", "a – b"),
        ("it\u00c3\u00a2\u00c2\u0080\u00c2\u0099s", "it’s"),
        ("Ã¢ and Â© without controls", "Ã¢ and Â© without controls"),
        ("a\u0093b", "ab"),
    ],
)
def test_utf8_read_as_latin1_is_put_right_before_controls_go(raw: str, expected: str) -> None:
    assert clean.line(raw) == expected
    assert clean.paragraphs(raw) == expected


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_line_is_one_stripped_line(raw: str) -> None:
    text = clean.line(raw)
    assert text == " ".join(text.split())
    assert not FORBIDDEN.search(text)
    assert clean.line(text) == text


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_paragraphs_are_stripped_lines_between_blank_ones(raw: str) -> None:
    text = clean.paragraphs(raw)
    assert not FORBIDDEN.search(text.replace("\n", ""))
    assert all(part == " ".join(part.split()) and part for part in text.split("\n\n") if text)
    assert clean.paragraphs(text) == text


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_both_keep_the_same_words(raw: str) -> None:
    assert clean.paragraphs(raw).split() == clean.line(raw).split()

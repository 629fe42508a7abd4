"""Runs of running text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.text import inline
from sitegen.text.inline import MOST_SIGNS, Run, is_plain, parse
from sitegen.text.markup import to_plain
from tests.effort import at_once

LONG = 100_000


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("", ()),
        ("plain", (Run("text", "plain"),)),
        (r"a \emph{b} c", (Run("text", "a "), Run("em", "b"), Run("text", " c"))),
        ("$x$ and $$y$$", (Run("math", "x"), Run("text", " and "), Run("display", "y"))),
        (r"\begin{equation*} x \end{equation*}", (Run("display", "x"),)),
        (r"\begin{align}x&=y\end{align}", (Run("display", r"\begin{aligned}x&=y\end{aligned}"),)),
        (r"\href{https://x.org}{a $x$}", (Run("link", "a ", "https://x.org"), Run("math", "x"))),
        (r"\emph{see \url{https://x.org}}", (Run("em", "see "), Run("link", "https://x.org", "https://x.org"))),
        (r"{\bf a $x} y$ b", (Run("strong", "a "), Run("math", "x} y"), Run("text", " b"))),
        ("$x$$y$", (Run("math", "x"), Run("math", "y"))),
    ],
)  # fmt: skip
def test_runs(source: str, runs: tuple[Run, ...]) -> None:
    assert parse(source) == runs


@pytest.mark.parametrize(
    "text", ["costs $5 and $6 million", "$ 5", "5$ and $6", "$5", "it cost $5 or about 6$ then", r"\$5$"]
)
def test_money_is_no_math(text: str) -> None:
    assert {run.kind for run in parse(text)} == {"text"}


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_neighbouring_runs_differ_and_hold_text(text: str) -> None:
    runs = parse(text)
    assert all(run.text for run in runs)
    for one, other in pairwise(runs):
        assert (one.kind, one.href) != (other.kind, other.href) or one.kind in {"math", "display"}
    assert parse(text) == ((Run("text", text),) if text else ()) or not is_plain(text)


@pytest.mark.parametrize(
    "piece",
    [
        "$",
        "{",
        "\\",
        "[",
        "$$",
        "{a ",
        "\\a",
        "\\(",
        "\\[",
        "`",
        "$a ",
        "``",
        "&",
        "~",
        "--",
        "<",
        "http://",
        "https: //",
        "\\url{",
        "\\textbf{",
        "{\\it ",
        "\\begin{align}",
        "\\href{http://x.org}{",
        "[a](",
        "`a ",
        "\\bm{a}{",
        "<br> ",
        "https://x.org/{",
    ],
)
@pytest.mark.parametrize("tail", ["", "}"])
def test_time_is_linear(piece: str, tail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "MOST_SIGNS", LONG)
    source = piece * (LONG // 2 // len(piece)) + tail * (LONG // 2)
    with at_once():
        parse(source)


@pytest.mark.parametrize("formula", ["$x_{{{}}}$ ", "\\frac{{{}}}b ", "\\'{{e}}\\c{{{}}}", "\\a{}b{{x}}"])
def test_what_is_read_anew_each_time_takes_no_longer(formula: str) -> None:
    source = "".join(map(formula.format, range(10 * LONG // len(formula))))
    with at_once():
        to_plain(source)


def test_what_has_more_signs_than_any_text_stays_as_it_is() -> None:
    few, many = r"\%" * MOST_SIGNS, r"\%" * (MOST_SIGNS + 1)
    assert (to_plain(few), to_plain(many)) == ("%" * MOST_SIGNS, many)

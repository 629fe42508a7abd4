"""Repairs: what each rule mends, what none may touch, and that the source always comes back."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.text import markup, repairs
from sitegen.text.repairs import Repair
from sitegen.text.repairs.repair import composed
from tests.effort import at_once

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "repairs.yml").read_text(encoding="utf-8"))
WHOLE = yaml.safe_load((HERE / "unchanged.yml").read_text(encoding="utf-8"))
MEGABYTE = 1_000_000

# Pieces of damage, so that random texts meet in the middle of rules.
_DAMAGE = (
    "2 times sim x2013 x201d mathcal{ sqrt{ } { O epsilon = 8{255} ^ _ ^3 _{+} _Phi (2+) <i> </i> <sub> </sub> "
    "<p> </p> https// https://x.org/ {https://x.org/} Ã ¢ â € ™ Â ﬁ \xad \u200b $ \\( \\) \\ a . \n\n \\url{ -"
)
PIECES = st.sampled_from([*_DAMAGE.split(" "), " ", "https: //", "this https URL", "Abstract. ", "- "])
TEXTS = st.lists(PIECES | st.text(max_size=2), max_size=25).map("".join)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["source"])
def test_damage_is_mended(case: dict[str, Any]) -> None:
    assert markup.to_plain(case["source"]) == case["plain"]
    assert [repair.rule for repair in repairs.sure(case["source"])] == case["rules"]


def test_every_sure_rule_has_a_case() -> None:
    sure = {name for name, rule in repairs.RULES.items() if rule.sure}
    # A mark without width stands in front of another piece of damage there.
    assert sure - {"zero width"} == {rule for case in CASES for rule in case["rules"]}


@pytest.mark.parametrize("text", WHOLE)
def test_false_friends_are_left_alone(text: str) -> None:
    assert repairs.sure(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "the set $x_{2times}^3$ and \\(512times512\\)",
        "\\[a^{2}\\] \\begin{equation}b^2\\end{equation}",
        "at https://x.org/a_b^2 https://x.org/2times/x",
        "\\url{https://x.org/a^2} \\texttt{x^2} \\cite{a_2^3}",
        "<a href='https://x.org/'>this https URL</a>",
        "\\href{this https URL}{project}, [this https URL](https://x.org)",
        "\\mathcal{O}(n) \\textit{so} \\bm{a_{9/2}} \\frac{a^2}{b^{3}}",
    ],
)
def test_formulas_addresses_and_code_are_left_alone(text: str) -> None:
    assert repairs.sure(text) == ()


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("an epsilon and alpha = 1, m gg n", ["lone letter", "lone letter", "lone sign"]),
        ("x in X, sim 5, K_n", ["lone sign", "lone sign", "lone script"]),
        ("8{255} and Codexx2013 ", ["lone fraction", "lone code point"]),
        ("the discrimina- tive one, pre- and post", ["hyphen of a line end"]),
        ("sim2real, beta-decay, metadata, m ggn", []),
    ],
)
def test_what_may_be_damage_is_only_proposed(text: str, rules: list[str]) -> None:
    assert markup.to_plain(text) == text
    assert [repair.rule for repair in repairs.proposed(text)] == rules


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_the_source_comes_back(text: str) -> None:
    every = repairs.repairs(text)
    for found in (repairs.sure(text), every):
        assert repairs.undo(repairs.apply(text, found), found) == text
    assert all(text[repair.start : repair.end] == repair.before != "" for repair in every)
    assert all(one.end <= other.start for one, other in pairwise(every))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_what_is_mended_needs_no_repair(text: str) -> None:
    visible = repairs.visible(text)
    assert repairs.visible(visible) == visible
    assert repairs.sure(text) == () or not repairs.needs_none(text)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_paragraphs_are_mended_alike_alone_and_together(text: str) -> None:
    assert repairs.visible(text) == "\n\n".join(map(repairs.visible, text.split("\n\n")))


@given(st.lists(st.tuples(st.text("abc", min_size=1, max_size=3), st.text("abc", max_size=3)), max_size=6), st.data())
@settings(max_examples=200, deadline=None)
def test_two_lists_of_repairs_become_one(pieces: list[tuple[str, str]], data: st.DataObject) -> None:
    def some(text: str) -> list[Repair]:
        cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
        spans = list(pairwise(cuts))[:: data.draw(st.integers(1, 2))]
        return [Repair(s, e, text[s:e], data.draw(st.text("xyz", max_size=2)), "rule") for s, e in spans]

    source = "".join(old + new for old, new in pieces)
    first = some(source)
    between = repairs.apply(source, first)
    second = some(between)
    both = composed(source, first, second)
    assert repairs.apply(source, both) == repairs.apply(between, second)
    assert all(one.end <= other.start for one, other in pairwise(both))


def test_repairs_of_another_text_are_refused() -> None:
    found = repairs.sure("2times")
    with pytest.raises(ValueError, match="does not stand at 1"):
        repairs.apply("3 apples", found)
    with pytest.raises(ValueError, match="does not stand at 1"):
        repairs.undo("3 apples", found)


_REPEATED = (
    "2times 2sim ax2013b mathcal{ mathcal{O} { } a} ^ a^ a^2 _{ a_{b a_1 {{{{{{{{{{a_ epsilon= epsilon=8{255} <i> "
    "<i>a</i> <sub> </p> https://a{https://a} {https://a https// Ã¢â‚¬â„¢ Ã â€ ﬁ \xad \u200b $ $a^2 \\( \\begin{align} "
    "\\texttt{ 8{255}"
)
_REPEATED_WITH_SPACES = [
    "a} ", "</p>   ", "https: //", "this https URL", " \xad ", "Abstract. ", "<a ", "a- ", "alpha ", "m gg n ", "a_b ",
    "\\{a} ", "(a} ",
]  # fmt: skip


@pytest.mark.parametrize("piece", [*_REPEATED.split(" "), *_REPEATED_WITH_SPACES])
def test_time_is_linear(piece: str) -> None:
    text = piece * (MEGABYTE // len(piece))
    with at_once():
        repairs.repairs(text)


@pytest.mark.parametrize(
    "piece", ["$", "$a ", "\\(", "\\[ ", "\\begin{align}", "{", "\\texttt{", "<a ", "https://x.org "]
)
def test_time_is_linear_where_little_is_to_be_mended(piece: str) -> None:
    text = piece * (MEGABYTE // len(piece)) + " 2times"
    with at_once():
        assert len(repairs.sure(text)) == 1

"""TeX math as MathML and as plain text."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.text import math
from tests.text.markup_rules import violations

PIECES = st.sampled_from(
    [
        "\\frac", "\\sqrt", "\\text{", "\\textbf{", "\\mbox{", "\\left(", "\\right)", "\\hat", "^", "_", "{", "}",
        "&", "\\\\", "%", "\\begin{matrix}", "\\end{matrix}", "\\color{red}", "\\unicode{x3c}", "\\class{a}{b}",
        "\\nX", "<", ">", '"', "x", "1", " ",
    ]
)  # fmt: skip
FORMULAS = st.lists(PIECES | st.text(max_size=2), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        ("x^2", "x²"),
        (r"\alpha", "α"),
        (r"\mathcal{O}(n)", "O(n)"),
        (r"a\leq b", "a ≤ b"),
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{a+1}{b}", "(a + 1)/b"),
        (r"\epsilon=8/255", "ε = 8/255"),
        (r"O(n \log n)", "O(n log n)"),
        (r"\log(n)", "log(n)"),
        (r"x_{ij}^{n+1}", "xᵢⱼⁿ⁺¹"),
        (r"x^{1.5}", "x^(1.5)"),
        (r"L_{\text{cls}}", "L_cls"),
        (r"\sqrt{x+1}+\sqrt[3]{y}", "√(x + 1) + ³√y"),
        (r"\hat{x}\bar{y}", "x̂ȳ"),
        (r"f'(x)", "f′(x)"),
        ("a=-1", "a = −1"),
        (r"\pm 2", "±2"),
        (r"2\times", "2×"),
        ("1{,}000", "1,000"),
        ("f(a,b)", "f(a, b)"),
        (r"10\,000", "10 000"),
        (r"x \in \R^d", "x ∈ ℝᵈ"),
        (r"\sum_{i=1}^n", "∑ᵢ₌₁ⁿ"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "(a b; c d)"),
        ("95%", "95%"),
        (r"1\unicode{x0025}", "1%"),
        (r"\boxed{a}", "a"),
        (r"\pl m_1", r"\pl m₁"),
        (r"\text{if } x", "if x"),
        (r"\frac{", r"\frac{"),
        ("", ""),
    ],
)
def test_plain_text(tex: str, plain: str) -> None:
    assert math.to_unicode(tex) == plain


@pytest.mark.parametrize(
    "tex", ["x^2", r"\mbox{if}", r"\bm{x}", r"\R", r"\ensuremath{x}", r"\Cal S", "50%", r"\log n", "AX’"]
)
def test_mathml_is_one_element(tex: str) -> None:
    mathml = math.to_mathml(tex)
    assert mathml is not None
    assert ET.fromstring(mathml).tag == "math"


def test_display_math_is_a_block() -> None:
    assert math.to_mathml("x", display=True) == '<math display="block"><mi>x</mi></math>'


def test_style_and_class_are_taken_away() -> None:
    mathml = math.to_mathml(r"\color{red}x\!y")
    assert mathml is not None
    assert "style" not in mathml
    assert "class" not in mathml


@pytest.mark.parametrize(
    "tex",
    [
        r"\nX",
        r"\frac{1}",
        "{",
        r"\href{javascript:alert(1)}{x}",
        r"\def\x{\x\x}\x",
        r"\newcommand{\a}{b}\a",
        r"\let\a=b",
        "x" * 2_001,
        "{" * 300 + "}" * 300,
        r"\hat " * 200 + "x",
    ],
)
def test_what_cannot_be_shown_is_none(tex: str) -> None:
    assert math.to_mathml(tex) is None


@pytest.mark.parametrize("tex", ["{" * 50_000, r"\sqrt" * 50_000 + "x", r"\left(" * 20_000, "x^{" * 600 + "}" * 600])
def test_deep_nesting_ends_nothing(tex: str) -> None:
    assert math.to_mathml(tex) is None
    assert isinstance(math.to_unicode(tex), str)


@pytest.mark.parametrize(("command", "text"), [(r"\alpha", "α"), (r"\times", "×"), (r"\nX", ""), (r"\frac", "")])
def test_symbol(command: str, text: str) -> None:
    assert math.symbol(command) == text


@given(FORMULAS)
@settings(max_examples=200, deadline=None)
def test_any_formula_gives_allowed_elements_or_nothing(tex: str) -> None:
    mathml = math.to_mathml(tex)
    assert mathml is None or violations(mathml) == []
    assert "\n" not in math.to_unicode(tex)

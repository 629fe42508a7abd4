"""Inline markup and MathML of XML digests as text, and what readers see of it."""

from xml.etree.ElementTree import XML, Element

import pytest

from sitegen.intake.mathml_tex import to_tex
from sitegen.intake.xml_text import text_of
from sitegen.text.markup import to_plain


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a <b>b <i>c</i></b>\n  d", "a b c d"),
        ("x<sup>2</sup>, Ca<sup>2+</sup>, 10<sup>-3</sup>", "x², Ca²⁺, 10⁻³"),
        ("1<sup>st</sup> IC<sub>50</sub> k<sub>max</sub>", "1\\textsuperscript{st} IC₅₀ k\\textsubscript{max}"),
        ("a<sup/>b<sup><tex-math>x</tex-math></sup>", "ab$x$"),
        ("<tex-math>$$x_1$$</tex-math>", "$x_1$"),
        ("<tex-math>\\documentclass{a}\\begin{document}\\[ y \\]\\end{document}</tex-math>", "$y$"),
        ("<tex-math/>", ""),
        ("one<break/>two<br/>three", "one two three"),
        (
            'Title<xref ref-type="fn">*</xref> of <xref ref-type="bibr">Ann</xref><fn><p>No</p></fn>',
            "Title of Ann",
        ),
        ("<alternatives><graphic/><math><mi>x</mi></math><tex-math>y</tex-math></alternatives>", "$y$"),
        ("<alternatives><graphic/><math><mi>x</mi></math></alternatives>", "$x$"),
        ("<alternatives><textual-form>z</textual-form></alternatives><alternatives/>", "z"),
    ],
)
def test_inline_markup(written: str, text: str) -> None:
    assert text_of(XML(f"<t>{written}</t>")) == text


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x²"),
        ("<msub><mi>x</mi><mi>i</mi></msub><mo>&lt;</mo><mn>5</mn><mo>%</mo>", "xᵢ < 5%"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x₁²"),
        ("<mfrac><mn>1</mn><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "1/(n + 1)"),
        ("<msqrt><mi>x</mi></msqrt><mroot><mi>y</mi><mn>3</mn></mroot>", "√x³√y"),
        ("<mover><mi>x</mi><mo>^</mo></mover><mover><mi>y</mi><mo>¯</mo></mover>", "x̂ȳ"),
        ('<mi mathvariant="double-struck">R</mi><mtext>if </mtext><mi>sin</mi>', "ℝifsin"),
        ("<mmultiscripts><mi>He</mi><mprescripts/><none/><mn>3</mn></mmultiscripts>", "³He"),
        ("<mmultiscripts><mi>X</mi><mn>1</mn><none/></mmultiscripts><mmultiscripts/>", "X₁"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
        ("<mfrac><mn>1</mn></mfrac>", "1"),
        ("<semantics><mi>x</mi><annotation>\\bad</annotation></semantics>", "x"),
        ("<mtext>a_b {c}, 5%</mtext>", "a_b {c}, 5%"),
    ],
)
def test_formulas(written: str, seen: str) -> None:
    assert to_plain(f"${to_tex(XML(f'<math>{written}</math>'))}$") == seen


def test_what_is_too_deep_is_plain_text() -> None:
    element = inner = Element("math")
    for _ in range(100_000):
        inner.append(child := Element("msqrt"))
        inner = child
    inner.text = "deep"
    assert "deep" in to_tex(element)
    assert text_of(element) != ""

"""Running text of XML elements: inline markup taken away, scripts as Unicode or TeX, formulas as TeX."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sitegen.intake.mathml_tex import to_tex
from sitegen.intake.xml_tree import children, local, string_value

DEEPEST = 50
"""Elements inside each other that are looked at; what is deeper comes as plain text."""
_SUPERSCRIPTS = str.maketrans("0123456789+-−–=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾")
_SUBSCRIPTS = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_PLAIN_SCRIPT = re.compile(r"[0-9+\-−–=()]+")
_SCRIPTS = {
    "sup": ("textsuperscript", _SUPERSCRIPTS),
    "sub": ("textsubscript", _SUBSCRIPTS),
}
# Notes, pictures and the members of a group: they belong to no sentence or name.
_DROPPED = frozenset(
    {"fn", "graphic", "inline-graphic", "inline-media", "table-wrap", "fig", "index-term", "label", "contrib-group"}
)
_NOTES = frozenset({"fn", "aff", "corresp", "author-notes", "table-fn"})
_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_MATH_SIGNS = re.compile(r"\A(?:\$\$?|\\[\[(])(.*?)(?:\$\$?|\\[\])])\Z", re.DOTALL)


def text_of(element: Element | None) -> str:
    """What a reader sees of the element, on one line; "" for None.

    >>> from xml.etree.ElementTree import XML
    >>> text_of(XML("<t>CO<sub>2</sub> by <i>10<sup>th</sup></i>\\n  <tex-math>x^2</tex-math></t>"))
    'CO₂ by 10\\\\textsuperscript{th} $x^2$'
    """
    return "" if element is None else " ".join("".join(_pieces(element, DEEPEST)).split())


def _pieces(element: Element, depth: int) -> Iterator[str]:
    if depth == 0:
        yield from element.itertext()
        return
    yield element.text or ""
    for inside in element:
        yield _inline(inside, depth - 1)
        yield inside.tail or ""


def _inline(element: Element, depth: int) -> str:
    name = local(element.tag)
    if name in _DROPPED or (name == "xref" and element.get("ref-type") in _NOTES):
        return ""
    if name in ("break", "br"):
        return " "
    if name == "tex-math":
        return _formula(_bare(string_value(element)))
    if name == "math":
        return _formula(to_tex(element))
    if name == "alternatives":
        return _best(element, depth)
    text = "".join(_pieces(element, depth))
    return _script(text, *_SCRIPTS[name]) if name in _SCRIPTS else text


def _best(alternatives: Element, depth: int) -> str:
    """One of several ways of writing the same: TeX, else MathML, else the first."""
    for name in ("tex-math", "math"):
        for element in children(alternatives, name):
            return _inline(element, depth)
    return _inline(alternatives[0], depth) if len(alternatives) and depth else ""


def _script(text: str, command: str, table: dict[int, int]) -> str:
    """Digits and signs are characters of Unicode; of other scripts, the text layer makes `<sup>` and `<sub>`."""
    text = " ".join(text.split())
    if not text or "$" in text or "{" in text:
        return text
    return text.translate(table) if _PLAIN_SCRIPT.fullmatch(text) else rf"\{command}{{{text}}}"


def _bare(tex: str) -> str:
    """The formula alone, without the document and the signs that some publishers put around it."""
    document = _DOCUMENT.search(tex)
    tex = (document[1] if document else tex).strip()
    signs = _MATH_SIGNS.match(tex)
    return signs[1] if signs else tex


def _formula(tex: str) -> str:
    tex = " ".join(tex.split())
    return f"${tex}$" if tex else ""

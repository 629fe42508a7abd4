"""MathML as TeX, so that formulas of XML digests are stored as all others are: https://www.w3.org/TR/MathML3/chapter3.html"""

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from sitegen.intake.xml_tree import local, string_value

DEEPEST = 40
"""Elements inside each other that are read; what is deeper comes as its letters."""
_SIGNS = {char: f"\\{char}" for char in "#$%&_{}"}
_IN_FORMULA = str.maketrans(_SIGNS | {"\\": r"\backslash ", "~": r"\sim ", "^": r"\wedge "})
_IN_TEXT = str.maketrans(_SIGNS | dict.fromkeys("\\~^", " "))
_ACCENTS = {
    r"\wedge": "hat", "ˆ": "hat", r"\sim": "tilde", "˜": "tilde", "¯": "bar", "‾": "overline", "→": "vec", "˙": "dot",
    "¨": "ddot",
}  # fmt: skip
_LETTERS = {"double-struck": "mathbb", "script": "mathcal", "fraktur": "mathfrak", "bold": "mathbf"}


def to_tex(element: Element) -> str:
    """TeX, without dollar signs, of an element `math`; elements that only style are read as their content.

    >>> from xml.etree.ElementTree import XML
    >>> to_tex(XML("<math><msup><mi>x</mi><mn>2</mn></msup><mo>≤</mo><mfrac><mn>1</mn><mi>n</mi></mfrac></math>"))
    '{x}^{2}≤\\\\frac{1}{n}'
    """
    return _tex(element, DEEPEST)


def _tex(element: Element, depth: int) -> str:
    name = local(element.tag)
    if not depth or name in ("mi", "mn", "mo", "ms", "mtext"):
        return _token(name, string_value(element), element.get("mathvariant", ""))
    if name == "mmultiscripts":
        return _multiscripts(element, depth - 1)
    parts = [_tex(child, depth - 1) for child in element if not local(child.tag).startswith("annotation")]
    write = _WRITERS.get(name)
    count, make = write if write else (0, "".join)
    return make(parts) if len(parts) == count or not count else "".join(parts)


def _token(name: str, text: str, variant: str) -> str:
    text = " ".join(text.split())
    if name in ("mtext", "ms"):
        return rf"\text{{{text.translate(_IN_TEXT) or ' '}}}"
    text = text.translate(_IN_FORMULA)
    if name != "mi" or not text:
        return text
    if variant in _LETTERS:
        return rf"\{_LETTERS[variant]}{{{text}}}"
    return rf"\mathrm{{{text}}}" if len(text) > 1 else text


def _multiscripts(element: Element, depth: int) -> str:
    """The base with scripts behind it and, behind `mprescripts`, those before it: `{}^{3}He`."""
    if not len(element):
        return ""
    names = [local(child.tag) for child in element]
    parts = [_tex(child, depth) for child in element]
    middle = names.index("mprescripts") if "mprescripts" in names else len(names)
    before, behind = _pairs(parts[middle + 1 :]), _pairs(parts[1:middle])
    return (f"{{}}{before}" if before else "") + parts[0] + behind


def _pairs(scripts: Sequence[str]) -> str:
    """Scripts in turn below and above."""
    return "".join(f"{'_^'[at % 2]}{{{script}}}" for at, script in enumerate(scripts) if script)


def _over(parts: list[str]) -> str:
    accent = _ACCENTS.get(parts[1].strip())
    return rf"\{accent}{{{parts[0]}}}" if accent else rf"\overset{{{parts[1]}}}{{{parts[0]}}}"


# How many children the element has, and what is made of them; 0: any number.
_WRITERS: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "msup": (2, lambda parts: f"{{{parts[0]}}}^{{{parts[1]}}}"),
    "msub": (2, lambda parts: f"{{{parts[0]}}}_{{{parts[1]}}}"),
    "msubsup": (3, lambda parts: f"{{{parts[0]}}}_{{{parts[1]}}}^{{{parts[2]}}}"),
    "munderover": (3, lambda parts: f"{{{parts[0]}}}_{{{parts[1]}}}^{{{parts[2]}}}"),
    "munder": (2, lambda parts: f"{{{parts[0]}}}_{{{parts[1]}}}"),
    "mover": (2, _over),
    "mfrac": (2, lambda parts: rf"\frac{{{parts[0]}}}{{{parts[1]}}}"),
    "mroot": (2, lambda parts: rf"\sqrt[{parts[1]}]{{{parts[0]}}}"),
    "msqrt": (0, lambda parts: rf"\sqrt{{{''.join(parts)}}}"),
    "mfenced": (0, lambda parts: f"({','.join(parts)})"),
    "mspace": (0, lambda _: " "),
    "mtr": (0, " ".join),
    "mtable": (0, "; ".join),
}

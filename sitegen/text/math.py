"""TeX math as MathML Core for pages and as plain Unicode for titles, feeds and search.

math-core reads the TeX; both outputs are made from the tree it returns, after `mathml` has checked it.
"""

import re
from functools import lru_cache
from html.entities import html5
from xml.etree import ElementTree as ET

from math_core import LatexError, LatexToMathML

from sitegen.text import math_text, mathml

# math-core recurses on nesting and a stack overflow would end the process: about 4,000 levels in 8 MB.
LONGEST = 2_000
MOST_BRACES = 250
# Formulas that stay read: short ones recur in many papers, and every one in several outputs.
KEPT = 1_000

# Beside what math-core knows, or instead of it.
_MACROS = {
    "mbox": r"\text{#1}",
    "hbox": r"\text{#1}",
    "ensuremath": "{#1}",
    "bm": r"\boldsymbol{#1}",
    "mathds": r"\mathbb{#1}",
    "widetilde": r"\tilde{#1}",
    "R": r"\mathbb{R}",
    "N": r"\mathbb{N}",
    "Z": r"\mathbb{Z}",
    "Q": r"\mathbb{Q}",
    "C": r"\mathbb{C}",
    "E": r"\mathbb{E}",
    "eps": r"\epsilon",
    "dotsc": r"\ldots",
    "Cal": r"\mathcal{#1}",
    "lsim": r"\lesssim",
    "gsim": r"\gtrsim",
}
# Definitions would let a short text expand to any depth.
_DEFINITION = re.compile(
    r"\\(?:[gex]?def|let|futurelet|(?:re|provide)?(?:newcommand|command)|Declare\w+|newenvironment|global)(?![a-z])"
)
_UNICODE = re.compile(r"\\unicode\{x([0-9A-Fa-f]{1,6})\}")
_BARE_PERCENT = re.compile(r"(?<!\\)%")
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]+;)")

_strict = LatexToMathML(fancy_error=False, macros=_MACROS, max_expansions=LONGEST)
_lenient = LatexToMathML(fancy_error=False, macros=_MACROS, max_expansions=LONGEST, ignore_unknown_commands=True)


@lru_cache(maxsize=KEPT)
def to_mathml(tex: str, *, display: bool = False) -> str | None:
    """The formula as one `<math>` element, or None if it cannot be read or holds what is not on the list.

    >>> to_mathml("x^2")
    '<math><msup><mi>x</mi><mn>2</mn></msup></math>'
    """
    root = _tree(tex, _strict, display=display)
    # HTML knows no empty-element tags outside MathML: every element gets an end tag.
    return None if root is None else ET.tostring(root, encoding="unicode", short_empty_elements=False)


@lru_cache(maxsize=KEPT)
def to_unicode(tex: str) -> str:
    """The formula as plain text; TeX that cannot be read stays as it is.

    >>> to_unicode(r"\\mathcal{O}(n^2) \\leq \\frac{a+b}{c_i}")
    'O(n²) ≤ (a + b)/cᵢ'
    """
    root = _tree(tex, _lenient, display=False)
    if root is None:
        return " ".join(tex.split())
    return math_text.plain(root)


@lru_cache(maxsize=KEPT)
def symbol(command: str) -> str:
    """The character or word that a command without arguments stands for, "" if it is none: `\\alpha` gives "α"."""
    root = _tree(command, _strict, display=False)
    if root is None or len(list(root.iter())) > 3 or not any(element.tag in {"mi", "mo"} for element in root.iter()):
        return ""
    return math_text.visible("".join(root.itertext()))


def _tree(tex: str, reader: LatexToMathML, *, display: bool) -> ET.Element | None:
    if len(tex) > LONGEST or tex.count("{") > MOST_BRACES or _DEFINITION.search(tex):
        return None
    try:
        source = reader.convert_with_local_state(_prepared(tex), displaystyle=display)
        root = ET.fromstring(_NAMED_ENTITY.sub(_entity, source))  # noqa: S314 (no DTD: math-core escapes `<`)
    except (LatexError, ET.ParseError):
        return None
    return root if mathml.presentable(root, errors=reader is _lenient) else None


def _prepared(tex: str) -> str:
    """Digests' math is seldom what TeX would accept: `%` is a per cent sign, `’` is a prime."""
    tex = _UNICODE.sub(_unicode_character, tex.replace("’", "'"))
    return _BARE_PERCENT.sub(r"\\%", tex).strip()


def _unicode_character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    if code == ord("%"):
        return r"\%"
    character = chr(code) if code <= 0x10FFFF else " "
    return rf"\text{{{character}}}" if character.isprintable() and character not in "\\{}$&#^_~" else " "


def _entity(found: re.Match[str]) -> str:
    return html5.get(found[1], "\ufffd")

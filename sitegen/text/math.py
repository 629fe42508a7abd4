"""TeX math as MathML Core for pages and as plain Unicode for titles, feeds and search.

math-core reads the TeX; both outputs are made from the tree it returns, after every element and attribute in it
has been checked against a fixed list.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html.entities import html5
from unicodedata import category, normalize
from xml.etree import ElementTree as ET

from math_core import LatexError, LatexToMathML

# math-core recurses on nesting and a stack overflow would end the process: about 4,000 levels in 8 MB.
LONGEST = 2_000
MOST_BRACES = 250
DEEPEST = 60

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

# https://www.w3.org/TR/mathml-core/ : elements that only present, and the few of HTML that math-core puts into <mtext>.
_TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_SCRIPTS = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts"})
_LAYOUT = frozenset(
    {"math", "mspace", "mrow", "mfrac", "msqrt", "mroot", "mpadded", "mphantom", "mtable", "mtr", "mtd"}
)
_ELEMENTS = _TOKENS | _SCRIPTS | _LAYOUT
_INLINE = frozenset({"b", "i", "em", "code", "span"})
_ATTRIBUTES = frozenset(
    {"display", "displaystyle", "scriptlevel", "mathvariant", "stretchy", "symmetric", "form", "fence", "separator"}
    | {"lspace", "rspace", "minsize", "maxsize", "largeop", "movablelimits", "accent", "accentunder", "linethickness"}
    | {"width", "height", "depth", "voffset", "columnspan", "rowspan", "dir"}
)
_DROPPED_ATTRIBUTES = frozenset({"style", "class", "id"})

_SUPERSCRIPTS = dict(
    zip("0123456789+-−=()abcdefghijklmnoprstuvwxyz′″‴*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ′″‴*", strict=True)
)
_SUBSCRIPTS = dict(zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_ACCENTS = dict(
    zip(
        "ˆ^¯‾˜~˙¨→⃗ˇ´`˘",
        "\u0302\u0302\u0304\u0304\u0303\u0303\u0307\u0308\u20d7\u20d7\u030c\u0301\u0300\u0306",
        strict=True,
    )
)
_UNSPACED = frozenset("¬∀∃∂∇√∑∏∫∬∭∮/|∥‖⁄~^⌈⌉⌊⌋⟨⟩°")
# Styled letters become plain ones; ℓ, ℝ and the like are letters of their own.
_STYLED = re.compile("[\U0001d400-\U0001d7ffℊℋℌℐℑℒ℘ℛℜℨℬℭℯℰℱℳℴ]")
_IN_TEXT = str.maketrans("∗ϵϕ", "*εφ")
_FUNCTION_APPLICATION = "\u2061"
_UNKNOWN_COMMAND = re.compile(r"\\[A-Za-z]+")
_INVISIBLE = re.compile("[\ufe00-\ufe0f\u2061-\u2064\u200b-\u200d]")

_strict = LatexToMathML(fancy_error=False, macros=_MACROS, max_expansions=LONGEST)
_lenient = LatexToMathML(fancy_error=False, macros=_MACROS, max_expansions=LONGEST, ignore_unknown_commands=True)


def to_mathml(tex: str, *, display: bool = False) -> str | None:
    """The formula as one `<math>` element, or None if it cannot be read or holds what is not on the list.

    >>> to_mathml("x^2")
    '<math><msup><mi>x</mi><mn>2</mn></msup></math>'
    """
    root = _tree(tex, _strict, display=display)
    # HTML knows no empty-element tags outside MathML: every element gets an end tag.
    return None if root is None else ET.tostring(root, encoding="unicode", short_empty_elements=False)


def to_unicode(tex: str) -> str:
    """The formula as plain text; TeX that cannot be read stays as it is.

    >>> to_unicode(r"\\mathcal{O}(n^2) \\leq \\frac{a+b}{c_i}")
    'O(n²) ≤ (a + b)/cᵢ'
    """
    root = _tree(tex, _lenient, display=False)
    if root is None:
        return " ".join(tex.split())
    return " ".join(_INVISIBLE.sub("", _text(root)).split())


@lru_cache(maxsize=1_000)
def symbol(command: str) -> str:
    """The character or word that a command without arguments stands for, "" if it is none: `\\alpha` gives "α"."""
    root = _tree(command, _strict, display=False)
    if root is None or len(list(root.iter())) > 3 or not any(element.tag in {"mi", "mo"} for element in root.iter()):
        return ""
    return _INVISIBLE.sub("", "".join(root.itertext()))


def _tree(tex: str, reader: LatexToMathML, *, display: bool) -> ET.Element | None:
    if len(tex) > LONGEST or tex.count("{") > MOST_BRACES or _DEFINITION.search(tex):
        return None
    try:
        mathml = reader.convert_with_local_state(_prepared(tex), displaystyle=display)
        root = ET.fromstring(_NAMED_ENTITY.sub(_entity, mathml))  # noqa: S314 (no DTD: math-core escapes `<`)
    except (LatexError, ET.ParseError):
        return None
    return root if _presentable(root, lenient=reader is _lenient) else None


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


def _presentable(root: ET.Element, *, lenient: bool) -> bool:
    """Whether every element and attribute is on the list; `style`, `class` and `id` are taken away."""
    waiting = [(root, 1, "")]
    while waiting:
        element, depth, parent = waiting.pop()
        # Not in MathML Core: a browser would show the formula without the box too.
        if element.tag == "menclose" and element.attrib.pop("notation", "") == "box":
            element.tag = "mrow"
        if depth > DEEPEST or not (_allowed(element.tag, parent) or (lenient and element.tag == "merror")):
            return False
        for name in _DROPPED_ATTRIBUTES & element.attrib.keys():
            del element.attrib[name]
        if not element.attrib.keys() <= _ATTRIBUTES or len(element) != _ARITY.get(element.tag, len(element)):
            return False
        waiting.extend((child, depth + 1, element.tag) for child in element)
    return root.tag == "math"


def _allowed(tag: str, parent: str) -> bool:
    """HTML elements end the formula for a browser unless they stand in a token element."""
    in_text = parent in _TOKENS or parent in _INLINE
    return in_text if tag in _INLINE else tag in _ELEMENTS and not in_text


def _text(element: ET.Element) -> str:
    """An element of MathML as plain text."""
    handler = _WRITERS.get(element.tag)
    if handler:
        return handler([_text(child) for child in element])
    if element.tag == "mspace":
        width = element.get("width", "0")
        return " " if width.rstrip("em").replace(".", "", 1).isdigit() and float(width.rstrip("em")) > 0.1 else ""
    if len(element) == 0 or element.tag in _TOKENS or element.tag in _INLINE:
        return _STYLED.sub(_plain_letter, "".join(element.itertext())).translate(_IN_TEXT)
    return _row(element)


def _plain_letter(found: re.Match[str]) -> str:
    return normalize("NFKC", found[0])


def _row(element: ET.Element) -> str:
    """Children side by side, with spaces around relations and binary operators."""
    texts = [_text(child) for child in element]
    parts: list[str] = []
    after_operand = False
    for child, text, following in zip(element, texts, [*texts[1:], ""], strict=True):
        if child.tag == "mo":
            parts.append(_operator(child, text, following, after_operand=after_operand))
            after_operand = text in ")]}⟩|!"
        else:
            parts.append(text + " " if child.tag == "merror" else text)
            after_operand = after_operand or bool(text.strip())
    return "".join(parts)


def _operator(element: ET.Element, text: str, following: str, *, after_operand: bool) -> str:
    if text == _FUNCTION_APPLICATION:
        return "" if following[:1] in {"(", "["} else " "
    if text in {",", ";"} and element.get("rspace") != "0":
        return f"{text} "
    return f" {text} " if after_operand and following and _binary(text) else text


def _binary(operator: str) -> bool:
    return len(operator) == 1 and operator not in _UNSPACED and (category(operator) == "Sm" or operator in "·-:*")


def _script(base: str, text: str, mark: str, table: dict[str, str]) -> str:
    text = text.replace(" ", "") if all(char in table or char == " " for char in text) else text
    if text and all(char in table for char in text):
        return base + "".join(table[char] for char in text)
    return base + (mark + _grouped(text) if text else "")


def _grouped(text: str) -> str:
    """In brackets unless it is one word, number or sign."""
    text = text.strip()
    return text if len(text) <= 1 or text.isalnum() or _UNKNOWN_COMMAND.fullmatch(text) else f"({text})"


def _superscript(parts: list[str]) -> str:
    base, above = parts
    return _script(base, above, "^", _SUPERSCRIPTS)


def _subscript(parts: list[str]) -> str:
    base, below = parts
    return _script(base, below, "_", _SUBSCRIPTS)


def _both(parts: list[str]) -> str:
    base, below, above = parts
    return _superscript([_subscript([base, below]), above])


def _over(parts: list[str]) -> str:
    base, mark = parts
    if mark in _ACCENTS:
        return normalize("NFC", base + _ACCENTS[mark]) if len(base) == 1 else base
    return _superscript(parts)


def _under(parts: list[str]) -> str:
    return parts[0] if parts[1] in {"_", "‾", "̲"} else _subscript(parts)


def _fraction(parts: list[str]) -> str:
    return "/".join(map(_grouped, parts))


def _square_root(parts: list[str]) -> str:
    return "√" + _grouped("".join(parts))


def _root(parts: list[str]) -> str:
    base, index = parts
    return _script("", index, "", _SUPERSCRIPTS) + _square_root([base])


# How many children MathML Core gives each of these: https://www.w3.org/TR/mathml-core/#dfn-mathml-element
_ARITY = {"msup": 2, "msub": 2, "msubsup": 3, "munderover": 3, "mover": 2, "munder": 2, "mfrac": 2, "mroot": 2}
_WRITERS: dict[str, Callable[[list[str]], str]] = {
    "msup": _superscript,
    "msub": _subscript,
    "msubsup": _both,
    "munderover": _both,
    "mover": _over,
    "munder": _under,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "mtd": "".join,
    "mtr": " ".join,
    "mtable": "; ".join,
}

"""A formula's MathML tree as plain Unicode: `x²`, `(a + b)/cᵢ`, `√(x + 1)`."""

import re
from collections.abc import Callable
from unicodedata import category, normalize
from xml.etree import ElementTree as ET

from sitegen.text.mathml import HTML_INLINE, TOKENS

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
# Operators of which Unicode says that they are mathematical, but that stand close to what they belong to.
_UNSPACED = frozenset("¬∀∃∂∇√∑∏∫∬∭∮/|∥‖⁄~^⌈⌉⌊⌋⟨⟩°")
# Styled letters become plain ones; ℓ, ℝ and the like are letters of their own.
_STYLED = re.compile("[\U0001d400-\U0001d7ffℊℋℌℐℑℒ℘ℛℜℨℬℭℯℰℱℳℴ]")
_IN_TEXT = str.maketrans("∗ϵϕ", "*εφ")
_FUNCTION_APPLICATION = "\u2061"
# In ems.
_THIN_SPACE = 0.1
_UNKNOWN_COMMAND = re.compile(r"\\[A-Za-z]+")
_INVISIBLE = re.compile("[\ufe00-\ufe0f\u2061-\u2064\u200b-\u200d]")


def plain(root: ET.Element) -> str:
    """The formula on one line."""
    return " ".join(visible(_text(root)).split())


def visible(text: str) -> str:
    """`text` without the invisible operators and variation selectors that math-core writes."""
    return _INVISIBLE.sub("", text)


def _text(element: ET.Element) -> str:
    writer = _WRITERS.get(element.tag)
    if writer:
        return writer([_text(child) for child in element])
    if element.tag == "mspace":
        return _space(element)
    if len(element) == 0 or element.tag in TOKENS or element.tag in HTML_INLINE:
        return _STYLED.sub(_plain_letter, "".join(element.itertext())).translate(_IN_TEXT)
    return _row(element)


def _space(element: ET.Element) -> str:
    """No space for a negative one or one too thin to see."""
    width = element.get("width", "0").rstrip("em")
    return " " if width.replace(".", "", 1).isdigit() and float(width) > _THIN_SPACE else ""


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


def _sub_and_superscript(parts: list[str]) -> str:
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


_WRITERS: dict[str, Callable[[list[str]], str]] = {
    "msup": _superscript,
    "msub": _subscript,
    "msubsup": _sub_and_superscript,
    "munderover": _sub_and_superscript,
    "mover": _over,
    "munder": _under,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "mtd": "".join,
    "mtr": " ".join,
    "mtable": "; ".join,
}

"""What of MathML a page may hold: a fixed list of elements and attributes.

Whatever math-core returns is checked against it before it is used.
"""

from xml.etree import ElementTree as ET

DEEPEST = 60

# https://www.w3.org/TR/mathml-core/ : elements that only present, and the few of HTML that math-core puts into <mtext>.
TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_SCRIPTS = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts"})
_LAYOUT = frozenset(
    {"math", "mspace", "mrow", "mfrac", "msqrt", "mroot", "mpadded", "mphantom", "mtable", "mtr", "mtd"}
)
_ELEMENTS = TOKENS | _SCRIPTS | _LAYOUT
HTML_INLINE = frozenset({"b", "i", "em", "code", "span"})
_ATTRIBUTES = frozenset(
    {"display", "displaystyle", "scriptlevel", "mathvariant", "stretchy", "symmetric", "form", "fence", "separator"}
    | {"lspace", "rspace", "minsize", "maxsize", "largeop", "movablelimits", "accent", "accentunder", "linethickness"}
    | {"width", "height", "depth", "voffset", "columnspan", "rowspan", "dir"}
)
_DROPPED_ATTRIBUTES = frozenset({"style", "class", "id"})
# How many children MathML Core gives each of these: https://www.w3.org/TR/mathml-core/#dfn-mathml-element
_ARITY = {"msup": 2, "msub": 2, "msubsup": 3, "munderover": 3, "mover": 2, "munder": 2, "mfrac": 2, "mroot": 2}


def presentable(root: ET.Element, *, errors: bool) -> bool:
    """Whether every element and attribute is on the list; `style`, `class` and `id` are taken away.

    `errors` allows `<merror>`, which holds a command that math-core does not know.
    """
    if root.tag != "math":
        return False
    waiting = [(root, 1, "")]
    while waiting:
        element, depth, parent = waiting.pop()
        _simplify(element)
        known = _is_allowed(element.tag, parent) or (errors and element.tag == "merror")
        if depth > DEEPEST or not known or not _is_well_formed(element):
            return False
        waiting.extend((child, depth + 1, element.tag) for child in element)
    return True


def _simplify(element: ET.Element) -> None:
    # Not in MathML Core: a browser would show the formula without the box too.
    if element.tag == "menclose" and element.attrib.pop("notation", "") == "box":
        element.tag = "mrow"
    for name in _DROPPED_ATTRIBUTES & element.attrib.keys():
        del element.attrib[name]


def _is_allowed(tag: str, parent: str) -> bool:
    """HTML elements end the formula for a browser unless they stand in a token element."""
    in_text = parent in TOKENS or parent in HTML_INLINE
    return in_text if tag in HTML_INLINE else tag in _ELEMENTS and not in_text


def _is_well_formed(element: ET.Element) -> bool:
    return element.attrib.keys() <= _ATTRIBUTES and len(element) == _ARITY.get(element.tag, len(element))

"""What the HTML of untrusted text may hold, listed here once more and not taken from the code under test."""

from xml.etree import ElementTree as ET

ATTRIBUTES = {
    "p": set(), "em": set(), "strong": set(), "sup": set(), "sub": set(), "b": set(), "i": set(),
    "code": {"class"}, "span": {"class"}, "a": {"href", "rel"},
}  # fmt: skip
MATH = (
    {"math", "mi", "mn", "mo", "ms", "mtext", "mspace", "mrow", "mfrac", "msqrt", "mroot", "mpadded", "mphantom"}
    | {"msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts"}
    | {"mtable", "mtr", "mtd"}
)
MATH_ATTRIBUTES = (
    {"display", "displaystyle", "scriptlevel", "mathvariant", "stretchy", "symmetric", "form", "fence", "separator"}
    | {"lspace", "rspace", "minsize", "maxsize", "largeop", "movablelimits", "accent", "accentunder", "linethickness"}
    | {"width", "height", "depth", "voffset", "columnspan", "rowspan", "dir"}
)
CLASSES = {"sc", "tex"}


def violations(html: str) -> list[str]:
    """Everything in `html` that is not allowed; a fragment that is not well-formed raises ParseError."""
    root = ET.fromstring(f"<div>{html}</div>")
    # HTML takes `<i/>` for a start tag.
    found = ["empty-element tag"] if "/>" in html else []
    for element in list(root.iter())[1:]:
        allowed = MATH_ATTRIBUTES if element.tag in MATH else ATTRIBUTES.get(element.tag)
        if allowed is None:
            found.append(f"<{element.tag}>")
            continue
        found += [f"{element.tag} {name}" for name in element.attrib if name not in allowed]
        found += [f"class {element.attrib['class']}" for _ in [0] if element.get("class", "sc") not in CLASSES]
        if element.tag == "a" and not element.attrib["href"].lower().startswith(("http://", "https://", "mailto:")):
            found.append(f"href {element.attrib['href']}")
    return found


def text_content(html: str) -> str:
    return "".join(ET.fromstring(f"<div>{html}</div>").itertext())

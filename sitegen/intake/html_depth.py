"""How deep the elements of a page of HTML are, before a parser is given it: one that follows HTML's rules takes minutes
for a megabyte of what stays open.

Tags are found as a parser finds them (https://html.spec.whatwg.org/multipage/parsing.html#tokenization), and where one
ends an element is guessed so that no more of them are closed than there are.
"""

import re

MOST_WORK = 3_000_000
"""Elements open at each tag, in sum: every open element costs a tag a look. A large page has a tenth of that."""
_LONG_TAG = 1_000
_SPACE = r"\t\n\f\r "
_ONE = (
    rf"(?:=[^{_SPACE}/>=]*+|[^{_SPACE}/>=]++)"
    rf"(?:[{_SPACE}]*+=[{_SPACE}]*+(?:\"[^\"]*+\"?|'[^']*+'?|[^{_SPACE}>\"'][^{_SPACE}>]*+)?+)?+"
)
_ATTRIBUTE = re.compile(_ONE)
_ATTRIBUTES = rf"(?:[{_SPACE}/]++|{_ONE})*+"
_TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    # What is a text up to its own end tag.
    rf"|<(?P<text>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[{_SPACE}/>]){_ATTRIBUTES}>?"
    rf".*?(?=</(?P=text)[{_SPACE}/>]|\Z)"
    rf"|<(?P<end>/?)(?P<name>[a-z][^{_SPACE}/>]*+){_ATTRIBUTES}"
    r"|<[!?/][^>]*+",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)
# In those tags mean something else; their text is read as that of others, or is seen by nobody.
_OF_OTHER_RULES = re.compile(rf"<(/?)(?:(svg|template)|math|select)(?=[{_SPACE}/>])", re.IGNORECASE | re.ASCII)
_EMPTY_DRAWING = re.compile(r"<svg\b[^<>]{0,2000}/>", re.IGNORECASE)
_WITHOUT_END = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "html", "body", "head",
}  # fmt: skip
# Elements whose end tag may be left out -> what they end where it is open right there.
_ENDS = {
    "p": {"p"}, "li": {"li", "p"}, "dt": {"dt", "dd", "p"}, "dd": {"dt", "dd", "p"}, "option": {"option"},
    "td": {"td", "th", "p"}, "th": {"td", "th", "p"}, "tr": {"td", "th", "tr", "p"},
    "tbody": {"td", "th", "tr", "thead", "tbody", "p"}, "tfoot": {"td", "th", "tr", "thead", "tbody", "p"},
}  # fmt: skip
# They are nothing outside of one.
_OF_TABLES = {"caption", "tbody", "td", "tfoot", "th", "thead", "tr"}
# They are opened again behind what they were open in.
_FORMATTING = {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
_MOST_MENDED = 8
"""So many elements that stand in one of those may be open still where it ends."""
# Beyond them no end tag ends anything, and beyond blocks none of running text.
_CELLS = {"caption", "td", "th"}
_SCOPES = {"applet", "button", "marquee", "object", "table", *_CELLS}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "li", "listing",
    "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "tbody", "tfoot", "thead",
    "tr", "ul",
}  # fmt: skip

_BOUND_OTHERS = _BLOCKS | {"noscript"}
_END_BLOCKS = _BLOCKS | _SCOPES | _FORMATTING


def of_one_kind(written: str) -> str:
    """The page without drawings, formulas and menus as elements of their own rules.

    >>> of_one_kind("<svg viewBox='0 0 1 1'><title>x</title></svg><math><mi>x</mi></math>")
    "<object viewBox='0 0 1 1'><title>x</title></object><span><mi>x</mi></span>"
    """
    drawn = _EMPTY_DRAWING.sub("", written)
    return _OF_OTHER_RULES.sub(lambda found: f"<{found[1]}{'object' if found[2] else 'span'}", drawn)


def is_hostile(written: str) -> bool:
    """Whether HTML's rules would take too long: end tags are missing, which HTML asks for, or elements are too deep.
    written: of one kind."""
    opened: list[str] = []
    work = 0
    for found in _TAG.finditer(written):
        work += len(opened)
        if found.end() - found.start() > _LONG_TAG:
            work += _work_of_attributes(found[0])
        if work > MOST_WORK:
            return True
        name, is_end = found.group("name", "end")
        if name is None or (name := name.lower() if name.isascii() else name) in _WITHOUT_END:
            continue
        if name in _OF_TABLES and "table" not in opened:
            continue
        if is_end or name == "a":  # a link ends the one it stands in
            _close(opened, name)
        if not is_end:
            ended = _ENDS.get(name, ())
            while opened and opened[-1] in ended:
                opened.pop()
            opened.append(name)
    return False


def _work_of_attributes(tag: str) -> int:
    """Each attribute is compared with those before it."""
    return len(_ATTRIBUTE.findall(tag)) ** 2 if tag[1].isalpha() else 0


def _close(opened: list[str], name: str) -> None:
    """Take away what an end tag surely ends."""
    for at in range(len(opened) - 1, -1, -1):
        if opened[at] == name:
            _close_at(opened, at)
            return
        if _is_bound(name, opened[at]):
            return


def _is_bound(name: str, around: str) -> bool:
    """Whether an end tag ends no element beyond this one."""
    if around in _SCOPES:
        return around not in _CELLS or name not in {"table", *_CELLS}
    if around in ("ul", "ol") and name == "li":
        return True
    return around in _BOUND_OTHERS and name not in _END_BLOCKS


def _close_at(opened: list[str], at: int) -> None:
    name, inside = opened[at], opened[at + 1 :]
    if name in _FORMATTING:
        if len(inside) <= _MOST_MENDED:
            del opened[at]
    elif name == "form":
        del opened[at]
    else:
        opened[at:] = [each for each in inside if each in _FORMATTING]

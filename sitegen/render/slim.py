"""What the frames of all pages share, as files, and HTML without white space that shows nothing."""

import re
from collections.abc import Iterable

import rjsmin

SCRIPT = "assets/sitegen/frame.js"
STYLES = "assets/sitegen/site.css"
_OPEN_TAG = re.compile(r"<[a-z][^>]*>")
_LAYOUT = "a|body|div|footer|form|head|header|html|input|label|li|link|main|meta|nav|script|span|svg|title|ul"
_SPACE = re.compile(rf"\n+(</?(?:{_LAYOUT})\b)|(?<=>)\n+")


def squeeze(html: str) -> str:
    """HTML of a frame without indentation, empty lines, and line ends beside elements of the layout."""
    lines = "\n".join(filter(None, (line.strip() for line in html.splitlines())))
    tags = _OPEN_TAG.sub(lambda tag: re.sub(r"\s+", " ", tag[0]), lines)
    return _SPACE.sub(lambda found: found[1] or "", tags)


def script(shared: str, source: str) -> bytes:
    """frame.js: `source`, with what all pages share, as JSON, before it."""
    return f"const shared={shared.strip()};{rjsmin.jsmin(source)}\n".encode()


def styles(sheets: Iterable[str]) -> bytes:
    """One style sheet for several that stand at the same depth, so that a page names and fetches one."""
    return "\n".join(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", sheet).strip() for sheet in sheets).encode() + b"\n"

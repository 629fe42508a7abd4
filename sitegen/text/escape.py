"""One function for each place that untrusted text can reach.

Text of a digest goes to HTML, XML, YAML, Markdown, JSON in a page, URLs and terminals only through these.
File names are made by `sitegen.identity`.
"""

import json
import re
import unicodedata
from json.encoder import encode_basestring
from urllib.parse import quote, urlsplit

from markupsafe import escape

# Code points that XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), lone surrogates among them.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What YAML 1.1 readers refuse or fold inside a double-quoted scalar, beside what JSON escapes by itself.
_YAML_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

# Inside a line of Markdown: what begins emphasis, code, links, an escape. `_` between letters means nothing.
# (`str.replace` looks for a character in a tenth of the time that `re` takes for a class of them.)
_MARKDOWN_BACKSLASH = "\\`*[]"
_MARKDOWN_UNDERSCORE = re.compile(r"_(?:(?<![^\W_]_)|(?![^\W_]))")
# Python-Markdown does not know a backslash before these, so they become entities; `&`, which begins them, first.
_MARKDOWN_ENTITY = {"&": "&amp;", "<": "&lt;", "$": "&#36;"}
_MARKDOWN_CARET = re.compile(r"\^(?=\^)")
# At the start of a line: headings, quotes, lists, setext rules, definition lists, tables, fences.
_MARKDOWN_LINE_START = re.compile(r"(?:([#>+-]|\d{1,9}(?=[.)]))|([=:|~]))")
_MARKDOWN_ESCAPED = re.compile(r"\\([\\`*\[\]_#>+.)-])|&(lt|amp|#\d{2,3});")

_SAFE_SCHEMES = {"http", "https", "mailto"}
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~-._"
# What nearly all addresses look like: a host, and nothing that needs a second look or an encoding.
_PLAIN_URL = re.compile(r"[Hh][Tt]{2}[Pp][Ss]?://[A-Za-z0-9.-]+(?:[/?#][A-Za-z0-9!#$%&'()*+,/:;=?@\[\]~._-]*)?")


def html(text: str) -> str:
    """`text` as HTML text or a quoted attribute value: `& < > " '` become entities."""
    return str(escape(text))


def xml(text: str) -> str:
    """`text` without the code points XML 1.0 forbids; the XML writer does the escaping itself.

    Each becomes U+FFFD, so that a reader sees that something stood there.
    """
    return text if text.isprintable() else _NOT_XML.sub("�", text)


def yaml_scalar(text: str) -> str:
    """`text` as a double-quoted YAML scalar on one line, so that `no`, `1e3` and `---` stay text.

    >>> yaml_scalar('a: "b"')
    '"a: \\\\"b\\\\""'
    """
    quoted = encode_basestring(text)
    return quoted if quoted.isprintable() else _YAML_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def markdown(text: str) -> str:
    """`text` as Markdown that every renderer shows exactly as `text`; `unmarkdown` is its inverse.

    Lines of `text` must not begin or end with white space (`sitegen.text.clean` sees to that).

    >>> markdown("# 1 < 2 *and* $x$")
    '\\\\# 1 &lt; 2 \\\\*and\\\\* &#36;x&#36;'
    """
    for char in _MARKDOWN_BACKSLASH:
        text = text.replace(char, "\\" + char)
    if "_" in text:
        text = _MARKDOWN_UNDERSCORE.sub(r"\\_", text)
    for char, entity in _MARKDOWN_ENTITY.items():
        text = text.replace(char, entity)
    if text.count("~") > 1:  # GitHub strikes out what stands between two of them, wherever they are
        text = text.replace("~", "&#126;")
    if "^^" in text:
        text = _MARKDOWN_CARET.sub("&#94;", text)
    return "\n".join(map(_with_plain_start, text.split("\n")))


def _with_plain_start(line: str) -> str:
    found = _MARKDOWN_LINE_START.match(line)
    if not found:
        return line
    rest = line[found.end() :]
    if found[2]:
        return f"&#{ord(found[2])};{rest}"
    return f"{found[1]}\\{rest}" if found[1].isdigit() else f"\\{found[1]}{rest}"


def unmarkdown(source: str) -> str:
    """The text that `markdown` made `source` from."""
    return _MARKDOWN_ESCAPED.sub(_unescape, source) if "\\" in source or "&" in source else source


def _unescape(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    name = found[2]
    return {"lt": "<", "amp": "&"}.get(name) or chr(int(name[1:]))


def json_in_html(value: object) -> str:
    """JSON for inside a `<script>`: `< > &` and the JavaScript line ends are escaped.

    (W3C JSON-LD 1.1, "Restrictions for contents of JSON-LD script elements".)
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def terminal(text: str) -> str:
    """`text` for a terminal or a log: controls, line ends, bidi and zero-width marks are shown as escapes.

    >>> terminal("a\\x1b[2Jb")
    'a\\\\x1b[2Jb'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == " " else c.encode("unicode_escape").decode() for c in text)


def terminal_json(value: object) -> str:
    """JSON on one line that a terminal shows as it is: what `terminal` escapes, and lone surrogates, as `\\u…`.

    >>> terminal_json({"a": "é\\u202e"})
    '{"a": "é\\\\u202e"}'
    """
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def _is_no_control(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def safe_url(url: str) -> str | None:
    """The URL, percent-encoded where needed, if it may be a link; None for every scheme but http, https, mailto.

    Control characters and spaces are removed first, as browsers do (https://url.spec.whatwg.org/#concept-basic-url-parser).
    A URL with a user name (`https://good@evil`) or without a host is refused too.
    """
    if _PLAIN_URL.fullmatch(url):
        return url
    stripped = url if url.isascii() and url.isprintable() else "".join(filter(_is_no_control, url))
    stripped = stripped.strip()
    if "\\" in stripped or " " in stripped:
        return None
    try:
        parts = urlsplit(stripped)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _SAFE_SCHEMES:
        return None
    if parts.scheme.lower() == "mailto":
        return quote(stripped, safe=_URL_SAFE) if "@" in parts.path else None
    if not host or "@" in parts.netloc:
        return None
    return quote(stripped, safe=_URL_SAFE)

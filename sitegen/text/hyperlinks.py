"""Links in running text: bare addresses, TeX's `\\href` and `\\url`, Markdown's `[text](url)`, HTML's `<a>`.

An address that may not be a link (`safe_url`) is only text.
"""

import re

from sitegen.text import links
from sitegen.text.escape import safe_url
from sitegen.text.runs import Reading

_MARKDOWN = re.compile(r"\[(?P<text>[^\[\]]{1,500})\]\((?P<url>https?://[^\s()<>]{1,2000})\)")
_ANCHOR = re.compile(
    r"<a\s+href=[\"'](?P<url>[^\"'<>]{1,2000})[\"'][^<>]{0,200}>(?P<text>[^<>]{1,500})</a>", re.IGNORECASE
)


def read_address(reading: Reading, start: int) -> int | None:
    """`https://x.org`; in the text of a link it belongs to that link."""
    if start not in reading.addresses:
        return None
    end, url = reading.addresses[start]
    reading.write_link(url, reading.href or url)
    return end


def read_markdown(reading: Reading, start: int) -> int | None:
    """`[text](https://x.org)`."""
    return _read_link(reading, _MARKDOWN.match(reading.source, start))


def read_anchor(reading: Reading, start: int) -> int | None:
    """`<a href="https://x.org">text</a>`."""
    return _read_link(reading, _ANCHOR.match(reading.source, start))


def _read_link(reading: Reading, found: re.Match[str] | None) -> int | None:
    url = safe_url(found["url"]) if found else None
    if not found or not url:
        return None
    reading.write_link(" ".join(found["text"].split()), url)
    return found.end()


def read_href(reading: Reading, opening: int) -> int | None:
    r"""The arguments of `\href{url}{text}`, the first of which opens at `opening`."""
    second = reading.closing[opening] + 1
    second += reading.source.startswith(" ", second)
    if second not in reading.closing:
        return None
    return reading.enter_group(second, "text", safe_url(_argument(reading, opening)) or "")


def read_url(reading: Reading, opening: int) -> int:
    r"""The argument of `\url{url}`."""
    written = _argument(reading, opening)
    url = safe_url(written)
    if url:
        reading.write_link(url, url)
    else:
        reading.write(written)
    return reading.closing[opening] + 1


def _argument(reading: Reading, opening: int) -> str:
    return links.without_tex_escapes(reading.source[opening + 1 : reading.closing[opening]].strip())

"""Web addresses in running text; what a digest damaged in them is mended before (`sitegen.text.repairs`)."""

import re

from sitegen.text.escape import safe_url

# `\_` and the like are TeX for the character.
# U+3000-303F and U+FF00-FFEF: Chinese and Japanese punctuation stands directly behind an address.
_URL = re.compile(
    r"[Hh][Tt]{2}[Pp][Ss]?://(?:[^\s\x00-\x1f\x7f<>\"`{}|^\\“”‘’«»…\u3000-\u303f\uff00-\uffef]|\\[_%#&~$])+"
)
_TEX_ESCAPE = re.compile(r"\\([_%#&~$])")
# How far its slashes are from the beginning of an address: `https://`.
_SLASHES = 6
_CLOSERS = {")": "(", "]": "["}
_URL_COMMAND = "\\url{"


def find(text: str) -> list[tuple[int, int, str]]:
    """The http(s) addresses in `text` as (start, end, URL); punctuation behind an address is not part of it.

    `\\url{…}` is covered whole.

    >>> find("see (https://x.org/a_(b)). Or https://y.org.")
    [(5, 24, 'https://x.org/a_(b)'), (30, 43, 'https://y.org')]
    """
    found: list[tuple[int, int, str]] = []
    position = 0
    while (slashes := text.find("//", position)) >= 0:
        match = _URL.search(text, max(position, slashes - _SLASHES))
        if not match:
            break
        written = _without_punctuation(match[0])
        end = match.start() + len(written)
        position = max(end, match.start() + 1)
        url = safe_url(without_tex_escapes(written))
        if url is None:
            continue
        start, end = _with_command(text, match.start(), end)
        found.append((start, end, url))
        position = end
    return found


def without_tex_escapes(url: str) -> str:
    r"""The address without the backslashes that TeX wants before `_`, `%`, `#`, `&`, `~` and `$`."""
    return _TEX_ESCAPE.sub(r"\1", url)


def _without_punctuation(url: str) -> str:
    """The address without the sentence's full stop and without closing brackets that it does not open."""
    surplus = {closer: url.count(closer) - url.count(opener) for closer, opener in _CLOSERS.items()}
    end = len(url)
    while end:
        last = url[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in ".,;:!?'*":
            break
        end -= 1
    return url[:end]


def _with_command(text: str, start: int, end: int) -> tuple[int, int]:
    opening = start - len(_URL_COMMAND)
    if opening >= 0 and text.startswith(_URL_COMMAND, opening) and text.startswith("}", end):
        return opening, end + 1
    return start, end

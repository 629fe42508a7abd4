"""What speaks against a web address, as far as one can see without asking for it."""

import re
from urllib.parse import urlsplit

from sitegen import identity

# Characters that stand in no address as they are (RFC 3986), and here were written in one: { } < > \ ^ `
_ODD = re.compile(r"[{}<>\\^`]|%(?:7B|7D|3C|3E|5C|5E|60)", re.IGNORECASE)
_CUT = re.compile(r"(?:\.\.\.|…|%E2%80%A6)$", re.IGNORECASE)
_TWO = re.compile(r"https?:?/+[^/?=&#]*https?:/", re.IGNORECASE)
# What nearly all addresses begin with: a host alone, without a port.
_PLAIN_HOST = re.compile(r"https?://([A-Za-z0-9.-]+)(?:[/?#]|$)", re.IGNORECASE)
# What is left where a page's text lost the address itself, or a part of it.
LOST = re.compile(r"\bthis https? ?url\b|\bhttps?:/(?!/| /)\S+|\bhttps?: ?//(?=\s|$)", re.IGNORECASE)


def what_is_odd(url: str, kind: str = "") -> str:
    """Why the address may be broken, in words; "" if nothing speaks against it. kind: that of the link.

    >>> what_is_odd("https://x.org/a..."), what_is_odd("https://arxiv.org/abs/", "arxiv"), what_is_odd("https://x.org/")
    ('it is cut off', 'no arXiv id is in it', '')
    """
    if kind == "arxiv" and not identity.arxiv_id(url):
        return "no arXiv id is in it"
    if kind == "doi" and not identity.doi(url):
        return "no DOI is in it"
    if _CUT.search(url):
        return "it is cut off"
    if _TWO.match(url):
        return "two addresses are in it"
    if _ODD.search(url):
        return "it holds a character that no address has"
    return "" if "." in _host(url) else "its host has no dot"


def _host(url: str) -> str:
    if plain := _PLAIN_HOST.match(url):
        return plain[1]
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""

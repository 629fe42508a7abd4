"""Links of newsletters that first lead to a counter of readers, which says in its own address where it leads then."""

import base64
import re
from urllib.parse import unquote

from sitegen.text.escape import safe_url

LONGEST = 8_000
# ".../https:%2F%2Fx.org%2Fa/1/…", "…?url=https%3A%2F%2Fx.org&…", "…?q=https://x.org&…"
_WRITTEN = re.compile(
    r"[/=](?P<encoded>https?(?::|%3a)%2f%2f[^/&?#]+)|[?&](?:url|u|q|target)=(?P<plain>https?://[^&#]+)", re.IGNORECASE
)
# Base64 (RFC 4648, section 5) of an address, or of JSON that holds one.
_BASE_64 = re.compile(r"/((?:aHR0c|eyJ)[A-Za-z0-9_+-]+)")
_ADDRESS = re.compile(rb"https?://[^\s\"\\]+")


def target_of(address: str) -> str:
    """Where a link leads in the end, as far as its address says; else the address itself.

    >>> target_of("https://count.example.org/c/https:%2F%2Farxiv.org%2Fabs%2F2401.10020/1/x")
    'https://arxiv.org/abs/2401.10020'
    >>> target_of("https://count.example.org/1/aHR0cHM6Ly94Lm9yZy9h"), target_of("https://x.org/a?b=1")
    ('https://x.org/a', 'https://x.org/a?b=1')
    """
    if len(address) > LONGEST:
        return address
    if found := _WRITTEN.search(address):
        return safe_url(found["plain"] or unquote(found["encoded"])) or address
    if coded := _BASE_64.search(address):
        return safe_url(_decoded(coded[1])) or address
    return address


def _decoded(coded: str) -> str:
    """The first address in what the text decodes to, or ""."""
    whole = coded.replace("+", "-")[: len(coded) // 4 * 4 if len(coded) % 4 == 1 else None]
    found = _ADDRESS.search(base64.urlsafe_b64decode(whole + "=" * (-len(whole) % 4)))
    return found[0].decode("utf-8", "replace") if found else ""

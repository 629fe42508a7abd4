"""Damage to web addresses."""

import re
from collections.abc import Iterator

from sitegen.text.repairs.rule import Change, Rule, by_pattern

_IN_BRACES = re.compile(r"\{(https?://[^\s{}]+)\}")


def _repetitions(text: str) -> Iterator[Change]:
    r"""`{url}` directly behind the same `url`: what is left of `\href{url}{url}`."""
    for found in _IN_BRACES.finditer(text):
        if text.endswith(found[1], 0, found.start()):
            yield found.start(), found.end(), ""


ADDRESSES = {
    "broken address": Rule(
        "an address has a colon and no space before its slashes",
        (": //", "http//", "https//"),
        by_pattern(r"(?i)(?<![a-z])(https?)(?:: //|//)(?=\w)", r"\1://"),
        everywhere=True,
    ),
    "address twice": Rule("an address that stands twice is one", ("{http",), _repetitions, everywhere=True),
}

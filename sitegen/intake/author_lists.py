"""Names in one line: "A. One (Here), B. Two and C. Three for the X Collaboration" as a list of names."""

import re

from sitegen.text import clean

_BRACKETED = re.compile(r" ?\([^()]*\)")
_DEEPEST = 5
_BETWEEN = re.compile(r" ?[,;]+ ?(?:(?:and|&) )?|: | (?:and|&) ")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")


def names(written: str) -> list[str]:
    """The names in a list as arXiv and feeds write it, without affiliations, which stand in brackets.

    >>> names("by M. Aizenman (Princeton (USA)), A. B. King, Jr. and P. Contucci")
    ['M. Aizenman', 'A. B. King, Jr.', 'P. Contucci']
    """
    line = clean.line(written).removeprefix("by ")
    for _ in range(_DEEPEST):
        line = _BRACKETED.sub("", line)
    found: list[str] = []
    for name in map(str.strip, _BETWEEN.split(line)):
        if found and _SUFFIX.fullmatch(name):
            found[-1] += f", {name}"
        elif name:
            found.append(name)
    return found

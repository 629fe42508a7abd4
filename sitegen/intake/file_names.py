"""What the name of a digest's file tells: its day, at the beginning or at the end, and beside that whose it is."""

import re
from typing import NamedTuple

from sitegen.intake import dates

_FIRST = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)[-_. ]*(.*)", re.DOTALL)
_NUMBERS = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)")
# What a browser puts behind the name of a file that it saves again.
_AGAIN = re.compile(r" ?\(\d{1,3}\)\Z")
_BETWEEN = re.compile(r"[-_ ]")
_AROUND = "-_., ("
_LONGEST_DAY = 40
_MOST_WORDS = 4


class FileName(NamedTuple):
    """stem: the name without ending and day. first: the day it begins with, which nobody has checked; last: the day
    it ends with, if it does not begin with one; "" for none."""

    stem: str
    first: str = ""
    last: str = ""


def parted(name: str) -> FileName:
    """The parts of a file's name, without its folder. Eight digits are a day only beside words: alone they may be an
    id of PubMed.

    >>> [tuple(parted(name)) for name in ("2025-03-14-trending.txt", "papers_20250314.csv.gz", "20250314.xml")]
    [('trending', '2025-03-14', ''), ('papers', '', '2025-03-14'), ('20250314', '', '')]
    >>> [tuple(parted(name)) for name in ("Trending, Fri 14 March 2025 (1).html", "list-2025-02-30.json")]
    [('Trending', '', '2025-03-14'), ('list-2025-02-30', '', '')]
    """
    base = name.removesuffix(".gz")
    stem = base.rsplit(".", 1)[0] if "." in base.lstrip(".") else base
    if begins := _FIRST.fullmatch(stem):
        return FileName(begins[2], first=begins[1])
    whole = _AGAIN.sub("", stem)
    start, day = _numbers_at_end(whole) or _words_at_end(whole) or (0, "")
    return FileName(whole[:start].rstrip(_AROUND), last=day) if day else FileName(stem)


def _numbers_at_end(stem: str) -> tuple[int, str] | None:
    """(where the day at the end starts, the day)"""
    at = max(0, len(stem) - _LONGEST_DAY)
    for found in _NUMBERS.finditer(stem, at):
        day = "-".join(found.group(1, 3, 4))
        if found.end() == len(stem) and dates.is_day(day) and (found[2] or found.start()):
            return found.start(), day
    return None


def _words_at_end(stem: str) -> tuple[int, str] | None:
    at = max(0, len(stem) - _LONGEST_DAY)
    starts = [0, *(found.end() for found in _BETWEEN.finditer(stem, at))][-_MOST_WORDS:]
    days = ((start, dates.written_day(_BETWEEN.sub(" ", stem[start:]))) for start in starts)
    return next(((start, day) for start, day in days if len(day) == len("2025-03-14")), None)

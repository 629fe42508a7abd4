"""Many problems of one kind are one to a reader: some are shown, the rest is counted."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from sitegen.add.state import Report
from sitegen.problems import Problem

# So many problems of a kind are shown.
MOST_SHOWN = 5
# What may be wrong, by the message that says so.
_IN_WORDS = {
    "address-odd": "odd address",
    "day-missing": "missing day",
    "digest-no-abstracts": "digest without abstracts",
    "item-no-abstract": "missing abstract",
    "item-url": "address left out",
    "length-long": "long text",
    "length-odd": "short text",
    "repair-proposed": "damaged text",
    "title-near": "near title",
    "title-same": "title of another paper",
}


class Shown(NamedTuple):
    """A problem, and how many more like it are not shown behind it."""

    problem: Problem
    more: int = 0


def folded(report: Report) -> list[Shown]:
    """The problems of an import to show, errors last. Only what its reports in content/imports/ name, too, is left out.

    >>> from sitegen.problems import problem
    >>> one = [problem("item-no-title", file="a.json", line=line) for line in range(1, 9)]
    >>> [(each.problem.line, each.more) for each in folded(Report(problems=one))][-2:]
    [(7, 0), (8, 0)]
    """
    kept = {_key(found) for each in report.imports if each.outcomes for found in each.problems}
    left = Counter(found.code for found in report.problems if _key(found) in kept)
    room = dict.fromkeys(left, MOST_SHOWN)
    shown: list[Shown] = []
    for found in sorted(report.problems, key=lambda found: (found.severity == "error", found)):
        if _key(found) not in kept:
            shown.append(Shown(found))
        elif room[found.code]:
            room[found.code] -= 1
            left[found.code] -= 1
            shown.append(Shown(found, 0 if room[found.code] else left[found.code]))
    return shown


def kinds(suspicious: Iterable[Problem]) -> str:
    """How many there are of each kind of what may be wrong, the most frequent first.

    >>> from sitegen.problems import problem
    >>> kinds([problem("item-no-abstract", file="a.json", line=line, value="A") for line in (1, 2)])
    'missing abstract: 2'
    """
    counts = sorted(Counter(found.code for found in suspicious).items(), key=lambda kind: (-kind[1], kind[0]))
    return ", ".join(f"{_IN_WORDS[code]}: {count:,}" for code, count in counts)


def _key(found: Problem) -> tuple[str, int, str]:
    """A report names a file without its folder."""
    return found.code, found.line, found.message

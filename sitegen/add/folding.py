"""Many problems of one kind are one to a reader: some are shown, the rest is counted."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from sitegen.add.state import Report
from sitegen.problems import Problem

# So many problems of a kind are shown.
MOST_SHOWN = 5


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


def kinds(problems: Iterable[Problem]) -> str:
    """How many there are of each kind, the most frequent first.

    >>> from sitegen.problems import problem
    >>> kinds([problem("item-no-title", file="a.json", line=line) for line in (1, 2)])
    '2 item-no-title'
    """
    counts = sorted(Counter(found.code for found in problems).items(), key=lambda kind: (-kind[1], kind[0]))
    return ", ".join(f"{count:,} {code}" for code, count in counts)


def _key(found: Problem) -> tuple[str, int, str]:
    """A report names a file without its folder."""
    return found.code, found.line, found.message

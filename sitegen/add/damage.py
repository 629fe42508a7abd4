"""Damaged texts of an import: what is mended where a reader sees it, and what only a human can decide on."""

from collections import Counter
from collections.abc import Iterable, Iterator

from sitegen.add.state import Outcome
from sitegen.model import Record
from sitegen.problems import Problem, problem
from sitegen.text import repairs

# So much of the word around a repair is quoted, on either side.
AROUND = 20


def mended(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Rule of `sitegen.text.repairs` -> how often it mends a title or an abstract, the most frequent first.

    >>> mended([Outcome(Record({"title": "512times512 lists", "abstract": "2times"}), "added", "x")])
    {'times': 2}
    """
    found = Counter(repair.rule for outcome in outcomes for _, text in _texts(outcome.record) for repair in
                    repairs.sure(text))  # fmt: skip
    return dict(sorted(found.items(), key=lambda rule: (-rule[1], rule[0])))


def proposals(outcome: Outcome, file: str) -> Iterator[Problem]:
    """What may be meant otherwise than it is written, each once in a text.

    >>> outcome = Outcome(Record({"title": "For 8{255} lists"}, line=3), "added", "x")
    >>> [found.message for found in proposals(outcome, "a.txt")]
    ['"8{255}" may be meant as "8/255": a number with another one in braces may be a fraction']
    """
    for name, text in _texts(outcome.record):
        found = {(*_in_its_word(text, repair), repair.rule): None for repair in repairs.proposed(text)}
        for before, after, rule in found:
            why = repairs.RULES[rule].says
            line = outcome.record.line
            yield problem("repair-proposed", file=file, line=line, field=name, value=before, written=after, why=why)


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    for name in ("title", "abstract"):
        if text := str(record.fields.get(name, "")):
            yield name, text


def _in_its_word(text: str, repair: repairs.Repair) -> tuple[str, str]:
    """The word that a repair stands in, without and with it: "polynomial- time" for the "- " in it."""
    before = text[max(0, repair.start - AROUND) : repair.start]
    behind = text[repair.end : repair.end + AROUND]
    first, last = before[_last_space(before) :], behind[: _first_space(behind)]
    return (first + repair.before + last).strip(), (first + repair.after + last).strip()


def _last_space(text: str) -> int:
    return next((place for place in range(len(text), 0, -1) if text[place - 1].isspace()), 0)


def _first_space(text: str) -> int:
    return next((place for place, char in enumerate(text) if char.isspace()), len(text))

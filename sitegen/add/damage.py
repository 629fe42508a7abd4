"""Damaged texts of an import: what is mended where a reader sees it, and what only a human can decide on."""

from collections import Counter
from collections.abc import Iterable, Iterator

from sitegen.model import Record
from sitegen.problems import Problem, problem
from sitegen.text import repairs

# So much of the word around a repair is quoted, on either side.
AROUND = 20


def mended(record: Record) -> Iterator[str]:
    """The rules of `sitegen.text.repairs` that mend its title or its abstract, each as often as it does.

    >>> list(mended(Record({"title": "512times512 lists", "abstract": "2times"})))
    ['times', 'times']
    """
    return (repair.rule for _, text in _texts(record) for repair in repairs.sure(text))


def counted(rules: Iterable[str]) -> dict[str, int]:
    """Rule -> how often it is there, the most frequent first.

    >>> counted(["ligature", "times", "times"])
    {'times': 2, 'ligature': 1}
    """
    return dict(sorted(Counter(rules).items(), key=lambda rule: (-rule[1], rule[0])))


def proposals(record: Record, file: str) -> Iterator[Problem]:
    """What may be meant otherwise than it is written, each once in a text.

    >>> record = Record({"title": "For 8{255} lists"}, line=3)
    >>> [found.message for found in proposals(record, "a.txt")]
    ['"8{255}" may be meant as "8/255": a number with another one in braces may be a fraction']
    """
    for name, text in _texts(record):
        found = {(*_in_its_word(text, repair), repair.rule): None for repair in repairs.proposed(text)}
        for before, after, rule in found:
            words = {"value": before, "written": after, "why": repairs.RULES[rule].says}
            yield problem("repair-proposed", file=file, line=record.line, field=name, **words)


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

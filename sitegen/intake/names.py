"""Names of people as the archive writes them, first name first; and lists of them as digests write these."""

import re
from collections.abc import Sequence
from typing import Any

from sitegen.intake.field_values import member, text, values
from sitegen.text import clean

_ET_AL = re.compile(r"\b(?:et\.?\s?al\b\.?|and others)$|等$", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_BETWEEN = " \t\r\n,，;"
_AND = re.compile(r",? and | & ")
_LEADING_AND = re.compile(r"^(?:and|&) ")
# "W.", "J.-P.", "A B", also with a suffix: what stands behind a family name in "Zhang, W., Li, J.".
_INITIALS = re.compile(r"(?:[^\W\d_]\.(?:[- ]?[^\W\d_]\.){0,4}|[A-Z](?:[- ]?[A-Z]){0,3})(?:, (?:Jr|Sr|II|III|IV)\.?)?")
_COMMA = re.compile(r"[,，、]")
_ONE_A_PIECE = ("|", ";", "；", "\n")
"""What stands between names that may hold commas themselves."""
# Names with letters from here on have no spaces: two of them are not the parts of one.
_CHINESE = "\u2e80"
_FAMILY = ("family", "last", "last_name", "lastname")
# DBLP numbers people of one name: https://dblp.org/faq/What+is+a+signature.html
_NUMBERED = re.compile(r" 0\d{3}$")
_BRACKETED = re.compile(r" ?\([^()]*\)")
_DEEPEST = 5
_IN_LINE = re.compile(r" ?[,;]+ ?(?:(?:and|&) )?|: | (?:and|&) ")


def first_last(name: str) -> str:
    """ "James A Casbon" of "Casbon, James A"; a suffix, which stands last, stays last; a name without comma stays.

    >>> first_last("Casbon, James A"), first_last("King, Martin Luther, Jr"), first_last("Plato")
    ('James A Casbon', 'Martin Luther King Jr', 'Plato')
    """
    last, *others = (part.strip() for part in name.split(",", 2))
    given = [part for part in others if not _SUFFIX.fullmatch(part)]
    return " ".join(filter(None, [*given[:1], last, *given[1:], *(part for part in others if part not in given)]))


def first_names_first(names: Sequence[str]) -> list[str]:
    """The names of a list, each as `first_last` writes it if the list has family names first; else as they are.

    It has where most that stand before a comma are one word: behind the comma may also be where somebody works.

    >>> first_names_first(["One, Ann", "van Two, Bo", "Cy Three"]), first_names_first(["Ann One, MIT", "Bo Two"])
    (['Ann One', 'Bo van Two', 'Cy Three'], ['Ann One, MIT', 'Bo Two'])
    """
    parted = [(before, behind) for before, comma, behind in (name.partition(",") for name in names) if comma]
    before = [before.strip() for before, behind in parted if not _SUFFIX.fullmatch(behind.strip())]
    one_word = sum(" " not in name for name in before)
    return list(map(first_last, names)) if before and 2 * one_word >= len(before) else list(names)


def family_name(name: str) -> str:
    """The family name of "Wei Zhang", of "Zhang, Wei", and of "Wei Zhang, Jr.".

    >>> family_name("Wei Zhang"), family_name("Zhang, Wei"), family_name("Wei Zhang, Jr.")
    ('Zhang', 'Zhang', 'Zhang')
    """
    before, comma, behind = name.partition(",")
    first = comma and not _SUFFIX.fullmatch(behind.strip())
    return before.strip() if first else before.strip().rpartition(" ")[2]


def without_others(name: str) -> str:
    """A name without "et al.", which is nobody, and without DBLP's number of a person.

    >>> without_others("Ann One et.al."), without_others("et al."), without_others("Ann One 0001")
    ('Ann One', '', 'Ann One')
    """
    name = _NUMBERED.sub("", name.rstrip(_BETWEEN))
    end = name[-12:]
    found = _ET_AL.search(end)
    return name[: len(name) - len(end) + found.start()].rstrip(_BETWEEN) if found else name


def in_line(written: str) -> list[str]:
    """The names in a list as arXiv and feeds write it, without affiliations, which stand in brackets.

    >>> in_line("by M. Aizenman (Princeton (USA)), A. B. King, Jr. and P. Contucci")
    ['M. Aizenman', 'A. B. King, Jr.', 'P. Contucci']
    >>> in_line("A. One and B. Two for the X Collaboration"), in_line("One, Ann; Two, Bo")
    (['A. One', 'B. Two for the X Collaboration'], ['Ann One', 'Bo Two'])
    """
    line = clean.line(written).removeprefix("by ")
    for _ in range(_DEEPEST):
        line = _BRACKETED.sub("", line)
    pieces = [piece for each in line.split(";") if (piece := each.strip())]
    if len(pieces) > 1 and (ordered := first_names_first(pieces)) != pieces:
        return ordered
    return _with_suffixes([name.strip() for name in _IN_LINE.split(line)])


def in_value(value: Any) -> list[str]:
    """Authors in a table or in JSON: a list of texts or objects, or one text; "et al." is nobody.

    >>> in_value("Ann One, Bo Two et.al."), in_value("One, Ann; Two, Bo"), in_value("One, Ann and Two, Bo")
    (['Ann One', 'Bo Two'], ['Ann One', 'Bo Two'], ['Ann One', 'Bo Two'])
    >>> in_value("One, A., van Two, B.-C."), in_value("Ann One; and Bo Two")
    (['A. One', 'B.-C. van Two'], ['Ann One', 'Bo Two'])
    >>> in_value([{"given": "Ann", "family": "One"}, {"name": "Bo Two"}]), in_value(["One, Ann", "Two, Bo"])
    (['Ann One', 'Bo Two'], ['Ann One', 'Bo Two'])
    """
    if isinstance(value, dict) and isinstance(inner := value.get("author", value.get("value")), list | dict):
        value = inner  # DBLP's and OpenReview's
    found = values(value)
    if len(found) == 1 and isinstance(found[0], str):
        return first_names_first(_in_text(without_others(text(found[0]))))
    return first_names_first([name for each in found if (name := without_others(_person(each)))])


def _person(value: Any) -> str:
    if not isinstance(value, dict):
        return text(value)
    inner = value.get("author")
    value = inner if isinstance(inner, dict) else value  # OpenAlex's
    parts = ("given", "first", "first_name", "firstname"), ("non-dropping-particle",), _FAMILY
    name = " ".join(filter(None, (member(value, *part) for part in parts)))
    return member(value, "name", "fullname", "full_name", "display_name", "author", "text") or name


def _in_text(written: str) -> list[str]:
    for separator in _ONE_A_PIECE:
        if separator in written:
            pieces = (_LEADING_AND.sub("", each.strip()) for each in written.split(separator))
            return [name for each in pieces if (name := without_others(each))]
    written = " ".join(written.split())
    parts = _AND.split(written)
    if len(parts) > 1 and all(part.count(",") == 1 for part in parts):
        return parts
    names = _with_suffixes([name.strip() for part in parts for name in _COMMA.split(part)])
    families, initials = names[::2], names[1::2]
    if len(families) == len(initials) > 1 and all(map(_INITIALS.fullmatch, initials)) and "." not in "".join(families):
        return [first_last(f"{family}, {each}") for family, each in zip(families, initials, strict=True)]
    # "One, Ann" is one person.
    one = len(parts) == 1 and len(names) == 2 and not any(" " in name for name in names) and "," in written
    return [written] if one and max(written) < _CHINESE else names


def _with_suffixes(names: Sequence[str]) -> list[str]:
    """The names that are not empty; "Jr." is part of the one before."""
    found: list[str] = []
    for name in names:
        if found and _SUFFIX.fullmatch(name):
            found[-1] += f", {name}"
        elif name:
            found.append(name)
    return found

"""What lists of papers write into their fields, as the texts that a record is made of."""

import ast
import re
from typing import Any

from sitegen.intake import dates
from sitegen.intake.json_values import FAILURES

LONGEST_REPR = 1_000_000
_NOTHING = {"", "null", "none", "nan", "n/a", "-", "--"}
_ET_AL = re.compile(r"\b(?:et\.?\s?al\b\.?|and others)$|等$", re.IGNORECASE)
_AND = re.compile(r",? and | & ")
_BETWEEN_NAMES = " \t\r\n,，;"
_COMMA = re.compile(r"[,，、]")
_NUMERIC_DATE = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)|(\d{4})(\d{2})(\d{2})(?:$|T)")
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z-]{2,})?")


def text(value: Any) -> str:
    """A text or a number as text; "" for all else and for what stands for nothing ("null", "-").

    >>> text(" N/A "), text(2017), text(["x"])
    ('', '2017', '')
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        written = str(value).strip()
    except ValueError:  # an integer of thousands of digits
        return ""
    return "" if written.casefold() in _NOTHING else written


def values(value: Any) -> list[Any]:
    """The members of a list, also of one that was written as a text ("['A', 'B']"); a value alone as a list."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        parsed = python_value(value.strip())
        value = parsed if isinstance(parsed, list) else value
    return value if isinstance(value, list) else [value]


def python_value(written: str) -> Any:
    """What a Python program printed with `repr`, or None."""
    if len(written) > LONGEST_REPR:
        return None
    try:
        return ast.literal_eval(written)
    except (SyntaxError, TypeError, *FAILURES):
        return None


def without_others(name: str) -> str:
    """A name without "et al.", which is nobody.

    >>> without_others("Ann One et.al."), without_others("et al.")
    ('Ann One', '')
    """
    name = name.rstrip(_BETWEEN_NAMES)
    end = name[-12:]
    found = _ET_AL.search(end)
    return name[: len(name) - len(end) + found.start()].rstrip(_BETWEEN_NAMES) if found else name


def people(value: Any) -> list[str]:
    """Authors: a list of texts or objects, or one text; "et al." is nobody.

    >>> people("Ann One, Bo Two et.al."), people("One, Ann; Two, Bo"), people("One, Ann and Two, Bo")
    (['Ann One', 'Bo Two'], ['One, Ann', 'Two, Bo'], ['One, Ann', 'Two, Bo'])
    >>> people([{"given": "Ann", "family": "One"}, {"name": "Bo Two"}])
    ['Ann One', 'Bo Two']
    """
    found = values(value)
    if len(found) == 1 and isinstance(found[0], str):
        return _names(found[0])
    return [name for each in found if (name := without_others(_person(each)))]


def _person(value: Any) -> str:
    if not isinstance(value, dict):
        return text(value)
    members = {str(name).casefold(): text(member) for name, member in value.items()}
    whole = next((members[name] for name in ("name", "fullname", "full_name", "author") if members.get(name)), "")
    given = next((members[name] for name in ("given", "first", "first_name", "firstname") if members.get(name)), "")
    family = next((members[name] for name in ("family", "last", "last_name", "lastname") if members.get(name)), "")
    return whole or f"{given} {family}".strip()


def _names(written: str) -> list[str]:
    written = without_others(text(written))
    for separator in ("|", ";", "；", "\n"):
        if separator in written:
            return [name for each in written.split(separator) if (name := without_others(each.strip()))]
    written = " ".join(written.split())
    parts = _AND.split(written)
    if len(parts) > 1 and all(part.count(",") == 1 for part in parts):
        return parts
    names = [name for part in parts for each in _COMMA.split(part) if (name := each.strip())]
    # "One, Ann" is one person.
    one = len(parts) == 1 and len(names) == 2 and " " not in names[0] and written.isascii() and "," in written
    return [written] if one and " " not in names[1] else names


def words(value: Any) -> list[str]:
    """Keywords: a list of texts or objects, or one text.

    >>> words("imagenet|quantization"), words("cs.CV cs.LG"), words("graph theory")
    (['imagenet', 'quantization'], ['cs.CV', 'cs.LG'], ['graph theory'])
    """
    found = values(value)
    if len(found) > 1 or not isinstance(found[0] if found else None, str):
        return [word for each in found if (word := _person(each))]
    written = text(found[0])
    separator = next((each for each in ("|", ";", "；", ",", "，", "、") if each in written), "")
    if not separator and " " in written and all("." in e and _CATEGORY.fullmatch(e) for e in written.split()):
        return written.split()
    return [word for each in written.split(separator or "\n") if (word := each.strip())]


def date(value: Any) -> str:
    """The date as ISO writes it, where it is one; else as it stands.

    >>> date(2017), date("14 March 2025"), date("2025/3/14"), date("20250314"), date("soon")
    ('2017', '2025-03-14', '2025-03-14', '2025-03-14', 'soon')
    """
    written = text(value).removesuffix(".0")  # a year that was a number
    if dates.published(written):
        return written
    if found := _NUMERIC_DATE.match(written):
        year, month, day = filter(None, found.groups())
        return f"{year}-{int(month):02}-{int(day):02}"
    day = dates.written_day(written)
    return day if len(day) == 10 else written

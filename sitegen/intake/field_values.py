"""What lists of papers write into their fields, as the texts that a record is made of."""

import ast
import re
from collections.abc import Mapping
from typing import Any

from sitegen import identity
from sitegen.intake import dates
from sitegen.intake.json_values import FAILURES

LONGEST_REPR = 1_000_000
_NOTHING = {"", "null", "none", "nan", "n/a", "-", "--"}
_LONGEST_NOTHING = max(map(len, _NOTHING))  # an abstract need not be folded
_NUMERIC_DATE = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)|(\d{4})(\d{2})(\d{2})(?:$|T)")
# Keys such as "chen23a" are given anew in each volume, as plain numbers are in each list.
_LOCAL_ID = re.compile(r".{0,7}|[a-z-]+\d\d[a-z]{0,2}|[\d\W]*|[A-Z]?[a-z\W]*|[A-Z\W]*|\S*[\s.].*", re.DOTALL)
_STRING = re.compile(r"'(?:[^'\\]|\\.)*+'|\"(?:[^\"\\]|\\.)*+\"", re.DOTALL)
_LIKE_F_STRING = re.compile(r"[fF][rR]?['\"]")
_PREFIXES = {"pubmed": "pmid:", "pmid": "pmid:", "pubmedcentral": "pmc", "pmcid": "pmc"}
# Larger numbers are no days written without hyphens, but a moment: milliseconds since 1970.
_FIRST_MILLISECONDS = 100_000_000_000
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
    return "" if len(written) <= _LONGEST_NOTHING and written.casefold() in _NOTHING else written


def values(value: Any) -> list[Any]:
    """The members of a list, also of one that was written as a text ("['A', 'B']"); a value alone as a list."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        parsed = python_value(value.strip())
        value = parsed if isinstance(parsed, list) else value
    return value if isinstance(value, list) else [value]


def text_of_object(value: Mapping[str, Any]) -> str:
    """The text that an object holds: under a usual name, or word by word with the places where each stands, as
    OpenAlex has abstracts (https://docs.openalex.org/api-entities/works/work-object#abstract_inverted_index).

    >>> text_of_object({"value": "A"}), text_of_object({"graphs": [1, 3], "Sparse": [0], "are": [2]})
    ('A', 'Sparse graphs are graphs')
    """
    if found := member(value, "value", "title", "text"):
        return found
    if not all(isinstance(places, list) and all(isinstance(at, int) for at in places) for places in value.values()):
        return ""
    placed = sorted((at, str(word)) for word, places in value.items() for at in places)
    return " ".join(word for _, word in placed)


def python_value(written: str) -> Any:
    """What a Python program printed with `repr`, or None."""
    if len(written) > LONGEST_REPR or _has_f_string(written):
        return None
    try:
        return ast.literal_eval(written)
    except (SyntaxError, TypeError, *FAILURES):
        return None


def _has_f_string(written: str) -> bool:
    """No `repr` has one, and Python takes minutes to parse a long one before it is refused."""
    if not _LIKE_F_STRING.search(written):
        return False
    return any("f" in written[max(0, found.start() - 2) : found.start()].lower() for found in _STRING.finditer(written))


def member(value: Mapping[str, Any], *names: str) -> str:
    """The first text among an object's members with these names, in any case.

    >>> member({"Name": "Ann One", "id": 5}, "full_name", "name")
    'Ann One'
    """
    members = {str(name).casefold(): text(each) for name, each in value.items()}
    return next((members[name] for name in names if members.get(name)), "")


def paper_id(value: Any) -> str:
    """An id that means the same paper everywhere; "" for one that only its list knows.

    >>> paper_id("arXiv:2605.10848v1"), paper_id(708.4021), paper_id("B1xSperKvH"), paper_id("main.8"), paper_id(17)
    ('arXiv:2605.10848v1', '0708.4021', 'B1xSperKvH', '', '')
    """
    written = text(value)
    # What was a number in the list may look like an id that has all its zeros.
    if identity.arxiv_id(written) and not isinstance(value, float):
        return written
    known = identity.arxiv_of_number(written) or identity.id_of_page(written) or identity.recognised(written)[1]
    return known or ("" if _LOCAL_ID.fullmatch(written) else written)


def paper_ids(value: Any) -> list[str]:
    """The ids in a value: the one that it is, or those of an object that has them by the name of who gave them.

    An object's numbers are ids where the name says whose. Of a list, or of a list of objects with values, each.

    >>> paper_ids("2401.10020"), paper_ids({"ArXiv": "2401.10020v2", "PubMed": "31452104", "CorpusId": 277000001})
    (['2401.10020'], ['2401.10020v2', 'pmid:31452104'])
    >>> paper_ids([{"value": "2401.10020", "categories": ["hep-ph"]}])
    ['2401.10020']
    """
    if isinstance(value, list):
        return [paper_id(take) for each in value if (take := member(each, "value") if isinstance(each, dict) else each)]
    if not isinstance(value, dict):
        return [paper_id(value)]
    written = ((_PREFIXES.get(str(name).casefold(), ""), text(each)) for name, each in value.items())
    whole = (prefix + name if name.isdecimal() else name for prefix, name in written)
    return [paper_id(name) for name in whole if identity.recognised(name)[1]]


def words(value: Any) -> list[str]:
    """Keywords: a list of texts or objects, or one text.

    >>> words("imagenet|quantization"), words("cs.CV cs.LG"), words("graph theory")
    (['imagenet', 'quantization'], ['cs.CV', 'cs.LG'], ['graph theory'])
    """
    found = values(value)
    if len(found) > 1 or not isinstance(found[0] if found else None, str):
        return [word for each in found if (word := _word(each))]
    written = text(found[0])
    separator = next((each for each in ("|", ";", "；", ",", "，", "、") if each in written), "")
    if not separator and " " in written and all("." in e and _CATEGORY.fullmatch(e) for e in written.split()):
        return written.split()
    return [word for each in written.split(separator or "\n") if (word := each.strip())]


def _word(value: Any) -> str:
    return (
        member(value, "name", "full_name", "fullname", "display_name", "value")
        if isinstance(value, dict)
        else text(value)
    )


def date(value: Any) -> str:
    """The date as ISO writes it, where it is one; else as it stands. An object is one of CSL-JSON, as Crossref has it
    (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#date-fields).

    >>> date(2017), date("14 March 2025"), date("2025/3/14"), date("20250314"), date("soon")
    ('2017', '2025-03-14', '2025-03-14', '2025-03-14', 'soon')
    >>> date({"date-parts": [[2025, 3]]}), date({"raw": "soon"})
    ('2025-03', '')
    """
    if isinstance(value, dict):
        parts = value.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        return dates.bibliographic(" ".join(map(text, first))) if isinstance(first, list) else ""
    if isinstance(value, int) and value > _FIRST_MILLISECONDS:
        return dates.of_milliseconds(value)
    written = text(value).removesuffix(".0")  # a year that was a number
    if dates.published(written):
        return written
    if found := _NUMERIC_DATE.match(written):
        year, month, day = filter(None, found.groups())
        return f"{year}-{int(month):02}-{int(day):02}"
    day = dates.written_day(written)
    return day if len(day) == 10 else written

"""content/fetched.yml: what was fetched last, in git, so that every clone goes on from there.

    "arxiv cs.CL":
      last: "2025-03-13"

Days and addresses only; the replies themselves are in the pages that they became.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import yaml

from sitegen.intake import dates
from sitegen.problems import ProblemsFound, problem
from sitegen.text.escape import safe_url, yaml_scalar

FILE = "fetched.yml"
_HEAD = "# What `sitegen fetch` has fetched, so that it can go on from there. It may be deleted.\n"
# What may stand in a header or an address of ours again.
_VISIBLE = re.compile(r"[\x21-\x7e]+( [\x21-\x7e]+)*")
_DAYS = ("last", "first", "until", "day")
_FIRST_YEAR, _LAST_YEAR = "1900", "2999"


@dataclass(frozen=True, slots=True)
class Entry:
    """How far the fetches of one list have come.

    last: all days up to this one are there. etag, modified: of the reply that was added last (RFC 9110, section 8.8).
    first, until, day, url: the fetch that broke off: its days, and the address that comes next.
    """

    last: str = ""
    etag: str = ""
    modified: str = ""
    first: str = ""
    until: str = ""
    day: str = ""
    url: str = ""


def at(entry: Entry, first: str, until: str, day: str, url: str) -> Entry:
    """The entry of a fetch of the days `first` to `until` that goes on with this address, of this day."""
    return replace(entry, first=first, until=until, day=day, url=url)


def done(entry: Entry) -> Entry:
    """The entry of a fetch that has come to its end."""
    return at(entry, "", "", "", "")


def advanced(entry: Entry, first: str, day: str) -> Entry:
    """The entry once `first` to `day` are there: `last` grows if no day before them is missing.

    >>> advanced(Entry(last="2025-03-12"), "2025-03-13", "2025-03-14").last
    '2025-03-14'
    >>> advanced(Entry(last="2025-03-12"), "2025-03-14", "2025-03-14").last
    '2025-03-12'
    """
    return replace(entry, last=day) if first <= next_day(entry.last) <= day else entry


def next_day(day: str, count: int = 1) -> str:
    """
    >>> next_day("2025-02-28"), next_day("2025-03-01", -1)
    ('2025-03-01', '2025-02-28')
    """
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=count)).isoformat()


def read(content: Path) -> dict[str, Entry]:
    """The entries by name ("hf", "arxiv cs.CL"). Raises ProblemsFound for a file that no fetch wrote."""
    file = content / FILE
    if not file.is_file():
        return {}
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        return {str(name): _entry(values) for name, values in (data or {}).items()}
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        found = problem("fetched-broken", file=f"{content.name}/{FILE}", error=str(error).splitlines()[0])
        raise ProblemsFound([found]) from None


def _entry(values: Mapping[str, object]) -> Entry:
    for name, value in values.items():
        if not isinstance(value, str) or not _VISIBLE.fullmatch(value):
            raise ValueError(f"{name} is not a text of visible characters")
        if name in _DAYS and not (dates.is_day(value) and _FIRST_YEAR <= value[:4] <= _LAST_YEAR):
            raise ValueError(f"{name} is not a day")
        if name == "url" and not (value.startswith(("https://", "http://")) and safe_url(value)):
            raise ValueError(f"{name} is not a web address")
    return Entry(**{str(name): str(value) for name, value in values.items()})


def written(entries: Mapping[str, Entry]) -> bytes:
    """The file's content, sorted, without what is empty."""
    lines = [_HEAD]
    for name, entry in sorted(entries.items()):
        values = {key: value for key, value in asdict(entry).items() if _VISIBLE.fullmatch(value)}
        if values:
            lines.append(f"{yaml_scalar(name)}:\n")
            lines += [
                f"  {field.name}: {yaml_scalar(values[field.name])}\n"
                for field in fields(Entry)
                if field.name in values
            ]
    return "".join(lines).encode()

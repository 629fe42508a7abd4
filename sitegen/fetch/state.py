"""content/fetched.yml: what was fetched last, in git, so that every clone goes on from there.

    "arxiv cs.CL":
      last: "2025-03-13"

Days and addresses only; the replies themselves are in the pages that they became.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import NamedTuple

import yaml

from sitegen.fetch.sources import SOURCES
from sitegen.intake import dates
from sitegen.problems import Problem, ProblemsFound, problem
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
    """The entries by name ("hf", "arxiv cs.CL"). Raises ProblemsFound, with every line that no fetch wrote."""
    file = content / FILE
    if not file.is_file():
        return {}
    root = _composed(file)
    if wrong := [found.as_problem(f"{content.name}/{FILE}") for found in _wrong(root)]:
        raise ProblemsFound(wrong)
    entries = root.value if root else ()
    return {name.value: Entry(**{key.value: value.value for key, value in lines.value}) for name, lines in entries}


def _composed(file: Path) -> yaml.Node | None:
    try:
        return yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error)
        found = problem(
            "fetched-broken", file=f"{file.parent.name}/{FILE}", line=mark.line + 1 if mark else 0, error=said
        )
        raise ProblemsFound([found]) from None


class _Wrong(NamedTuple):
    """A part of the file that is not what is expected there, in words."""

    node: yaml.Node
    field: str
    expected: str

    def as_problem(self, file: str) -> Problem:
        node = self.node
        value = node.value if isinstance(node, yaml.ScalarNode) else yaml.serialize(node).strip()
        line = node.start_mark.line + 1
        return problem("fetched-wrong", file=file, line=line, field=self.field, value=value, expected=self.expected)


def _wrong(root: yaml.Node | None) -> Iterator[_Wrong]:
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        yield _Wrong(root, "", 'names of lists, as in `"hf":`, with lines below each')
        return
    for name, lines in root.value:
        if not isinstance(name, yaml.ScalarNode):
            yield _Wrong(name, "", "the name of a list, as in arxiv cs.CL")
        elif not isinstance(lines, yaml.MappingNode):
            yield _Wrong(lines, name.value, 'lines below the name, as in `  last: "2025-03-13"`')
        else:
            yield from _wrong_lines(name.value, lines)


def _wrong_lines(name: str, lines: yaml.MappingNode) -> Iterator[_Wrong]:
    known = [field.name for field in fields(Entry)]
    for key, value in lines.value:
        if key.value not in known:
            yield _Wrong(key, name, f"one of {', '.join(known)}")
        elif expected := _expected(name, key.value, value):
            yield _Wrong(value, f"{name} {key.value}", expected)


def _expected(name: str, key: str, node: yaml.Node) -> str:
    """What should stand there, in words; "" where it is right."""
    if not isinstance(node, yaml.ScalarNode) or not _VISIBLE.fullmatch(node.value):
        return "a text of visible characters"
    value = node.value
    if key in _DAYS and not (dates.is_day(value) and _FIRST_YEAR <= value[:4] <= _LAST_YEAR):
        return "a day, as in 2025-03-13"
    if key != "url":
        return ""
    if not (value.startswith(("https://", "http://")) and safe_url(value)):
        return "a whole web address, beginning with https://"
    source = SOURCES.get(name.partition(" ")[0])
    return source.needs(value) if source else ""


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

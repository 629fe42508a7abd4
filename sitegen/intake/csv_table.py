"""CSV with a header row, any delimiter: what Mini-Conf sites, spreadsheets and scripts write.

Columns are found by their names, or by those that the archive's settings give.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from sitegen.intake.csv_footers import FOOTERS, is_comment, is_footer
from sitegen.intake.csv_rows import DELIMITERS, Row, rows
from sitegen.intake.field_names import NAMES, are_of_a_paper, class_of, fields_of, is_venue_name
from sitegen.intake.fields import HEADER, found_of, is_header
from sitegen.intake.gathering import Gathering, named_after
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading, Span
from sitegen.problems import Problem, problem

UNUSED = "unused columns"
BETWEEN = "delimiters and line ends"
LONGEST_HEADER = 20_000
LONGEST_NAME = 80
_FIRST_ROWS = 4
_LONGEST_ROWS = 1_000_000


def recognises(raw: RawDigest) -> bool:
    """Whether the first row names the columns of papers."""
    return bool(_delimiter(raw))


def _delimiter(raw: RawDigest) -> str:
    """The delimiter with which the first row names most fields of a paper, or ""."""
    head = raw.text[:LONGEST_HEADER].lstrip("\r\n")
    if head.startswith("|"):  # a Markdown table
        return ""
    known = {each: _fields(raw, each, head) for each in DELIMITERS}
    best = max(DELIMITERS, key=known.__getitem__)
    return best if known[best] else ""


def _fields(raw: RawDigest, delimiter: str, head: str) -> int:
    names = _names(next(rows(head, delimiter), None))
    return len(fields_of(names, raw.columns)) if are_of_a_paper(names, raw.columns) else 0


def _names(header: Row | None) -> list[str]:
    return [cell.value.strip() for cell in header.cells or ()] if header else []


def unknown_columns(raw: RawDigest) -> Problem | None:
    """What to do about a table whose columns are not known as a paper's; None where the text is no table."""
    head = raw.text[:_LONGEST_ROWS].lstrip("\r\n")
    names = max((_names_of_table(head, each) for each in DELIMITERS), key=len) if head else []
    if len(names) < 2:
        return None
    return problem(
        "columns-unknown",
        file=raw.name,
        line=raw.line(raw.text.index(head)),
        value=", ".join(names),
        known=", ".join(name for name in NAMES if name != "title"),
    )


def _names_of_table(head: str, delimiter: str) -> list[str]:
    """The names in the first row, if it may be a header and the rows below it have as many cells; else []."""
    header, *others = islice(rows(head, delimiter), _FIRST_ROWS)  # a text that is not empty has a row
    names = _names(header)
    is_header = len(set(names)) == len(names) and all(map(_may_be_name, names))
    alike = others and all(len(row.cells or ()) == len(names) for row in others)
    return names if is_header and alike else []


def _may_be_name(text: str) -> bool:
    """Whether a column may be called so: lines of JSON and XML have commas, too."""
    return bool(text) and len(text) <= LONGEST_NAME and text[0] not in '[{<"'


def read(raw: RawDigest) -> Reading:
    """One record a row."""
    gathering = Gathering(raw)
    every = rows(raw.text, _delimiter(raw) or ",")
    header = next(every, None)
    names = _names(header)
    if header:
        gathering.ignore(header.start, header.end, HEADER)
        gathering.problems += _unread(raw, names, raw.line(header.start))
    for row in every:
        if not row.cells:
            broken = problem("row-quote", file=raw.name, line=raw.line(row.start))
            gathering.reject(row.start, row.end, broken)
        elif any(cell.value.strip() for cell in row.cells):
            _add(gathering, names, row, raw)
    return gathering.reading(*named_after(raw), gap=BETWEEN, dated_records=True)


def _unread(raw: RawDigest, names: Sequence[str], line: int) -> list[Problem]:
    """A warning where columns are left, and one of them may hold what no other does."""
    known = fields_of(names, raw.columns)
    left = [name for name in names if name and name not in known and not is_venue_name(name)]
    wanted = ["authors", "abstract", *([] if raw.name_date or raw.last_name_date else ["date"])]
    missing = [field for field in wanted if field not in known.values()]
    if not left or not missing:
        return []
    said = " or ".join(missing)
    return [problem("columns-unread", file=raw.name, line=line, missing=said, first=missing[0], value=", ".join(left))]


def _add(gathering: Gathering, names: list[str], row: Row, raw: RawDigest) -> None:
    values = [cell.value for cell in row.cells or ()]
    found, used = found_of(dict(zip(names, values, strict=False)), raw.columns)
    if is_footer(found, values) or is_comment(found, values):
        gathering.ignore(row.start, row.end, FOOTERS)
    elif len(values) > len(names):
        wrong = problem("row-long", file=raw.name, line=raw.line(row.start), size=len(values), most=len(names))
        gathering.reject(row.start, row.end, wrong)
    elif is_header(found):
        gathering.ignore(row.start, row.end, HEADER)
    else:
        gathering.paper(row.start, row.end, found, _spans(names, row, used))


def _spans(names: list[str], row: Row, used: frozenset[str]) -> Iterator[Span]:
    for name, cell in zip(names, row.cells or (), strict=False):
        yield Span(cell.start, cell.end, class_of(name, used, UNUSED))

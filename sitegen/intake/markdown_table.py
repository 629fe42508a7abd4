"""Tables of Markdown whose rows are papers."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import NamedTuple

from sitegen.intake import markdown_head
from sitegen.intake import markdown_inline as inline
from sitegen.intake.field_names import LINKS, are_of_a_paper, fields_of
from sitegen.intake.fields import found_of
from sitegen.intake.gathering import Found
from sitegen.intake.markdown_blocks import Line
from sitegen.intake.paper_pages import leads_to_paper
from sitegen.intake.reading import PAPER, Span

UNUSED = "unused columns"
MOST_LINES = 30
"""Lines that one row with broken cells may take."""
MOST_CELLS = 1_000
"""Of one row; what stands behind them is part of the last."""
_PIPE = re.compile(r"\\.|(\|)")


class Cell(NamedTuple):
    """`text[start:end]` of the file, and the text that stands there."""

    text: str
    start: int
    end: int


class Row(NamedTuple):
    """A row of the table, which is `text[start:end]` of the file."""

    start: int
    end: int
    cells: list[Cell]


class Table(NamedTuple):
    """title: the index of the column that holds titles, or -1."""

    names: list[str]
    rows: list[Row]
    title: int


def table_of(lines: list[Line], columns: Mapping[str, str]) -> Table:
    """The table; a cell may go on over several lines, as scripts write titles with line ends in them."""
    names = [inline.unwrapped(cell.text) for cell in _cells(lines[0].text, lines[0].start)]
    rows = [_row(group, len(names), _widest(names, columns)) for group in _groups(lines[2:], len(names))]
    return Table(names, rows, _title_column(names, rows, columns))


def _groups(lines: list[Line], size: int) -> Iterator[list[Line]]:
    """The lines of each row."""
    group: list[Line] = []
    count = 0
    for line in lines:
        starts = line.text.lstrip().startswith("|")
        whole = group and count >= size and (group[-1].text.rstrip().endswith("|") or not group[0].text.startswith("|"))
        if group and (starts or whole or len(group) >= MOST_LINES):
            yield group
            group, count = [], 0
        group.append(line)
        count += line.text.count("|")
    if group:
        yield group


def _row(lines: list[Line], size: int, widest: int) -> Row:
    start, end = lines[0].start, lines[-1].end
    text = lines[0].text + "".join(" " * (line.start - before.end) + line.text for before, line in pairwise(lines))
    cells = _cells(text, start)
    if len(cells) > size > widest:  # a pipe inside of a text
        last = widest + len(cells) - size
        whole = Cell(text[cells[widest].start - start : cells[last].end - start], cells[widest].start, cells[last].end)
        cells[widest : last + 1] = [whole]
    return Row(start, end, cells)


def _cells(text: str, offset: int) -> list[Cell]:
    inner = text.rstrip()
    pipes = list(islice((found.start() for found in _PIPE.finditer(inner) if found[1]), MOST_CELLS))
    begin = len(text) - len(text.lstrip())
    starts = [at + 1 for at in pipes] if pipes[:1] == [begin] else [begin, *(at + 1 for at in pipes)]
    ends = [*pipes[len(pipes) - len(starts) + 1 :], len(inner)]
    places = [(start, end) for start, end in zip(starts, ends, strict=True) if not (start == end == len(inner))]
    return [Cell(text[start:end].strip(), offset + start, offset + end) for start, end in places]


def _widest(names: list[str], columns: Mapping[str, str]) -> int:
    """The column whose text is longest: the abstract's, else the title's, else the first."""
    index = {field: names.index(name) for name, field in reversed(fields_of(names, columns).items())}
    return index.get("abstract", index.get("title", 0))


def _title_column(names: list[str], rows: list[Row], columns: Mapping[str, str]) -> int:
    fields = fields_of(names, columns)
    named = next((names.index(name) for name, field in fields.items() if field == "title"), -1)
    if named >= 0 and are_of_a_paper(names, columns):
        return named
    leading = [[any(map(leads_to_paper, _urls(cell))) for cell in row.cells] for row in rows[:20]]
    if named >= 0:
        return named if any(map(any, leading)) else -1
    by_content = (
        index
        for row, leads in zip(rows, leading, strict=False)
        for index, cell in enumerate(row.cells)
        if leads[index] and markdown_head.head_of(cell.text).title
    )
    return next(by_content, -1)


def _urls(cell: Cell) -> list[str]:
    return [url for _, url in inline.pairs(cell.text)]


def paper_of(table: Table, row: Row, columns: Mapping[str, str]) -> tuple[Found, list[Span]]:
    """(the paper of a row, what its cells are)."""
    fields = fields_of(table.names, columns)
    values: dict[str, str] = {}
    links: list[tuple[str, str]] = []
    kept: set[str] = set()
    for index, (name, cell) in enumerate(zip(table.names, row.cells, strict=False)):
        field = fields.get(name, "")
        if index == table.title:
            head = markdown_head.head_of(cell.text)
            values["title"] = head.title
            links += head.links
            kept.add(name)
        elif field in LINKS:
            links += [(inline.kind_for(field, url), url) for url in _urls(cell)]
            kept.add(name)
        elif field and field != "title":
            values[name] = inline.unwrapped(cell.text)
    found, used = found_of(values, columns, links)
    spans = [
        Span(cell.start, cell.end, PAPER if index < len(table.names) and table.names[index] in used | kept else UNUSED)
        for index, cell in enumerate(row.cells)
    ]
    return found, spans

"""Markdown digests: tables, headings with labelled fields, lists of links.

There is no one format: what has a paper's address (arXiv, DOI, ACL Anthology, OpenReview) or an abstract is a paper,
and all other text is a heading, prose or navigation.
"""

import re

from sitegen.intake import dates
from sitegen.intake.fields import HEADER, is_header
from sitegen.intake.gathering import Gathering, named_after
from sitegen.intake.markdown_blocks import Block, blocks
from sitegen.intake.markdown_entry import entry_of
from sitegen.intake.markdown_table import paper_of, table_of
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import FoundDate, Reading

MARKUP = "Markdown markup"
HEADINGS = "headings"
NAVIGATION = "lists without papers"
OTHER_TABLES = "tables without papers"
PROSE = "prose"
_HEAD = 100_000
_OTHER_FORMAT = re.compile(r"\s*(?:[{%@]|\[\s*[\[{\"]|<(?:\?xml|!doctype|html|rss|feed)\b)", re.IGNORECASE)


def recognises(raw: RawDigest) -> bool:
    """Whether there is a paper near the top, in a table, below a heading or in a list."""
    head = raw.text[:_HEAD]
    return not _OTHER_FORMAT.match(head) and any(_is_of_papers(block, raw) for block in blocks(head))


def _is_of_papers(block: Block, raw: RawDigest) -> bool:
    if block.kind == "table":
        table = table_of(block.lines, raw.columns)
        return table.title >= 0 and bool(table.rows)
    return block.kind == "entry" and entry_of(block.lines, raw.columns) is not None


def read(raw: RawDigest) -> Reading:
    """One record a paper; all other text is named."""
    gathering = Gathering(raw)
    days: dict[str, int] = {}
    for block in blocks(raw.text):
        first = block.lines[0]
        if block.kind == "table":
            _add_table(gathering, block)
            continue
        entry = entry_of(block.lines, raw.columns) if block.kind == "entry" else None
        if entry:
            gathering.paper(first.start, block.lines[-1].end, entry.found, entry.spans)
            continue
        if first.kind == "heading" and len(day := dates.day_in(first.content)) == 10:
            days.setdefault(day, raw.line(first.start))
        _ignore(gathering, block)
    # Several days in one file are a history, not a digest of one of them.
    date = next((FoundDate(day, day, line) for day, line in days.items() if len(days) == 1), None)
    return gathering.reading(*named_after(raw), gap=MARKUP, date=date, dated_records=date is None)


def _add_table(gathering: Gathering, block: Block) -> None:
    raw, first = gathering.raw, block.lines[0]
    table = table_of(block.lines, raw.columns)
    if table.title < 0:
        gathering.ignore(first.start, block.lines[-1].end, OTHER_TABLES)
        return
    gathering.ignore(first.start, block.lines[1].end, HEADER)
    for row in table.rows:
        found, spans = paper_of(table, row, raw.columns)
        if is_header(found) or not any(cell.text.strip("-: ") for cell in row.cells):
            gathering.ignore(row.start, row.end, HEADER)
        else:
            gathering.paper(row.start, row.end, found, spans)


def _ignore(gathering: Gathering, block: Block) -> None:
    head = {"heading": HEADINGS, "item": NAVIGATION}.get(block.lines[0].kind, PROSE)
    below = NAVIGATION if head == NAVIGATION else PROSE
    for number, line in enumerate(block.lines):
        if line.text.strip():
            gathering.ignore(line.start, line.end, below if number else head)

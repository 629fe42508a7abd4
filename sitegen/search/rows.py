"""What the search page shows of a hit at once; the rest it takes from the paper's own page.

In files of a few papers. The files of CHUNK papers stand in a folder that is named for what they hold: a new digest
changes the newest chunk, and browsers and builds keep the others.
"""

import hashlib
import json
from collections.abc import Sequence

from sitegen.identity import paper_url
from sitegen.model import Entry
from sitegen.search.version import version

CHUNK = 1024
IN_FILE = 4


def row(entry: Entry) -> tuple[str, ...]:
    """(id, title, title as HTML or "" if it is the same, date, authors, notice, URL or "" if it is `papers/<id>/`).

    The notice is said as lists say it: "Retracted".
    """
    html, url = entry.title_html, paper_url(entry.id)
    return (
        entry.id,
        entry.title,
        "" if html == entry.title else html,
        entry.date,
        entry.authors,
        entry.notice.capitalize(),
        "" if url == f"papers/{entry.id}/" else url,
    )


def names(entries: Sequence[Entry]) -> list[str]:
    """The folder of each chunk: stands for all that its rows say."""
    return [_name([entry.face for entry in entries[start : start + CHUNK]]) for start in range(0, len(entries), CHUNK)]


def _name(faces: Sequence[bytes]) -> str:
    return hashlib.blake2b(b"".join([version(), *faces]), digest_size=6).hexdigest()


def file(entries: Sequence[Entry]) -> bytes:
    """The rows of these papers as JSON."""
    return json.dumps([*map(row, entries)], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

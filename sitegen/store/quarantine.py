"""content/quarantine/: what could not be added, one item a line, a file for each digest."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

FOLDER = "quarantine"


def waiting(content: Path) -> int:
    """How many items wait there for somebody to mend them."""
    files = sorted((content / FOLDER).glob("*.jsonl"))
    return sum(bool(line.strip()) for file in files for line in file.read_bytes().splitlines())


def with_items(old: bytes, by_input: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """A file with the items of some inputs (SHA-256 -> items) in place of those that it has of them, by file and line.

    All other lines stay as they are; those that somebody made something else of come first.

    >>> with_items(b'mine\\n{"raw": "7d", "file": "a", "line": 2}\\n', {"7d": [{"raw": "7d", "file": "a", "line": 1}]})
    b'mine\\n{"raw": "7d", "file": "a", "line": 1}\\n'
    """
    # (Of bytes, only LF and CR end a line: U+2028 may stand in one.)
    lines = [(_item(line), line) for line in old.splitlines()]
    lines = [(item, line) for item, line in lines if item.get("raw") not in by_input]
    lines += [(item, _line(item)) for items in by_input.values() for item in items]
    lines.sort(key=lambda each: _place(each[0]))
    return b"".join(line + b"\n" for _, line in lines)


def _line(item: Mapping[str, Any]) -> bytes:
    return json.dumps(item, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _item(line: bytes) -> Mapping[str, Any]:
    """The item that a line is; {} for a line that is none, as of a merge."""
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return item if isinstance(item, dict) and isinstance(item.get("raw"), str) else {}


def _place(item: Mapping[str, Any]) -> tuple[str, int]:
    file, line = item.get("file"), item.get("line")
    return file if isinstance(file, str) else "", line if isinstance(line, int) else 0

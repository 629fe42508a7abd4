"""Pages of content/ read, or remembered: a page is read again only if its bytes are others than last time."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple
from functools import partial
from typing import Any, NamedTuple, Protocol

from sitegen.catalogue.scan import is_settled
from sitegen.files import read_bytes
from sitegen.problems import Problem, problem
from sitegen.work import Progress, silent, spread

Made = tuple[Any, ...] | None
Row = tuple[bytes, bytes, Made, tuple[tuple[Any, ...], ...]]
"""A page as it is remembered: its status, what stands for its bytes, what it gave (None: it is broken), problems."""


class Reader(Protocol):
    """Reads some pages, one after another, in one process."""

    def page(self, text: str, path: str, page_stamp: bytes) -> tuple[Made, Sequence[Problem]]:
        """What a page gives, in plain values, and its problems; page_stamp: what stands for its bytes."""

    def rest(self) -> Any:
        """What else was made of all these pages, which is not remembered."""


class Pages(NamedTuple):
    """rows: all pages by path; changed: whether any is not as it was remembered; rests: what else was made of the pages
    that were read, by part."""

    rows: dict[str, Row]
    changed: bool
    rests: list[Any]


def read_all(
    root: str,
    pages: Mapping[str, bytes],
    start: Callable[[], Reader],
    *,
    known: Mapping[str, Row],
    looked: int,
    progress: Progress = silent,
) -> Pages:
    """All pages, in the order of `pages` (path -> status).

    start: begins a reader for a part of them. known: what was remembered at `looked` (ns). Pages are read by several
    processes where there are many.
    """
    todo = [path for path, status in pages.items() if not _is_known(known.get(path), status, looked)]
    fresh: dict[str, Row] = {}
    rests: list[Any] = []
    for part, rest in spread(partial(_read_part, root, start, known), todo):
        fresh |= {path: (pages[path], *row) for path, row in part}
        rests.append(rest)
        progress(len(fresh), len(todo))
    rows = {path: fresh.get(path) or known[path] for path in pages if path in fresh or path in known}
    gone = set(todo) - fresh.keys()
    for path in gone & rows.keys():
        del rows[path]
    return Pages(rows, bool(todo) or len(rows) != len(known), rests)


_Read = tuple[bytes, Made, tuple[tuple[Any, ...], ...]]


def bytes_stamp(data: bytes) -> bytes:
    """What stands for the bytes of a page."""
    return hashlib.blake2b(data, digest_size=16).digest()


def _is_known(row: Row | None, status: bytes, looked: int) -> bool:
    return row is not None and row[0] == status and is_settled(status, looked)


def _read_part(
    root: str, start: Callable[[], Reader], known: Mapping[str, Row], paths: Sequence[str]
) -> tuple[list[tuple[str, _Read]], Any]:
    reader = start()
    found = [(path, row) for path in paths if (row := _read(root, path, reader, known.get(path))) is not None]
    return found, reader.rest()


def _read(root: str, path: str, reader: Reader, known: Row | None) -> _Read | None:
    """All of a Row but the status; None if the page went away meanwhile."""
    try:
        data = read_bytes(f"{root}/{path}")
    except FileNotFoundError:
        return None
    content = bytes_stamp(data)
    if known is not None and known[1] == content:
        return known[1:]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = problem("page-not-utf8", file=path, line=line, byte=f"0x{data[error.start]:02x}")
        return content, None, (astuple(fault),)
    made, problems = reader.page(text, path, content)
    return content, made, tuple(map(astuple, problems))

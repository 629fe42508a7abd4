"""What an import changes, written down before it does: each file's bytes before, and the hash of those after.

It stands in `.cache/`, as lines of JSON, compressed. While the import is written its name says "unfinished": an import
that was interrupted is told from one that is done, and what goes on with it is taken back together with it. That an
import changed nothing stands beside it, so that nobody takes back the one before it unawares.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedWriter, BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from sitegen import files
from sitegen.cache import FOLDER
from sitegen.problems import ProblemsFound, problem

DONE = "undo.jsonl.gz"
UNFINISHED = "undo-unfinished.jsonl.gz"
UNCHANGED = "undo-unchanged"
_FAST = 1
_PIECE = 1 << 16  # bytes that are packed at once: a call for each line takes as long as all else


class Step(NamedTuple):
    """One file: path relative to content/, its bytes before (None: it was not there), SHA-256 after (None: gone)."""

    path: str
    before: bytes | None
    after: str | None

    def is_done(self, content: Path) -> bool | None:
        """Whether the file is as after the import (True) or as before (False); None if somebody changed it since."""
        now = bytes_of(f"{content}/{self.path}")
        if now == self.before:
            return False
        return True if _hash(now) == self.after else None


@dataclass(frozen=True, slots=True)
class Journal:
    """digests: ids of those that were imported."""

    digests: tuple[str, ...]
    steps: tuple[Step, ...]


def bytes_of(file: str) -> bytes | None:
    """The file's bytes, or None where there is no file."""
    try:
        return files.read_bytes(file)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _hash(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def step(content: Path, path: str, data: bytes | None) -> Step:
    """What is going to happen to a file. path: relative to content/; data: its bytes after (None: it goes)."""
    return Step(path, bytes_of(f"{content}/{path}"), _hash(data))


def begin(content: Path, digests: Iterable[str], steps: Iterable[Step]) -> None:
    """Write down what an import is going to change."""
    interrupted = None
    with suppress(ProblemsFound):  # a damaged journal says nothing of that import
        interrupted = _read(_folder(content) / UNFINISHED)
    journal = Journal(tuple(digests), tuple(steps))
    _forget_unchanged(content)
    if interrupted:
        journal = _joined(interrupted, journal, content)
    files.replace_all(_folder(content), [(UNFINISHED, _written(journal))])


def _joined(first: Journal, second: Journal, content: Path) -> Journal:
    """An import that was interrupted and what goes on with it. A file that a human changed between them is as then."""
    steps = {step.path: step for step in second.steps}
    for step in first.steps:
        if step.is_done(content) is not None:
            after = steps[step.path].after if step.path in steps else step.after
            steps[step.path] = Step(step.path, step.before, after)
    return Journal(tuple(dict.fromkeys((*first.digests, *second.digests))), tuple(steps.values()))


def finish(content: Path) -> None:
    """Say that everything was written; what was known of the import before it is forgotten."""
    (_folder(content) / UNFINISHED).replace(_folder(content) / DONE)


def pass_over(content: Path) -> None:
    """Write down that an import changed nothing."""
    files.replace(_folder(content) / UNCHANGED, b"")


def was_passed_over(content: Path) -> bool:
    """Whether the last import changed nothing; it is said once, and forgotten then."""
    passed = (_folder(content) / UNCHANGED).exists()
    _forget_unchanged(content)
    return passed


def _forget_unchanged(content: Path) -> None:
    (_folder(content) / UNCHANGED).unlink(missing_ok=True)


def last(content: Path) -> Journal | None:
    """The last import that changed anything, or None where there is none to take back.

    Raises ProblemsFound when what was written down of it is damaged.
    """
    unfinished = _read(_folder(content) / UNFINISHED)
    if unfinished and any(step.is_done(content) is not False for step in unfinished.steps):
        return unfinished
    return _read(_folder(content) / DONE)


def forget(content: Path) -> None:
    """There is nothing to take back any more."""
    for name in (UNFINISHED, DONE):
        (_folder(content) / name).unlink(missing_ok=True)


def _folder(content: Path) -> Path:
    return content.parent / FOLDER / "add"


def _written(journal: Journal) -> bytes:
    """Line by line: of 100,000 files they are 20 MB."""
    packed = BytesIO()
    packer = gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=_FAST, mtime=0)
    with BufferedWriter(packer, _PIECE) as file:
        file.write(_line(digests=journal.digests))
        for path, before, after in journal.steps:
            file.write(_line(path=path, before=_as_text(before), after=after))
    return packed.getvalue()


def _line(**members: Any) -> bytes:
    return json.dumps(members).encode() + b"\n"


def _as_text(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "surrogateescape")


def _read(file: Path) -> Journal | None:
    data = bytes_of(str(file))
    if data is None:
        return None
    try:
        head, *lines = map(json.loads, gzip.decompress(data).splitlines())
        return Journal(tuple(head["digests"]), tuple(map(_step, lines)))
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError):
        name = file.relative_to(file.parents[2]).as_posix()
        raise ProblemsFound([problem("undo-broken", file=name)]) from None


def _step(line: Mapping[str, Any]) -> Step:
    path = PurePosixPath(line["path"])
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(path)
    before = line["before"]
    return Step(str(path), None if before is None else before.encode("utf-8", "surrogateescape"), line["after"])

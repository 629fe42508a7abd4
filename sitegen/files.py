"""Writing to disk so that a crash leaves the old file or the new one, and one writer at a time."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

if os.name == "posix":
    import fcntl

TEMPORARY = ".sitegen-tmp"


class Busy(Exception):
    """Another process holds the lock."""


@contextmanager
def exclusive(lock: Path) -> Iterator[None]:
    """Hold the lock file; the system releases it when the process ends, however it ends.

    Raises Busy at once when another process holds it.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as handle:
        _acquire(handle.fileno())
        yield


def _acquire(descriptor: int) -> None:
    if os.name == "posix":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy from None


def replace_all(changes: Mapping[Path, bytes | None]) -> None:
    """Write (or, for None, remove) each file: all temporary files first, then one sync, then the renames, in order.

    Raises OSError with the path's name; what was not renamed yet is as it was, and the temporary files are removed.
    """
    prepared: list[tuple[Path, Path]] = []
    try:
        for path, data in changes.items():
            if data is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary = path.with_name(f".{path.name}{TEMPORARY}")
                prepared.append((temporary, path))
                temporary.write_bytes(data)
        _sync()
        for temporary, path in prepared:
            temporary.replace(path)
    except BaseException:
        for temporary, _ in prepared:
            temporary.unlink(missing_ok=True)
        raise
    for path, data in changes.items():
        if data is None:
            path.unlink(missing_ok=True)
    _sync()


def _sync() -> None:
    if hasattr(os, "sync"):
        os.sync()

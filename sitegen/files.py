"""Writing to disk so that a crash leaves the old file or the new one, and one writer at a time."""

import ctypes
import os
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import NoReturn, Protocol, TypeVar

if os.name == "posix":
    import fcntl

T = TypeVar("T")

TEMPORARY = ".sitegen-tmp"
# So many bytes are written, and so many files renamed, at once by one process.
_BATCH = 500_000
_MOST = 2_000


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
        try:
            yield
        finally:
            _release(handle.fileno())


def _acquire(descriptor: int) -> None:
    if os.name == "posix":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy from None


def _release(descriptor: int) -> None:
    """Also for processes that were started meanwhile and have the file open, too."""
    if os.name == "posix":
        fcntl.flock(descriptor, fcntl.LOCK_UN)


Change = tuple[str, bytes | None]
"""A file, by its path relative to a folder ("papers/2025/a.md"), and its new bytes; None: it goes."""


Batch = Sequence[tuple[str, bytes]]
"""Temporary files, by their places, and their bytes."""


class Spread(Protocol):
    """As `map`: it does what `function` does to every item, in order as far as it is asked for."""

    def __call__(self, function: Callable[[T], None], items: Iterable[T], /) -> Iterable[None]: ...


def replace_all(
    folder: Path,
    changes: Iterable[Change],
    ready: Callable[[], None] = lambda: None,
    spread: Spread = map,
) -> None:
    """Write (or, for None, remove) files below `folder`: all temporary files, one sync, then the renames in order.

    The changes may be made one by one: few are kept in memory. ready: called once all is written and nothing has
    changed yet, unless there are no changes. spread: as `map`, by which several may work; then those that follow one
    another in "papers/" or another part of `folder` are renamed in any order. Raises OSError with the path's name; what
    was not renamed yet is as it was, and the temporary files are removed.
    """
    prepared: list[str] = []
    gone: list[str] = []
    root = folder.as_posix()
    try:
        for _ in spread(_write_all, _batches(folder, changes, prepared, gone)):
            pass
        if not (prepared or gone):
            return
        sync_file_system(folder)
        ready()
        for _, paths in groupby(prepared, lambda path: path.partition("/")[0]):
            places = [f"{root}/{path}" for path in paths]
            for _ in spread(_rename_all, [places[at : at + _MOST] for at in range(0, len(places), _MOST)]):
                pass
    except BaseException:
        for path in prepared:
            Path(_temporary(f"{root}/{path}")).unlink(missing_ok=True)
        raise
    for path in gone:
        Path(f"{root}/{path}").unlink(missing_ok=True)
    sync_file_system(folder)


def _batches(folder: Path, changes: Iterable[Change], prepared: list[str], gone: list[str]) -> Iterator[Batch]:
    """The files to write, and their folders made; the paths go to `prepared`, those of files to remove to `gone`."""
    root = folder.as_posix()
    folders: set[str] = set()
    batch: list[tuple[str, bytes]] = []
    size = 0
    for path, data in changes:
        if not (prepared or gone):
            _prepare(folder)
        if data is None:
            gone.append(path)
            continue
        place = f"{root}/{path}"
        if (parent := place.rpartition("/")[0]) not in folders:
            Path(parent).mkdir(parents=True, exist_ok=True)
            folders.add(parent)
        prepared.append(path)
        batch.append((_temporary(place), data))
        size += len(data)
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _write_all(batch: Batch) -> None:
    for place, data in batch:
        _write(place, data)


def _rename_all(places: Sequence[str]) -> None:
    for place in places:
        os.replace(_temporary(place), place)  # noqa: PTH105


def _temporary(place: str) -> str:
    name = place.rfind("/") + 1
    return f"{place[:name]}.{place[name:]}{TEMPORARY}"


def _prepare(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.rglob(f".*{TEMPORARY}"):
        leftover.unlink()  # of a run that was killed


def replace(path: Path, data: bytes) -> None:
    """Write one file: after a crash it is the old one or the new one. Raises OSError with the path's name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(_temporary(path.as_posix()))
    _write(str(temporary), data)
    descriptor = os.open(temporary, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    temporary.replace(path)


def _write(place: str, data: bytes) -> None:
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
        try:
            written = os.write(descriptor, data)
            while written < len(data):
                written += os.write(descriptor, data[written:])
        finally:
            os.close(descriptor)
    except OSError as error:
        error.filename = error.filename or place  # a disk that is full does not say where
        raise


def sync_file_system(folder: Path) -> None:
    """Bring everything written below `folder` to the disk: one call costs far less than one for each file."""
    if sys.platform == "win32":
        return  # it has no call for all of them: a crash of the system may lose what was written last
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs"):
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if libc.syncfs(descriptor) != 0:
            raise_errno(folder)
    finally:
        os.close(descriptor)


_STATUS = struct.Struct("<qqqQI")


def status(facts: os.stat_result) -> bytes:
    """What changes whenever a file is written: size, times of last change of content and of inode, inode, mode."""
    return _STATUS.pack(facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino, facts.st_mode)


def changed_at(status: bytes) -> int:
    """When the file with this status was last changed, in ns."""
    return int(_STATUS.unpack(status)[2])


def read_bytes(path: str) -> bytes:
    """All of a file: `Path.read_bytes` in a third of the time."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        size = os.fstat(descriptor).st_size
        data = os.read(descriptor, size)
        while len(data) < size and (more := os.read(descriptor, size - len(data))):
            data += more
        return data
    finally:
        os.close(descriptor)


def raise_errno(path: Path) -> NoReturn:
    """Raise the OSError that the last call through ctypes left."""
    number = ctypes.get_errno()
    raise OSError(number, os.strerror(number), str(path))

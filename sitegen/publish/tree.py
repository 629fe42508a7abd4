"""A folder that holds a site, and what is remembered of it.

What is remembered is believed of a file as long as its status (size, times, inode) is the same, and otherwise if its
bytes are; so a file that anything else wrote is seen, and so is one too many.
"""

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sitegen.files import read_bytes, status
from sitegen.outputs import folders_of
from sitegen.work import spread

FILE_MODE = 0o644
FOLDER_MODE = 0o755
TEMPORARY = ".sitegen-temporary-"

Row = tuple[bytes, bytes, int, bytes]
"""A file as it is remembered: its key, the hash of its bytes, their number, its status."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The files and folders of a site, by path, as they were when it was written. folders: path -> status.

    inode: the root folder's, by which the tree is known when it has changed its name.
    """

    inode: int = 0
    files: Mapping[str, Row] = field(default_factory=dict)
    folders: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a folder. files: those that are as they are known; others: paths of all others; folders: those
    in which nothing came or went."""

    files: dict[str, Row]
    others: list[str]
    folders: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Differences:
    """How a folder is not as it is known: nearly empty, as a rule. moved: folders in which something came or went;
    files: their rows as they are now, or None; strangers: files that are not known."""

    moved: set[str]
    files: dict[str, Row | None]
    strangers: list[str]


def look(root: Path, known: Tree) -> Found:
    """See what stands in `root`. Links are never followed; they and empty folders that are not known are removed."""
    return found(root, known, differences(root, known))


def differences(root: Path, known: Tree) -> Differences:
    """How `root` is not as it is known; see `look`."""
    at = str(root)
    moved = {path for part in spread(partial(_moved, at), [*known.folders.items()]) for path in part}
    odd = sorted(moved) if known.folders else [""]
    strangers = [path for folder in odd for path in _walk(at, folder, known)]
    files = {path: row for part in spread(partial(_differing, at), [*known.files.items()]) for path, row in part}
    return Differences(moved, files, strangers)


def found(root: Path, known: Tree, differing: Differences) -> Found:
    """What stands in `root`, by how it differs from what is known."""
    folders = {path: status for path, status in known.folders.items() if path not in differing.moved}
    files = {path: row for path, row in known.files.items() if path not in differing.files}
    files |= {path: row for path, row in differing.files.items() if row is not None}
    gone = (path for path, row in differing.files.items() if row is None)
    changed = [path for path in gone if os.path.isfile(f"{root}/{path}")]  # noqa: PTH113
    return Found(files, sorted({*differing.strangers, *changed}), folders)


def _differing(root: str, files: Sequence[tuple[str, Row]]) -> list[tuple[str, Row | None]]:
    """The files whose status is not as it is remembered: their row with the new one, or None if their bytes differ too
    or they are gone."""
    found: list[tuple[str, Row | None]] = []
    for path, row in files:
        try:
            facts = os.stat(f"{root}/{path}", follow_symlinks=False)  # noqa: PTH116 (100,000 Path objects take a second)
        except OSError:
            found.append((path, None))
            continue
        now = status(facts)
        if now != row[3]:
            same = _is_plain(facts) and hash_of(read_bytes(f"{root}/{path}")) == row[1]
            found.append((path, (*row[:3], now) if same else None))
    return found


def _is_plain(facts: os.stat_result) -> bool:
    return stat.S_ISREG(facts.st_mode) and (sys.platform == "win32" or stat.S_IMODE(facts.st_mode) == FILE_MODE)


def _moved(root: str, folders: Sequence[tuple[str, bytes]]) -> list[str]:
    """The folders in which something came or went."""
    return [path for path, known in folders if not known or _folder_status(f"{root}/{path}") != known]


def _folder_status(path: str) -> bytes:
    """What changes when something comes into a folder or leaves it; b"" if there is no such folder."""
    try:
        facts = os.stat(path, follow_symlinks=False)  # noqa: PTH116
    except OSError:
        return b""
    is_ours = stat.S_ISDIR(facts.st_mode) and (sys.platform == "win32" or stat.S_IMODE(facts.st_mode) == FOLDER_MODE)
    return status(facts) if is_ours else b""


def statuses(root: str, folders: Sequence[str]) -> dict[str, bytes]:
    """Path -> status of each folder. The root "" has none, so that it is always looked at: it changes its own times
    when it changes its name."""
    return {path: _folder_status(f"{root}/{path}") if path else b"" for path in folders}


def _walk(root: str, folder: str, known: Tree) -> list[str]:
    """Files in a folder, and in folders below it that are not known, which are not known themselves."""
    path = f"{root}/{folder}" if folder else root
    if not os.path.isdir(path) or os.path.islink(path):  # noqa: PTH112, PTH114
        return []
    _set_mode(path)
    with os.scandir(path) as entries:
        inside = sorted(entries, key=lambda entry: entry.name)
    found: list[str] = []
    for entry in inside:
        below = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_dir(follow_symlinks=False):
            found += _walk_into(root, below, known) if below not in known.folders else []
        elif entry.is_file(follow_symlinks=False) and not entry.name.startswith(TEMPORARY):
            found += [below] if below not in known.files else []
        else:
            Path(entry.path).unlink()
    return found


def _walk_into(root: str, folder: str, known: Tree) -> list[str]:
    found = _walk(root, folder, known)
    if not found:
        Path(root, folder).rmdir()
    return found


def _set_mode(folder: str) -> None:
    """Without a change where it is right: that would be seen as one the next time."""
    if sys.platform != "win32" and stat.S_IMODE(os.stat(folder).st_mode) != FOLDER_MODE:  # noqa: PTH116
        os.chmod(folder, FOLDER_MODE)  # noqa: PTH101


def remove(root: Path, paths: Sequence[str], keep: Iterable[str]) -> None:
    """Remove these files, and every folder above them that holds none of the paths to `keep`."""
    for path in paths:
        (root / path).unlink(missing_ok=True)
    for folder in sorted(folders_of(paths) - folders_of(keep), reverse=True):
        (root / folder).rmdir()


def write(root: str, path: str, data: bytes) -> None:
    """Put a file in its place; one that stands there is replaced, for it may have another name elsewhere."""
    target = f"{root}/{path}"
    folder = target.rpartition("/")[0]
    temporary = f"{folder}/{TEMPORARY}{os.getpid()}"
    try:
        try:
            _create(target, data)
        except FileNotFoundError:
            make_folder(folder)
            _create(target, data)
        except FileExistsError:
            _create(temporary, data)
            os.replace(temporary, target)  # noqa: PTH105
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        error.filename, error.filename2 = target, None
        raise


def make_folder(path: str) -> None:
    """The folder, and those above it; `os.makedirs` asks for each of them first."""
    try:
        os.mkdir(path, FOLDER_MODE)  # noqa: PTH102
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103


def _create(path: str, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, FILE_MODE)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if sys.platform == "win32":
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hash_of(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()

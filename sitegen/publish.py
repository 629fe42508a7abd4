"""From outputs to a published folder, in one step.

Beside the site `site/` stands its spare `.site.spare/`, which holds the site as it was one build before. A build brings
the spare up to date and then exchanges the two, so that `site/` is at every instant the old site or the new one, and a
daily build writes only the files of the last two generations. Nothing about the spare is remembered: it is compared by
content, so a killed build leaves nothing that the next one would not mend.
"""

import ctypes
import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sitegen.files import Busy, exclusive, raise_errno, sync_file_system
from sitegen.outputs import Output, collisions, folders_of
from sitegen.problems import ProblemsFound, problem

FILE_MODE = 0o644
FOLDER_MODE = 0o755

# Stands in a spare while it is being written, so that the next build knows the folder as ours.
_MARKER = ".sitegen-spare"
_TEMPORARY = ".sitegen-temporary"
# What every site of ours and of MkDocs holds …
_SIGNS_OF_A_SITE = {"index.html", "sitemap.xml"}
# … and what shows that a folder is more than a site.
_SIGNS_OF_MORE = {".git", "mkdocs.yml"}
_FILE_SYSTEM_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did to the site: `files` = `new` + `changed` + `reused`, and `bytes` in all of them."""

    files: int
    bytes: int
    new: int
    changed: int
    reused: int
    removed: int


def publish(outputs: Iterable[Output], site: Path) -> Published:
    """Make `site` hold exactly `outputs`, in one step; they are written as they come, so none has to be kept.

    Raises ProblemsFound, with `site` as it was, if another build is writing it, if it is a folder that no build made,
    if two outputs cannot stand side by side, or if the system refuses to write.
    """
    site = Path(os.path.abspath(site))  # noqa: PTH100 (`resolve` would follow a link that must be seen)
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        with exclusive(site.with_name(f".{site.name}.lock")):
            return _publish(outputs, site)
    except Busy:
        raise ProblemsFound([problem("site-busy", file=str(site))]) from None
    except OSError as error:
        place = str(error.filename or site.parent)
        reason = error.strerror or str(error)
        raise ProblemsFound([problem("site-not-written", file=str(site), path=place, error=reason)]) from error


def _publish(outputs: Iterable[Output], site: Path) -> Published:
    spare = site.with_name(f".{site.name}.spare")
    aside = site.with_name(f".{site.name}.old")
    _recover(site, spare, aside)
    for folder in (site, spare):
        _check_ours(folder)
    _claim(spare)
    done = _update(outputs, spare, site)
    (spare / _MARKER).unlink()
    sync_file_system(spare)
    if not site.exists():
        spare.rename(site)
    else:
        _exchange(site, spare, aside)
    _sync_folder(site.parent)
    return done


def _check_ours(folder: Path) -> None:
    """Refuse a folder that may hold anything but a site: what is replaced here is gone two builds later."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ProblemsFound([problem("site-not-folder", file=str(folder))])
    if not folder.exists():
        return
    names = {entry.name for entry in folder.iterdir()}
    ours = not names or _MARKER in names or names >= _SIGNS_OF_A_SITE
    if not ours or names & _SIGNS_OF_MORE:
        raise ProblemsFound([problem("site-not-ours", file=str(folder))])


def _claim(spare: Path) -> None:
    spare.mkdir(exist_ok=True)
    spare.chmod(FOLDER_MODE)
    (spare / _MARKER).touch()


class _Tree:
    """A folder that is being brought up to date, and what is known to stand in it."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.sizes: dict[str, int] = {}
        self.folders: set[str] = set()
        self._scan()

    def _scan(self) -> None:
        """Learn what stands there. Whatever is neither file nor folder goes, links above all: they may lead outside."""
        pending = [""]
        while pending:
            folder = pending.pop()
            with os.scandir(f"{self.root}/{folder}") as entries:
                for entry in entries:
                    path = f"{folder}/{entry.name}" if folder else entry.name
                    found = entry.stat(follow_symlinks=False)
                    if stat.S_ISDIR(found.st_mode):
                        self.folders.add(path)
                        pending.append(path)
                        _set_mode(entry.path, found.st_mode, FOLDER_MODE)
                    elif stat.S_ISREG(found.st_mode) and entry.name != _TEMPORARY:
                        self.sizes[path] = found.st_size
                        _set_mode(entry.path, found.st_mode, FILE_MODE)
                    else:
                        Path(entry.path).unlink()

    def holds(self, output: Output) -> bool:
        """Whether the file is there, byte for byte."""
        return self.sizes.get(output.path) == len(output.data) and _read(f"{self.root}/{output.path}") == output.data

    def write(self, output: Output) -> None:
        """Put the file in its place, in one step."""
        folder = output.path.rpartition("/")[0]
        self._make_folder(folder)
        if output.path in self.folders:
            self._remove_folder(output.path)
        temporary = f"{self.root}/{folder}/{_TEMPORARY}"
        target = f"{self.root}/{output.path}"
        try:
            _write(temporary, output.data)
            os.replace(temporary, target)  # noqa: PTH105 (100,000 Path objects take a second)
        except OSError as error:
            Path(temporary).unlink(missing_ok=True)
            error.filename = target
            raise
        self.sizes[output.path] = len(output.data)

    def _make_folder(self, folder: str) -> None:
        if not folder or folder in self.folders:
            return
        self._make_folder(folder.rpartition("/")[0])
        path = Path(self.root, folder)
        if self.sizes.pop(folder, None) is not None:
            path.unlink()
        path.mkdir()
        path.chmod(FOLDER_MODE)
        self.folders.add(folder)

    def _remove_folder(self, folder: str) -> None:
        shutil.rmtree(Path(self.root, folder))
        self.folders = {name for name in self.folders if not f"{name}/".startswith(f"{folder}/")}
        self.sizes = {name: size for name, size in self.sizes.items() if not name.startswith(f"{folder}/")}

    def keep_only(self, wanted: set[str]) -> None:
        """Remove every other file, then the folders that are empty."""
        for path in self.sizes.keys() - wanted - {_MARKER}:
            Path(self.root, path).unlink()
        for folder in sorted(self.folders - folders_of(wanted), reverse=True):
            Path(self.root, folder).rmdir()


def _update(outputs: Iterable[Output], spare: Path, site: Path) -> Published:
    """Make the spare hold exactly the outputs, and count what that changes for those who read `site`."""
    tree = _Tree(spare)
    live = _files_of(site) if site.exists() else set()
    paths: list[str] = []
    size = new = changed = 0
    for output in outputs:
        paths.append(output.path)
        size += len(output.data)
        held = tree.holds(output)
        if not held:
            tree.write(output)
        if output.path not in live:
            new += 1
        elif not held and _read(f"{site}/{output.path}") != output.data:
            changed += 1
    clashes = collisions(paths)
    if clashes:
        raise ProblemsFound([problem("outputs-collide", file=same[0], other=same[-1]) for same in clashes])
    wanted = set(paths)
    tree.keep_only(wanted)
    return Published(len(paths), size, new, changed, len(paths) - new - changed, len(live - wanted))


def _files_of(root: Path) -> set[str]:
    """Paths of the regular files, as outputs have them."""
    found: set[str] = set()
    pending = [""]
    while pending:
        folder = pending.pop()
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_dir(follow_symlinks=False):
                    pending.append(path)
                elif entry.is_file(follow_symlinks=False):
                    found.add(path)
    return found


def _read(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        size = os.fstat(descriptor).st_size
        data = os.read(descriptor, size)
        while len(data) < size and (more := os.read(descriptor, size - len(data))):
            data += more
        return data
    finally:
        os.close(descriptor)


def _write(path: str, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, FILE_MODE), "wb") as file:
        file.write(data)
        if sys.platform == "win32":
            file.flush()
            os.fsync(file.fileno())
        else:
            os.fchmod(file.fileno(), FILE_MODE)


def _set_mode(path: str, found: int, wanted: int) -> None:
    if sys.platform != "win32" and stat.S_IMODE(found) != wanted:
        Path(path).chmod(wanted)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exchange(site: Path, spare: Path, aside: Path) -> None:
    try:
        rename_exchange(site, spare)
    except OSError as error:
        if error.errno not in _FILE_SYSTEM_CANNOT:
            raise
        site.rename(aside)
        spare.rename(site)
        aside.rename(spare)


def rename_exchange(one: Path, other: Path) -> None:
    """Swap two folders in one step (https://man7.org/linux/man-pages/man2/renameat2.2.html, RENAME_EXCHANGE).

    Raises OSError with ENOSYS or EINVAL where the system or the file system cannot.
    """
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    if libc is None or not hasattr(libc, "renameat2"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one))
    at_cwd, exchange = -100, 2
    if libc.renameat2(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) != 0:
        raise_errno(one)


def _recover(site: Path, spare: Path, aside: Path) -> None:
    """Finish, or take back, an exchange by renames that was cut off: `aside` is the old site."""
    if not aside.is_dir():
        return
    if not site.exists():
        aside.rename(site)
    elif not spare.exists():
        aside.rename(spare)
    else:
        _check_ours(aside)
        shutil.rmtree(aside)

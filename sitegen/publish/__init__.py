"""From outputs to a published folder, in one step.

Beside the site `site/` stands its spare `.site.spare/`, which holds the site as it was one build before. A build brings
the spare up to date and then exchanges the two, so that `site/` is at every instant the old site or the new one, and a
daily build makes and writes only what changed in the last two generations. What stands in the two is remembered
(`tree`); a killed build leaves nothing that the next one would not mend.
"""

import os
import shutil
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sitegen.files import Busy, exclusive, read_bytes, status, sync_file_system
from sitegen.outputs import Output, collisions, folders_of, is_inside
from sitegen.problems import ProblemsFound, problem
from sitegen.publish import tree
from sitegen.publish.memory import Memory
from sitegen.publish.swap import exchange, recover
from sitegen.publish.tree import FOLDER_MODE, Differences, Found, Row, Tree
from sitegen.work import Progress, aside, silent, spread

# Stands in a spare while it is being written, so that the next build knows the folder as ours.
_MARKER = ".sitegen-spare"
# In so many steps what is written comes to the disk.
SYNCS = 4
# What every site of ours and of MkDocs holds …
_SIGNS_OF_A_SITE = {"index.html", "sitemap.xml"}
# … and what shows that a folder is more than a site.
_SIGNS_OF_MORE = {".git", "mkdocs.yml"}


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did to the site: `files` = `new` + `changed` + `reused`, and `bytes` in all of them; `made`: how
    many had to be made anew."""

    files: int
    bytes: int
    new: int
    changed: int
    reused: int
    removed: int
    made: int


@dataclass(frozen=True, slots=True)
class _Folders:
    """site: what is served; spare: the one before; twin: a first spare, while it is made; aside: see `exchange`."""

    site: Path
    spare: Path
    twin: Path
    aside: Path


def publish(outputs: Sequence[Output], site: Path, memory: Memory, progress: Progress = silent) -> Published:
    """Make `site` hold exactly `outputs`, in one step: see `Publication`."""
    with publication(site, memory) as opened:
        return opened.publish(outputs, progress)


@contextmanager
def publication(site: Path, memory: Memory) -> Iterator["Publication"]:
    """Keep all other builds from this site until the end.

    Raises ProblemsFound, with `site` as it was, if another build is writing it, or if no build made
    the folder.
    """
    site = Path(os.path.abspath(site))  # noqa: PTH100 (`resolve` would follow a link that must be seen)
    folders = _Folders(site, *(site.with_name(f".{site.name}.{name}") for name in ("spare", "twin", "old")))
    with ExitStack() as lock:
        with _refusals(site):
            site.parent.mkdir(parents=True, exist_ok=True)
            try:
                lock.enter_context(exclusive(site.with_name(f".{site.name}.lock")))
            except Busy:
                raise ProblemsFound([problem("site-busy", file=str(site))]) from None
            recover(folders.site, folders.spare, folders.aside)
            for folder in (folders.site, folders.spare, folders.twin):
                _check_ours(folder, memory.of(folder))
            _take_up(folders)
        known = memory.of(folders.spare)
        # It takes a while, and needs nothing else; it ends before another build may begin.
        with aside(partial(tree.differences, folders.spare, known)) as looked:
            yield Publication(folders, memory, known, looked)


@contextmanager
def _refusals(site: Path) -> Iterator[None]:
    """What the system refuses, as a message."""
    try:
        yield
    except OSError as error:
        place = str(error.filename or site.parent)
        reason = error.strerror or str(error)
        code = "site-not-written" if _holds_something(site) else "site-not-begun"
        raise ProblemsFound([problem(code, file=str(site), path=place, error=reason)]) from error


def _holds_something(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        return folder.is_dir()


class Publication:
    """A site that is about to be published. known: what is remembered of the spare; looked: how it differs from it."""

    def __init__(self, folders: _Folders, memory: Memory, known: Tree, looked: Callable[[], Differences]) -> None:
        self._folders = folders
        self._memory = memory
        self._known = known
        self._looked = looked

    def publish(self, outputs: Sequence[Output], progress: Progress = silent) -> Published:
        """Make the site hold exactly `outputs`, in one step; only those are made that differ from what is there.

        Raises ProblemsFound, with the site as it was, if two outputs cannot stand side by side, or if the system
        refuses to write.
        """
        with _refusals(self._folders.site), _umask():
            return self._publish(outputs, progress)

    def _publish(self, outputs: Sequence[Output], progress: Progress) -> Published:
        folders, memory = self._folders, self._memory
        found = tree.found(folders.spare, self._known, self._looked())
        wanted = _by_path(outputs)
        live = memory.of(folders.site)
        standing = tree.look(folders.site, live)
        if _is_up_to_date(wanted, standing):
            self._remember(live, standing, found)
            size = sum(row[2] for row in live.files.values())
            return Published(len(wanted), size, 0, 0, len(wanted), 0, 0)
        before = _hashes(folders.site, standing, wanted)
        with ExitStack() as failed:
            is_first = not before and not found.files
            if is_first:
                failed.push(partial(_tidy_up, folders))
            _claim(folders.spare)
            if is_first:
                _claim(folders.twin)
            kept, written = _update(wanted, folders, found, live, progress)
            (folders.spare / _MARKER).unlink()
            still = {path: found.folders[path] for path in found.folders.keys() - _touched(written, found, kept)}
            finished = _finished(folders.spare, kept, written, still)
            _put_in_place(folders, memory, finished)
        return _counted(finished, before, len(written))

    def _remember(self, live: Tree, standing: Found, found: Found) -> None:
        """Remember the site and its spare as they stand, if that is not as it was.

        Where the folders were copied or restored, every file has other times, and each build would read all of them.
        """
        if _is_as_known(standing, live) and _is_as_known(found, self._known):
            return
        site, spare = _as_found(self._folders.site, standing), _as_found(self._folders.spare, found)
        # The site last, for the newest is taken for that of a folder that nobody knows.
        if spare.inode:
            self._memory.keep(spare, beside=site.inode)
        self._memory.keep(site, beside=spare.inode or None)


def _tidy_up(folders: _Folders, error: type[BaseException] | None, *_error: object) -> None:
    """A first build that fails leaves nothing behind: it may be that for which the disk has no room."""
    if error is not None:
        shutil.rmtree(folders.spare, ignore_errors=True)
        shutil.rmtree(folders.twin, ignore_errors=True)


@contextmanager
def _umask() -> Iterator[None]:
    """What is published can be read by all, whatever the user's umask: GitHub Pages asks for that."""
    before = os.umask(0o777 & ~FOLDER_MODE)
    try:
        yield
    finally:
        os.umask(before)


def _touched(written: Iterable[str], found: Found, kept: Mapping[str, Row]) -> set[str]:
    """Folders in which this build moved anything."""
    gone = found.files.keys() - kept.keys()
    return {"", *folders_of([*written, *gone, *found.others])}


def _take_up(folders: _Folders) -> None:
    """A twin that a killed build left becomes the spare, if there is none: whatever it lacks will be seen."""
    if not folders.twin.exists():
        return
    if folders.site.exists() and not folders.spare.exists():
        folders.twin.rename(folders.spare)
    else:
        shutil.rmtree(folders.twin)


def _by_path(outputs: Sequence[Output]) -> dict[str, Output]:
    clashes = collisions(output.path for output in outputs)
    if clashes:
        raise ProblemsFound([problem("outputs-collide", file=same[0], other=same[-1]) for same in clashes])
    return {output.path: output for output in outputs}


def _check_ours(folder: Path, known: Tree) -> None:
    """Refuse a folder that may hold anything but a site: what is replaced here is gone two builds later."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ProblemsFound([problem("site-not-folder", file=str(folder))])
    if not folder.exists():
        return
    names = {entry.name for entry in folder.iterdir()}
    ours = not names or _MARKER in names or names >= _SIGNS_OF_A_SITE or _holds_any(folder, names, known)
    if not ours or names & _SIGNS_OF_MORE:
        raise ProblemsFound([problem("site-not-ours", file=str(folder))])


def _holds_any(folder: Path, names: Iterable[str], known: Tree) -> bool:
    """Whether a file at its top is one that a build wrote: then somebody removed others.

    Nobody can make such a file, for its status says when it was written.
    """
    return any(status((folder / name).lstat()) == known.files[name][3] for name in names if name in known.files)


def _claim(spare: Path) -> None:
    spare.mkdir(exist_ok=True)
    spare.chmod(FOLDER_MODE)
    (spare / _MARKER).touch()


def _is_up_to_date(wanted: dict[str, Output], standing: Found) -> bool:
    """Whether the site holds all that is wanted, and nothing else."""
    rows = standing.files
    if standing.others or rows.keys() != wanted.keys():
        return False
    return all(rows[path][0] == output.key for path, output in wanted.items())


def _update(
    wanted: dict[str, Output], folders: _Folders, found: Found, live: Tree, progress: Progress
) -> tuple[dict[str, Row], dict[str, Row]]:
    """Make the spare hold what is wanted: the rows of what could stay, and of what had to be written."""
    gone = [path for path in (*found.files, *found.others) if path not in wanted and path != _MARKER]
    tree.remove(folders.spare, gone, wanted)
    kept = {path: row for path, row in found.files.items() if path in wanted and row[0] == wanted[path].key}
    todo = [output for path, output in wanted.items() if path not in kept]
    written: dict[str, Row] = {}
    synced = 1
    for part in spread(partial(_write_part, folders, live, folders.twin.exists()), todo):
        written |= part
        progress(len(written), len(todo))
        if len(written) * SYNCS > synced * len(todo):
            # The disk works while other processes write on, so that little is left to wait for at the end.
            synced += 1
            sync_file_system(folders.spare)
    return kept, written


def _write_part(folders: _Folders, live: Tree, twin: bool, outputs: Sequence[Output]) -> dict[str, Row]:
    return {output.path: _write(output, folders, live.files.get(output.path), twin=twin) for output in outputs}


def _write(output: Output, folders: _Folders, known: Row | None, *, twin: bool) -> Row:
    """Write one file: a copy of the site's if that is the same, else made anew."""
    path = output.path
    if not is_inside(path):
        raise ValueError(f"not a path inside the site: {path!r}")
    data = _copied(f"{folders.site}/{path}", known) if known and known[0] == output.key else None
    if data is None:
        data = output.make()
    tree.write(str(folders.spare), path, data)
    if twin:
        _link(f"{folders.spare}/{path}", f"{folders.twin}/{path}")
    facts = os.stat(f"{folders.spare}/{path}")  # noqa: PTH116
    return (output.key, tree.hash_of(data), len(data), status(facts))


def _copied(path: str, known: Row) -> bytes | None:
    try:
        data = read_bytes(path)
    except OSError:
        return None
    return data if tree.hash_of(data) == known[1] else None


def _link(file: str, twin: str) -> None:
    """The same file in the first spare too, if the file system can; else the next build writes it."""
    try:
        tree.make_folder(twin.rpartition("/")[0])
        os.link(file, twin)
    except OSError:
        return


def _finished(root: Path, kept: dict[str, Row], written: dict[str, Row], still: dict[str, bytes]) -> Tree:
    """A tree as it is now. kept, written: its files; still: folders in which nothing came or went since `look`."""
    files = kept | written
    folders = {"", *folders_of(files)}
    moved = [folder for folder in folders if folder not in still]
    known = {path: still[path] for path in folders & still.keys()}
    for part in spread(partial(tree.statuses, str(root)), moved):
        known |= part
    return Tree(root.stat().st_ino, files, known)


def _is_as_known(found: Found, known: Tree) -> bool:
    """Whether there is nothing that `_as_found` would remember otherwise."""
    return found.files == known.files and not any(map(known.folders.get, known.folders.keys() - found.folders.keys()))


def _as_found(root: Path, found: Found) -> Tree:
    """A tree of which everything is remembered but what is strange in it; that is looked for again."""
    if not root.exists():
        return Tree()
    finished = _finished(root, found.files, {}, found.folders)
    odd = folders_of(found.others) & finished.folders.keys()
    return replace(finished, folders={**finished.folders, **dict.fromkeys(odd, b"")})


def _put_in_place(folders: _Folders, memory: Memory, finished: Tree) -> None:
    sync_file_system(folders.spare)
    site, spare, twin = folders.site, folders.spare, folders.twin
    if site.exists():
        memory.keep(finished, beside=site.stat().st_ino)
        exchange(site, spare, folders.aside)
    else:
        memory.keep(finished, beside=None)
        spare.rename(site)
    if twin.exists():
        (twin / _MARKER).unlink()
        memory.keep(_finished(twin, dict(finished.files), {}, {}), beside=finished.inode)
        twin.rename(spare)
    _sync_folder(site.parent)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _counted(finished: Tree, before: Mapping[str, bytes], made: int) -> Published:
    """What changed for those who read the site. before: path -> hash of what stood there."""
    rows = finished.files
    new = len(rows.keys() - before.keys())
    same = sum(before.get(path) == row[1] for path, row in rows.items())
    size = sum(row[2] for row in rows.values())
    return Published(len(rows), size, new, len(rows) - new - same, same, len(before.keys() - rows.keys()), made)


def _hashes(site: Path, standing: Found, wanted: Container[str]) -> dict[str, bytes]:
    """Path -> hash of what stands in the site; what is not as a build left it is read, if it has a place there."""
    hashes = {path: row[1] for path, row in standing.files.items()}
    return hashes | {path: _hash(f"{site}/{path}") if path in wanted else b"" for path in standing.others}


def _hash(file: str) -> bytes:
    """b"" of a file that cannot be read: it is none of ours."""
    try:
        return tree.hash_of(read_bytes(file))
    except OSError:
        return b""

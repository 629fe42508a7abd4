"""Which pages stand in content/, and whether they are as they were."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.files import changed_at, status

# Clocks of file systems tick this slowly, in nanoseconds: a page written within a tick of the last look may be another.
TICK = 50_000_000


@dataclass(frozen=True, slots=True)
class Scan:
    """pages: path relative to content/ -> `status`, in the order of the paths; links: symbolic links, not followed."""

    pages: dict[str, bytes]
    links: tuple[str, ...]


def scan(content: str, folder: str) -> Scan:
    """All Markdown pages of `content`/`folder`, however deep."""
    if os.path.islink(f"{content}/{folder}"):  # noqa: PTH114 (texts: 100,000 Path objects take a second)
        return Scan({}, (folder,))
    found: list[tuple[str, bytes]] = []
    links: list[str] = []
    waiting = [folder]
    while waiting:
        for path, entry in _entries(content, waiting.pop()):
            if entry.is_symlink():
                links += [path] if path.endswith(".md") else []
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif path.endswith(".md"):
                facts = entry.stat(follow_symlinks=False)
                found += [(path, status(facts))] if stat.S_ISREG(facts.st_mode) else []
    return Scan(dict(sorted(found)), tuple(sorted(links)))


def _entries(content: str, folder: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    try:
        with os.scandir(f"{content}/{folder}") as entries:
            for entry in entries:
                yield f"{folder}/{entry.name}", entry
    except FileNotFoundError:
        return


def is_settled(status: bytes, looked: int) -> bool:
    """Whether a file with this status cannot have been written since `looked` (ns) without the status showing it."""
    return changed_at(status) < looked - TICK

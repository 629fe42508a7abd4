"""Changes in files and folders that a human or a program meant."""

import logging
import os
import threading
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler

from sitegen.problems import ProblemsFound, problem

_CHANGES = {"created", "modified", "deleted", "moved"}


class _Changes(FileSystemEventHandler):
    """Sets `changed` for each change below `root` (or of `only`) that a human or a program meant."""

    def __init__(self, root: Path, only: Path | None, changed: threading.Event) -> None:
        self.root, self.only, self.changed = root, only, changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES or (event.is_directory and event.event_type == "modified"):
            return
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        if any(self._matters(path) for path in paths):
            self.changed.set()

    def _matters(self, path: Path) -> bool:
        if self.only is not None:
            return path == self.only
        return path.is_relative_to(self.root) and not any(map(_is_noise, path.relative_to(self.root).parts))


def _is_noise(name: str) -> bool:
    """Names that editors, Python and version control use for themselves. "4913" is Vim's test for a writable folder."""
    return (
        name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp", ".pyc")) or name in {"__pycache__", "4913"}
    )


def statuses(watch: Sequence[Path]) -> dict[Path, int]:
    """When each of these files, and each file in these folders, was last changed, in ns."""
    files = (file for place in watch for file in (place.rglob("*") if place.is_dir() else [place]))
    return {file: file.stat().st_mtime_ns for file in files if file.is_file()}


def observe(observer: Any, watch: Sequence[Path], changed: threading.Event) -> None:
    """Have the observer set `changed` for each change in the files and folders of `watch`, and start it.

    Raises ProblemsFound when the system refuses.
    """
    # Watchdog says on the terminal that it met a new folder twice, and that an event came while it stopped.
    warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
    logging.getLogger("watchdog").setLevel(logging.CRITICAL)
    try:
        for path in watch:
            place = path.resolve()
            if place.is_dir():
                observer.schedule(_Changes(place, None, changed), str(place), recursive=True)
            elif place.parent.is_dir():
                observer.schedule(_Changes(place.parent, place, changed), str(place.parent), recursive=False)
        observer.start()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ProblemsFound([problem("watch-failed", file=str(path), error=reason)]) from None

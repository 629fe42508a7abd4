"""Replies that wait in `.cache/` until they are in the archive, so that nothing is asked for twice.

A file's name holds the day that the reply lists and a hash of its address. The folder may be deleted at any time.
"""

import hashlib
import re
from pathlib import Path

from sitegen import files


class Staging:
    """The replies of one list, as in `.cache/fetched/arxiv/cs-CL/`."""

    def __init__(self, root: Path, source: str, what: str) -> None:
        readable = re.sub(r"[^A-Za-z0-9]+", "-", what).strip("-")[:60] or "all"
        self._folder = root / ".cache" / "fetched" / source / readable

    def _file(self, day: str, url: str) -> Path:
        return self._folder / f"{day}-{hashlib.sha256(url.encode()).hexdigest()[:16]}"

    def get(self, day: str, url: str) -> bytes | None:
        """The reply that was put there for this day and address."""
        file = self._file(day, url)
        return file.read_bytes() if file.is_file() else None

    def put(self, day: str, url: str, body: bytes) -> None:
        """Keep the reply: after this it is on the disk, whole."""
        files.replace(self._file(day, url), body)

    def drop(self, day: str, url: str) -> None:
        self._file(day, url).unlink(missing_ok=True)

    def others(self, day: str, url: str) -> dict[Path, str]:
        """The replies for other days and addresses, of fetches that were killed, each with its day; oldest first."""
        wanted = self._file(day, url)
        found = sorted(file for file in self._folder.glob("[0-9]*") if file != wanted)
        return {file: file.name[:10] for file in found}

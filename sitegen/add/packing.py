"""The files of content/raw/ that keep the digests, packed by a thread beside all else, for zlib lets others work."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from sitegen.files import Change
from sitegen.intake.raw import RawDigest
from sitegen.store import raw_files


class Packing:
    """What is packed already, and what will be; with no thread nothing is kept."""

    def __init__(self, content: Path, thread: ThreadPoolExecutor | None) -> None:
        self._content = content
        self._thread = thread
        self._begun: dict[str, Future[list[Change]]] = {}
        """By SHA-256 of what is packed: the same bytes may come twice."""

    def begin(self, raw: RawDigest) -> None:
        """Begin to pack a digest of which something is added or quarantined."""
        if self._thread and raw.sha256 not in self._begun:
            self._begun[raw.sha256] = self._thread.submit(raw_files.changes, self._content, raw.sha256, raw.kept)

    def changes(self) -> Iterator[Change]:
        """The files, in the order in which they were begun."""
        for each in self._begun.values():
            yield from each.result()


@contextmanager
def packing(content: Path, *, keep: bool) -> Iterator[Packing]:
    """Packs what it is given until the block ends. keep: whether digests are kept at all."""
    if not keep:
        yield Packing(content, None)
        return
    with ThreadPoolExecutor(1) as thread:
        yield Packing(content, thread)

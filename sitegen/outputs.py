"""What a build produces: the files of a site, each with a key that tells whether it is still the same."""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Output(NamedTuple):
    """One file of the site, which is made only if it has to be written.

    path: relative to the site's root, as in "papers/2503.10613/index.html". key: stands for everything that the bytes
    follow from: the same key, the same bytes. make: gives the bytes.
    """

    path: str
    key: bytes
    make: Callable[[], bytes]


def finished(path: str, data: bytes) -> Output:
    """A file whose bytes are there already."""
    return Output(path, hashlib.blake2b(data, digest_size=16).digest(), lambda: data)


def is_inside(path: str) -> bool:
    """Whether the path cannot lead out of the site, and is written in its one plain way."""
    return not ("\\" in path or "\0" in path or any(part in {"", ".", ".."} for part in path.split("/")))


def collisions(paths: Iterable[str]) -> list[tuple[str, ...]]:
    """Paths that cannot stand side by side on every file system; folders end with "/".

    >>> collisions(["tags/AI/index.html", "tags/ai/feed.xml", "about", "about/index.html", "x", "x"])
    [('about', 'about/'), ('tags/AI/', 'tags/ai/'), ('x', 'x')]

    Two spellings are one name on macOS and Windows if they are equal after NFC and case folding.
    """
    entries = list(paths)
    if _plainly_apart(entries):
        return []
    named: dict[str, list[str]] = defaultdict(list)
    for entry in [*entries, *(f"{folder}/" for folder in folders_of(entries))]:
        named[_one_spelling(entry.removesuffix("/"))].append(entry)
    return sorted(tuple(sorted(same)) for same in named.values() if len(same) > 1)


def _plainly_apart(paths: list[str]) -> bool:
    """Whether all are of one case, none comes twice, and none is another's folder: so it is nearly always."""
    different = set(paths)
    together = "".join(paths)
    plain = together.isascii() and together == together.lower()
    return plain and len(different) == len(paths) and different.isdisjoint(folders_of(paths))


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder above the paths: {"a/b/c.html"} needs {"a", "a/b"}."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _one_spelling(path: str) -> str:
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())

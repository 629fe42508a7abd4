"""What a build produces: the files of a site, as values."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site: `path` is relative to the site's root, as in "papers/2503.10613/index.html".

    Raises ValueError for a path that could lead out of the site, or that is not written in its one plain way.
    """

    path: str
    data: bytes

    def __post_init__(self) -> None:
        if "\\" in self.path or "\0" in self.path or any(part in {"", ".", ".."} for part in self.path.split("/")):
            raise ValueError(f"not a path inside the site: {self.path!r}")


def collisions(paths: Iterable[str]) -> list[tuple[str, ...]]:
    """Paths that cannot stand side by side on every file system; folders end with "/".

    >>> collisions(["tags/AI/index.html", "tags/ai/feed.xml", "about", "about/index.html", "x", "x"])
    [('about', 'about/'), ('tags/AI/', 'tags/ai/'), ('x', 'x')]

    Two spellings are one name on macOS and Windows if they are equal after NFC and case folding.
    """
    entries = list(paths)
    named: dict[str, list[str]] = defaultdict(list)
    for entry in [*entries, *(f"{folder}/" for folder in folders_of(entries))]:
        named[_one_spelling(entry.removesuffix("/"))].append(entry)
    return sorted(tuple(sorted(same)) for same in named.values() if len(same) > 1)


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

"""What is remembered of a site and its spare."""

from dataclasses import dataclass
from pathlib import Path

from sitegen.cache import Cache
from sitegen.publish.tree import Tree


@dataclass(frozen=True, slots=True)
class _Kept:
    """generation: counts up with each build."""

    tree: Tree
    generation: int


class Memory:
    """Two trees, each known by the inode of its root folder: the folders change places, their inodes do not.

    label: whose trees they are, for the archive may be built to several places.
    """

    def __init__(self, cache: Cache, label: str) -> None:
        self._cache = cache
        self._names = (f"{label}-a", f"{label}-b")
        self._kept = {name: _unpacked(cache.load(name)) for name in self._names}

    def of(self, folder: Path) -> Tree:
        """The tree of a site's folder: the one with its inode, or, where the folder was restored, the newest."""
        if not folder.exists():
            return Tree()
        inode = folder.stat().st_ino
        kept = sorted(self._kept.values(), key=lambda each: each.generation, reverse=True)
        return next((each.tree for each in kept if each.tree.inode == inode), kept[0].tree)

    def keep(self, tree: Tree, beside: int | None) -> None:
        """Remember a tree in the place of the one that is not the folder with the inode `beside`."""
        trees = {name: kept.tree for name, kept in self._kept.items()}
        # Its own old place, else one of a folder that is gone.
        order = [name for name in self._names if trees[name].inode == tree.inode]
        order += sorted(self._names, key=lambda name: (trees[name].inode == beside, self._kept[name].generation))
        name = order[0]
        kept = _Kept(tree, max(each.generation for each in self._kept.values()) + 1)
        self._kept[name] = kept
        self._cache.save(name, (kept.generation, tree.inode, dict(tree.files), dict(tree.folders)))


def _unpacked(value: tuple[int, int, dict[str, tuple[bytes, bytes, int, bytes]], dict[str, bytes]] | None) -> _Kept:
    if value is None:
        return _Kept(Tree(), 0)
    generation, inode, files, folders = value
    return _Kept(Tree(inode, files, folders), generation)

"""Results that are remembered from one run to the next, in one folder: `.cache/` beside mkdocs.yml.

Nothing depends on them: what is missing, damaged or of another version is made anew, byte for byte the same.
"""

import hashlib
import marshal
import os
import re
import sys
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from sitegen import resources

FOLDER = ".cache"
_DISTRIBUTION = "paper-sitegen"
_SIGN = b"sitegen\n"
_SIZE = 16
_VERSION = re.compile(r"^Version: (.*)", re.MULTILINE)
_WANTED = re.compile(r"^Requires-Dist: ([\w.-]+)(.*)", re.MULTILINE)


class Cache:
    """Values of plain types (texts, bytes, numbers, tuples, lists, dictionaries) by name, each made for one key."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER / "sitegen"

    def load(self, name: str, key: str = "") -> Any:
        """What was saved under this name for this key, or None."""
        try:
            data = memoryview((self.folder / f"{name}.bin").read_bytes())
        except OSError:
            return None
        start = len(_SIGN) + _SIZE
        payload = data[start:]
        # Only bytes that were written here are unpacked: marshal does not stand damaged ones.
        if bytes(data[:start]) != _SIGN + _check(key, payload):
            return None
        return marshal.loads(payload)  # noqa: S302 (as Python does with its own .pyc files)

    def save(self, name: str, value: Any, key: str = "") -> None:
        """Remember the value; a cache that cannot be written is none."""
        payload = marshal.dumps(value)
        temporary = self.folder / f".{name}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                file.write(_SIGN + _check(key, payload))
                file.write(payload)
            temporary.replace(self.folder / f"{name}.bin")
        except OSError:
            with suppress(OSError):
                temporary.unlink()


def _check(key: str, payload: bytes | memoryview) -> bytes:
    digest = hashlib.blake2b(f"{code_version()}\n{key}\n".encode(), digest_size=_SIZE)
    digest.update(payload)
    return digest.digest()


def stamp(*values: object) -> bytes:
    """16 bytes that stand for values whose `repr` says all there is to say about them."""
    return hashlib.blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()


@cache
def code_version() -> str:
    """What made a result, beside its input: our code and theme, what it is built on, and Python."""
    digest = hashlib.blake2b(digest_size=_SIZE)
    package = Path(__file__).parent
    for root, pattern in ((package, "*.py"), (resources.theme_dir(), "*")):
        for file in sorted(root.rglob(pattern)):
            if file.is_file():
                digest.update(f"{file.relative_to(root).as_posix()}\n".encode() + file.read_bytes())
    digest.update(repr([sys.version, *_versions()]).encode())
    return digest.hexdigest()


def _versions() -> list[str]:
    """Name and version of every package that ours asks for, and of those that they ask for."""
    found: dict[str, str] = {}
    waiting = [_DISTRIBUTION]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name], wanted = _package(name)
            waiting += wanted
    return sorted(f"{name} {version}" for name, version in found.items())


def _package(name: str) -> tuple[str, list[str]]:
    """The version of a package ("" if there is none), and the names of those that it asks for in any case."""
    try:
        text = metadata.distribution(name).read_text("METADATA") or ""
    except metadata.PackageNotFoundError:
        return "", []
    # `metadata.requires` reads all of it as a message, the description too, in ten times the time.
    head = text.partition("\n\n")[0]
    version = _VERSION.search(head)
    wanted = [found[1].lower() for found in _WANTED.finditer(head) if "extra ==" not in found[2]]
    return version[1] if version else "", wanted

"""The shell as it was last time, where nothing of what MkDocs makes it from has changed.

Only for archives whose MkDocs settings are plain: a hook or a foreign plugin may read anything, so with them MkDocs
runs in every build.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields
from functools import partial
from pathlib import Path
from typing import Any

from sitegen.cache import Cache, stamp
from sitegen.config import Place
from sitegen.problems import Problem
from sitegen.render.shell import Frame, Shell, mkdocs_build
from sitegen.work import aside

_NAME = "shell"
_WORD = re.compile(r"\w+")


@contextmanager
def shell_of(place: Place, site_url: str, cache: Cache) -> Iterator[Callable[[], Shell]]:
    """The shell, remembered, or being made in a process beside this one until it is called for.

    What is given raises ProblemsFound with what MkDocs reports.
    """
    key = _key(place, site_url)
    known = _unpacked(cache.load(_NAME, key))
    if known is not None:
        yield lambda: known
        return

    def remembered(made: Callable[[], Shell]) -> Shell:
        shell = made()
        # MkDocs says nothing of the file that settings inherit from. And a page that was saved meanwhile, and is put
        # back later, must not leave behind what was made of it.
        inherits = "INHERIT" in place.config_file.read_text(encoding="utf-8", errors="replace")
        if shell.is_pure and not inherits and _key(place, site_url) == key:
            cache.save(_NAME, _packed(shell), key)
        return shell

    with aside(partial(mkdocs_build, place.config_file, site_url)) as made:
        yield partial(remembered, made)


def _key(place: Place, site_url: str) -> str:
    """Stands for everything that goes into a pure shell."""
    text = place.config_file.read_text(encoding="utf-8", errors="replace")
    # `!ENV` may name a variable in any way that YAML has; so every word that is the name of one counts.
    environment = [(name, os.environ[name]) for name in sorted(set(_WORD.findall(text)) & os.environ.keys())]
    folders = [place.pages, *([place.custom_theme] if place.custom_theme else [])]
    files = [(os.path.relpath(path, place.root), path.read_bytes()) for path in _files(folders)]
    return stamp(text, environment, site_url, files).hex()


def _files(folders: Iterable[Path]) -> list[Path]:
    return [path for folder in folders for path in _inside(folder, set()) if path.is_file()]


def _inside(folder: Path, seen: set[Path]) -> Iterator[Path]:
    """All that stands in a folder, also behind links, as a theme may have; each folder once, for links can go round."""
    place = folder.resolve()
    if place in seen or not place.is_dir():
        return
    seen.add(place)
    for path in sorted(folder.iterdir()):
        yield path
        yield from _inside(path, seen)


def _packed(shell: Shell) -> tuple[Any, ...]:
    frames = tuple((key, frame.strings, frame.slots) for key, frame in shell.frames.items())
    values = {field.name: getattr(shell, field.name) for field in fields(shell)}
    return tuple((values | {"frames": frames, "warnings": tuple(map(astuple, shell.warnings))}).items())


def _unpacked(packed: Any) -> Shell | None:
    if packed is None:
        return None
    values = dict(packed)
    values["frames"] = {key: Frame(strings, slots) for key, strings, slots in values["frames"]}
    values["warnings"] = tuple(Problem(*row) for row in values["warnings"])
    return Shell(**values)

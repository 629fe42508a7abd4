"""The search's scripts as few files: a reader waits for each file that another names, and small ones compress badly.

In theme/assets/sitegen/search/ they stay plain ES modules, which browsers and Node run as they are. Here each file that
a page asks for by name gets those it imports inside it, each in a function of its own.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import rjsmin

from sitegen import resources
from sitegen.outputs import Output, finished

FOLDER = "assets/sitegen/search"
# What pages, the worker's client and the header ask for.
ENTRIES = ("page.js", "suggest.js", "worker.js", "engine.js")

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async function|function|class|const)\s+(\w+))", re.MULTILINE)


def outputs() -> Iterator[Output]:
    """The files of ENTRIES, which take the place of the modules of the same names."""
    folder = resources.theme_dir() / FOLDER
    for name in ENTRIES:
        yield finished(f"{FOLDER}/{name}", rjsmin.jsmin(joined(folder / name)).encode())


def joined(entry: Path) -> str:
    """A module with all that it imports."""
    inside: dict[str, str] = {}
    source = _with_imports(entry, inside)
    return "".join([*inside.values(), source])


def _with_imports(module: Path, inside: dict[str, str]) -> str:
    """The module's code, with constants instead of imports. inside: the modules it needs, those they need first."""
    source = module.read_text(encoding="utf-8")
    for found in _IMPORT.finditer(source):
        if found[2] not in inside:
            code = _with_imports(module.with_name(f"{found[2]}.js"), inside)
            inside[found[2]] = _as_function(found[2], code)
    return _IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {_name(found[2])};", source)


def _as_function(name: str, code: str) -> str:
    names = ", ".join(found[2] for found in _EXPORT.finditer(code))
    body = _EXPORT.sub(r"\1", code)
    return f"const {_name(name)} = (() => {{\n{body}\nreturn {{{names}}};\n}})();\n"


def _name(module: str) -> str:
    return f"module_{module.replace('-', '_')}"

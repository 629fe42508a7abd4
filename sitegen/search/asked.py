"""The search of a built site, asked as a browser asks it, by Node: what it finds, for how many bytes, how soon."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sitegen.problems import ProblemsFound, problem

_SCRIPT = Path(__file__).with_name("ask.mjs")
_MODULES = Path("assets", "sitegen", "search")
_LUNR = Path("search", "lunr.js")


@dataclass(frozen=True, slots=True)
class Answer:
    """hits: ids of the first ten papers. bytes: of the search's files that were fetched, as they stand on disk."""

    hits: tuple[str, ...]
    bytes: int
    ms: float


def answers(site: Path, queries: Sequence[str]) -> list[Answer]:
    """What the search of the site in this folder answers to each query, with nothing remembered from another.

    Raises ProblemsFound if there is no `node` on the PATH, or if it cannot run the search.
    """
    node = shutil.which("node")
    if node is None:
        raise ProblemsFound([problem("report-needs-node", file="node")])
    with _code(site) as code:
        ran = subprocess.run(  # noqa: S603 (no shell; the queries go through standard input)
            [node, str(_SCRIPT), str(code), str(site.resolve())],
            input=json.dumps(queries).encode(),
            capture_output=True,
            check=False,
        )
    if ran.returncode:
        raise ProblemsFound([problem("report-failed", file="node", error=_said(ran.stderr))])
    return [Answer(tuple(each["hits"]), each["bytes"], each["ms"]) for each in json.loads(ran.stdout)]


@contextmanager
def _code(site: Path) -> Iterator[Path]:
    """The site's own modules where Node takes them for modules: it does not go by `.js` alone."""
    with tempfile.TemporaryDirectory(prefix="sitegen-") as folder:
        code = Path(folder, "code")
        shutil.copytree(site / _MODULES, code)
        shutil.copy(site / _LUNR, code)
        (code / "package.json").write_text('{"type": "module"}\n', encoding="utf-8")
        yield code


def _said(stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it stopped without a word"

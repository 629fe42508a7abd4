"""`sitegen new`: the files a new archive begins with."""

import importlib.metadata
import json
from collections.abc import Iterator
from pathlib import Path

from sitegen import resources
from sitegen.problems import ProblemsFound, problem
from sitegen.resources import DISTRIBUTION

_COPIED = ("mkdocs.yml", "content/tags.yml", "content/pages/index.md", "content/pages/about.md")
_WORKFLOWS = (".github/workflows/pages.yml", ".github/workflows/digest.yml")
_INSTALL_HERE, _INSTALL_THERE = "pip install .", "pip install -r requirements.txt"
_IGNORED = "/site/\n/.site.*\n/.cache/\n/.venv/\n"
# Two branches that both add papers append to the same ledger; both sides' lines are kept.
_ATTRIBUTES = "content/ledger/*.txt merge=union\n"


def new(folder: Path) -> list[str]:
    """Write the files of a new archive; their paths. Raises ProblemsFound when one of them is there already."""
    files = dict(_files())
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise ProblemsFound([problem("new-exists", file=str(folder), files=", ".join(there))])
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


def _files() -> Iterator[tuple[str, str]]:
    data = resources.data_dir()
    for name in _COPIED:
        yield name, (data / name).read_text(encoding="utf-8")
    for name in _WORKFLOWS:
        yield name, (data / name).read_text(encoding="utf-8").replace(_INSTALL_HERE, _INSTALL_THERE)
    yield "requirements.txt", requirement() + "\n"
    yield ".gitignore", _IGNORED
    yield ".gitattributes", _ATTRIBUTES


def requirement() -> str:
    """The line that installs this very program again: from where pip got it (PEP 610), else from the repository."""
    installed = importlib.metadata.distribution(DISTRIBUTION)
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    if commit := origin.get("vcs_info", {}).get("commit_id"):
        return f"{DISTRIBUTION} @ git+{origin['url']}@{commit}"
    return f"{DISTRIBUTION} @ git+{resources.repository()}"

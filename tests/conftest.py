"""What several test files share."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sitegen import catalogue, cli
from sitegen.cache import Cache
from sitegen.catalogue import Catalogue
from sitegen.catalogue.entries import entry_of
from sitegen.model import Entry, Paper, Tag
from sitegen.tags import Vocabulary
from sitegen.work import cores
from tests.chromium import NoBrowser, launched

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write what comes out into the golden files")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: many tests wait for a browser, a server or another process."""
    return cores() + 1


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as installed on this machine; without it a test is skipped, unless SITEGEN_REQUIRE_BROWSER=1."""
    try:
        with launched() as started:
            yield started
    except NoBrowser as error:
        if os.environ.get("SITEGEN_REQUIRE_BROWSER") == "1":
            pytest.fail(f"SITEGEN_REQUIRE_BROWSER=1, but {error}")
        pytest.skip(str(error))


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


Sitegen = Callable[..., Ran]


@pytest.fixture
def sitegen(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Sitegen:
    """Run the command in this process: `sitegen("add", "x.txt")`, in the current folder."""

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["sitegen", *arguments])
        status = 0
        capfd.readouterr()
        try:
            cli.main()
        except SystemExit as stop:
            status = int(stop.code or 0)
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return run


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive with settings and a home page, and no paper or tag; it is the current folder."""
    folder = tmp_path / "archive"
    (folder / "content" / "pages").mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "content" / "pages" / "index.md").write_text("Papers.\n", encoding="utf-8")
    (folder / "content" / "pages" / "about.md").write_text("# About\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def entry(paper: Paper, tags: Sequence[Tag] = ()) -> Entry:
    """A paper as the archive knows it without opening its page."""
    return entry_of(paper, Vocabulary(), b"")._replace(tags=tuple(tags))


def load(content: Path) -> Catalogue:
    """What a content folder holds, with nothing remembered."""
    return catalogue.read(content, Cache(Path(os.devnull)))


def papers(content: Path) -> dict[str, Paper]:
    """The whole papers of a content folder, by id, newest first."""
    return {entry.id: catalogue.open_paper(content, entry.path) for entry in load(content).archive.papers}


def shared(name: str) -> Path:
    """A file of the shared test data; the test is skipped where there is none."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"no {name} in the shared test data")
    return path

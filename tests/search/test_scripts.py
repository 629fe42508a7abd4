"""The scripts as they are published: each works as its modules do."""

import json
import re
from pathlib import Path

import pytest

from sitegen import resources
from sitegen.search import scripts
from tests.search.conftest import Node
from tests.search.made import search_files, write
from tests.search.test_engine import FOUND, PAPERS, TAGS

FILES = {Path(each.path).name: each.make().decode() for each in scripts.outputs()}


@pytest.mark.parametrize("name", scripts.ENTRIES)
def test_a_script_imports_no_module(name: str) -> None:
    assert not re.search(r"^\s*import\s*\{", FILES[name], re.MULTILINE)
    assert "module_" in FILES[name]


def test_what_scripts_ask_for_is_a_script() -> None:
    folder = resources.theme_dir() / scripts.FOLDER
    text = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.js"))
    asked = {
        *re.findall(r'import\("\./([\w-]+\.js)"\)', text),
        *re.findall(r'new URL\("([\w-]+\.js)", import\.meta', text),
    }
    assert asked <= {*scripts.ENTRIES}
    assert asked


def test_the_published_engine_finds_what_its_modules_find(node: Node, served: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = served
    write(search_files(PAPERS, TAGS), folder / "published")
    engine = tmp_path / "engine.mjs"
    engine.write_text(FILES["engine.js"], encoding="utf-8")
    (tmp_path / "asked.json").write_text(json.dumps([["search", query] for query in FOUND]), encoding="utf-8")
    asked = (f"{url}published/search/", tmp_path / "asked.json")
    assert node("ask.mjs", *asked, engine) == node("ask.mjs", *asked)


def test_a_worker_that_hangs_is_ended_when_the_reader_types_on(node: Node) -> None:
    gave, early, waited, workers = node("hanging.mjs")
    assert gave == [None, None, "third", "fourth", None, "sixth"]
    assert (early, waited) == (1, 2)
    assert workers == ["ended", "ended", "runs"]

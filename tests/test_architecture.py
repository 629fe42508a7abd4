"""The house rules: imports run downwards, MkDocs stays at its two doors, the README's commands exist."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from sitegen.cli import cli
from tests.conftest import ROOT

PACKAGE = ROOT / "sitegen"

# The floors of the house, the lowest first: a file imports from its own floor's package and from floors below it.
FLOORS = [
    ["text"],
    ["resources", "files", "outputs", "stages"],
    ["problems", "cache"],
    ["model", "config", "work"],
    ["identity"],
    ["intake"],
    ["matching"],
    ["store", "fetch"],
    ["tags"],
    ["catalogue", "publish"],
    ["render", "feeds", "search"],
    ["per_paper"],
    ["build", "check", "serve", "add", "new", "tag_views"],
    ["build", "check", "serve", "add", "new", "notice"],
    ["report", "progress", "quality"],
    ["mkdocs_plugin", "cli"],
    ["__main__"],
]
# Files of one floor that may use each other, beside those of one package.
BESIDE = {("feeds", "render"), ("search", "render")}
FLOOR_OF = {name: number for number, names in enumerate(FLOORS) for name in names}
MKDOCS_DOORS = {"render/shell.py", "mkdocs_plugin.py"}
FILES = sorted(PACKAGE.rglob("*.py"))


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "sitegen":
            yield from (f"sitegen.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _room(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_imports_run_downwards(file: Path) -> None:
    room = _room(file)
    for module in _imports(file):
        parts = module.split(".")
        if parts[0] == "sitegen" and len(parts) > 1 and parts[1] != room:
            lower = FLOOR_OF[parts[1]] < FLOOR_OF[room]
            assert lower or (room, parts[1]) in BESIDE, f"{room} must not import {parts[1]}"


def test_every_file_has_a_floor() -> None:
    assert {_room(file) for file in FILES} - {"__init__"} == set(FLOOR_OF)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_only_the_doors_import_mkdocs(file: Path) -> None:
    uses = any(module.split(".")[0] in ("mkdocs", "material") for module in _imports(file))
    assert not uses or file.relative_to(PACKAGE).as_posix() in MKDOCS_DOORS


def test_commands_of_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```(?:console|sh)\n(.*?)```", text, re.DOTALL))
    commands = set(re.findall(r"(?:\$|&&) sitegen ([a-z]+)", blocks))
    assert commands >= {"new", "add", "build", "serve", "check"}
    assert commands <= set(cli.commands)
    targets = set(re.findall(r"^\$? ?make ([a-z]+)", blocks, re.MULTILINE))
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert targets
    assert targets <= made


def test_options_of_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    known = {name for command in cli.commands.values() for param in command.params for name in param.opts}
    used = {
        option
        for line in re.findall(r"sitegen [a-z]+ [^\n`#]*", text)
        for option in re.findall(r"(?<!\S)--?[a-z][a-z-]*", line)
    }
    assert used <= known


def test_the_list_of_commands_says_whole_sentences() -> None:
    width = 80 - 2 - 6 - max(map(len, cli.commands))
    for command in cli.commands.values():
        assert not command.get_short_help_str(width).endswith("..."), command.name


def test_every_option_has_help() -> None:
    for name, command in cli.commands.items():
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.help, f"{name} {param.opts}"


def test_the_help_imports_nothing_heavy() -> None:
    """`sitegen --help` answers at once: the commands' code is imported when a command runs."""
    code = "import sys, sitegen.cli; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    ours = {name for name in loaded.stdout.split() if name.startswith("sitegen.") and name.count(".") == 1}
    assert ours == {"sitegen.cli", "sitegen.model", "sitegen.problems", "sitegen.text"}
    assert not {"jinja2", "lunr", "lxml", "mkdocs", "numpy", "pydantic", "yaml"} & set(loaded.stdout.split())

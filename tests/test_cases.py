"""Golden cases: tests/cases/**/*.yml, one behaviour a file.

    files:      {path: text}            written into an empty archive first (bytes as `!!binary`)
    steps:      [{run: "add x.txt", status: 0, out: …, err: …}]
    after:      {path: text or null}    what files hold in the end; null: the file is not there

`pytest --update-goldens` writes what comes out into the files; read the difference before you commit it.
"""

import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.problems import CATALOGUE
from tests.conftest import Sitegen

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.rglob("*.yml"))


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as blocks, so that a case reads well."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(CASES).as_posix())
def test_case(file: Path, archive: Path, sitegen: Sitegen, request: pytest.FixtureRequest) -> None:
    case: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    for name, content in case.get("files", {}).items():
        path = archive / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    steps = []
    for step in case["steps"]:
        ran = sitegen(*shlex.split(step["run"]))
        got = {"run": step["run"], "status": ran.status, "out": _steady(ran.out), "err": _steady(ran.err)}
        steps.append({key: value for key, value in got.items() if value != ""})
    after = {name: _content(archive / name) for name in case.get("after", {})}
    if request.config.getoption("--update-goldens"):
        got = {**case, "steps": steps} | ({"after": after} if after else {})
        file.write_text(yaml.dump(got, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000))
    assert steps == case["steps"]
    assert after == case.get("after", {})


def _steady(text: str) -> str:
    """Without what differs from run to run: sizes of a site, and times."""
    text = re.sub(
        r"^[\d,]+ pages?, [\d,]+ files, [\d.,]+ MB: [\d.]+ %", "… pages, … files, … MB: … %", text, flags=re.M
    )
    return re.sub(r"^[\d,]+ new, .* removed\. .* s( \(.*\))?\.$", "… new. … s.", text, flags=re.M)


def _content(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_message_has_a_golden_case(code: str) -> None:
    parts = re.split(r"\{\w+\}", CATALOGUE[code].text.replace("{{", "{").replace("}}", "}"))
    pattern = ".*?".join(map(re.escape, filter(None, parts)))
    shown = any(re.search(pattern, text) for text in _golden_texts())
    assert shown, f"no golden case shows the message {code!r}: {CATALOGUE[code].text}"


@cache
def _golden_texts() -> list[str]:
    files = [*FILES, *sorted(Path(__file__).parent.glob("test_*.py"))]
    return [file.read_text(encoding="utf-8") for file in files]

"""content/imports/: one report for each input, the same bytes for the same import, harmless whatever a digest says."""

import json
from pathlib import Path

import markdown as python_markdown

from sitegen import add
from sitegen.add import damage
from sitegen.add.import_report import as_json, as_markdown, report_path
from sitegen.add.state import Import, Options, Outcome
from sitegen.intake.raw import RawDigest
from sitegen.model import Record
from tests.conftest import ROOT, Sitegen

OPTIONS = Options(today="2026-12-31", year="2025")
SAMPLE = [RawDigest(file.name, file.read_bytes()) for file in sorted((ROOT / "sitegen" / "sample").iterdir())]


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_second_import_changes_no_byte(archive: Path) -> None:
    content = archive / "content"
    add.add(content, SAMPLE, OPTIONS)
    before = files(content)
    assert len([name for name in before if name.startswith("imports/")]) == 2 * len(SAMPLE)
    add.add(content, SAMPLE, OPTIONS)
    assert files(content) == before


def test_a_report_does_not_say_where_the_file_was(archive: Path, sitegen: Sitegen) -> None:
    (archive / "inbox").mkdir()
    (archive / "inbox" / "a.jsonl").write_text('{"title": "T"}\n{"title": 3}\n')
    sitegen("add", str(archive / "inbox" / "a.jsonl"))
    reports = files(archive / "content" / "imports")
    assert len(reports) == 2
    assert not any(b"inbox" in data for data in reports.values())


def test_a_report_that_is_missing_is_written(archive: Path) -> None:
    add.add(archive / "content", SAMPLE[:1], OPTIONS)
    before = files(archive / "content" / "imports")
    for name in before:
        (archive / "content" / "imports" / name).unlink()
    add.add(archive / "content", SAMPLE[:1], OPTIONS)
    assert files(archive / "content" / "imports").keys() == before.keys()


def test_the_sums_are_those_of_the_lists(archive: Path) -> None:
    report = add.add(archive / "content", SAMPLE, OPTIONS)
    for imported in report.imports:
        data = json.loads((archive / "content" / report_path(imported, "json")).read_text())
        lists = [data[name] for name in ("added", "merged", "unchanged", "quarantined")]
        assert sum(map(len, lists)) == data["papers"]
        size = next(len(raw.data) for raw in SAMPLE if raw.sha256 == data["raw"])
        assert sum(each["bytes"] for each in data["bytes"]) == size


def test_what_may_be_damage_is_quoted_in_its_word() -> None:
    text = "x" * 400 + " 8{255}" + "(y" * 400 + " discrimina- tive\n\nfor m gg n"
    record = Record({"title": "T", "abstract": text}, line=1)
    said = [found.message.split(":")[0] for found in damage.proposals(record, "a.txt")]
    assert said == [
        '"8{255}(y(y(y(y(y(y(y(y(y(y" may be meant as "8/255(y(y(y(y(y(y(y(y(y(y"',
        '"discrimina- tive" may be meant as "discriminative"',
        '"m gg n" may be meant as "m \\(\\gg\\) n"',
    ]


HOSTILE = [
    "<script>alert(1)</script>",
    "](javascript:alert(1)) [x",
    "**bold** `code` # heading",
    "a | b <img src=x onerror=alert(1)>",
    "&lt;b&gt; \\[x\\](y)",
    "x\x1b[2J\u202e",
    "_under_ ~one~ ~~two~~ $x$ ![i](u)",
]


def test_text_of_a_digest_stays_text() -> None:
    outcomes = [Outcome(Record({"title": text}, line=1), "merged", "id", text) for text in HOSTILE]
    imported = Import("<b>.txt", "0" * 64, "d", outcomes)
    html = python_markdown.markdown(as_markdown(imported, {"id": "papers/x.md"}))
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "<strong>" not in html
    assert 'href="javascript' not in html
    assert [item["title"] for item in json.loads(as_json(imported))["merged"]] == HOSTILE


def test_a_dry_run_sends_no_control_to_the_terminal(archive: Path, sitegen: Sitegen) -> None:
    (archive / "a.jsonl").write_text(json.dumps({"title": "T \u202e\u001b[2J", "abstract": "a."}))
    ran = sitegen("add", "a.jsonl", "--dry-run")
    assert ran.out.replace("\n", "").isprintable()
    assert not (archive / "content" / "imports").exists()


def test_long_lists_are_cut_for_people() -> None:
    outcomes = [Outcome(Record({"title": f"T{number}"}, line=number), "added", f"t{number}") for number in range(1_200)]
    imported = Import("a.jsonl", "0" * 64, "a", outcomes)
    text = as_markdown(imported, {})
    assert "- line 999: T999\n- … and 200 more, which are in the JSON beside this file\n" in text
    assert len(json.loads(as_json(imported))["added"]) == 1_200


def test_an_input_that_comes_twice_has_one_report(archive: Path) -> None:
    data = b'{"id": "2503.00001", "title": "A title", "abstract": "An abstract."}\n'
    report = add.add(archive / "content", [RawDigest("a.jsonl", data), RawDigest("b.jsonl", data)], OPTIONS)
    assert (report.added, report.found) == (1, 2)
    (told,) = (archive / "content" / "imports").glob("*.json")
    assert json.loads(told.read_text())["added"] == ["2503.00001"]

"""`sitegen undo` gives back every byte, however the import ended, or changes nothing."""

import gzip
import json
import os
from pathlib import Path

import pytest

from sitegen import add
from sitegen.add import journal
from sitegen.add.state import Options
from sitegen.add.undo import undo
from sitegen.intake.raw import RawDigest
from sitegen.problems import ProblemsFound
from tests.conftest import ROOT, Sitegen

OPTIONS = Options(today="2026-12-31", year="2025")
SAMPLE = [RawDigest(file.name, file.read_bytes()) for file in sorted((ROOT / "sitegen" / "sample").iterdir())]
FIRST = RawDigest("2025-03-10-list.jsonl", b'{"id": "2503.00001", "title": "One", "abstract": "a."}\n')
SECOND = RawDigest(
    "2025-03-11-list.jsonl",
    b'{"id": "2503.00001", "title": "One", "abstract": "b."}\n{"title": "Two"}\n{"title": 3}\n',
)


class Killed(BaseException):
    """The process ends here."""


def tree(content: Path) -> dict[str, bytes | None]:
    """All files and folders of content/."""
    return {
        path.relative_to(content).as_posix(): path.read_bytes() if path.is_file() else None
        for path in content.rglob("*")
    }


def kill_after(writes: int, monkeypatch: pytest.MonkeyPatch, content: Path) -> None:
    """End the process when so many files of content/ have taken the old ones' places."""
    rename = os.replace
    left = iter(range(writes))

    def replace(path: str | Path, target: str | Path) -> None:
        if Path(path).is_relative_to(content) and next(left, None) is None:
            raise Killed
        rename(path, target)

    monkeypatch.setattr(os, "replace", replace)


def test_an_archive_is_as_it_was(archive: Path) -> None:
    content = archive / "content"
    add.add(content, SAMPLE[:2], OPTIONS)
    before = tree(content)
    report = add.add(content, SAMPLE[2:], OPTIONS)
    assert tree(content) != before
    undone = undo(content)
    assert tree(content) == before
    assert undone.digests == tuple(report.digests)


def test_an_empty_archive_is_empty_again(archive: Path) -> None:
    before = tree(archive / "content")
    add.add(archive / "content", SAMPLE, OPTIONS)
    undo(archive / "content")
    assert tree(archive / "content") == before


def test_bytes_that_are_no_text_come_back(archive: Path) -> None:
    ledger = archive / "content" / "ledger" / "2025.txt"
    ledger.parent.mkdir()
    ledger.write_bytes(b"caf\xe9\r\n\x00\n")
    add.add(archive / "content", [FIRST], OPTIONS)
    undo(archive / "content")
    assert ledger.read_bytes() == b"caf\xe9\r\n\x00\n"


@pytest.mark.parametrize("several", [1_000_000, 0], ids=["read", "remembered"])
def test_an_import_that_changed_nothing_is_none(archive: Path, monkeypatch: pytest.MonkeyPatch, several: int) -> None:
    monkeypatch.setattr(add, "SEVERAL", several)
    content = archive / "content"
    before = tree(content)
    add.add(content, [FIRST], OPTIONS)
    after = tree(content)
    add.add(content, [FIRST], OPTIONS)
    with pytest.raises(ProblemsFound, match=r"changed nothing.*\n.*the import before it, of 2025-03-10-list"):
        undo(content)
    assert tree(content) == after
    undo(content)
    assert tree(content) == before


def test_an_import_behind_one_that_changed_nothing_is_taken_back_at_once(archive: Path) -> None:
    content = archive / "content"
    add.add(content, [FIRST], OPTIONS)
    before = tree(content)
    add.add(content, [FIRST], OPTIONS)
    add.add(content, [SECOND], OPTIONS)
    undo(content)
    assert tree(content) == before


def test_a_digest_that_cannot_be_read_does_not_lead_to_the_import_before_it(archive: Path) -> None:
    content = archive / "content"
    add.add(content, [FIRST], OPTIONS)
    add.add(content, [RawDigest("2025-03-11-list.txt", b"\x00")], OPTIONS)
    with pytest.raises(ProblemsFound, match="changed nothing"):
        undo(content)


def test_a_dry_run_leaves_nothing_to_take_back(archive: Path) -> None:
    add.add(archive / "content", [FIRST], OPTIONS, dry_run=True)
    assert journal.last(archive / "content") is None


def interrupted(content: Path, monkeypatch: pytest.MonkeyPatch, writes: int) -> dict[str, bytes | None]:
    """What content/ held before a second import, which was killed after so many writes."""
    add.add(content, [FIRST], OPTIONS)
    before = tree(content)
    kill_after(writes, monkeypatch, content)
    with pytest.raises(Killed):
        add.add(content, [SECOND], OPTIONS)
    monkeypatch.undo()
    return before


@pytest.mark.parametrize("writes", range(1, 6))
def test_an_interrupted_import_is_taken_back(archive: Path, monkeypatch: pytest.MonkeyPatch, writes: int) -> None:
    content = archive / "content"
    before = interrupted(content, monkeypatch, writes)
    undo(content)
    after = tree(content)
    assert {path: data for path, data in after.items() if data is not None} == {
        path: data for path, data in before.items() if data is not None
    }


@pytest.mark.parametrize("writes", [1, 3])
def test_what_goes_on_with_an_interrupted_import_is_taken_back_with_it(
    archive: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    content = archive / "content"
    before = interrupted(content, monkeypatch, writes)
    add.add(content, [SECOND], OPTIONS)
    undo(content)
    assert tree(content) == before


def test_an_import_that_wrote_nothing_leaves_the_one_before_it(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = archive / "content"
    before = tree(content)
    add.add(content, [FIRST], OPTIONS)
    kill_after(0, monkeypatch, content)
    with pytest.raises(Killed):
        add.add(content, [SECOND], OPTIONS)
    monkeypatch.undo()
    undo(content)
    assert {path: data for path, data in tree(content).items() if data} == {
        path: data for path, data in before.items() if data
    }


def test_an_undo_that_was_interrupted_goes_on(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = archive / "content"
    add.add(content, [FIRST], OPTIONS)
    before = tree(content)
    add.add(content, [SECOND], OPTIONS)
    kill_after(1, monkeypatch, content)
    with pytest.raises(Killed):
        undo(content)
    monkeypatch.undo()
    undo(content)
    assert tree(content) == before


def test_a_file_that_a_human_changed_stops_it_all(archive: Path, sitegen: Sitegen) -> None:
    content = archive / "content"
    add.add(content, [FIRST, SECOND], OPTIONS)
    page = content / "papers" / "2025" / "03" / "2503.00001.md"
    page.write_text(page.read_text() + "\nMy notes.\n")
    (content / "ledger" / "2025.txt").write_text("")
    before = tree(content)
    ran = sitegen("undo")
    hint = "    put it back as it was, or take the import back with git; no file was touched\n"
    assert (ran.status, ran.err) == (
        1,
        f"content/ledger/2025.txt: error: this file was changed since it was imported\n{hint}"
        f"content/papers/2025/03/2503.00001.md: error: this file was changed since it was imported\n{hint}",
    )
    assert tree(content) == before


def test_what_a_human_wrote_between_two_runs_stays(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = archive / "content"
    add.add(content, [FIRST], OPTIONS)
    page = content / "papers" / "2025" / "03" / "2503.00001.md"
    kill_after(2, monkeypatch, content)
    with pytest.raises(Killed):
        add.add(content, [SECOND], OPTIONS)
    monkeypatch.undo()
    page.write_text(page.read_text() + "\nMy notes.\n")
    add.add(content, [SECOND], OPTIONS)
    undo(content)
    assert "My notes." in page.read_text()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x1f\x8bno",
        gzip.compress(b"\n", mtime=0),
        gzip.compress(b"[]\n{}", mtime=0),
        gzip.compress(b'{"digests": []}\n{"path": "../mkdocs.yml", "before": null, "after": null}', mtime=0),
        gzip.compress(b'{"digests": []}\n{"path": "/etc/x", "before": null, "after": null}', mtime=0),
        gzip.compress(b'{"digests": []}\n{"path": "x", "before": 5, "after": null}', mtime=0),
        gzip.compress(b'{"digests": 5}\n', mtime=0),
    ],
)
def test_a_damaged_journal_is_a_message(archive: Path, sitegen: Sitegen, data: bytes) -> None:
    content = archive / "content"
    file = archive / ".cache" / "add" / "undo-unfinished.jsonl.gz"
    file.parent.mkdir(parents=True)
    file.write_bytes(data)
    ran = sitegen("undo")
    assert (ran.status, ran.err) == (
        1,
        ".cache/add/undo-unfinished.jsonl.gz: error: what was written down of the last import is damaged\n"
        "    take the import back with git, and remove this file\n",
    )
    before = tree(content)
    add.add(content, [FIRST], OPTIONS)
    undo(content)
    assert tree(content) == before


def test_many_digests_are_not_all_named(archive: Path, sitegen: Sitegen) -> None:
    for day in range(10, 15):
        line = json.dumps({"title": f"Paper {day}", "abstract": "a."})
        (archive / f"2025-03-{day}-list.jsonl").write_text(line)
    sitegen("add", *(f"2025-03-{day}-list.jsonl" for day in range(10, 15)))
    said = sitegen("undo").err
    assert said.startswith("Took back the import of 2025-03-10-list, 2025-03-11-list, 2025-03-12-list and 2 more: ")

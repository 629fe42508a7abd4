"""`sitegen add` on real digests, and what a golden case cannot show."""

import ast
import gzip
import json
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import add, files, intake
from sitegen.add.state import Options
from sitegen.intake import READERS
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import account
from sitegen.problems import Problem
from sitegen.store import raw_files
from tests.conftest import ROOT, Sitegen, load, shared
from tests.conftest import papers as papers_of
from tests.effort import at_once

OPTIONS = Options(today="2026-12-31", year="2025")
SAMPLE = sorted((ROOT / "sitegen" / "sample").iterdir())


def _in(result: dict[str, Any]) -> int:
    return int(result["added"] + result["merged"] + result["unchanged"] + result["quarantined"])


def _bytes(result: dict[str, Any]) -> int:
    return sum(each["bytes"] for each in (*result["used"], *result["ignored"]))


def test_the_trending_page_whole(archive: Path, sitegen: Sitegen) -> None:
    page = shared("trending-page.txt")
    subprocess.run(["git", "init", "-q"], check=True)
    first = json.loads(sitegen("add", str(page), "--date", "2025-03-14", "--json").out)
    assert (first["added"], first["quarantined"]) == (79, 0)
    assert _bytes(first) == first["bytes"] == page.stat().st_size
    paragraphs = [part for part in page.read_text().split("\n\n") if part.strip()][5:]
    papers = papers_of(archive / "content")
    assert [papers[paper].title for paper in first["papers"]] == [title.strip() for title in paragraphs[::2]]
    assert [papers[paper].abstract for paper in first["papers"]] == [" ".join(a.split()) for a in paragraphs[1::2]]
    subprocess.run(["git", "add", "-A"], check=True)
    second = json.loads(sitegen("add", str(page), "--date", "2025-03-14", "--json").out)
    assert second["unchanged"] == 79
    assert second["papers"] == first["papers"]
    changed = subprocess.run(["git", "diff", "--name-only"], check=True, capture_output=True, text=True).stdout
    assert changed == ""


@pytest.mark.parametrize("day", ["2024-05-27", "2024-12-11", "2025-03-14", "2026-04-10"])
def test_every_paper_of_a_hugging_face_day(day: str, archive: Path) -> None:
    file = shared(f"digests/hf_daily_api_json/{day}.json")
    items = [ast.literal_eval(item) if isinstance(item, str) else item for item in json.loads(file.read_text())]
    report = add.add(archive / "content", [RawDigest(file.name, file.read_bytes())], OPTIONS)
    assert (report.added, report.quarantined) == (len(items), 0)
    papers = papers_of(archive / "content")
    assert report.papers == [item["paper"]["id"] for item in items]
    for item in items:
        paper = papers[item["paper"]["id"]]
        shown = [author["name"] for author in item["paper"]["authors"] if not author.get("hidden")]
        assert list(paper.authors) == list(dict.fromkeys(" ".join(name.split()) for name in shown))
        assert paper.abstract.split() == item["paper"]["summary"].split()
        assert paper.published == item["paper"]["publishedAt"][:10]
        assert paper.listed == day


def test_a_thousand_papers(archive: Path) -> None:
    data = gzip.decompress(shared("corpora/papers-1k.jsonl.gz").read_bytes())
    report = add.add(archive / "content", [RawDigest("papers-1k.jsonl", data)], OPTIONS)
    assert report.found == 1000
    assert (report.quarantined, report.size) == (0, len(data))
    again = add.add(archive / "content", [RawDigest("papers-1k.jsonl", data)], OPTIONS)
    assert again.unchanged == 1000
    assert load(archive / "content").problems == ()


def test_thousands_of_authors_survive(archive: Path) -> None:
    authors = [f"Author Number {number}" for number in range(3303)]
    line = json.dumps({"title": "Many hands", "authors": authors, "abstract": "A."}).encode()
    add.add(archive / "content", [RawDigest("a.jsonl", line)], OPTIONS)
    assert list(papers_of(archive / "content")["many-hands"].authors) == authors


def _damaged() -> Iterator[Any]:
    """Digests of the sample, cut, swapped, doubled, re-encoded."""
    for file in SAMPLE:
        data = file.read_bytes()
        yield st.builds(
            lambda data, at, to, new: data[:at] + new + data[to:],
            st.just(data),
            st.integers(0, len(data)),
            st.integers(0, len(data)),
            st.binary(max_size=8) | st.sampled_from([b"\n\n", b'"', b"}", b"\r\n", b"\\", b"\xff\xfe"]),
        )


@given(st.one_of(*_damaged()) | st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_damaged_digests_lose_no_byte(data: bytes) -> None:
    raw = RawDigest("2025-03-14-x", data)
    for name in ("", *intake.READERS):
        reader = intake.reader_for(raw, name)
        if not isinstance(reader, Problem):
            assert sum(account(raw, reader.read(raw)).values()) == len(data)


def test_the_sample_is_what_content_holds(archive: Path) -> None:
    """The committed content/ is what `sitegen add` makes of the sample digests, byte for byte."""
    raws = [RawDigest(file.name, file.read_bytes()) for file in SAMPLE]
    add.add(archive / "content", raws, OPTIONS)
    made = {file.relative_to(archive): file.read_bytes() for file in _machine_pages(archive / "content")}
    kept = {file.relative_to(ROOT): file.read_bytes() for file in _machine_pages(ROOT / "content")}
    assert made == kept
    assert len(made) > 100
    for raw in raws:
        assert gzip.decompress((ROOT / "content" / raw_files.raw_path(raw.sha256)).read_bytes()) == raw.data


def _machine_pages(content: Path) -> Iterator[Path]:
    for folder in ("papers", "digests", "ledger", "quarantine", "imports"):
        yield from (file for file in sorted((content / folder).rglob("*")) if file.is_file())


def test_a_paper_that_a_digest_lists_thousands_of_times(archive: Path) -> None:
    lines = [{"id": "2503.00001", "title": "T", "abstract": "A.", "tags": [f"tag {number}"]} for number in range(4_000)]
    with at_once():
        data = "\n".join(map(json.dumps, lines)).encode()
        report = add.add(archive / "content", [RawDigest("2025-03-14-list.jsonl", data)], OPTIONS)
    assert (report.added, report.merged, report.quarantined) == (1, 3_999, 0)
    (paper,) = papers_of(archive / "content").values()
    assert paper.keywords == tuple(f"tag {number}" for number in range(4_000))


def test_quarantined_lines_may_hold_any_line_end_of_unicode(archive: Path) -> None:
    digest = [RawDigest("2025-03-14-list.jsonl", '{"title": 3, "x": "a\u2028b\x85c"}\n{"title": "T"}\n'.encode())]
    assert add.add(archive / "content", digest, OPTIONS).quarantined == 1
    file = archive / "content" / "quarantine" / "2025-03-14-list.jsonl"
    before = file.read_bytes()
    assert add.add(archive / "content", digest, OPTIONS).quarantined == 1
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "line", ["<<<<<<< HEAD", "[1]", "7", '{"file": 1, "line": "x", "raw": "7d"}', '{"raw": []}', "\xff", "[" * 100_000]
)
def test_what_somebody_made_of_a_quarantined_line_stays(archive: Path, line: str) -> None:
    digest = RawDigest("2025-03-14-list.jsonl", b'{"title": 3}\n{"title": "T"}\n')
    add.add(archive / "content", [digest], OPTIONS)
    file = archive / "content" / "quarantine" / "2025-03-14-list.jsonl"
    before = file.read_bytes()
    file.write_bytes(before + line.encode("latin-1") + b"\n")
    add.add(archive / "content", [RawDigest(digest.name, digest.data + b'{"title": 4}\n')], OPTIONS)
    lines = file.read_bytes().splitlines()
    assert len(lines) == 4
    assert {line.encode("latin-1"), before.strip()} <= set(lines)


def test_a_second_add_is_refused(archive: Path, sitegen: Sitegen) -> None:
    (archive / "a.jsonl").write_text('{"title": "T", "abstract": "A."}\n')
    with files.exclusive(archive / ".cache" / "add.lock"):
        ran = sitegen("add", "a.jsonl")
    assert (ran.status, ran.err) == (
        1,
        "content: error: another `sitegen add` is running\n    wait for it to end, then try again\n",
    )


def test_a_disk_error_is_a_message(archive: Path, sitegen: Sitegen, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "a.jsonl").write_text('{"title": "T", "abstract": "A."}\n')

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "content/papers")

    monkeypatch.setattr(files, "replace_all", full)
    ran = sitegen("add", "a.jsonl")
    assert (ran.status, ran.err) == (
        1,
        "content/papers: error: the system says: No space left on device\n"
        "    see that the file is there, that it may be written, and that the disk has room\n",
    )


@contextmanager
def _files_of_at_most(size: int) -> Iterator[None]:
    """A write beyond so many bytes fails, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_is_full_is_named(archive: Path, sitegen: Sitegen) -> None:
    (archive / "a.jsonl").write_text(json.dumps({"title": "T", "abstract": "A. " * 5000}))
    with _files_of_at_most(1_000):
        ran = sitegen("add", "a.jsonl")
    assert ran.err.startswith("content/papers/undated/.t.md.sitegen-tmp: error: the system says: File too large\n")
    assert not list((archive / "content").rglob("*.sitegen-tmp"))


def test_a_disk_that_is_full_is_named_by_those_that_write_pages(archive: Path, sitegen: Sitegen) -> None:
    papers = [{"title": f"Title {n}", "abstract": f"A {n}. " * 300, "date": f"{1990 + n % 9}"} for n in range(500)]
    (archive / "a.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    with _files_of_at_most(2_500):
        ran = sitegen("add", "a.jsonl")
    assert ran.err.endswith("see that the file is there, that it may be written, and that the disk has room\n")
    assert not list((archive / "content").rglob("*.sitegen-tmp"))
    assert not list((archive / "content").rglob("papers/*/*.md"))


def test_a_digest_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LARGEST", 10)
    refused = intake.reader_for(RawDigest("a.txt", b"x" * 11))
    assert isinstance(refused, Problem)
    assert str(refused) == (
        "a.txt: error: 11 bytes are more than the 10 that are read at once\n    cut the digest into parts"
    )


def test_an_interrupted_write_leaves_the_old_files(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        files.replace_all(tmp_path, [("folder", b"x"), ("a", b"new")])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a", "folder"]
    assert (tmp_path / "a").read_text() == "old"


def test_a_page_that_was_moved_stays_in_its_digest(archive: Path) -> None:
    content = archive / "content"
    one = b'{"title": "One", "abstract": "a."}\n'
    add.add(content, [RawDigest("2025-03-14-list.jsonl", one)], OPTIONS)
    (content / "papers" / "kept").mkdir()
    (content / "papers" / "2025" / "03" / "one.md").rename(content / "papers" / "kept" / "one.md")
    report = add.add(content, [RawDigest("2025-03-14-list.jsonl", one + b"\n")], OPTIONS)
    assert report.problems == []
    loaded = load(content)
    assert loaded.problems == ()
    assert [digest.papers for digest in loaded.archive.digests] == [("one",)]
    assert len(loaded.archive.digests[0].raw) == 2


def test_a_ledger_that_is_not_utf8_loses_nothing(archive: Path) -> None:
    ledger = archive / "content" / "ledger"
    ledger.mkdir()
    (ledger / "2025.txt").write_bytes(b"caf\xe9\n")
    add.add(archive / "content", [RawDigest("2025-03-14-a.jsonl", b'{"title": "T", "abstract": "a."}')], OPTIONS)
    assert (ledger / "2025.txt").read_bytes() == (
        b"caf\xe9\ndigests/2025-03-14-a/\tdigest 2025-03-14-a\npapers/t/\tpaper t\n"
    )


def test_the_help_names_all_formats(sitegen: Sitegen) -> None:
    """They stand there as text: importing all readers would make every command late."""
    named = sitegen("add", "--help").out.split("one of:")[1].split("Options:")[0]
    assert named.split() == [*READERS]

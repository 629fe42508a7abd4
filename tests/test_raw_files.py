"""Digests as they came, kept in content/raw/."""

import gzip
from pathlib import Path

from sitegen import add
from sitegen.add.state import Options
from sitegen.intake.raw import RawDigest
from sitegen.store import raw_files
from tests.conftest import Sitegen

PAPER = b'{"title": "One", "abstract": "a."}\n'


def _kept(content: Path) -> list[bytes]:
    return [gzip.decompress(file.read_bytes()) for file in sorted((content / "raw").rglob("*.gz"))]


def test_a_digest_is_kept_under_its_hash(archive: Path, sitegen: Sitegen) -> None:
    (archive / "a.jsonl").write_bytes(PAPER)
    assert sitegen("add", "a.jsonl").status == 0
    raw = RawDigest("a.jsonl", PAPER)
    file = archive / "content" / "raw" / raw.sha256[:2] / f"{raw.sha256}.gz"
    assert gzip.decompress(file.read_bytes()) == PAPER
    assert raw.sha256 in (archive / "content" / "digests" / "a.md").read_text()


def test_the_same_bytes_give_the_same_file_at_any_time() -> None:
    header = raw_files.compressed(b"a")[:10]
    assert header[4:8] == b"\0\0\0\0"
    assert header[9] == 255
    assert gzip.decompress(raw_files.compressed(b"a" * 100_000)) == b"a" * 100_000


def test_what_is_kept_already_is_not_written_anew(archive: Path) -> None:
    content = archive / "content"
    raw = RawDigest("a.jsonl", PAPER)
    add.add(content, [raw], Options("2026-01-01"))
    file = content / raw_files.raw_path(raw.sha256)
    file.write_bytes(gzip.compress(PAPER, 1))
    before = file.read_bytes()
    add.add(content, [raw], Options("2026-01-01"))
    assert file.read_bytes() == before


def test_a_digest_of_which_all_was_quarantined_is_kept_too(archive: Path) -> None:
    broken = b'{"title": 5}'
    future = b'{"title": "T", "abstract": "a.", "date": "2099"}'
    inputs = [RawDigest("a.jsonl", broken), RawDigest("b.jsonl", future)]
    add.add(archive / "content", inputs, Options("2026-01-01"))
    assert sorted(_kept(archive / "content")) == sorted([broken, future])


def test_nothing_is_kept_of_a_refused_digest_a_dry_run_or_where_it_is_switched_off(
    archive: Path, sitegen: Sitegen
) -> None:
    (archive / "a.jsonl").write_bytes(PAPER)
    (archive / "b.txt").write_bytes(b"x")
    sitegen("add", "b.txt")
    sitegen("add", "a.jsonl", "--dry-run")
    settings = archive / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("keep_raw: true", "keep_raw: false"))
    assert sitegen("add", "a.jsonl").status == 0
    assert not (archive / "content" / "raw").exists()


def test_it_is_not_published(archive: Path, sitegen: Sitegen) -> None:
    (archive / "a.jsonl").write_bytes(PAPER)
    sitegen("add", "a.jsonl")
    assert sitegen("build").status == 0
    assert not [file for file in (archive / "site").rglob("*") if "raw" in file.parts or file.suffix == ".gz"]


def test_of_a_page_all_is_kept(archive: Path, sitegen: Sitegen) -> None:
    page = (
        b"<html><body><script>count()</script><h2><a href='https://arxiv.org/abs/2503.00001'>On order</a></h2>"
        b"<p>Words of it.</p><h2><a href='https://arxiv.org/abs/2503.00002'>On chaos</a></h2><p>More words.</p>"
    )
    mail = b"From: a@b.org\nSubject: News\nDate: Fri, 14 Mar 2025 09:00:00 +0000\nContent-Type: text/html\n\n" + page
    (archive / "2025-03-14-news.html").write_bytes(page)
    (archive / "news.eml").write_bytes(mail)
    assert sitegen("add", "2025-03-14-news.html", "news.eml").status == 0
    assert _kept(archive / "content") == [page]

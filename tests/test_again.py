"""What is said of many papers that are added again is what would be said if nothing had been remembered."""

import gzip
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen import add, catalogue
from sitegen.add import again, sums
from sitegen.add.folding import folded
from sitegen.add.state import Options, Report
from sitegen.add.undo import undo
from sitegen.cache import Cache
from sitegen.intake.raw import RawDigest
from tests.conftest import ROOT, shared

OPTIONS = Options(today="2026-12-31", year="2025")
SAMPLE = [RawDigest(file.name, file.read_bytes()) for file in sorted((ROOT / "sitegen" / "sample").iterdir())]
LIST = (
    b'{"id": "2503.00001", "title": "On the order of lists", "abstract": "One.", "authors": ["Ann One"]}\n'
    b'{"id": "2503.00001", "title": "On the order of lists", "abstract": "One.", "tags": ["cs.CL"]}\n'
    b'{"id": "2503.00002", "title": "On two orders", "date": "2031-01-01"}\n'
    b'{"title": 3}\n{"title": "Without an abstract", "url": "ftp://x"}\n\xe9\n'
)
OTHER = b'{"id": "2503.00001", "title": "On the order of lists", "abstract": "Two."}\n'


@pytest.fixture(autouse=True)
def _everything_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add, "SEVERAL", 0)


def told(report: Report) -> object:
    """All that anybody is told of an import."""
    places = [sums.place(report, dry_run=False, only_odd=odd) for odd in (False, True)] if report.size else []
    return report.as_json(), report.pages, folded(report), list(sums.lines(report, dry_run=False)), places


def added(content: Path, digests: Sequence[RawDigest], options: Options = OPTIONS) -> Report:
    return add.add(content, [RawDigest(raw.name, raw.data) for raw in digests], options)


def answered(content: Path, digests: Sequence[RawDigest], options: Options = OPTIONS) -> Report | None:
    asking = again.asked(content, digests, options)
    return again.answer(Cache(content.parent), asking) if asking else None


def was_remembered(content: Path, digests: Sequence[RawDigest]) -> bool:
    return answered(content, digests) is not None


def check(content: Path, digests: Sequence[RawDigest], *, remembered: bool = True) -> None:
    """Add them once more with what is remembered and without."""
    assert was_remembered(content, digests) == remembered
    quick = added(content, digests)
    shutil.rmtree(content.parent / ".cache" / "sitegen")
    assert told(quick) == told(added(content, digests))


@pytest.mark.parametrize(
    "digests", [SAMPLE, [RawDigest("a.jsonl", LIST)], [RawDigest("a.jsonl", LIST), RawDigest("b.jsonl", LIST)]]
)
def test_what_is_said_again(archive: Path, digests: list[RawDigest]) -> None:
    content = archive / "content"
    assert added(content, digests).added
    check(content, digests)
    check(content, digests)


@pytest.mark.parametrize("kind", ["jsonl_daily", "arxiv_listing_email", "hf_daily_api_json", "bibtex", "oai_pmh"])
def test_what_is_said_again_of_real_digests(archive: Path, kind: str) -> None:
    content = archive / "content"
    for file in sorted(shared(f"digests/{kind}").iterdir())[:4]:
        digests = [RawDigest(file.name, file.read_bytes())]
        if added(content, digests).imports:
            check(content, digests, remembered=was_remembered(content, digests))


def test_many_real_papers(archive: Path) -> None:
    lines = gzip.decompress(shared("corpora/papers-1k.jsonl.gz").read_bytes())
    added(archive / "content", [RawDigest("a.jsonl", lines)])
    check(archive / "content", [RawDigest("a.jsonl", lines)])


def _edit(content: Path) -> None:
    page = next((content / "papers").rglob("*.md"))
    page.write_text(page.read_text("utf-8").replace("One.", "Mine."), "utf-8")


def _link(content: Path) -> None:
    (content / "pages" / "linked.md").symlink_to("index.md")


def _take_back(content: Path) -> None:
    undo(content)


def _remove(content: Path) -> None:
    next((content / "imports").iterdir()).unlink()


def _add_other(content: Path) -> None:
    added(content, [RawDigest("2025-03-14-other.jsonl", OTHER)])


@pytest.mark.parametrize("change", [_edit, _link, _take_back, _remove, _add_other])
def test_what_was_said_of_another_content_is_forgotten(archive: Path, change: Callable[[Path], None]) -> None:
    content = archive / "content"
    digests = [RawDigest("a.jsonl", LIST)]
    added(content, digests)
    change(content)
    assert not was_remembered(content, digests)


@pytest.mark.parametrize(
    ("digests", "options"),
    [
        ([RawDigest("b.jsonl", LIST)], OPTIONS),
        ([RawDigest("a.jsonl", LIST, columns={"title": "Name"})], OPTIONS),
        ([RawDigest("a.jsonl", LIST + b"\n")], OPTIONS),
        ([RawDigest("a.jsonl", LIST)], Options(today="2031-12-31", year="2025")),
        ([RawDigest("a.jsonl", LIST)], Options(today="2026-12-31", year="2025", keep_raw=False)),
    ],
)
def test_what_was_asked_otherwise_is_not_known(archive: Path, digests: list[RawDigest], options: Options) -> None:
    content = archive / "content"
    added(content, [RawDigest("a.jsonl", LIST)])
    assert answered(content, digests, options) is None


@pytest.mark.parametrize("digests", [SAMPLE, [RawDigest("list.jsonl", LIST)]], ids=["sample", "list"])
def test_only_what_is_refused_for_its_date_is_looked_at_another_day(archive: Path, digests: list[RawDigest]) -> None:
    content = archive / "content"
    report = added(content, digests)
    early = any(found.code == "item-future" for found in report.problems)
    assert early == (len(digests) == 1)
    later, earlier = (replace(OPTIONS, today=day) for day in ("2027-01-01", "2026-12-30"))
    assert (answered(content, digests, later) is None) == early
    assert answered(content, digests, earlier) is None
    check(content, digests)


def test_what_links_lead_to_is_looked_at_each_time(archive: Path) -> None:
    """A folder that is a link, as one may keep the raw digests on another disk, is not what it was if a file goes."""
    content = archive / "content"
    (archive / "elsewhere").mkdir()
    (content / "raw").symlink_to(archive / "elsewhere")
    digests = [RawDigest("a.jsonl", LIST)]
    added(content, digests)
    (kept,) = (file for file in (archive / "elsewhere").rglob("*.gz"))
    kept.unlink()
    added(content, digests)
    assert kept.is_file()


def test_hand_edits_that_stand_against_a_digest_are_told_of_each_time(archive: Path) -> None:
    content = archive / "content"
    added(content, [RawDigest("a.jsonl", LIST)])
    _edit(content)
    other = [RawDigest("a.jsonl", LIST.replace(b"One.", b"Three."))]
    assert any(found.code == "hand-edit-kept" for found in added(content, other).problems)
    check(content, other, remembered=False)


def test_nothing_of_the_archive_is_read_again(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added(archive / "content", SAMPLE)
    monkeypatch.delattr(catalogue, "read")
    assert added(archive / "content", SAMPLE).unchanged

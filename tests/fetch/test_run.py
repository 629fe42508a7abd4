"""A fetch from its first request to its last, killed at every point."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sitegen import files
from sitegen.fetch import arxiv, hf, oai, run, state
from sitegen.fetch.asked import Job
from sitegen.fetch.run import Archive, Fetched, fetch
from sitegen.intake.raw import RawDigest
from tests.fetch import replies
from tests.fetch.server import Clock, Replay, Server, client

TODAY = "2025-03-20"


class Killed(BaseException):
    """What a signal does."""


@dataclass
class Bench:
    """An archive whose `add` only notes what it gets."""

    root: Path
    server: Server
    clock: Clock
    added: list[tuple[str, str, str]] = field(default_factory=list)
    """(address behind the server's, day, name)"""
    bodies: list[bytes] = field(default_factory=list)
    takes: Callable[[], bool] = lambda: True

    def add(self, raw: RawDigest, day: str, name: str) -> bool:
        taken = self.takes()
        self.added.append((raw.name.removeprefix(self.server.base), day, name))
        self.bodies.append(raw.data)
        return taken

    def fetch(self, source: str, what: str, first: str, until: str = "") -> Fetched:
        archive = Archive(self.root, self.root / "content", TODAY, client(self.clock), self.add)
        return fetch(Job(source, what, first, until or first, self.server.base + "/x"), archive)

    def set(self, url: str, *answers: Replay | bytes) -> None:
        path = url.removeprefix(self.server.base)
        self.server.replies[path] = [each if isinstance(each, Replay) else Replay(each) for each in answers]

    @property
    def state(self) -> dict[str, state.Entry]:
        return state.read(self.root / "content")

    @property
    def staged(self) -> list[Path]:
        return [file for file in (self.root / ".cache").rglob("*") if file.is_file()]


@pytest.fixture
def bench(tmp_path: Path, server: Server, clock: Clock) -> Bench:
    (tmp_path / "content").mkdir()
    return Bench(tmp_path, server, clock)


def _set_hf(bench: Bench, **days: bytes) -> None:
    for day, body in days.items():
        bench.set(hf.first("", f"2025-03-{day[1:]}", "/x"), body)


def _set_oai(bench: Bench) -> None:
    """Three parts of one day, and a day without records."""
    bench.set(oai.first("cs", "2025-03-13", "/x"), replies.oai("1", token="a"))
    bench.set("/x?verb=ListRecords&resumptionToken=a", replies.oai("2", token="b"))
    bench.set("/x?verb=ListRecords&resumptionToken=b", replies.oai("3", token=""))
    bench.set(oai.first("cs", "2025-03-14", "/x"), replies.oai_error("noRecordsMatch"))


def test_days_with_and_without_papers(bench: Bench) -> None:
    _set_hf(bench, d13=replies.hf("1"), d14=b"[]", d15=replies.hf("2"))
    done = bench.fetch("hf", "", "2025-03-13", "2025-03-15")
    assert (done.requests, done.replies, done.problems) == (3, 2, [])
    assert [day for _, day, _ in bench.added] == ["2025-03-13", "2025-03-15"]
    assert bench.state == {"hf": state.Entry("2025-03-15")}
    assert bench.staged == []


def test_a_day_that_is_not_over_is_asked_for_again(bench: Bench) -> None:
    _set_hf(bench, d19=replies.hf("1"), d20=replies.hf("2"))
    bench.fetch("hf", "", "2025-03-19", TODAY)
    assert bench.state == {"hf": state.Entry("2025-03-19")}


def test_a_first_fetch_of_a_day_that_is_not_over(bench: Bench) -> None:
    _set_hf(bench, d20=replies.hf("2"))
    bench.fetch("hf", "", TODAY)
    assert bench.state == {"hf": state.Entry("2025-03-19")}


def test_an_old_day_does_not_change_the_last_one(bench: Bench) -> None:
    _set_hf(bench, d10=replies.hf("1"), d13=replies.hf("2"), d16=replies.hf("3"))
    for day in ("2025-03-13", "2025-03-10", "2025-03-16"):
        bench.fetch("hf", "", day)
    assert bench.state == {"hf": state.Entry("2025-03-13")}


def test_pages_of_arxiv(bench: Bench) -> None:
    first = arxiv.first("cs.CL", "2025-03-10", "/x")
    bench.set(first, replies.atom(["1", "2"], 3))
    bench.set(first.replace("start=0", "start=2"), replies.atom([], 3, 2), replies.atom(["3"], 3, 2))
    done = bench.fetch("arxiv", "cs.CL", "2025-03-10")
    assert (done.requests, done.replies) == (3, 2)
    assert {(day, name) for _, day, name in bench.added} == {("2025-03-10", "arXiv cs.CL")}
    assert bench.state == {"arxiv cs.CL": state.Entry("2025-03-10")}


def test_arxiv_shows_papers_days_after_they_were_submitted(bench: Bench) -> None:
    bench.set(arxiv.first("cs.CL", "2025-03-14", "/x"), replies.atom(["1"], 1))
    bench.fetch("arxiv", "cs.CL", "2025-03-14")
    assert bench.state == {"arxiv cs.CL": state.Entry("2025-03-13")}


def test_parts_of_a_list_of_records(bench: Bench) -> None:
    _set_oai(bench)
    done = bench.fetch("oai", "cs", "2025-03-13", "2025-03-14")
    assert (done.requests, done.replies) == (4, 3)
    assert bench.bodies == [replies.oai("1", token="a"), replies.oai("2", token="b"), replies.oai("3", token="")]
    assert {(day, name) for _, day, name in bench.added} == {("2025-03-13", "OAI-PMH cs")}
    assert bench.state == {"oai cs": state.Entry("2025-03-14")}


def test_a_list_that_breaks_off_goes_on_there(bench: Bench) -> None:
    _set_oai(bench)
    second = "/x?verb=ListRecords&resumptionToken=b"
    bench.set(second, Replay(status=503, headers=(("Retry-After", "9000"),)))
    done = bench.fetch("oai", "cs", "2025-03-13", "2025-03-14")
    assert [each.code for each in done.problems] == ["fetch-wait"]
    assert str(done) == "oai cs: 3 requests, 2 with papers, then it broke off"
    assert bench.state["oai cs"] == state.Entry(
        "2025-03-12", first="2025-03-13", until="2025-03-14", day="2025-03-13", url=bench.server.base + second
    )
    _set_oai(bench)
    bench.server.asked.clear()
    assert bench.fetch("oai", "cs", "2025-03-13", "2025-03-14").problems == []
    assert bench.server.asked == [second, oai.first("cs", "2025-03-14", "/x")]
    assert bench.state == {"oai cs": state.Entry("2025-03-14")}


def test_a_token_that_is_no_longer_known_begins_the_day_again(bench: Bench) -> None:
    _set_oai(bench)
    bench.set("/x?verb=ListRecords&resumptionToken=b", Replay(status=404))
    assert bench.fetch("oai", "cs", "2025-03-13").problems
    _set_oai(bench)
    bench.set(
        "/x?verb=ListRecords&resumptionToken=b", replies.oai_error("badResumptionToken"), replies.oai("3", token="")
    )
    done = bench.fetch("oai", "cs", "2025-03-13")
    assert (done.problems, done.requests, done.replies) == ([], 4, 3)


def test_tokens_that_are_never_known(bench: Bench) -> None:
    _set_oai(bench)
    bench.set("/x?verb=ListRecords&resumptionToken=a", replies.oai_error("badResumptionToken"))
    (found,) = bench.fetch("oai", "cs", "2025-03-13").problems
    assert found.message.endswith("its parts expire at once")


def test_parts_that_lead_back(bench: Bench) -> None:
    bench.set(oai.first("cs", "2025-03-13", "/x"), replies.oai("1", token="a"))
    bench.set("/x?verb=ListRecords&resumptionToken=a", replies.oai("2", token="a"))
    (found,) = bench.fetch("oai", "cs", "2025-03-13").problems
    assert found.message == "the reply is not what this source gives: its parts lead on without end"


def test_parts_without_end(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "MOST_PAGES", 3)
    _set_oai(bench)
    bench.set("/x?verb=ListRecords&resumptionToken=b", replies.oai("3", token="c"))
    (found,) = bench.fetch("oai", "cs", "2025-03-13").problems
    assert found.message.endswith("its parts lead on without end")


def test_a_reply_that_cannot_be_added_is_asked_for_again(bench: Bench) -> None:
    _set_hf(bench, d13=replies.hf("1"), d14=replies.hf("2"))
    bench.takes = lambda: False
    done = bench.fetch("hf", "", "2025-03-13", "2025-03-14")
    assert (done.requests, done.replies, bench.state, bench.staged) == (1, 0, {}, [])
    bench.takes = lambda: True
    assert bench.fetch("hf", "", "2025-03-13", "2025-03-14").requests == 2


def test_broken_json_is_not_added(bench: Bench) -> None:
    _set_hf(bench, d13=replies.hf("1")[:-9])
    (found,) = bench.fetch("hf", "", "2025-03-13").problems
    assert found.code == "fetch-odd"
    assert (bench.added, bench.state) == ([], {})


def test_a_feed_is_asked_only_if_it_has_changed(bench: Bench) -> None:
    url = bench.server.base + "/feed"
    marks = (("ETag", 'W/"1"'), ("Last-Modified", "Fri, 14 Mar 2025 09:00:00 GMT"))
    bench.set("/feed", Replay(b"one", headers=marks), Replay(status=304), Replay(b"two"))
    first, second, third = (bench.fetch("feed", url, "") for _ in range(3))
    assert (first.replies, second.replies, third.replies) == (1, 0, 1)
    assert (str(second), bench.bodies) == (f"feed {url}: 1 request, nothing is new", [b"one", b"two"])
    asked = [(headers.get("if-none-match"), headers.get("if-modified-since")) for headers in bench.server.headers]
    assert asked == [(None, None), (marks[0][1], marks[1][1]), (marks[0][1], marks[1][1])]
    assert bench.state == {}, "a reply without marks leaves none"
    assert {day for _, day, _ in bench.added} == {""}


def test_a_feed_that_could_not_be_added_leaves_no_mark(bench: Bench) -> None:
    bench.set("/feed", Replay(b"one", headers=(("ETag", '"1"'),)))
    bench.takes = lambda: False
    bench.fetch("feed", bench.server.base + "/feed", "")
    assert bench.state == {}


def test_nothing_is_new_where_that_was_not_asked(bench: Bench) -> None:
    bench.set(hf.first("", "2025-03-13", "/x"), Replay(status=304))
    (found,) = bench.fetch("hf", "", "2025-03-13").problems
    assert found.code == "fetch-odd"


def test_what_another_fetch_had_kept_is_added_first(bench: Bench) -> None:
    _set_hf(bench, d13=replies.hf("1"), d14=replies.hf("2"))
    bench.takes = _killing(1)
    with pytest.raises(Killed):
        bench.fetch("hf", "", "2025-03-13")
    bench.takes = lambda: True
    bench.fetch("hf", "", "2025-03-14")
    assert bench.bodies == [replies.hf("1"), replies.hf("2")]
    assert [day for _, day, _ in bench.added[-2:]] == ["2025-03-13", "2025-03-14"]
    assert bench.staged == []


def _killing(number: int) -> Callable[[], bool]:
    """True, but the so-manieth call is killed."""
    calls: Iterator[int] = iter(range(1, number))

    def call() -> bool:
        if next(calls, None) is None:
            raise Killed
        return True

    return call


@pytest.mark.parametrize("cache_is_lost", [False, True])
@pytest.mark.parametrize("point", ["add", "replace before", "replace after", "asked"])
@pytest.mark.parametrize("number", range(1, 8))
def test_killed_anywhere(
    point: str, number: int, cache_is_lost: bool, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a kill the same command brings all replies in, and asks again at most for the one that was on its way."""
    _set_oai(bench)
    tick = _killing(number)
    write = files.replace

    def replace(path: Path, data: bytes) -> None:
        if point == "replace before":
            tick()
        write(path, data)
        if point == "replace after":
            tick()

    with monkeypatch.context() as patch:
        patch.setattr(files, "replace", replace)
        if point == "add":
            bench.takes = tick
        if point == "asked":
            patch.setattr(bench.clock, "sleep", lambda _: tick())
        try:
            bench.fetch("oai", "cs", "2025-03-13", "2025-03-14")
        except Killed:
            bench.takes = lambda: True
            if cache_is_lost:
                for file in bench.staged:
                    file.unlink()
    bench.takes = lambda: True
    bench.fetch("oai", "cs", "2025-03-13", "2025-03-14")
    assert list(dict.fromkeys(bench.bodies)) == [
        replies.oai("1", token="a"), replies.oai("2", token="b"), replies.oai("3", token="")
    ]  # fmt: skip
    assert bench.state == {"oai cs": state.Entry("2025-03-14")}
    assert bench.staged == []


def test_what_is_on_the_disk_is_not_asked_for_again(bench: Bench) -> None:
    _set_oai(bench)
    bench.takes = _killing(2)
    with pytest.raises(Killed):
        bench.fetch("oai", "cs", "2025-03-13", "2025-03-14")
    bench.takes = lambda: True
    bench.fetch("oai", "cs", "2025-03-13", "2025-03-14")
    assert len(bench.server.asked) == len(set(bench.server.asked)) == 4


def test_a_kept_reply_that_is_damaged_is_asked_for_again(bench: Bench) -> None:
    _set_hf(bench, d13=replies.hf("1"))
    bench.takes = _killing(1)
    with pytest.raises(Killed):
        bench.fetch("hf", "", "2025-03-13")
    for file in bench.staged:
        file.write_bytes(b"\0")
    bench.takes = lambda: True
    assert bench.fetch("hf", "", "2025-03-13").requests == 1
    assert bench.bodies[-1] == replies.hf("1")

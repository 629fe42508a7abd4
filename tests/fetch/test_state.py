"""content/fetched.yml: what is written is read again, and what is not ours is a message."""

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.fetch import state
from sitegen.fetch.state import Entry
from sitegen.problems import ProblemsFound

DAYS = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2999, 12, 31)).map(str)


def test_the_file(tmp_path: Path) -> None:
    entries = {"oai cs": Entry("2025-03-13", day="2025-03-14", url="https://a.example/?x=1"), "hf": Entry("2025-03-14")}
    text = state.written(entries).decode()
    assert text == (
        "# What `sitegen fetch` has fetched, so that it can go on from there. It may be deleted.\n"
        '"hf":\n  last: "2025-03-14"\n"oai cs":\n  last: "2025-03-13"\n  day: "2025-03-14"\n'
        '  url: "https://a.example/?x=1"\n'
    )
    (tmp_path / state.FILE).write_text(text)
    assert state.read(tmp_path) == entries


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1), day=DAYS, etag=st.text(), url=st.text("abc:/?=&%").map("https://a.example/".__add__))
def test_whatever_a_server_says_is_read_again(name: str, day: str, etag: str, url: str, tmp_path: Path) -> None:
    (tmp_path / state.FILE).write_bytes(state.written({name: Entry(day, etag=etag, url=url)}))
    (read,) = state.read(tmp_path).values()
    assert (read.last, read.url) == (day, url)
    assert read.etag in (etag, "")
    assert read.etag.isprintable()


@pytest.mark.parametrize(
    "text",
    ["a: b", "a: {last: 3}", 'a: {last: "soon"}', "- a", "a: {x: y}", "a: {etag: ''}", "a: [", "\x07", "3: {3: '4'}",
     'a: {last: "9999-12-31"}', "a: !!bool maybe", 'a: {url: "file:///x"}', 'a: {url: "example.org/x"}', 'a: {url: "https://[x/"}',
     "a: " + "[" * 5_000, 'a: {etag: "a\\nb"}', "? [a]\n: b", "hf: &a {url: *a}", "&a {hf: *a}", "a: *b", "<<: {a: b}",
     "a: {? {b: c} : d}", "hf: {url: 'https://a.example/?limit=3'}", "hf: {url: 'https://a.example/?date=2025-03-14&p=x'}",
     "arxiv cs.CL: {url: 'https://a.example/?start=-1'}"],
)  # fmt: skip
def test_a_file_that_no_fetch_wrote(text: str, tmp_path: Path) -> None:
    (tmp_path / state.FILE).write_text(text)
    with pytest.raises(ProblemsFound):
        state.read(tmp_path)


def test_days_that_a_human_wrote_without_quotes(tmp_path: Path) -> None:
    (tmp_path / state.FILE).write_text("hf:\n  last: 2025-03-13\n")
    assert state.read(tmp_path) == {"hf": Entry("2025-03-13")}


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / state.FILE).write_bytes(b"\xff")
    with pytest.raises(ProblemsFound):
        state.read(tmp_path)


def test_an_empty_file_is_none(tmp_path: Path) -> None:
    (tmp_path / state.FILE).write_text("")
    assert state.read(tmp_path) == state.read(tmp_path / "nowhere") == {}


def test_the_last_day_leaves_out_no_day() -> None:
    entry = Entry("2025-03-12")
    assert state.advanced(entry, "2025-03-01", "2025-03-20").last == "2025-03-20"
    assert state.advanced(entry, "2025-03-01", "2025-03-10").last == "2025-03-12"
    assert state.advanced(entry, "2025-03-14", "2025-03-20").last == "2025-03-12"

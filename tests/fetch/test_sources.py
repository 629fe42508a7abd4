"""Each source: which addresses it asks, and what it makes of a reply."""

from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.fetch import arxiv, feed, hf, oai
from sitegen.fetch.source import Expired, Odd, Page
from sitegen.fetch.sources import SOURCES
from sitegen.fetch.xml_parts import parts
from tests.effort import at_once
from tests.fetch import replies

HF = hf.first("", "2025-03-14", "")
ARXIV = arxiv.first("cs.CL", "2025-03-14", "")
OAI = oai.first("cs", "2025-03-14", "")


def _query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_a_day_of_hugging_face() -> None:
    assert hf.read(HF, replies.hf("2503.00001")) == Page(papers=True)
    assert hf.read(HF, b"[]") == Page(papers=False)
    full = replies.hf(*(f"2503.{number:05}" for number in range(hf.LIMIT)))
    second = hf.read(HF, full).following
    assert second == f"{HF}&p=1"
    assert hf.read(second, full).following == f"{HF}&p=2"


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"error": "x"}', b"[" * 100_000, b"\xff", b"[1"])
def test_what_is_no_day_of_hugging_face(body: bytes) -> None:
    with pytest.raises(Odd):
        hf.read(HF, body)


def test_a_category_of_arxiv() -> None:
    assert ARXIV.startswith("https://export.arxiv.org/api/query?search_query=cat%3Acs.CL+AND+submittedDate%3A%5B2025")
    assert _query(ARXIV) == {
        "search_query": "cat:cs.CL AND submittedDate:[202503140000 TO 202503142359]",
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
        "start": "0",
        "max_results": "500",
    }
    first = arxiv.read(ARXIV, replies.atom(["2503.1", "2503.2"], 3))
    assert _query(first.following) == {**_query(ARXIV), "start": "2"}
    assert arxiv.read(first.following, replies.atom(["2503.3"], 3, 2)) == Page(papers=True)
    assert arxiv.read(ARXIV, replies.atom([], 0)) == Page(papers=False)


@pytest.mark.parametrize(
    "body",
    [
        replies.atom([], 3),
        replies.atom(["2503.1"], 1).replace(b"/abs/2503.1v1", b"/api/errors#x"),
        b"<feed/>",
        b"<html><body>Down</html>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><feed>&a;</feed>',
        b"",
    ],
)
def test_what_is_no_page_of_arxiv(body: bytes) -> None:
    with pytest.raises(Odd):
        arxiv.read(ARXIV, body)


def test_a_set_of_a_repository() -> None:
    first = oai.read(OAI, replies.oai("1", "2", token="6|1001&amp;x"))
    assert first.papers
    assert _query(first.following) == {"verb": "ListRecords", "resumptionToken": "6|1001&x"}
    assert first.following.startswith("https://oaipmh.arxiv.org/oai?")
    assert oai.read(first.following, replies.oai("3", token="")) == Page(papers=True)
    assert oai.read(OAI, replies.oai("1")) == Page(papers=True)
    assert oai.read(OAI, replies.oai_error("noRecordsMatch")) == Page(papers=False)


def test_another_repository() -> None:
    url = oai.first("https://a.example/oai?metadataPrefix=oai_dc&set=x:y&verb=Other", "2025-03-14", "")
    assert url == (
        "https://a.example/oai?verb=ListRecords&metadataPrefix=oai_dc&from=2025-03-14&until=2025-03-14&set=x:y"
    )
    assert oai.first("cs", "2025-03-14", "https://b.example/x").startswith("https://b.example/x?verb=ListRecords&")


def test_a_token_that_is_no_longer_known() -> None:
    with pytest.raises(Expired):
        oai.read(OAI, replies.oai_error("badResumptionToken"))


@pytest.mark.parametrize(
    "body", [replies.oai_error("badArgument"), b"<feed/>", b"x", replies.oai("1", token="9" * 9_000), b"<OAI-PMH>"]
)
def test_what_is_no_list_of_records(body: bytes) -> None:
    with pytest.raises(Odd):
        oai.read(OAI, body)


def test_a_feed_is_for_add_to_read() -> None:
    assert feed.first("https://a.example/feed", "", "") == "https://a.example/feed"
    assert feed.read("https://a.example/feed", b"anything") == Page(papers=True)


@given(st.sampled_from(sorted(SOURCES)), st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_reply_does_more_than_be_odd(source: str, body: bytes) -> None:
    what = {"hf": "", "arxiv": "cs.CL", "oai": "cs", "feed": "https://a.example/"}[source]
    try:
        page = SOURCES[source].read(SOURCES[source].first(what, "2025-03-14", ""), body)
    except (Odd, Expired):
        return
    assert page.following == ""


@pytest.mark.parametrize(
    "body", [b"<a>" * 350_000, b"[" * 1_000_000, b"<OAI-PMH>" + b"<error/>" * 120_000, b"<a " + b"b='c' " * 160_000]
)
@pytest.mark.parametrize("source", SOURCES)
def test_large_replies_take_no_time(source: str, body: bytes) -> None:
    with at_once(), suppress(Odd):
        SOURCES[source].read({"arxiv": ARXIV, "oai": OAI}.get(source, HF), body)


@given(st.text(max_size=80))
def test_only_what_fits_goes_into_an_address(what: str) -> None:
    for source in SOURCES.values():
        if source.fits(what):
            url = source.first(what, "2025-03-14", "")
            assert url.isascii()
            assert url.isprintable()
            assert " " not in url


@pytest.mark.parametrize("what", ["a" * 1_000_000, "a-" * 500_000, "a:" * 500_000, "https://a.example/" + "a" * 10**6])
def test_long_arguments_take_no_time(what: str) -> None:
    with at_once():
        for source in SOURCES.values():
            source.fits(what)


def test_parts_of_xml() -> None:
    found = parts(b'<x:a xmlns:x="y" n="1"> b <c>d</c> e </x:a>', {"a", "c"})
    assert [(part.name, part.text) for part in found] == [("c", "d"), ("a", "b  e")]
    assert found[1].attributes["n"] == "1"


def test_xml_without_end() -> None:
    for body in (b"<a>" * 101, b"<a>" + b"<b/>" * 50_001):
        with pytest.raises(Odd, match="it is XML with more than"):
            parts(body, {"b"})

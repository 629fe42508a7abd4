"""Answers of arXiv's API, plain and inside JSON."""

import json
import random

import feedparser
import pytest

from sitegen.intake.json_text import json_text
from sitegen.text import clean
from tests.conftest import shared
from tests.intake.damage import damaged, read, read_at_once, recognised

ENTRY = """  <entry>
    <id>http://arxiv.org/abs/2512.00001v2</id>
    <title>A first
  title &amp; more</title>
    <updated>2025-12-18T00:00:00Z</updated>
    <link href="https://arxiv.org/abs/2512.00001v2" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/2512.00001v2" rel="related" type="application/pdf" title="pdf"/>
    <summary>One
line.
  A paragraph with $a &lt; b$.</summary>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <published>2025-12-17T23:49:55Z</published>
    <arxiv:comment>3 pages</arxiv:comment>
    <arxiv:primary_category term="cs.CL"/>
    <author><name>Ann Müller 😀</name><arxiv:affiliation>Here</arxiv:affiliation></author>
    <arxiv:doi>10.1234/X 10.1234/y</arxiv:doi>
  </entry>
"""
ERROR = """  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_1234</id>
    <title>Error</title>
    <summary>incorrect id format for 1234</summary>
  </entry>
"""
BROKEN = "  <entry><id>http://arxiv.org/abs/2512.00003v1</id><title>Broken</titel></entry>\n"
OLD = ENTRY.replace("2512.00001v2", "hep-th/9901001v1").replace("A first", "Another").replace("10.1234/", "10.4321/")
FEED = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/I0g8Ttij</id>
  <title>arXiv Query: search_query=all:x</title>
{ENTRY}{ERROR}{BROKEN}{OLD}</feed>
"""
IN_JSON = json.dumps({"url": "https://x.org", "status_code": 200, "body": FEED})


@pytest.mark.parametrize("text", [FEED, IN_JSON, json.dumps({"body": FEED}, ensure_ascii=False, indent=1)])
def test_entries_are_papers_and_errors_are_not(text: str) -> None:
    assert recognised(text) == "arxiv-atom"
    reading = read("arxiv-atom", text)
    first, second = reading.records
    assert (first.id, first.also, second.id) == ("2512.00001v2", ("10.1234/x", "10.1234/y"), "hep-th/9901001v1")
    assert first.fields == {
        "title": "A first title & more",
        "abstract": "One line.\n\nA paragraph with $a < b$.",
        "authors": ("Ann Müller 😀",),
        "published": "2025-12-17",
        "keywords": ("cs.CL",),
        "links.pdf": "https://arxiv.org/pdf/2512.00001v2",
        "links.arxiv": "https://arxiv.org/abs/2512.00001",
        "links.doi": "https://doi.org/10.1234/x",
    }
    assert [item.problem.message for item in reading.rejected] == [
        "the item cannot be read: incorrect id format for 1234",
        "the item cannot be read: mismatched tag",
    ]
    assert reading.dated_records


def test_the_bytes_inside_json_are_those_of_the_elements() -> None:
    reading = read("arxiv-atom", IN_JSON)
    used = [IN_JSON[span.start : span.end] for span in reading.spans if span.what == "paper"]
    assert used[0] == "<id>http://arxiv.org/abs/2512.00001v2</id>"
    assert "<name>Ann M\\u00fcller \\ud83d\\ude00</name>" in used
    assert {span.what for span in reading.spans} == {
        "paper",
        "feed header",
        "affiliations",
        "comments",
        "dates of revisions",
        "unused XML elements",
    }


@pytest.mark.parametrize(
    ("written", "text"),
    [('a\\n\\u00e9b"', "a\néb"), ("\\ud83d\\ude00x", "😀x"), ("\\q\\", "\\q\\"), ("\\ud83dx", "\ud83dx")],
)
def test_a_json_string_knows_its_places(written: str, text: str) -> None:
    read_as = json_text(f'"{written}', 1)
    assert read_as.text == text
    places = [read_as.place(at) for at in range(len(text) + 1)]
    assert places == sorted(set(places))
    assert (places[0], places[-1]) == (1, 1 + len(written.removesuffix('"')))


def test_no_damage_makes_the_reader_raise() -> None:
    for text in [*damaged(FEED, seed=2, count=200), *damaged(IN_JSON, seed=3, count=200)]:
        read("arxiv-atom", text)


@pytest.mark.parametrize(
    "text",
    [
        FEED.replace("</feed>", "") + "<entry>" * 15_000,
        '{"body": "<feed>' + "\\u00e9" * 160_000,
        '{"body": "<feed>' + "\\" * 1_000_000,
        '{"' * 500_000,
        "<feed>" + "<entry/>" * 5_000,
        "<feed><entry>" + "<a>" * 300_000,
    ],
    ids=range(6),
)
def test_a_hostile_megabyte_is_read_in_time(text: str) -> None:
    read_at_once("arxiv-atom", text)


@pytest.mark.parametrize(
    ("file", "count"), [("arxiv_api_cs_2025-12-17.atom.xml", 405), ("q_testing_s40_m10_96dd32eb854c.json", 10)]
)
def test_real_files_are_read_as_another_parser_reads_them(file: str, count: int) -> None:
    data = shared(f"digests/arxiv_atom_api/{file}").read_bytes()
    assert recognised(data) == "arxiv-atom"
    reading = read("arxiv-atom", data, file)
    entries = feedparser.parse(json.loads(data)["body"] if file.endswith(".json") else data).entries
    assert (len(reading.records), len(entries), len(reading.rejected)) == (count, count, 0)
    pairs = list(zip(reading.records, entries, strict=True))
    for record, entry in random.Random(7).sample(pairs, min(20, count)):
        assert record.id == entry.id.rpartition("/abs/")[2]
        assert record.title == clean.line(entry.title)
        assert " ".join(str(record.fields["abstract"]).split()) == " ".join(entry.summary.split())
        assert record.fields["authors"] == tuple(dict.fromkeys(author.name for author in entry.authors))
        assert record.fields["published"] == entry.published[:10]
        assert record.fields["keywords"] == tuple(dict.fromkeys(tag.term for tag in entry.tags))
        assert record.also == tuple(entry.get("arxiv_doi", "").lower().split())

"""RSS and Atom feeds."""

import random
import re
from html import escape

import feedparser
import pytest
from lxml import html

from sitegen.intake.reading import Reading
from sitegen.text import clean
from tests.conftest import shared
from tests.intake.damage import damaged, read, read_at_once, recognised

ATOM = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns="http://www.w3.org/2005/Atom">
  <title>cs.AI updates on arXiv.org</title>
  <updated>2025-08-20T04:00:19.866337+00:00</updated>
  <entry>
    <id>oai:arXiv.org:2508.00001v1</id>
    <title>If $a &lt; b$</title>
    <link href="https://arxiv.org/abs/2508.00001" rel="alternate" type="text/html"/>
    <summary>arXiv:2508.00001v1 Announce Type: cross\x20
Abstract: One sentence.</summary>
    <category term="cs.AI"/>
    <published>2025-08-20T00:00:00-04:00</published>
    <arxiv:announce_type>cross</arxiv:announce_type>
    <dc:creator>Ann One, Bob Two</dc:creator>
  </entry>
</feed>
"""
LABELLED = escape(
    "<p><b>Authors:</b> Ann One, Bob Two</p><p><b>Upvotes:</b> 53</p><p><b>Summary:</b> The text.</p><p>More.</p>"
)
RSS = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Papers &amp;amp; more</title><link>https://x.org</link>
<lastBuildDate>Fri, 01 Aug 2025 00:27:27 +0000</lastBuildDate><image><title>Logo</title></image>
<item><media:title>Not this</media:title><title>A paper</title><link>https://arxiv.org/abs/2507.00001</link>
<description>{LABELLED}</description><guid isPermaLink="false">https://arxiv.org/abs/2507.00001</guid>
<pubDate>Wed, 30 Jul 2025 20:00:00 -0500</pubDate></item>
<item><title>A post</title><guid>https://x.org/post</guid><author>ann@x.org (Ann One)</author>
<description></description><content:encoded><![CDATA[<p>Words.</p>]]></content:encoded><category>News</category>
<enclosure url="https://x.org/p.pdf" type="application/pdf" length="1"/></item>
</channel></rss>
"""
STUDIED = escape('<p>We study\n$a &lt; b$. See <a href="https://x.org/code">this https URL</a></p>')
CREATORS = escape('<a href="http://arxiv.org/a">Ann One</a>, <a href="http://arxiv.org/b">Bob Two</a> (Here)')
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://arxiv.org/"><title>cs.LG updates on arXiv.org</title>
<dc:date>2023-03-02T20:30:00-05:00</dc:date></channel>
<item rdf:about="http://arxiv.org/abs/2303.00001">
<title>Small models. (arXiv:2303.00001v2 [cs.LG] UPDATED)</title><link>http://arxiv.org/abs/2303.00001</link>
<description>{STUDIED}</description><dc:creator>{CREATORS}</dc:creator></item>
</rdf:RDF>
"""


def _fields(reading: Reading, number: int = 0) -> dict[str, object]:
    return dict(reading.records[number].fields)


def test_arxivs_feed_is_the_digest_of_its_day() -> None:
    reading = read("feed", ATOM)
    assert (reading.date and reading.date.day, reading.source) == ("2025-08-20", "cs.AI updates on arXiv.org")
    assert reading.records[0].id == "2508.00001v1"
    assert _fields(reading) == {
        "title": "If $a < b$",
        "abstract": "One sentence.",
        "authors": ("Ann One", "Bob Two"),
        "keywords": ("cs.AI",),
        "links.arxiv": "https://arxiv.org/abs/2508.00001",
    }
    assert {"announce types", "days of announcement"} <= {span.what for span in reading.spans}


def test_arxivs_older_feed_has_id_and_category_in_the_title() -> None:
    reading = read("feed", RDF)
    assert (reading.date and reading.date.day, reading.records[0].id) == ("2023-03-03", "2303.00001v2")
    assert _fields(reading) == {
        "title": "Small models",
        "abstract": "We study $a < b$. See https://x.org/code",
        "authors": ("Ann One", "Bob Two"),
        "keywords": ("cs.LG",),
        "links.arxiv": "https://arxiv.org/abs/2303.00001",
    }


def test_labels_in_html_are_fields_and_a_post_is_an_item() -> None:
    reading = read("feed", RSS)
    assert (reading.date, reading.dated_records, reading.source) == (None, True, "Papers & more")
    assert _fields(reading) == {
        "title": "A paper",
        "abstract": "The text.\n\nMore.",
        "authors": ("Ann One", "Bob Two"),
        "published": "2025-07-31",
        "links.arxiv": "https://arxiv.org/abs/2507.00001",
    }
    assert _fields(reading, 1) == {
        "title": "A post",
        "abstract": "Words.",
        "authors": ("Ann One",),
        "keywords": ("News",),
        "links.url": "https://x.org/post",
        "links.pdf": "https://x.org/p.pdf",
    }


@pytest.mark.parametrize(
    ("creators", "authors"),
    [
        ("<dc:creator>One, Ann</dc:creator>", ("Ann One",)),
        ("<dc:creator>One, Ann</dc:creator><dc:creator>Two, Bob</dc:creator>", ("Ann One", "Bob Two")),
        ("<dc:creator>Ann One (Here), Bob Two and Cy Three</dc:creator>", ("Ann One", "Bob Two", "Cy Three")),
        ("<author>Ann One</author>", ("Ann One",)),
        ("<author><name>Ann One</name></author><author><name>Bob Two</name></author>", ("Ann One", "Bob Two")),
    ],
)
def test_authors_come_in_many_ways(creators: str, authors: tuple[str, ...]) -> None:
    reading = read("feed", f"<rss><channel><item><title>T</title>{creators}</item></channel></rss>")
    assert reading.records[0].fields["authors"] == authors


@pytest.mark.parametrize(
    ("written", "abstract"),
    [
        ("One.", "One."),
        ("Abstract: One.", "One."),
        ("<p>Votes: 5</p><p>Summary: One.</p><p>Summary: two.</p>", "One.\n\nSummary: two."),
        ("<p>One.</p><p>Authors: Ann One</p><p>https://x.org</p>", "One."),
    ],
)
def test_only_the_abstract_is_kept_of_a_description(written: str, abstract: str) -> None:
    item = f"<item><title>T</title><link>https://x.org</link><description>{escape(written)}</description></item>"
    assert _fields(read("feed", f"<rss><channel>{item}</channel></rss>"))["abstract"] == abstract


@pytest.mark.parametrize(
    ("text", "name"),
    [(ATOM, "feed"), (RSS, "feed"), (RDF, "feed"), ("<rdf:RDF xmlns='http://xmlns.com/foaf/'/>", ""), ("rss", "")],
)
def test_the_root_tells_a_feed(text: str, name: str) -> None:
    assert recognised(text) == name


def test_no_damage_makes_the_reader_raise() -> None:
    for text in [*damaged(ATOM, seed=5, count=150), *damaged(RSS, seed=6, count=150), *damaged(RDF, seed=7, count=150)]:
        read("feed", text)


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel>" + "<item>" * 15_000,
        "<rss><item><description>" + "&lt;div&gt;" * 100_000 + "</description></item></rss>",
        "<rss><item><title>" + "(arXiv:" * 140_000 + "</title></item></rss>",
        "<rss><item><description>" + "arXiv:x Announce Type: " * 45_000 + "</description></item></rss>",
        "<rss><item><author>" + "a@b (" * 200_000 + "</author></item></rss>",
        "<rss><item><author>" + "a" * 1_000_000 + "</author></item></rss>",
        "<rss><title>" * 90_000,
        "<rss><item><description>" + "arXiv:" * 160_000 + "</description></item></rss>",
        "<rss><item><author>" + "a@" * 500_000 + "</author></item></rss>",
    ],
    ids=range(9),
)
def test_a_hostile_megabyte_is_read_in_time(text: str) -> None:
    read_at_once("feed", text)


@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("rss.arxiv.org_atom_cs.AI_2025-08-20.xml", 7),
        ("hf_feed_monthly.xml", 105),
        ("cn-chat-arxiv_cs.AI_6d7b8b0.xml", 26),
        ("cn-chat-arxiv_econ_1b282ef.xml", 9),
    ],
)
def test_real_files_are_read_as_other_parsers_read_them(file: str, count: int) -> None:
    data = shared(f"digests/rss_atom_feeds/{file}").read_bytes()
    assert recognised(data) == "feed"
    reading = read("feed", data, file)
    entries = feedparser.parse(data, sanitize_html=False).entries
    assert (len(reading.records), len(entries), len(reading.rejected)) == (count, count, 0)
    for record, entry in random.Random(7).sample(list(zip(reading.records, entries, strict=True)), min(20, count)):
        summary = html.fromstring(f"<div>{entry.summary}</div>").text_content()
        authors = re.search(r"Authors:\s*(.*?)Upvotes:", summary, re.DOTALL)
        names = authors[1] if authors else entry.get("author", "")
        abstract = re.split(r"Summary:|\AarXiv:\S+ Announce Type: [\w-]+\s+Abstract:", summary)[-1]
        abstract = re.sub(
            r"arXiv:\S+ Announce Type: [\w-]+\s+Abstract:\s*", "", abstract.replace(f"\n{entry.link}\n", "\n")
        )
        assert record.title == clean.line(entry.title)
        assert record.fields.get("authors", ()) == tuple(filter(None, map(str.strip, names.split(","))))
        assert "".join(str(record.fields["abstract"]).split()) == "".join(abstract.split())
        assert record.fields["links.arxiv"] == entry.link.replace("http:", "https:")
        assert record.fields.get("keywords", ()) == tuple(tag.term for tag in entry.get("tags", ()))
        if file.startswith("hf"):
            assert record.fields["published"] == "{:04}-{:02}-{:02}".format(*entry.published_parsed[:3])

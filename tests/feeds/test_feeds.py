"""The formats: golden files, the rules of tests/feeds/rules.py, and what other people's parsers read."""

import json
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from sitegen.feeds import FORMATS, Feed, Item, outputs
from sitegen.feeds.opml import opml
from tests.feeds.rules import ATOM, DC, RULES

GOLDEN = Path(__file__).parents[1] / "cases" / "feeds"
SITE = "https://example.org/archive/"

ITEMS = (
    Item(
        id="urn:uuid:9b2d6f0e-7c1a-5f6e-8a53-0d6f4f1f2a01",
        url=f"{SITE}papers/2503.10613/",
        title="[Withdrawn] P < NP & “proofs” for x²",
        html='<p>A. Łukasz, 李雷</p><p>We show 1 &lt; 2 &amp; <a href="https://example.org/a?b=1&amp;c=2">more</a>.</p>',
        date="2025-03-14",
        authors=("A. Łukasz", "李雷"),
        tags=("Diffusion models", "cs.CV"),
    ),
    Item("urn:uuid:9b2d6f0e-7c1a-5f6e-8a53-0d6f4f1f2a02", f"{SITE}papers/b/", "Two", "<p>B</p>", "2025-03", (), ()),
    Item(
        "urn:uuid:9b2d6f0e-7c1a-5f6e-8a53-0d6f4f1f2a03",
        f"{SITE}papers/c/",
        "Three",
        "<p>C</p>",
        "2024",
        ("C",),
        (),
    ),
    Item("urn:uuid:9b2d6f0e-7c1a-5f6e-8a53-0d6f4f1f2a04", f"{SITE}papers/d/", "Four", "<p>D</p>", "", (), ()),
)
FEED = Feed("Example archive: C & A", "New papers", f"{SITE}tags/c/", f"{SITE}tags/c/", ITEMS)
EMPTY = Feed("Example archive", "", SITE, SITE, ())
LIST = [("Diffusion & co", f"{SITE}feed.xml", SITE), ('A "tag" < b', f"{SITE}tags/a/feed.xml", f"{SITE}tags/a/")]


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name: str) -> None:
    assert dict(outputs(FEED))[name].decode() == (GOLDEN / name).read_text(encoding="utf-8")


def test_golden_opml() -> None:
    assert opml("Example archive", LIST).decode() == (GOLDEN / "feeds.opml").read_text(encoding="utf-8")


@pytest.mark.parametrize("feed", [FEED, EMPTY], ids=["items", "empty"])
@pytest.mark.parametrize("name", FORMATS)
def test_formats_keep_the_rules(name: str, feed: Feed) -> None:
    assert RULES[name](FORMATS[name].render(feed)) == []


def test_opml_keeps_the_rules() -> None:
    assert RULES["feeds.opml"](opml("Example archive", LIST)) == []


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_feedparser_reads_every_field(name: str) -> None:
    parsed = feedparser.parse(FORMATS[name].render(FEED))
    assert not parsed.bozo
    assert parsed.feed.title == FEED.title
    assert parsed.feed.link == FEED.home_url
    assert parsed.feed.updated_parsed[:3] == (2025, 3, 14)
    assert [entry.id for entry in parsed.entries] == [item.id for item in ITEMS]
    assert [entry.link for entry in parsed.entries] == [item.url for item in ITEMS]
    first = parsed.entries[0]
    assert first.title == ITEMS[0].title
    assert [author.name for author in first.authors] == list(ITEMS[0].authors)
    assert [tag.term for tag in first.tags] == list(ITEMS[0].tags)
    assert first.summary == ITEMS[0].html


def test_the_dates_of_a_feed_come_from_its_items() -> None:
    rss = ElementTree.fromstring(FORMATS["feed.xml"].render(FEED))
    assert [date.text for date in rss.iter("pubDate")] == [
        "Fri, 14 Mar 2025 00:00:00 GMT",
        "Sat, 01 Mar 2025 00:00:00 GMT",
        "Mon, 01 Jan 2024 00:00:00 GMT",
    ]
    assert rss.findtext("channel/lastBuildDate") == "Fri, 14 Mar 2025 00:00:00 GMT"
    atom = ElementTree.fromstring(FORMATS["atom.xml"].render(FEED))
    assert atom.findtext(f"{ATOM}updated") == "2025-03-14T00:00:00Z"
    assert [date.text for date in atom.findall(f"{ATOM}entry/{ATOM}updated")][-1] == "1970-01-01T00:00:00Z"
    items = json.loads(FORMATS["feed.json"].render(FEED))["items"]
    assert [item.get("date_published") for item in items] == [
        "2025-03-14T00:00:00Z",
        "2025-03-01T00:00:00Z",
        "2024-01-01T00:00:00Z",
        None,
    ]


def test_a_feed_without_items_has_no_date_of_its_own() -> None:
    assert b"lastBuildDate" not in FORMATS["feed.xml"].render(EMPTY)
    assert b"<updated>1970-01-01T00:00:00Z</updated>" in FORMATS["atom.xml"].render(EMPTY)


def test_what_xml_forbids_is_replaced_in_text_and_in_attributes() -> None:
    bad = "a\x08b\x0b\ufffe\ud800]]>"
    item = Item(ITEMS[0].id, SITE, bad, f"<p>{bad}</p>", "2025-03-14", (bad,), (bad,))
    files = dict(outputs(Feed(bad, bad, SITE, SITE, (item,))))
    rss = ElementTree.fromstring(files["feed.xml"])
    assert rss.findtext("channel/item/title") == "a�b���]]>"
    assert rss.findtext(f"channel/item/{DC}creator") == "a�b���]]>"
    term = ElementTree.fromstring(files["atom.xml"]).find(f"{ATOM}entry/{ATOM}category")
    assert term is not None
    assert term.get("term") == "a�b���]]>"
    assert json.loads(files["feed.json"])["items"][0]["title"] == "a\x08b\x0b��]]>"
    assert ElementTree.fromstring(opml(bad, [(bad, SITE, SITE)])).findtext("head/title") == "a�b���]]>"

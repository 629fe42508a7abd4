"""Which papers a feed holds, and what is said about them."""

from dataclasses import replace
from types import MappingProxyType
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.feeds import Feed, digest_item, newest_papers, outputs, paper_item
from sitegen.identity import digest_urn, paper_urn
from sitegen.model import Digest, Entry, Notice, Paper, Tag
from sitegen.text import escape
from tests.conftest import entry
from tests.feeds.rules import ATOM, RULES

SITE = "https://example.org/archive/"
PAPER = Paper(
    "2503.10613",
    "On Things",
    authors=("Ann One", "Bob Two"),
    abstract="We look at things.",
    published="2025-03-10",
    listed="2025-03-14",
)
TAGS = (Tag("things", "Things", "rule"), Tag("cs.cv", "cs.CV", "digest"))


def papers(*ids: str) -> tuple[Entry, ...]:
    return tuple(entry(Paper(paper_id, f"Title {paper_id}")) for paper_id in ids)


def digest(day: str, *ids: str) -> Digest:
    return Digest(f"{day}-x" if day else "collection", day, "x", "X", ids)


class TestNewestPapers:
    ALL = papers("p9", "p8", "p7", "p6", "p5", "p4", "p3", "p2", "p1", "p0")
    DIGESTS = (
        digest("2025-03-14", "p9", "p8"),
        digest("2025-03-13", "p7", "p1"),
        digest("2025-03-12", "p3"),
        digest("", "p0"),
    )

    def chosen(self, at_least: int, whole_digests: int) -> list[str]:
        found = newest_papers(self.ALL, self.DIGESTS, at_least=at_least, whole_digests=whole_digests)
        return [paper.id for paper in found]

    def test_the_newest_digests_are_whole_even_where_they_list_an_old_paper_again(self) -> None:
        assert self.chosen(1, 2) == ["p9", "p8", "p7", "p1"]

    def test_few_new_papers_are_filled_up_with_older_ones(self) -> None:
        assert self.chosen(5, 1) == ["p9", "p8", "p7", "p6", "p5"]

    def test_both_together_give_each_paper_once(self) -> None:
        assert self.chosen(3, 3) == ["p9", "p8", "p7", "p3", "p1"]

    def test_a_collection_is_no_digest_of_a_day(self) -> None:
        assert self.chosen(1, 4) == ["p9", "p8", "p7", "p3", "p1"]

    def test_a_tags_feed_holds_only_the_tags_papers(self) -> None:
        found = newest_papers(papers("p8", "p2"), self.DIGESTS, at_least=1, whole_digests=3)
        assert [paper.id for paper in found] == ["p8"]

    def test_an_empty_archive(self) -> None:
        assert newest_papers((), (), at_least=50, whole_digests=3) == ()


class TestPaperItem:
    def test_fields(self) -> None:
        item = paper_item(PAPER, TAGS, SITE)
        assert item.id == paper_urn("2503.10613")
        assert item.url == "https://example.org/archive/papers/2503.10613/"
        assert item.title == "On Things"
        assert item.html.startswith("<p>Ann One, Bob Two</p>")
        assert "We look at things." in item.html
        assert item.date == "2025-03-14"
        assert item.authors == ("Ann One", "Bob Two")
        assert item.tags == ("Things", "cs.CV")

    def test_the_url_is_the_same_with_and_without_a_slash_after_the_site(self) -> None:
        assert paper_item(PAPER, TAGS, SITE) == paper_item(PAPER, TAGS, SITE.rstrip("/"))

    def test_the_id_stays_when_everything_else_changes(self) -> None:
        changed = replace(PAPER, title="New", abstract="New", listed="2025-03-20", aliases=("10.1/x",), authors=())
        assert paper_item(changed, TAGS, "https://elsewhere.example/").id == paper_item(PAPER, TAGS, SITE).id

    def test_twenty_authors_are_named_and_the_others_counted(self) -> None:
        names = tuple(f"Author {number}" for number in range(1, 3304))
        item = paper_item(replace(PAPER, authors=names[:20]), TAGS, SITE)
        assert (len(item.authors), "more" in item.html) == (20, False)
        item = paper_item(replace(PAPER, authors=names), TAGS, SITE)
        assert item.authors == names[:20]
        assert "Author 20 … and 3,283 more</p>" in item.html
        assert "Author 21" not in item.html

    @pytest.mark.parametrize(
        ("kind", "word"),
        [
            ("withdrawn", "Withdrawn"),
            ("retracted", "Retracted"),
            ("corrected", "Corrected"),
            ("superseded", "Superseded"),
        ],
    )
    def test_a_notice_stands_before_the_title_and_in_the_content(self, kind: str, word: str) -> None:
        notice = Notice(kind, "an <error>", "2025-03-20")  # type: ignore[arg-type]
        item = paper_item(replace(PAPER, notice=notice), TAGS, SITE)
        assert item.title == f"[{word}] On Things"
        assert item.html.startswith(f"<p><strong>{word} on 2025-03-20</strong>: an &lt;error&gt;</p>")

    def test_a_notice_without_reason_and_date(self) -> None:
        item = paper_item(replace(PAPER, notice=Notice("retracted")), TAGS, SITE)
        assert item.html.startswith("<p><strong>Retracted</strong>.</p>")

    def test_a_paper_with_a_title_only(self) -> None:
        item = paper_item(Paper("x", "Only a title"), TAGS, SITE)
        assert (item.html, item.date, item.authors) == ("<p>No abstract.</p>", "", ())

    def test_a_title_is_never_blank(self) -> None:
        assert paper_item(Paper("x", " \u2003"), TAGS, SITE).title == "x"


class TestDigestItem:
    DIGEST = Digest("2025-03-14-trending", "2025-03-14", "trending", "Trending papers", ("a", "gone", "b", "c", "d"))
    PAPERS = MappingProxyType(
        {
            "a": entry(Paper("a", "A < B", authors=("Ann One", "Bob Two"))),
            "b": entry(Paper("b", "B", authors=("Bob Two",), notice=Notice("withdrawn"))),
            "c": entry(Paper("c", "C")),
            "d": entry(Paper("d", "D")),
        }
    )

    def test_fields(self) -> None:
        item = digest_item(self.DIGEST, self.PAPERS, SITE)
        assert item.id == digest_urn("2025-03-14-trending")
        assert item.url == "https://example.org/archive/digests/2025-03-14-trending/"
        assert (item.title, item.date) == ("Trending papers", "2025-03-14")
        assert item.html == (
            '<ol><li><a href="https://example.org/archive/papers/a/">A &lt; B</a>, Ann One et al.</li>'
            '<li><a href="https://example.org/archive/papers/b/">[Withdrawn] B</a>, Bob Two</li>'
            '<li><a href="https://example.org/archive/papers/c/">C</a></li>'
            '<li><a href="https://example.org/archive/papers/d/">D</a></li></ol>'
        )

    def test_no_paper_is_left(self) -> None:
        item = digest_item(replace(self.DIGEST, papers=("gone",)), self.PAPERS, SITE)
        assert item.html == "<p>No papers.</p>"

    def test_the_feed_of_digests_keeps_the_rules(self) -> None:
        feed = Feed("Digests", "", f"{SITE}digests/", f"{SITE}digests/", (digest_item(self.DIGEST, self.PAPERS, SITE),))
        assert {name: RULES[name](data) for name, data in outputs(feed)} == {name: [] for name, _ in outputs(feed)}


TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


@settings(max_examples=60, deadline=None)
@given(title=TEXT, abstract=TEXT, author=TEXT, tag=TEXT)
def test_any_text_gives_feeds_that_parse_and_titles_that_come_back(
    title: str, abstract: str, author: str, tag: str
) -> None:
    paper = replace(PAPER, title=title, abstract=abstract, authors=(author,))
    item = paper_item(paper, (Tag("t", tag, "digest"),), SITE)
    files = dict(outputs(Feed("F", "D", SITE, SITE, (item,))))
    for name, data in files.items():
        assert [found for found in RULES[name](data) if not found.startswith("html-in-text")] == []
    expected = escape.xml(item.title)
    assert ElementTree.fromstring(files["feed.xml"]).findtext("channel/item/title") == expected
    assert ElementTree.fromstring(files["atom.xml"]).findtext(f"{ATOM}entry/{ATOM}title") == expected

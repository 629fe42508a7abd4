"""The rules themselves: each kind of damage to a good feed is found under its name."""

import pytest

from sitegen.feeds import outputs
from sitegen.feeds.opml import opml
from tests.feeds.rules import RULES
from tests.feeds.test_feeds import FEED, LIST

FILES = dict(outputs(FEED)) | {"feeds.opml": opml("Example archive", LIST)}

DAMAGE = [
    ("feed.xml", "Fri, 14 Mar", "Thu, 14 Mar", "date"),
    ("feed.xml", "Sat, 01 Mar 2025", "Sat, 31 Feb 2025", "date"),
    ("feed.xml", "<lastBuildDate>Fri, 14", "<lastBuildDate>Sat, 15", "feed-date"),
    ("feed.xml", "2a02</guid>", "2a03</guid>", "twice"),
    ("feed.xml", 'isPermaLink="false"', 'isPermaLink="true"', "guid"),
    ("feed.xml", "urn:uuid:", "paper-", "guid"),
    ("feed.xml", "<link>https://example.org/archive/papers/b/", "<link>/papers/b/", "url"),
    ("feed.xml", 'rel="self"', 'rel="alternate"', "self-link"),
    ("feed.xml", "application/rss+xml", "text/xml", "self-link"),
    ("feed.xml", "<title>Two", "<title>&lt;b&gt;Two", "html-in-text"),
    ("feed.xml", "<title>Two", "<title>Q&amp;amp;A", "html-in-text"),
    ("feed.xml", "<title>Two", "<title>  ", "blank"),
    ("feed.xml", "<title>Two</title>", "", "required"),
    ("feed.xml", "<title>Two</title>", "<title>1</title><title>2</title>", "twice"),
    ("feed.xml", "<dc:creator>C<", "<dc:creator> <", "blank"),
    ("feed.xml", "dc:creator", "author", "author"),
    ("feed.xml", "<description>&lt;p&gt;B&lt;/p&gt;</description>",
     "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>B</content:encoded>"
     "<description>B</description>", "order"),
    ("feed.xml", "</channel>", "<ttl>60</ttl></channel>", "order"),
    ("feed.xml", "&lt;p&gt;B", "&lt;script&gt;B", "content"),
    ("feed.xml", "&lt;p&gt;B", "&lt;math&gt;B", "content"),
    ("feed.xml", "&lt;p&gt;B", "&lt;p onclick=x&gt;B", "content"),
    ("feed.xml", "&lt;p&gt;B", "&lt;a href=x&gt;B", "url"),
    ("feed.xml", "&lt;p&gt;B", "&lt;a href=javascript:x&gt;B", "url"),
    ("feed.xml", "&lt;p&gt;B&lt;/p&gt;", "<![CDATA[<p>B</p>]]>", "markup"),
    ("feed.xml", "<title>Two", "<title>&#8;", "well-formed"),
    ("feed.xml", "<language>en", "<language>English, please", "language"),
    ("feed.xml", 'version="2.0"', 'version="0.91"', "required"),
    ("feed.xml", "encoding='utf-8'", "encoding='latin-1'", "declaration"),
    ("atom.xml", "<updated>2025-03-01T00:00:00Z", "<updated>2025-03-01", "date"),
    ("atom.xml", "<updated>2025-03-14T00:00:00Z</updated>\n<author>", "<updated>2026-01-01T00:00:00Z</updated><author>",
     "feed-date"),
    ("atom.xml", "2a02</id>", "2a03</id>", "twice"),
    ("atom.xml", "<id>urn:uuid:", "<id>paper-", "id"),
    ("atom.xml", "<id>https://example.org", "<id>https://www.example.org", "id"),
    ("atom.xml", 'rel="self"', 'rel="via"', "self-link"),
    ("atom.xml", 'rel="alternate" type="text/html" href="https://example.org/archive/papers/b/"', 'rel="via" href="/b"',
     "alternate-link"),
    ("atom.xml", "<name>Example archive: C &amp; A</name>", "", "blank"),
    ("atom.xml", "<author>\n<name>Example archive: C &amp; A</name>\n</author>", "", "author"),
    ("atom.xml", 'term="cs.CV"', 'term=""', "blank"),
    ("atom.xml", '<content type="html"', "<content", "type"),
    ("atom.xml", '<content type="html">&lt;p&gt;B', '<summary>B</summary><content type="html">&lt;p&gt;B', "type"),
    ("atom.xml", "<content type=\"html\">&lt;p&gt;B&lt;/p&gt;</content>", "", "required"),
    ("atom.xml", "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "required"),
    ("atom.xml", "&lt;p&gt;B", "&lt;iframe src=x&gt;B", "content"),
    ("feed.json", "version/1.1", "version/1", "required"),
    ("feed.json", '"items"', '"entries"', "required"),
    ("feed.json", '"content_html":"<p>B</p>",', "", "required"),
    ("feed.json", "2a02", "2a03", "twice"),
    ("feed.json", '"https://example.org/archive/papers/b/"', '"papers/b/"', "url"),
    ("feed.json", "2025-03-01T00:00:00Z", "2025-02-30T00:00:00Z", "date"),
    ("feed.json", '"authors":[{"name":"C"}]', '"authors":[{"name":""}]', "blank"),
    ("feed.json", '"cs.CV"', '" "', "blank"),
    ("feed.json", '"authors"', '"author"', "unknown"),
    ("feed.json", "<p>B</p>", "<svg>B</svg>", "content"),
    ("feed.json", '"language":"en"', '"language":""', "language"),
    ("feed.json", '"items":[', '"items":[,', "well-formed"),
    ("feeds.opml", 'xmlUrl="https://example.org/archive/feed.xml"', 'xmlUrl="feed.xml"', "url"),
    ("feeds.opml", 'version="2.0"', 'version="1.0"', "required"),
    ("feeds.opml", ' type="rss"', "", "required"),
    ("feeds.opml", "archive/tags/a/feed.xml", "archive/feed.xml", "twice"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "good", "bad", "rule"), DAMAGE)
def test_damage_is_found(name: str, good: str, bad: str, rule: str) -> None:
    text = FILES[name].decode()
    assert good in text
    problems = RULES[name](text.replace(good, bad).encode())
    assert rule in {found.partition(":")[0] for found in problems}

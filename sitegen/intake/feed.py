"""RSS (0.9 to 2.0) and Atom feeds of papers: arXiv's own, and those of others.

https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287,
https://web.resource.org/rss/1.0/spec, https://info.arxiv.org/help/rss_specifications.html
"""

import html
import re

from sitegen.intake import dates, feed_entry
from sitegen.intake.gathering import Gathering
from sitegen.intake.html_text import from_html
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import FoundDate, Reading
from sitegen.intake.xml_items import items, root_of
from sitegen.intake.xml_records import MARKUP, Layout, Source, gather
from sitegen.intake.xml_tree import string_value
from sitegen.text import clean

_ENTRIES = frozenset({"item", "entry"})
_LAYOUT = Layout(_ENTRIES, beside="feed header")
_RSS = re.compile(r"http://(?:purl\.org/rss/|(?:my|channel)\.netscape\.com/rdf/)")
_LONGEST_HEADER = 100_000
_DATES = ("pubDate", "lastBuildDate", "date", "updated", "modified")


def recognises(raw: RawDigest) -> bool:
    """Whether the root is one of a feed; RDF is one if it is of RSS 0.9 or 1.0."""
    root = root_of(raw.text)
    if root is None:
        return False
    return root.name in ("rss", "feed") or (root.name == "RDF" and any(map(_RSS.match, root.attributes.values())))


def read(raw: RawDigest) -> Reading:
    """One record an entry. The day is the feed's, where its entries have no dates of their own."""
    gathering = Gathering(raw)
    gather(gathering, Source(raw.text), _LAYOUT, feed_entry.paper)
    title, date = _header(raw)
    dated = any("published" in record.fields for record in gathering.records)
    name = title or raw.stem.strip("-") or "feed"
    return gathering.reading(name, name, gap=MARKUP, date=None if dated else date, dated_records=dated)


def _header(raw: RawDigest) -> tuple[str, FoundDate | None]:
    """The feed's title and its day, from what stands before the first entry."""
    head = raw.text[:_LONGEST_HEADER]
    first = next(items(head, _ENTRIES), None)
    head = head[: first.start] if first else head
    found: dict[str, tuple[str, int]] = {}
    for item in items(head, frozenset({"title", *_DATES})):
        if item.element is not None and item.path and item.path[-1].name in ("channel", "feed"):
            found.setdefault(item.name, (string_value(item.element), raw.line(item.start)))
    title = clean.line(html.unescape(from_html(found["title"][0]))) if "title" in found else ""
    for name in _DATES:
        written, line = found.get(name, ("", 0))
        if dates.is_day(day := dates.utc_day(written)):
            return title, FoundDate(clean.line(written), day, line)
    return title, None

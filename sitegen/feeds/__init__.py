"""Feeds: new papers, or digests, for feed readers.

    items = tuple(paper_item(paper, site_url) for paper in papers)
    feed = Feed("Example archive", "New papers", site_url, site_url, items)
    for name, data in outputs(feed): …

A format is a function in a file of its own and a line in FORMATS.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sitegen.feeds import atom, json_feed, rss
from sitegen.feeds.feed import Feed, Item
from sitegen.feeds.items import digest_item, newest_papers, paper_item

__all__ = ["FORMATS", "Feed", "Format", "Item", "digest_item", "newest_papers", "outputs", "paper_item"]


@dataclass(frozen=True, slots=True)
class Format:
    """How a feed is written; `media_type` and `words` are for links to it."""

    render: Callable[[Feed], bytes]
    media_type: str
    words: str


# File name -> format.
FORMATS = {
    rss.NAME: Format(rss.render, rss.MEDIA_TYPE, "RSS"),
    atom.NAME: Format(atom.render, atom.MEDIA_TYPE, "Atom"),
    json_feed.NAME: Format(json_feed.render, json_feed.MEDIA_TYPE, "JSON Feed"),
}


def outputs(feed: Feed) -> list[tuple[str, bytes]]:
    """The feed in every format: [("feed.xml", b"<?xml…"), …]; the files belong into the folder at `feed.base_url`."""
    return [(name, format.render(feed)) for name, format in FORMATS.items()]

"""Atom (RFC 4287)."""

from datetime import UTC, datetime
from functools import lru_cache

from sitegen.feeds.feed import KEPT, Feed, Item, moment, newest, timestamp
from sitegen.feeds.xml_document import Element, add, document, root, written

NAME = "atom.xml"
MEDIA_TYPE = "application/atom+xml"

# `updated` may not be missing (RFC 4287, 4.1.1 and 4.1.2).
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)


def render(feed: Feed) -> bytes:
    """The feed as Atom. Its author stands for entries that have none (RFC 4287, 4.2.1)."""
    url = feed.base_url + NAME
    element = root("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language})
    add(element, "id", url)
    add(element, "title", feed.title, {"type": "text"})
    if feed.description:
        add(element, "subtitle", feed.description, {"type": "text"})
    add(element, "updated", timestamp(newest(feed) or _UNKNOWN))
    add(add(element, "author"), "name", feed.title)
    add(element, "link", "", {"rel": "self", "type": MEDIA_TYPE, "href": url})
    add(element, "link", "", {"rel": "alternate", "type": "text/html", "href": feed.home_url})
    add(element, "generator", "sitegen")
    return document(element, map(_entry, feed.items), "feed")


@lru_cache(maxsize=KEPT)
def _entry(item: Item) -> str:
    entry = Element("entry")
    add(entry, "id", item.id)
    add(entry, "title", item.title, {"type": "text"})
    add(entry, "updated", timestamp(moment(item.date) or _UNKNOWN))
    add(entry, "link", "", {"rel": "alternate", "type": "text/html", "href": item.url})
    for author in item.authors:
        add(add(entry, "author"), "name", author)
    for tag in item.tags:
        add(entry, "category", "", {"term": tag})
    # No summary: a reader makes one from the content, which has all of it (RFC 4287, 4.1.1).
    add(entry, "content", item.html, {"type": "html"})
    return written(entry)

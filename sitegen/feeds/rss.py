"""RSS 2.0 (https://www.rssboard.org/rss-specification, https://www.rssboard.org/rss-profile)."""

from email.utils import format_datetime
from functools import lru_cache

from sitegen.feeds.feed import KEPT, Feed, Item, moment, newest
from sitegen.feeds.xml_document import Element, add, document, root, written

NAME = "feed.xml"
MEDIA_TYPE = "application/rss+xml"

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


def render(feed: Feed) -> bytes:
    """The feed as RSS 2.0, with Atom's self link and Dublin Core's creators."""
    rss = root("rss", {"version": "2.0"} | _NAMESPACES)
    channel = add(rss, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.home_url)
    # The one element of the three that may not be missing and that a site may have nothing for.
    add(channel, "description", feed.description or feed.title)
    add(channel, "language", feed.language)
    if date := newest(feed):
        add(channel, "lastBuildDate", format_datetime(date, usegmt=True))
    add(channel, "atom:link", "", {"rel": "self", "type": MEDIA_TYPE, "href": feed.base_url + NAME})
    return document(rss, map(_item, feed.items), "channel")


@lru_cache(maxsize=KEPT)
def _item(item: Item) -> str:
    element = Element("item")
    add(element, "title", item.title)
    add(element, "link", item.url)
    add(element, "guid", item.id, {"isPermaLink": "false"})
    if date := moment(item.date):
        add(element, "pubDate", format_datetime(date, usegmt=True))
    # <author> must be an e-mail address.
    for author in item.authors:
        add(element, "dc:creator", author)
    for tag in item.tags:
        add(element, "category", tag)
    # Readers take a description for HTML. All of it stands here: `content:encoded` would say the same once more.
    add(element, "description", item.html)
    return written(element)

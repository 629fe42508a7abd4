"""RSS 2.0 (https://www.rssboard.org/rss-specification, https://www.rssboard.org/rss-profile)."""

from email.utils import format_datetime

from sitegen.feeds.feed import Feed, Item, moment, newest
from sitegen.feeds.xml_document import Element, add, document, root
from sitegen.text import escape

NAME = "feed.xml"
MEDIA_TYPE = "application/rss+xml"

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


def render(feed: Feed) -> bytes:
    """The feed as RSS 2.0, with Atom's self link, Dublin Core's creators and the content module."""
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
    for item in feed.items:
        _add_item(channel, item)
    return document(rss)


def _add_item(channel: Element, item: Item) -> None:
    element = add(channel, "item")
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
    # Readers take a description for HTML. It comes before the content, or some readers show it instead of the content.
    add(element, "description", escape.html(item.summary))
    add(element, "content:encoded", item.html)

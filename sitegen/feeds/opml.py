"""OPML 2.0 (https://opml.org/spec2.opml): a list of feeds that feed readers import."""

from collections.abc import Sequence

from sitegen.feeds.xml_document import add, document, root


def opml(title: str, feeds: Sequence[tuple[str, str, str]]) -> bytes:
    """All `feeds` in one file, in their order.

    feeds: (title, absolute URL of its RSS or Atom file, absolute URL of its page):
    ("Diffusion models", "https://example.org/tags/diffusion-models/feed.xml", "https://example.org/tags/diffusion-models/").
    """
    element = root("opml", {"version": "2.0"})
    add(add(element, "head"), "title", title)
    body = add(element, "body")
    for name, xml_url, html_url in feeds:
        add(body, "outline", "", {"type": "rss", "text": name, "title": name, "xmlUrl": xml_url, "htmlUrl": html_url})
    return document(element)

"""Which feeds a site has: new papers, digests, each tag with a page, and the OPML list of them all."""

from collections.abc import Iterator, Sequence

from sitegen import feeds, identity
from sitegen.feeds import Feed, Item
from sitegen.feeds.opml import opml
from sitegen.model import Paper
from sitegen.outputs import Output
from sitegen.render.site import Site

DIGESTS = 50


def outputs(site: Site) -> Iterator[Output]:
    """Every feed in every format, and feeds.opml."""
    listed = []
    for folder, feed in _feeds(site):
        listed.append((feed.title, f"{site.url}{folder}feed.xml", feed.home_url))
        for name, data in feeds.outputs(feed):
            yield Output(folder + name, data)
    yield Output("feeds.opml", opml(site.name, listed))


def _feeds(site: Site) -> Iterator[tuple[str, Feed]]:
    """(folder, feed): "" for new papers, "digests/", "tags/<tag>/"."""
    archive = site.archive
    items: dict[str, Item] = {}
    newest_digests = [digest for digest in archive.digests if digest.date][: site.settings.feed_digests]

    def feed(folder: str, title: str, description: str, papers: Sequence[Paper]) -> tuple[str, Feed]:
        newest = feeds.newest_papers(
            papers,
            newest_digests,
            at_least=site.settings.feed_papers,
            whole_digests=site.settings.feed_digests,
        )
        for paper in newest:
            if paper.id not in items:
                items[paper.id] = feeds.paper_item(paper, site.url)
        at = site.url + folder
        return folder, Feed(title, description, at, at, tuple(items[paper.id] for paper in newest))

    yield feed("", site.name, site.description or f"New papers in {site.name}", archive.papers)
    yield "digests/", _digest_feed(site)
    for slug in site.tag_pages:
        name = archive.tag_names[slug]
        words = archive.tag_descriptions.get(slug) or f"New papers tagged {name}"
        yield feed(identity.tag_url(slug), f"{site.name}: {name}", words, archive.by_tag[slug])


def _digest_feed(site: Site) -> Feed:
    newest = [digest for digest in site.archive.digests if digest.date][:DIGESTS]
    at = f"{site.url}digests/"
    items = tuple(feeds.digest_item(digest, site.archive.by_id, site.url) for digest in newest)
    return Feed(f"{site.name}: digests", f"One entry for each digest of {site.name}", at, at, items)

"""Which feeds a site has: new papers, digests, each tag with a page, and the OPML list of them all."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from sitegen import feeds, identity
from sitegen.cache import code_version, stamp
from sitegen.catalogue import open_entry
from sitegen.feeds import Feed, Format, Item
from sitegen.feeds.feed import KEPT
from sitegen.feeds.opml import opml
from sitegen.model import Digest, Entry
from sitegen.outputs import Output, finished
from sitegen.render.site import Site

DIGESTS = 50


@dataclass(frozen=True)
class Planned:
    """A feed before it is made. folder: "" or "tags/<tag>/"; stamp: stands for what its items say."""

    folder: str
    title: str
    description: str
    stamp: bytes
    items: Callable[[], tuple[Item, ...]]


def outputs(site: Site) -> Iterator[Output]:
    """Every feed in every format, and feeds.opml."""
    listed = []
    for planned in _planned(site):
        at = site.url + planned.folder
        listed.append((planned.title, f"{at}feed.xml", at))
        key = stamp(code_version(), at, planned.title, planned.description, planned.stamp)
        for name, format in feeds.FORMATS.items():
            yield Output(planned.folder + name, stamp(key, name), partial(_written, planned, at, format))
    yield finished("feeds.opml", opml(site.name, listed))


def _written(planned: Planned, at: str, format: Format) -> bytes:
    return format.render(Feed(planned.title, planned.description, at, at, planned.items()))


def _planned(site: Site) -> Iterator[Planned]:
    archive, settings = site.archive, site.settings
    dated = [digest for digest in archive.digests if digest.date]
    words = site.common.description or f"New papers in {site.name}"
    yield _of_papers(site, archive.papers, dated, settings.feed_papers, folder="", title=site.name, words=words)
    yield _of_digests(site, dated[:DIGESTS])
    for slug in site.tag_pages:
        name = archive.tag_names[slug]
        words = archive.tag_descriptions.get(slug) or f"New papers tagged {name}"
        title, count = f"{site.name}: {name}", -(-settings.feed_papers // 2)
        yield _of_papers(
            site, archive.by_tag[slug], dated, count, folder=identity.tag_url(slug), title=title, words=words
        )


def _of_papers(
    site: Site, papers: Sequence[Entry], dated: Sequence[Digest], count: int, *, folder: str, title: str, words: str
) -> Planned:
    newest = feeds.newest_papers(papers, dated, at_least=count, whole_digests=site.settings.feed_digests)
    digest = hashlib.blake2b(b"".join(paper.stamp for paper in newest), digest_size=16).digest()
    return Planned(folder, title, words, digest, partial(_items, newest, site.common.content, site.url))


def _items(papers: Sequence[Entry], content: Path, site_url: str) -> tuple[Item, ...]:
    return tuple(_item(paper, content, site_url) for paper in papers)


@lru_cache(maxsize=KEPT)
def _item(paper: Entry, content: Path, site_url: str) -> Item:
    return feeds.paper_item(open_entry(content, paper), paper.tags, site_url)


def _of_digests(site: Site, newest: Sequence[Digest]) -> Planned:
    said = [
        (digest.id, digest.title, digest.date, [paper.face for paper in site.papers_of(digest)]) for digest in newest
    ]

    def items() -> tuple[Item, ...]:
        return tuple(feeds.digest_item(digest, site.archive.by_id, site.url) for digest in newest)

    title = f"{site.name}: digests"
    return Planned("digests/", title, f"One entry for each digest of {site.name}", stamp(said), items)

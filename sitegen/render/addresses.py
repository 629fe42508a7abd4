"""Pages that only keep an address alive, and the sitemap."""

from collections.abc import Iterator, Sequence
from functools import partial

from markupsafe import Markup

from sitegen import identity
from sitegen.cache import stamp
from sitegen.model import Archive
from sitegen.outputs import Output, finished
from sitegen.problems import Problem, problem
from sitegen.render.site import Common, Page, Site, View
from sitegen.text.escape import html, xml

SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
URLS_PER_SITEMAP = 50_000  # https://www.sitemaps.org/protocol.html
_REDIRECT = Markup(
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Moved</title>'
    '<meta http-equiv="refresh" content="0; url={way}"><link rel="canonical" href="{absolute}">'
    '<meta name="robots" content="noindex"></head><body><p>This page stands at <a href="{way}">{absolute}</a>.</p>'
    "</body></html>\n"
)


def redirects(site: Site) -> Iterator[Output]:
    """A page at each alias of a paper that leads to the paper."""
    taken = {paper.url for paper in site.archive.papers}
    for paper in site.archive.papers:
        for alias in paper.aliases:
            url = identity.paper_url(alias)
            if url not in taken:
                taken.add(url)
                page = _REDIRECT.format(way=f"../../{paper.url}", absolute=site.url + paper.url)
                yield finished(f"{url}index.html", page.encode())


def gone(archive: Archive) -> dict[str, tuple[str, str]]:
    """URL -> (kind, id) for each address of the ledger where nothing stands any more."""
    standing = {identity.digest_url(digest.id) for digest in archive.digests}
    standing.update(paper.url for paper in archive.papers)
    standing.update(identity.paper_url(name) for paper in archive.papers for name in paper.aliases)
    lost = ((url, what.partition(" ")) for url, what in archive.ledger if url not in standing)
    return {url: (kind, name) for url, (kind, _, name) in lost}


def gone_warnings(archive: Archive) -> list[Problem]:
    """A warning for each of them."""
    found = gone(archive).items()
    return [problem("page-gone", file="ledger", field=kind, value=name, url=f"/{url}") for url, (kind, name) in found]


def tombstones(site: Site) -> Iterator[Page]:
    """A page at each of these addresses, which says that something was removed."""
    for url, (kind, name) in gone(site.archive).items():
        words = f"This {'digest' if kind == 'digest' else 'paper'} was removed from the archive."
        yield Page(url, "digests", removed_view, (words, name))


def removed_view(_common: Common, words: str, name: str) -> View:
    return View("Removed", words, "removed.html", {"words": words, "name": name})


def sitemap(site: Site, urls: Sequence[str]) -> Iterator[Output]:
    """sitemap.xml of all pages; an index of several files where there are more than one file may hold."""
    parts = [urls[i : i + URLS_PER_SITEMAP] for i in range(0, len(urls), URLS_PER_SITEMAP)] or [[]]
    if len(parts) == 1:
        yield _sitemap("sitemap.xml", "urlset", "url", site.url, parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield _sitemap("sitemap.xml", "sitemapindex", "sitemap", site.url, names)
    for name, part in zip(names, parts, strict=True):
        yield _sitemap(name, "urlset", "url", site.url, part)


def _sitemap(path: str, root: str, item: str, base: str, urls: Sequence[str]) -> Output:
    return Output(path, stamp(root, base, *urls), partial(_sitemap_xml, root, item, base, urls))


def _sitemap_xml(root: str, item: str, base: str, urls: Sequence[str]) -> bytes:
    before, after = f"<{item}><loc>{html(xml(base))}", f"</loc></{item}>\n"
    items = "".join(before + html(xml(url)) + after for url in urls)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{SITEMAP_NAMESPACE}">\n{items}</{root}>\n'.encode()

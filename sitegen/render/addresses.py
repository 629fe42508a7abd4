"""Pages that only keep an address alive, and the sitemap."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from sitegen import identity
from sitegen.model import Archive
from sitegen.outputs import Output
from sitegen.problems import Problem, problem
from sitegen.render.site import Page, Site
from sitegen.text.escape import xml

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
    taken = {identity.paper_url(paper.id) for paper in site.archive.papers}
    for paper in site.archive.papers:
        target = identity.paper_url(paper.id)
        for alias in paper.aliases:
            url = identity.paper_url(alias)
            if url not in taken:
                taken.add(url)
                html = _REDIRECT.format(way=f"../../{target}", absolute=site.url + target)
                yield Output(f"{url}index.html", html.encode())


def gone(archive: Archive) -> dict[str, tuple[str, str]]:
    """URL -> (kind, id) for each address of the ledger where nothing stands any more."""
    standing = {identity.digest_url(digest.id) for digest in archive.digests}
    for paper in archive.papers:
        standing |= {identity.paper_url(name) for name in (paper.id, *paper.aliases)}
    entries = ((url, what.partition(" ")) for url, what in archive.ledger)
    return {url: (kind, name) for url, (kind, _, name) in entries if url not in standing}


def gone_warnings(archive: Archive) -> list[Problem]:
    """A warning for each of them."""
    found = gone(archive).items()
    return [problem("page-gone", file="ledger", field=kind, value=name, url=f"/{url}") for url, (kind, name) in found]


def tombstones(site: Site) -> Iterator[Page]:
    """A page at each of these addresses, which says that something was removed."""
    for url, (kind, name) in gone(site.archive).items():
        words = f"This {'digest' if kind == 'digest' else 'paper'} was removed from the archive."
        yield Page(url, "digests", "Removed", words, "removed.html", {"words": words, "name": name})


def sitemap(site: Site, urls: Sequence[str]) -> Iterator[Output]:
    """sitemap.xml of all pages; an index of several files where there are more than one file may hold."""
    parts = [urls[i : i + URLS_PER_SITEMAP] for i in range(0, len(urls), URLS_PER_SITEMAP)] or [[]]
    if len(parts) == 1:
        yield Output("sitemap.xml", _sitemap_xml("urlset", "url", [site.url + url for url in parts[0]]))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield Output("sitemap.xml", _sitemap_xml("sitemapindex", "sitemap", [site.url + name for name in names]))
    for name, part in zip(names, parts, strict=True):
        yield Output(name, _sitemap_xml("urlset", "url", [site.url + url for url in part]))


def _sitemap_xml(root: str, item: str, locations: Iterable[str]) -> bytes:
    tree = ET.Element(root, xmlns=SITEMAP_NAMESPACE)
    for location in locations:
        ET.SubElement(ET.SubElement(tree, item), "loc").text = xml(location)
    return bytes(ET.tostring(tree, encoding="utf-8", xml_declaration=True))

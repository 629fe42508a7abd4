"""Every page of the site but the hand-written ones: one function per kind, in PAGES.

To add a kind of page, write a function `Site -> pages` and a template in theme/sitegen/, and add a line to PAGES.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from sitegen import identity
from sitegen.model import Digest, Paper
from sitegen.render import views
from sitegen.render.site import Chunk, Page, Site, newest_pages, ordered_pages
from sitegen.text.markup import to_plain

LONGEST_DESCRIPTION = 160
TITLES_OF_LATEST = 10
DAYS_ON_HOME = 7
TAGS_ON_HOME = 24
NEWEST_ON_HOME = 10
EXAMPLES = 4


def home(site: Site) -> Iterator[Page]:
    """The latest digest, recent days, tags with counts, newest papers."""
    latest = site.newest_digest
    papers = site.papers_of(latest) if latest else []
    recent = list(site.archive.by_day)[:DAYS_ON_HOME]
    shown = {paper.id for paper in papers[:TITLES_OF_LATEST]}
    newest = [paper for paper in site.archive.papers if paper.id not in shown][:NEWEST_ON_HOME]
    context = {
        "name": site.name,
        "introduction": site.introductions.get("index"),
        "count": len(site.archive.papers),
        "digests": len(site.archive.digests),
        "latest": views.digest_view(latest) if latest else None,
        "latest_papers": _listed(papers[:TITLES_OF_LATEST], site),
        "days": [_period(day, site.archive.by_day) for day in recent],
        "tags": _tags(site, TAGS_ON_HOME),
        "all_tags": len(site.tag_pages),
        "newest": _listed(newest, site),
    }
    page = Page("", "home", site.name, site.description, "home.html", context, feeds=[("", site.name)])
    yield replace(page, head=Markup("\n").join([views.open_graph(page, site), views.website(site)]))


def _listed(papers: Iterable[Paper], site: Site) -> list[dict[str, Any]]:
    return [views.listed_paper(paper, site) for paper in papers]


def _tags(site: Site, most: int | None = None) -> list[dict[str, Any]]:
    names, by_tag = site.archive.tag_names, site.archive.by_tag
    return [
        {"slug": slug, "name": names[slug], "url": identity.tag_url(slug), "count": len(by_tag[slug])}
        for slug in site.tag_pages[:most]
    ]


def papers(site: Site) -> Iterator[Page]:
    """One page per paper."""
    for paper in site.archive.papers:
        title = to_plain(paper.title)
        listed_in = site.archive.digests_of.get(paper.id, [])
        crumbs = [("Dates", "dates/"), *_date_crumbs(paper.date)]
        if listed_in:
            crumbs = [("Digests", "digests/"), (listed_in[0].title, identity.digest_url(listed_in[0].id))]
        description = _description(to_plain(paper.abstract)) or views.authors_short(paper.authors)
        context = {"paper": views.whole_paper(paper, site)}
        page = Page(identity.paper_url(paper.id), "digests", title, description, "paper.html", context, crumbs=crumbs)
        yield replace(page, head=views.head(paper, page, site))


def _description(text: str) -> str:
    """The beginning of a text, cut at a word."""
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    cut = text[:LONGEST_DESCRIPTION]
    return cut[: cut.rindex(" ")] + " …" if " " in cut else cut + "…"


def _date_crumbs(date: str) -> list[tuple[str, str]]:
    """[("2025", "2025/"), ("March 2025", "2025/03/"), ("14 March 2025", "2025/03/14/")]"""
    parts = date.split("-") if date else []
    dates = ["-".join(parts[: i + 1]) for i in range(len(parts))]
    return [(views.when(each), identity.date_url(each)) for each in dates]


def digests(site: Site) -> Iterator[Page]:
    """The list of digests, and a page for each."""
    years: dict[str, list[dict[str, Any]]] = {}
    for digest in site.archive.digests:
        years.setdefault(digest.date[:4] or "Collections", []).append(views.digest_view(digest))
    context = {"introduction": site.introductions.get("digests"), "years": years}
    words = f"All {len(site.archive.digests)} digests of {site.name}."
    yield _with_graph(
        Page("digests/", "digests", "Digests", words, "digests.html", context, feeds=[("digests/", "Digests")]), site
    )
    shown = site.archive.digests
    for digest, newer, older in zip(shown, [None, *shown], [*shown[1:], None], strict=False):
        yield from _digest_pages(digest, newer, older, site)


def _digest_pages(digest: Digest, newer: Digest | None, older: Digest | None, site: Site) -> Iterator[Page]:
    listed = site.papers_of(digest)
    url = identity.digest_url(digest.id)
    context = {
        "digest": views.digest_view(digest) | {"source": digest.source},
        "intro": site.notes.get(digest.path),
        "newer": views.digest_view(newer) if newer else None,
        "older": views.digest_view(older) if older else None,
    }
    words = f"{_papers(len(listed))}: " + "; ".join(to_plain(paper.title) for paper in listed[:3])
    page = Page(
        url,
        "digests",
        digest.title,
        words,
        "digest.html",
        context,
        crumbs=[("Digests", "digests/")],
        feeds=[("digests/", f"{site.name}: digests")],
    )
    yield from _list_pages(page, ordered_pages(url, listed, site.settings.papers_per_page), site)


def _list_pages(page: Page, chunks: Iterable[Chunk], site: Site) -> Iterator[Page]:
    """`page`, which is the list's own, for each chunk of the list."""
    for chunk in chunks:
        title, crumbs = page.title, page.crumbs
        if chunk.number:
            title, crumbs = f"{title}, page {chunk.number}", [*crumbs, (title, page.url)]
        listed = {"papers": _listed(chunk.papers, site), "first": chunk.first, "pages": chunk.pages}
        context = {**page.context, "heading": title, **listed}
        if chunk.number:
            context["intro"] = None
        description = _description(page.description)
        yield _with_graph(
            replace(page, url=chunk.url, title=title, description=description, crumbs=crumbs, context=context), site
        )


def _with_graph(page: Page, site: Site) -> Page:
    return replace(page, head=views.open_graph(page, site))


def dates(site: Site) -> Iterator[Page]:
    """The list of years and months, and pages by year, month and day."""
    archive = site.archive
    years = [
        _period(year, archive.by_year) | {"months": [_period(month, archive.by_month) for month in site.parts[year]]}
        for year in archive.by_year
    ]
    undated = [paper for paper in archive.papers if not paper.date]
    context = {"introduction": site.introductions.get("dates"), "years": years, "undated": _listed(undated, site)}
    words = f"{site.name} by year, month and day."
    yield _with_graph(Page("dates/", "dates", "Papers by date", words, "dates.html", context), site)
    for groups in (archive.by_year, archive.by_month, archive.by_day):
        dates = list(groups)
        for date, newer, older in zip(dates, ["", *dates], [*dates[1:], ""], strict=False):
            yield from _period_pages(date, newer, older, site)


def _period(date: str, groups: Mapping[str, Sequence[Paper]]) -> dict[str, Any]:
    return {"words": views.when(date), "url": identity.date_url(date), "count": len(groups[date])}


def _period_pages(date: str, newer: str, older: str, site: Site) -> Iterator[Page]:
    """A year's, month's or day's list of papers, with its parts and its digests."""
    archive = site.archive
    found, parts = {
        4: (archive.by_year, archive.by_month),
        7: (archive.by_month, archive.by_day),
        10: (archive.by_day, {}),
    }[len(date)]
    context = {
        "parts": [_period(part, parts) for part in site.parts.get(date, ())],
        "digests": [views.digest_view(digest) for digest in site.digests_by_date.get(date, ())],
        "newer": _period(newer, found) if newer else None,
        "older": _period(older, found) if older else None,
        "count": len(found[date]),
    }
    url, title = identity.date_url(date), views.when(date)
    words = f"{_papers(len(found[date]))} of {title}."
    crumbs = [("Dates", "dates/"), *_date_crumbs(date)[:-1]]
    page = Page(url, "dates", title, words, "period.html", context, crumbs=crumbs)
    yield from _list_pages(page, newest_pages(url, found[date], site.settings.papers_per_page), site)


def _papers(count: int) -> str:
    return f"{count:,} paper" + ("" if count == 1 else "s")


def tags(site: Site) -> Iterator[Page]:
    """The list of tags, and pages for each tag that has enough papers."""
    rare = len(site.archive.by_tag) - len(site.tag_pages)
    context = {
        "introduction": site.introductions.get("tags"),
        "tags": sorted(_tags(site), key=lambda tag: (tag["name"].lower(), tag["slug"])),
        "rare": rare,
        "threshold": site.settings.tag_threshold,
    }
    yield _with_graph(Page("tags/", "tags", "Tags", f"All tags of {site.name}.", "tags.html", context), site)
    for slug in site.tag_pages:
        yield from _tag_pages(slug, site)


def _tag_pages(slug: str, site: Site) -> Iterator[Page]:
    found, name = site.archive.by_tag[slug], site.archive.tag_names[slug]
    description = site.archive.tag_descriptions.get(slug, "")
    url = identity.tag_url(slug)
    context = {"description": description, "count": len(found), "tag_url": url, "name": name, "slug": slug}
    words = f"{_papers(len(found))} tagged {name}. {description}"
    page = Page(
        url,
        "tags",
        name,
        words,
        "tag.html",
        context,
        crumbs=[("Tags", "tags/")],
        feeds=[(url, f"{site.name}: {name}")],
    )
    yield from _list_pages(page, newest_pages(url, found, site.settings.papers_per_page), site)


def search(site: Site) -> Iterator[Page]:
    """The search page; what it finds is the browser's work."""
    top = [(tag["slug"], tag["name"], tag["count"]) for tag in _tags(site, TAGS_ON_HOME)]
    context = {
        "introduction": site.introductions.get("search"),
        "count": len(site.archive.papers),
        "examples": _examples(site),
        "top_tags": top,
    }
    words = f"Search {_papers(len(site.archive.papers))} by title, author, tag and abstract."
    yield _with_graph(Page("search/", "search", "Search", words, "search.html", context), site)


def _examples(site: Site) -> list[str]:
    """Queries that find something here: title words, an author, a tag, a phrase of the query language."""
    examples: list[str] = []
    for paper in site.archive.papers[:200]:
        words = [word for word in to_plain(paper.title).split() if word.isalpha() and len(word) > 4]
        if len(words) >= 2 and not examples:
            examples.append(" ".join(words[:2]).lower())
        if paper.authors and len(examples) == 1:
            examples.append(f"authors:{to_plain(paper.authors[0]).split()[-1].lower()}")
    if site.tag_pages:
        examples.append(f"tags:{site.tag_pages[0]}")
    return examples[:EXAMPLES]


def feeds(site: Site) -> Iterator[Page]:
    """The page that lists all feeds for people."""
    context = {
        "introduction": site.introductions.get("feeds"),
        "tags": sorted(_tags(site), key=lambda tag: str(tag["name"]).lower()),
    }
    words = f"Subscribe to {site.name}: RSS, Atom and JSON feeds of new papers, of digests and of each tag."
    yield _with_graph(Page("feeds/", "feeds", "Feeds", words, "feeds.html", context, feeds=[("", site.name)]), site)


PAGES: dict[str, Callable[[Site], Iterator[Page]]] = {
    "home": home,
    "papers": papers,
    "digests": digests,
    "dates": dates,
    "tags": tags,
    "search": search,
    "feeds": feeds,
}

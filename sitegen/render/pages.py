"""Every page of the site but the hand-written ones: one function per kind, in PAGES.

To add a kind of page, write a function that plans its pages (`Site -> pages`, each with the facts it shows), one that
says what stands on such a page (`Common, *facts -> View`), and a template in theme/sitegen/; and add a line to PAGES.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from sitegen import identity
from sitegen.model import Digest
from sitegen.render import views
from sitegen.render.paper import papers
from sitegen.render.quality import quality
from sitegen.render.rare_tags import rare_tags
from sitegen.render.site import Chunk, Common, ListedDigest, Page, Site, View, newest_pages, ordered_pages

TITLES_OF_LATEST = 10
DAYS_ON_HOME = 7
TAGS_ON_HOME = 24
NEWEST_ON_HOME = 10
EXAMPLES = 4

Facts = dict[str, Any]


def home(site: Site) -> Iterator[Page]:
    """The latest digest, recent days, tags with counts, newest papers."""
    latest = site.newest_digest
    papers = site.papers_of(latest)[:TITLES_OF_LATEST] if latest else []
    shown = {paper.id for paper in papers}
    newest = [paper for paper in site.archive.papers[: 2 * TITLES_OF_LATEST] if paper.id not in shown][:NEWEST_ON_HOME]
    facts: Facts = {
        "introduction": site.introductions.get("index"),
        "count": len(site.archive.papers),
        "latest": site.listed_digest(latest) if latest else None,
        "latest_papers": site.listed(papers),
        "days": [_period(day, site.archive.by_day) for day in list(site.archive.by_day)[:DAYS_ON_HOME]],
        "tags": _tags(site, TAGS_ON_HOME),
        "all_tags": len(site.tag_pages),
        "newest": site.listed(newest),
    }
    yield Page("", "home", home_view, (facts,))


def home_view(common: Common, facts: Facts) -> View:
    context = _with_introduction(facts) | {"name": common.name}
    feeds = [("", common.name)]
    return View(
        common.name, common.description, "home.html", context, feeds=feeds, head=views.website(common.name, common.url)
    )


def _with_introduction(facts: Facts) -> Facts:
    return facts | {"introduction": Markup(facts["introduction"] or "")}  # noqa: S704 (the curator's own)


def _tags(site: Site, most: int | None = None) -> list[Facts]:
    names, by_tag = site.archive.tag_names, site.archive.by_tag
    return [
        {"slug": slug, "name": names[slug], "url": identity.tag_url(slug), "count": len(by_tag[slug])}
        for slug in site.tag_pages[:most]
    ]


def digests(site: Site) -> Iterator[Page]:
    """The list of digests, and a page for each."""
    years: dict[str, list[ListedDigest]] = {}
    for digest in site.archive.digests:
        years.setdefault(digest.date[:4] or "Collections", []).append(site.listed_digest(digest))
    facts = {"introduction": site.introductions.get("digests"), "years": years}
    yield Page("digests/", "digests", digests_view, (facts, len(site.archive.digests)))
    shown = site.archive.digests
    for digest, newer, older in zip(shown, [None, *shown], [*shown[1:], None], strict=False):
        yield from _digest_pages(digest, newer, older, site)


def digests_view(common: Common, facts: Facts, count: int) -> View:
    words = f"All {count} digests of {common.name}."
    return View("Digests", words, "digests.html", _with_introduction(facts), feeds=[("digests/", "Digests")])


def _digest_pages(digest: Digest, newer: Digest | None, older: Digest | None, site: Site) -> Iterator[Page]:
    listed = site.papers_of(digest)
    url = identity.digest_url(digest.id)
    titles = "; ".join(paper.title for paper in listed[:3])
    facts = {
        "digest": site.listed_digest(digest),
        "source": digest.source,
        "intro": site.notes.get(digest.path),
        "newer": site.listed_digest(newer) if newer else None,
        "older": site.listed_digest(older) if older else None,
    }
    for chunk in ordered_pages(url, listed, site.settings.papers_per_page):
        shown = facts if chunk.number == 0 else facts | {"intro": None, "newer": None, "older": None}
        description = f"{_papers(len(listed))}: {titles}"
        yield _list_page("digests", digest_view, chunk, site, shown, description)


def _list_page(section: str, view: Callable[..., View], chunk: Chunk, site: Site, *facts: Any) -> Page:
    shown = {"papers": site.listed(chunk.papers), "pages": chunk.pages}
    return Page(chunk.url, section, view, (chunk.number, shown, *facts))


def digest_view(common: Common, number: int, shown: Facts, facts: Facts, description: str) -> View:
    digest = facts["digest"]
    feeds = [("digests/", f"{common.name}: digests")]
    facts = facts | {"intro": Markup(facts["intro"] or "")}  # noqa: S704 (rendered and sanitised by `notes`)
    above = [("Digests", "digests/")]
    return _list_view(
        number,
        digest.title,
        digest.url,
        description,
        template="digest.html",
        context=shown | facts,
        above=above,
        feeds=feeds,
    )


def _list_view(
    number: int,
    title: str,
    url: str,
    words: str,
    *,
    template: str,
    context: Facts,
    above: list[tuple[str, str]],
    feeds: Sequence[tuple[str, str]] = (),
) -> View:
    """A page of a list: its own, or, with a number, one of those behind it."""
    if number:
        above = [*above, (title, url)]
        title = f"{title}, page {number}"
        words = f"{title}."
    context = context | {"heading": title, "first": number == 0}
    return View(title, views.description(words), template, context, above, feeds)


def dates(site: Site) -> Iterator[Page]:
    """The list of years and months, and pages by year, month and day."""
    archive = site.archive
    years = [
        _period(year, archive.by_year) | {"months": [_period(month, archive.by_month) for month in site.parts[year]]}
        for year in archive.by_year
    ]
    undated = site.listed([paper for paper in archive.papers if not paper.date])
    facts = {"introduction": site.introductions.get("dates"), "years": years, "undated": undated}
    yield Page("dates/", "dates", dates_view, (facts,))
    for groups in (archive.by_year, archive.by_month, archive.by_day):
        found = list(groups)
        for date, newer, older in zip(found, ["", *found], [*found[1:], ""], strict=False):
            yield from _period_pages(date, newer, older, site)


def dates_view(common: Common, facts: Facts) -> View:
    words = f"{common.name} by year, month and day."
    return View("Papers by date", words, "dates.html", _with_introduction(facts))


def _period(date: str, groups: Mapping[str, Sequence[Any]]) -> Facts:
    return {"words": views.when(date), "url": identity.date_url(date), "count": len(groups[date])}


def _period_pages(date: str, newer: str, older: str, site: Site) -> Iterator[Page]:
    archive = site.archive
    found, parts = {
        4: (archive.by_year, archive.by_month),
        7: (archive.by_month, archive.by_day),
        10: (archive.by_day, {}),
    }[len(date)]
    papers, size = found[date], site.settings.papers_per_page
    if len(date) == 4 and len(papers) >= 2 * size:
        # The months list the others: a year of thousands is read by month.
        papers = [paper for paper in papers if len(paper.date) == 4]
    for chunk in newest_pages(identity.date_url(date), papers, size):
        facts = {
            "parts": [_period(part, parts) for part in site.parts.get(date, ())],
            "digests": [site.listed_digest(digest) for digest in site.digests_by_date.get(date, ())],
            "newer": _period(newer, found) if newer else None,
            "older": _period(older, found) if older else None,
            "count": len(found[date]),
        }
        yield _list_page("dates", period_view, chunk, site, date, facts if chunk.number == 0 else _NOTHING_BESIDE)


_NOTHING_BESIDE: Facts = {"parts": [], "digests": [], "newer": None, "older": None, "count": 0}


def period_view(_common: Common, number: int, shown: Facts, date: str, facts: Facts) -> View:
    words = f"{_papers(facts['count'])} of {views.when(date)}."
    above = [("Dates", "dates/"), *views.date_crumbs(date)[:-1]]
    return _list_view(
        number,
        views.when(date),
        identity.date_url(date),
        words,
        template="period.html",
        context=shown | facts,
        above=above,
    )


def _papers(count: int) -> str:
    return f"{count:,} paper" + ("" if count == 1 else "s")


def tags(site: Site) -> Iterator[Page]:
    """The list of tags, and pages for each tag that has enough papers, and for the others where they are many."""
    rare = rare_tags(site)
    facts = {
        "introduction": site.introductions.get("tags"),
        "tags": sorted(_tags(site), key=lambda tag: (tag["name"].lower(), tag["slug"])),
        "threshold": site.settings.tag_threshold,
        **rare.on_index(),
    }
    yield Page("tags/", "tags", tags_view, (facts,))
    yield from rare.letter_pages(site.settings.tag_threshold)
    for slug in site.tag_pages:
        yield from _tag_pages(slug, site)


def tags_view(common: Common, facts: Facts) -> View:
    return View("Tags", f"All tags of {common.name}.", "tags.html", _with_introduction(facts))


def _tag_pages(slug: str, site: Site) -> Iterator[Page]:
    found, name = site.archive.by_tag[slug], site.archive.tag_names[slug]
    facts = {"slug": slug, "name": name, "tag_url": identity.tag_url(slug)}
    first = {"description": site.archive.tag_descriptions.get(slug, ""), "count": len(found)}
    for chunk in newest_pages(identity.tag_url(slug), found, site.settings.papers_per_page):
        shown = facts | (first if chunk.number == 0 else {"description": "", "count": 0})
        yield _list_page("tags", tag_view, chunk, site, shown)


def tag_view(common: Common, number: int, shown: Facts, facts: Facts) -> View:
    name, url = facts["name"], facts["tag_url"]
    words = f"{_papers(facts['count'])} tagged {name}. {facts['description']}"
    feeds = [(url, f"{common.name}: {name}")]
    return _list_view(
        number, name, url, words, template="tag.html", context=shown | facts, above=[("Tags", "tags/")], feeds=feeds
    )


def search(site: Site) -> Iterator[Page]:
    """The search page; what it finds is the browser's work."""
    facts = {
        "introduction": site.introductions.get("search"),
        "count": len(site.archive.papers),
        "examples": _examples(site),
        "top_tags": [(tag["slug"], tag["name"], tag["count"]) for tag in _tags(site, TAGS_ON_HOME)],
        "quality": [page.url for page in quality(site)],
    }
    yield Page("search/", "search", search_view, (facts,))


def search_view(_common: Common, facts: Facts) -> View:
    words = f"Search {_papers(facts['count'])} by title, author, tag and abstract."
    return View("Search", words, "search.html", _with_introduction(facts))


def _examples(site: Site) -> list[str]:
    """Queries that find something here: title words, an author, a tag, a phrase of the query language."""
    examples: list[str] = []
    for paper in site.archive.papers[:200]:
        words = [word for word in paper.title.split() if word.isalpha() and len(word) > 4]
        if len(words) >= 2 and not examples:
            examples.append(" ".join(words[:2]).lower())
        if paper.author and len(examples) == 1:
            examples.append(f"author:{paper.author.split()[-1].lower()}")
    if site.tag_pages:
        examples.append(f"tag:{site.tag_pages[0]}")
    return examples[:EXAMPLES]


def feeds(site: Site) -> Iterator[Page]:
    """The page that lists all feeds for people."""
    facts = {
        "introduction": site.introductions.get("feeds"),
        "tags": sorted(_tags(site), key=lambda tag: str(tag["name"]).lower()),
    }
    yield Page("feeds/", "feeds", feeds_view, (facts,))


def feeds_view(common: Common, facts: Facts) -> View:
    words = f"Subscribe to {common.name}: RSS, Atom and JSON feeds of new papers, of digests and of each tag."
    return View("Feeds", words, "feeds.html", _with_introduction(facts), feeds=[("", common.name)])


PAGES: dict[str, Callable[[Site], Iterator[Page]]] = {
    "home": home,
    "papers": papers,
    "digests": digests,
    "dates": dates,
    "tags": tags,
    "search": search,
    "quality": quality,
    "feeds": feeds,
}

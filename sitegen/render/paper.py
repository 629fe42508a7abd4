"""A paper's own page: the article, and what the archive adds to it."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from sitegen import identity
from sitegen.model import Entry, Tag
from sitegen.render import views
from sitegen.render.site import Common, Listed, ListedDigest, Page, Site, View

_REASONS = {"hand": "set by the curator", "rule": "rule", "digest": "named so by the digest"}

Beside = tuple[str, str] | None
"""(title as HTML, URL) of the paper before or behind this one."""


def papers(site: Site) -> Iterator[Page]:
    """One page per paper."""
    beside = _neighbours(site)
    digests_of = site.archive.digests_of
    listed = {digest.id: site.listed_digest(digest) for digest in site.archive.digests}
    for paper, shown in zip(site.archive.papers, site.listed(site.archive.papers), strict=True):
        digests = tuple(listed[digest.id] for digest in digests_of.get(paper.id, ()))
        facts = (shown, paper, digests, (beside.get(paper.id), site.notes.get(paper.path)))
        yield Page(paper.url, "digests", paper_view, facts)


def _neighbours(site: Site) -> dict[str, tuple[Beside, Beside]]:
    """Paper id -> what stands before and behind it in the first digest that listed it."""
    found: dict[str, tuple[Beside, Beside]] = {}
    for digest in site.archive.listings:
        beside = [_beside(paper_id, site) for paper_id in digest.papers]
        for paper_id, before, behind in zip(digest.papers, [None, *beside], [*beside[1:], None], strict=False):
            if paper_id not in found and (before or behind):
                found[paper_id] = (before, behind)
    return found


def _beside(paper_id: str, site: Site) -> Beside:
    paper = site.archive.by_id.get(paper_id)
    return (paper.title_html, paper.url) if paper else None


def paper_view(
    common: Common,
    listed: Listed,
    entry: Entry,
    digests: Sequence[ListedDigest],
    around: tuple[tuple[Beside, Beside] | None, str | None],
) -> View:
    """What stands on a paper's page. around: what stands beside it, its notes."""
    beside, notes = around
    before, behind = beside or (None, None)
    article = common.article(entry)
    crumbs = [("Digests", "digests/"), (digests[0].title, digests[0].url)] if digests else []
    return View(
        title=entry.title,
        description=article.description or entry.authors,
        template="paper.html",
        context={
            "top": Markup(article.top),  # noqa: S704 (from an autoescaped template)
            "notes": Markup(notes or ""),  # noqa: S704 (rendered and sanitised by `notes`)
            "tags": _tags(entry, listed.paged),
            "digests": digests,
            "bottom": Markup(article.bottom),  # noqa: S704 (from an autoescaped template)
            "before": _link(before),
            "behind": _link(behind),
        },
        crumbs=crumbs or [("Dates", "dates/"), *views.date_crumbs(entry.date)],
        head=Markup(article.head),  # noqa: S704 (made by `views.meta`)
    )


def _tags(entry: Entry, paged: Sequence[int]) -> list[tuple[str, str, str, bool]]:
    """(name, URL, reason, whether it is rare): the tags with a page, then the rare ones, which lead to the search."""
    with_page = [(tag, identity.tag_url(tag.slug)) for tag, has_page in zip(entry.tags, paged, strict=True) if has_page]
    rare = [tag for tag, has_page in zip(entry.tags, paged, strict=True) if not has_page]
    shown = [(tag.name, url, _reason(tag), False) for tag, url in with_page]
    return shown + [(tag.name, identity.search_url(f"tag:{tag.slug}"), _reason(tag), True) for tag in rare]


def _reason(tag: Tag) -> str:
    """Why the paper has the tag, in words: "rule, title: diffusion"."""
    reason = _REASONS[tag.source] + (f", {tag.reason}" if tag.reason and tag.source == "rule" else "")
    if tag.source == "digest" and tag.reason.lower() != tag.name.lower():
        reason += f": {tag.reason}"
    return reason


def _link(beside: Beside) -> tuple[Markup, str] | None:
    return (Markup(beside[0]), beside[1]) if beside else None  # noqa: S704 (made by `title_html`)

"""A paper's own page."""

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from sitegen import identity
from sitegen.catalogue import open_paper
from sitegen.model import LINK_KINDS, Entry, Paper, Tag
from sitegen.render import bibtex, views
from sitegen.render.site import Common, ListedDigest, Page, Site, View, when
from sitegen.text import markup

AUTHORS_AT_ONCE = 30
_REASONS = {"hand": "set by the curator", "rule": "rule", "digest": "named so by the digest"}
_NOTICES = {"withdrawn": "Withdrawn", "retracted": "Retracted", "corrected": "Corrected", "superseded": "Superseded"}

Beside = tuple[str, str] | None
"""(title as HTML, URL) of the paper before or behind this one."""


def papers(site: Site) -> Iterator[Page]:
    """One page per paper."""
    beside = _neighbours(site)
    digests_of = site.archive.digests_of
    listed = {digest.id: site.listed_digest(digest) for digest in site.archive.digests}
    for paper in site.archive.papers:
        digests = tuple(listed[digest.id] for digest in digests_of.get(paper.id, ()))
        paged = tuple(tag.slug in site.with_page for tag in paper.tags)
        facts = (paper, paged, digests, (beside.get(paper.id), site.notes.get(paper.path)))
        yield Page(paper.url, "digests", paper_view, facts)


def _neighbours(site: Site) -> dict[str, tuple[Beside, Beside]]:
    """Paper id -> what stands before and behind it in the first digest that listed it."""
    found: dict[str, tuple[Beside, Beside]] = {}
    for digest in reversed(site.archive.digests):
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
    entry: Entry,
    paged: Sequence[bool],
    digests: Sequence[ListedDigest],
    around: tuple[tuple[Beside, Beside] | None, str | None],
) -> View:
    """What stands on a paper's page. paged: which of its tags have a page; around: what stands beside it, its notes."""
    beside, notes = around
    paper = open_paper(common.content, entry.path)
    crumbs = [("Digests", "digests/"), (digests[0].title, digests[0].url)] if digests else []
    words = views.description(markup.to_plain(paper.abstract)) or entry.authors
    shown = {
        **_paper(paper, entry),
        "tags": _tags(entry, paged),
        "notes": Markup(notes or ""),  # noqa: S704 (rendered and sanitised by `notes`)
        "digests": digests,
        "neighbours": _shown_beside(digests, beside),
    }
    return View(
        title=entry.title,
        description=words,
        template="paper.html",
        context={"paper": shown},
        crumbs=crumbs or [("Dates", "dates/"), *views.date_crumbs(paper.date)],
        head=_citation(paper, entry, shown["names"], shown["links"]),
    )


def _paper(paper: Paper, entry: Entry) -> dict[str, Any]:
    names = [markup.to_plain(name) for name in paper.authors]
    return {
        "id": paper.id,
        "title": Markup(entry.title_html),  # noqa: S704 (made by `title_html`)
        "names": names,
        "authors": names[:AUTHORS_AT_ONCE],
        "more_authors": names[AUTHORS_AT_ONCE:],
        "listed": when(paper.listed),
        "listed_iso": paper.listed,
        "listed_url": identity.date_url(paper.listed) if paper.listed else "",
        "published": when(paper.published),
        "published_iso": paper.published,
        "published_url": "" if paper.listed else identity.date_url(paper.published),
        "links": links(paper),
        "abstract": markup.abstract_html(paper.abstract) if paper.abstract else Markup(""),
        "notice": _notice(paper),
        "said": _said_otherwise(paper),
        "bibtex": bibtex.entry(paper),
    }


def links(paper: Paper) -> list[dict[str, str]]:
    """Buttons above the abstract: (words, URL); a PDF where the arXiv id gives one."""
    urls = dict(paper.links)
    arxiv = identity.arxiv_id(urls.get("arxiv", "")) or identity.arxiv_id(paper.id)
    if arxiv:
        urls.setdefault("arxiv", f"https://arxiv.org/abs/{arxiv}")
        urls.setdefault("pdf", f"https://arxiv.org/pdf/{arxiv}")
    if doi := identity.doi(paper.id):
        urls.setdefault("doi", f"https://doi.org/{doi}")
    return [{"words": words, "url": urls[kind]} for kind, words in LINK_KINDS.items() if kind in urls]


def _tags(entry: Entry, paged: Sequence[bool]) -> list[dict[str, Any]]:
    """The tags with a page, then the rare ones, which lead to the search."""
    pairs = sorted(zip(entry.tags, paged, strict=True), key=lambda pair: not pair[1])
    return [
        {
            "name": tag.name,
            "url": identity.tag_url(tag.slug) if has_page else identity.search_url(f"tags:{tag.slug}"),
            "rare": not has_page,
            "reason": _reason(tag),
        }
        for tag, has_page in pairs
    ]


def _reason(tag: Tag) -> str:
    """Why the paper has the tag, in words: "rule, title: diffusion"."""
    reason = _REASONS[tag.source] + (f", {tag.reason}" if tag.reason and tag.source == "rule" else "")
    if tag.source == "digest" and tag.reason.lower() != tag.name.lower():
        reason += f": {tag.reason}"
    return reason


def _notice(paper: Paper) -> dict[str, str] | None:
    if paper.notice is None:
        return None
    return {
        "word": _NOTICES[paper.notice.kind],
        "date": when(paper.notice.date),
        "reason": markup.to_plain(paper.notice.reason),
    }


def _shown_beside(digests: Sequence[ListedDigest], beside: tuple[Beside, Beside] | None) -> dict[str, Any] | None:
    if not beside:
        return None
    before, behind = (_link(each) for each in beside)
    return {"digest": digests[0].title, "previous": before, "next": behind}


def _link(beside: Beside) -> dict[str, Any] | None:
    return {"title": Markup(beside[0]), "url": beside[1]} if beside else None  # noqa: S704 (made by `title_html`)


def _said_otherwise(paper: Paper) -> list[dict[str, Any]]:
    """Titles and abstracts that some digest gave and the page does not show."""
    return [
        {"digest": sighting.digest, "url": identity.digest_url(sighting.digest), "field": name, "text": shown}
        for sighting in paper.sightings
        for name in ("title", "abstract")
        if (shown := markup.to_plain(str(sighting.differs.get(name, ""))))
    ]


def _citation(paper: Paper, entry: Entry, names: Sequence[str], buttons: Sequence[dict[str, str]]) -> Markup:
    """`citation_*` tags (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing)."""
    date = paper.published or paper.listed
    named = [("citation_title", entry.title)]
    named += [("citation_author", author) for author in names]
    named += [("citation_publication_date", date.replace("-", "/"))] if date else []
    arxiv = identity.arxiv_id(paper.id) or identity.arxiv_id(paper.link("arxiv"))
    doi = identity.doi(paper.link("doi")) or identity.doi(paper.id)
    pdf = next((link["url"] for link in buttons if link["words"] == LINK_KINDS["pdf"]), "")
    named += [("citation_arxiv_id", arxiv), ("citation_doi", doi), ("citation_pdf_url", pdf)]
    return Markup("".join(views.meta(name, value) for name, value in named if value))  # noqa: S704

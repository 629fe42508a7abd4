"""What templates show of a paper and a digest: finished words and safe HTML, no logic left for the template."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from sitegen import identity
from sitegen.intake.dates import in_words
from sitegen.model import LINK_KINDS, Digest, Paper, Tag
from sitegen.render import bibtex
from sitegen.render.site import Page, Site
from sitegen.text import markup
from sitegen.text.escape import json_in_html

AUTHORS_IN_LISTS = 3
AUTHORS_AT_ONCE = 30
TAGS_IN_LISTS = 4
_REASONS = {"hand": "set by the curator", "rule": "rule", "digest": "named so by the digest"}
_NOTICES = {"withdrawn": "Withdrawn", "retracted": "Retracted", "corrected": "Corrected", "superseded": "Superseded"}


def listed_paper(paper: Paper, site: Site) -> dict[str, Any]:
    """A paper as one entry of a list."""
    shown = [tag for tag in paper.tags if tag.slug in site.with_page][:TAGS_IN_LISTS]
    return {
        "id": paper.id,
        "url": identity.paper_url(paper.id),
        "title": markup.title_html(paper.title),
        "authors": authors_short(paper.authors),
        "date": when(paper.date),
        "iso": paper.date,
        "tags": [{"name": tag.name, "url": identity.tag_url(tag.slug)} for tag in shown],
        "code": bool(paper.link("code")),
        "notice": _NOTICES[paper.notice.kind] if paper.notice else "",
    }


def authors_short(authors: Sequence[str]) -> str:
    """ "A. One, B. Two, C. Three, and 12 more"."""
    names = [markup.to_plain(name) for name in authors[:AUTHORS_IN_LISTS]]
    more = len(authors) - len(names)
    return ", ".join(names) + (f", and {more:,} more" if more else "")


def when(date: str) -> str:
    return in_words(date) if date else ""


def whole_paper(paper: Paper, site: Site) -> dict[str, Any]:
    """A paper as its own page shows it."""
    names = [markup.to_plain(name) for name in paper.authors]
    listed_in = site.archive.digests_of.get(paper.id, [])
    return {
        "id": paper.id,
        "title": markup.title_html(paper.title),
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
        "tags": [tag_view(tag, site) for tag in paper.tags if tag.slug in site.with_page],
        "rare_tags": [tag_view(tag, site) for tag in paper.tags if tag.slug not in site.with_page],
        "notice": notice(paper),
        "notes": site.notes.get(paper.path, Markup("")),
        "digests": [digest_view(digest) for digest in listed_in],
        "neighbours": neighbours(paper, listed_in, site),
        "said": said_otherwise(paper),
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


def tag_view(tag: Tag, site: Site) -> dict[str, str]:
    """A tag with the reason in words: "rule, title: diffusion"."""
    reason = _REASONS[tag.source] + (f", {tag.reason}" if tag.reason and tag.source == "rule" else "")
    if tag.source == "digest" and tag.reason.lower() != tag.name.lower():
        reason += f": {tag.reason}"
    return {"name": tag.name, "url": site.tag_href(tag.slug), "reason": reason}


def notice(paper: Paper) -> dict[str, str] | None:
    if paper.notice is None:
        return None
    return {
        "word": _NOTICES[paper.notice.kind],
        "date": when(paper.notice.date),
        "reason": markup.to_plain(paper.notice.reason),
    }


def digest_view(digest: Digest) -> dict[str, Any]:
    return {
        "title": digest.title,
        "words": digest.title,
        "url": identity.digest_url(digest.id),
        "date": when(digest.date),
        "iso": digest.date,
        "count": len(digest.papers),
    }


def neighbours(paper: Paper, listed_in: Sequence[Digest], site: Site) -> dict[str, Any] | None:
    """The papers before and behind this one in the first digest that listed it."""
    if not listed_in:
        return None
    digest = listed_in[0]
    at = site.positions[digest.id][paper.id]
    beside = {"previous": _at(digest, at - 1, site), "next": _at(digest, at + 1, site)}
    return {"digest": digest.title, **beside} if any(beside.values()) else None


def _at(digest: Digest, index: int, site: Site) -> dict[str, Any] | None:
    other = site.archive.by_id.get(digest.papers[index]) if 0 <= index < len(digest.papers) else None
    return {"title": markup.title_html(other.title), "url": identity.paper_url(other.id)} if other else None


def said_otherwise(paper: Paper) -> list[dict[str, Any]]:
    """Titles and abstracts that some digest gave and the page does not show."""
    return [
        {"digest": sighting.digest, "url": identity.digest_url(sighting.digest), "field": name, "text": shown}
        for sighting in paper.sightings
        for name in ("title", "abstract")
        if (shown := markup.to_plain(str(sighting.differs.get(name, ""))))
    ]


def head(paper: Paper, page: Page, site: Site) -> Markup:
    """`citation_*` (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing) and Open Graph tags."""
    title = markup.to_plain(paper.title)
    date = paper.published or paper.listed
    named = [("citation_title", title)]
    named += [("citation_author", markup.to_plain(author)) for author in paper.authors]
    named += [("citation_publication_date", date.replace("-", "/"))] if date else []
    arxiv = identity.arxiv_id(paper.id) or identity.arxiv_id(paper.link("arxiv"))
    doi = identity.doi(paper.link("doi")) or identity.doi(paper.id)
    pdf = next((link["url"] for link in links(paper) if link["words"] == LINK_KINDS["pdf"]), "")
    named += [("citation_arxiv_id", arxiv), ("citation_doi", doi), ("citation_pdf_url", pdf)]
    tags = [Markup('<meta name="{}" content="{}">').format(name, value) for name, value in named if value]
    return Markup("\n").join([*tags, open_graph(page, site, kind="article")])


def open_graph(page: Page, site: Site, kind: str = "website") -> Markup:
    """https://ogp.me"""
    pairs: Mapping[str, str] = {
        "og:title": page.title,
        "og:description": page.description,
        "og:type": kind,
        "og:url": site.url + page.url,
        "og:site_name": site.name,
    }
    return Markup("\n").join(
        Markup('<meta property="{}" content="{}">').format(name, value) for name, value in pairs.items() if value
    )


def website(site: Site) -> Markup:
    """What search engines read of the home page: its name and its search (https://schema.org/WebSite)."""
    action = {
        "@type": "SearchAction",
        "target": f"{site.url}search/?q={{query}}",
        "query-input": "required name=query",
    }
    data = {"@context": "https://schema.org", "@type": "WebSite", "name": site.name, "url": site.url}
    script = json_in_html({**data, "potentialAction": action})
    return Markup(f'<script type="application/ld+json">{script}</script>')  # noqa: S704 (escaped for a script)

"""What a paper's page shows of the paper alone: it follows from the page in content/ and from nothing else.

So it is made where that page is read, once, and waits there until the whole page is put together (`paper`).
"""

import marshal
from collections.abc import Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from sitegen import identity
from sitegen.model import LINK_KINDS, Entry, Paper
from sitegen.render import bibtex, history, source_text, views
from sitegen.render.environment import environment
from sitegen.text import markup

AUTHORS_AT_ONCE = 30
# From a paper's page to the root of the site.
ROOT = "../.."


class Article(NamedTuple):
    """description: plain text, "" if there is no abstract. head: HTML for <head>; top, bottom: HTML of the article."""

    description: str
    head: str
    top: str
    bottom: str


def packed(paper: Paper, entry: Entry) -> bytes:
    """The article of a paper, to be sent between processes; see `unpacked`."""
    return marshal.dumps(tuple(article_of(paper, entry)))


def unpacked(data: bytes | memoryview) -> Article:
    """What `packed` packed."""
    return Article(*marshal.loads(data))  # noqa: S302 (made by `packed` in this run)


def article_of(paper: Paper, entry: Entry) -> Article:
    """The article of a paper."""
    names, buttons = [markup.to_plain(name) for name in paper.authors], links(paper)
    template = environment().get_template("article.html")
    context = template.new_context(
        {
            "root": ROOT,
            "id": paper.id,
            "title": Markup(entry.title_html),  # noqa: S704 (made by `title_html`)
            "authors": ", ".join(names[:AUTHORS_AT_ONCE]),
            "more_authors": names[AUTHORS_AT_ONCE:],
            "listed": views.when(paper.listed),
            "listed_url": identity.date_url(paper.listed) if paper.listed else "",
            "published": views.when(paper.published),
            "published_url": "" if paper.listed else identity.date_url(paper.published),
            "links": buttons,
            "abstract": markup.abstract_html(paper.abstract) if paper.abstract else "",
            "notice": _notice(paper),
            "version": paper.version,
            "mended": source_text.mended(paper),
            "changes": history.changes(paper),
            "bibtex": bibtex.entry(paper),
        }
    )
    top, bottom = ("".join(template.blocks[name](context)) for name in ("top", "bottom"))
    description = views.description(markup.to_plain(paper.abstract))
    return Article(description, _citation(paper, entry, names, buttons), top, bottom)


def links(paper: Paper) -> list[tuple[str, str]]:
    """Buttons above the abstract: (words, URL); a PDF where the arXiv id gives one."""
    urls = dict(paper.links)
    arxiv = identity.arxiv_id(urls.get("arxiv", "")) or identity.arxiv_id(paper.id)
    if arxiv:
        urls.setdefault("arxiv", f"https://arxiv.org/abs/{arxiv}")
        urls.setdefault("pdf", f"https://arxiv.org/pdf/{arxiv}")
    if doi := identity.doi(paper.id):
        urls.setdefault("doi", f"https://doi.org/{doi}")
    return [(words, urls[kind]) for kind, words in LINK_KINDS.items() if kind in urls]


def _notice(paper: Paper) -> dict[str, str] | None:
    if paper.notice is None:
        return None
    by = paper.notice.by
    return {
        "word": views.NOTICES[paper.notice.kind],
        "date": views.when(paper.notice.date),
        "reason": markup.to_plain(paper.notice.reason),
        "by": identity.in_words(by) if by else "",
        "by_url": f"{ROOT}/{identity.search_url(by)}",
    }


def _citation(paper: Paper, entry: Entry, names: Sequence[str], buttons: Sequence[tuple[str, str]]) -> str:
    """`citation_*` tags (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing)."""
    date = paper.published or paper.listed
    arxiv = identity.arxiv_id(paper.id) or identity.arxiv_id(paper.link("arxiv"))
    named: list[tuple[str, Any]] = [
        ("citation_title", entry.title),
        *(("citation_author", author) for author in names),
        ("citation_publication_date", date.replace("-", "/")),
        ("citation_arxiv_id", arxiv),
        ("citation_doi", identity.doi(paper.link("doi")) or identity.doi(paper.id)),
        ("citation_pdf_url", dict(buttons).get(LINK_KINDS["pdf"], "")),
    ]
    return "".join(views.meta(name, value) for name, value in named if value)

"""What stands in a feed: which papers, and what an item says about a paper or a digest."""

from collections.abc import Mapping, Sequence

from sitegen.feeds.feed import Item
from sitegen.identity import digest_url, digest_urn, in_words, paper_url, paper_urn
from sitegen.model import Digest, Entry, Notice, Paper, Tag
from sitegen.text import escape
from sitegen.text.markup import to_feed_html, to_plain

AUTHORS = 20
NO_ABSTRACT = "No abstract."


def newest_papers(
    papers: Sequence[Entry], digests: Sequence[Digest], *, at_least: int, whole_digests: int
) -> tuple[Entry, ...]:
    """The papers of a feed: the `at_least` newest, and all that the newest `whole_digests` dated digests list.

    papers: newest first; in a tag's feed, only those of the tag. digests: all of the archive, newest first.
    """
    dated = [digest for digest in digests if digest.date][:whole_digests]
    listed = {paper_id for digest in dated for paper_id in digest.papers}
    return (*papers[:at_least], *(paper for paper in papers[at_least:] if paper.id in listed))


def paper_item(paper: Paper, tags: Sequence[Tag], site_url: str) -> Item:
    """A paper as an item: `site_url` is "https://example.org/archive/". Only the first 20 authors are named."""
    authors = tuple(filter(None, map(_line, paper.authors)))
    return Item(
        id=paper_urn(paper.id),
        url=_absolute(site_url, paper_url(paper.id)),
        title=_title(paper.title, paper.id, paper.notice.kind if paper.notice else ""),
        html=_notice_html(paper.notice) + _authors_html(authors) + _abstract_html(paper),
        date=paper.date,
        authors=authors[:AUTHORS],
        tags=tuple(filter(None, (" ".join(tag.name.split()) for tag in tags))),
    )


def digest_item(digest: Digest, papers_by_id: Mapping[str, Entry], site_url: str) -> Item:
    """A digest as an item: the list of its papers. A paper whose page was removed is left out."""
    papers = [papers_by_id[paper_id] for paper_id in digest.papers if paper_id in papers_by_id]
    entries = "".join(_entry_html(paper, site_url) for paper in papers)
    return Item(
        id=digest_urn(digest.id),
        url=_absolute(site_url, digest_url(digest.id)),
        title=_line(digest.title) or digest.id,
        html=f"<ol>{entries}</ol>" if papers else "<p>No papers.</p>",
        date=digest.date,
        authors=(),
        tags=(),
    )


def _absolute(site_url: str, url: str) -> str:
    return f"{site_url.rstrip('/')}/{url}"


def _line(source: str) -> str:
    return " ".join(to_plain(source).split())


def _title(source: str, paper_id: str, notice: str) -> str:
    title = _line(source) or paper_id
    return f"[{notice.capitalize()}] {title}" if notice else title


def _notice_html(notice: Notice | None) -> str:
    if not notice:
        return ""
    by = f" by {in_words(notice.by)}" if notice.by else ""
    when = f"{by} on {notice.date}" if notice.date else by
    why = f": {_line(notice.reason)}" if notice.reason else "."
    return f"<p><strong>{notice.kind.capitalize()}{escape.html(when)}</strong>{escape.html(why)}</p>"


def _authors_html(authors: Sequence[str]) -> str:
    if not authors:
        return ""
    more = len(authors) - AUTHORS
    names = ", ".join(authors[:AUTHORS]) + (f" … and {more:,} more" if more > 0 else "")
    return f"<p>{escape.html(names)}</p>"


def _abstract_html(paper: Paper) -> str:
    return to_feed_html(paper.abstract).strip() or f"<p>{NO_ABSTRACT}</p>"


def _entry_html(paper: Entry, site_url: str) -> str:
    url = escape.html(_absolute(site_url, paper.url))
    title = " ".join(paper.title.split()) or paper.id
    title = f"[{paper.notice.capitalize()}] {title}" if paper.notice else title
    first = " ".join(paper.author.split())
    by = f", {first}{' et al.' if paper.authors != paper.author else ''}" if first else ""
    return f'<li><a href="{url}">{escape.html(title)}</a>{escape.html(by)}</li>'

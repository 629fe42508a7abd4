"""What the search page shows of a paper."""

from collections.abc import Sequence

from sitegen.identity import paper_url
from sitegen.search.plain import PlainPaper
from sitegen.text.markup import title_html

AUTHORS = 3
TAGS = 6


def stored(papers: Sequence[PlainPaper], tag_pages: frozenset[str]) -> dict[str, object]:
    """{"tags": [[slug, name, 1 if it has a page], …], "papers": [row, …]}, rows as in `_row`."""
    names = dict(tag for each in papers for tag in each.tags)
    numbers = {slug: number for number, slug in enumerate(sorted(names))}
    return {
        "tags": [[slug, names[slug], int(slug in tag_pages)] for slug in numbers],
        "papers": [_row(each, numbers) for each in papers],
    }


def _row(plain: PlainPaper, tag_numbers: dict[str, int]) -> list[object]:
    """[id, URL, title, title as HTML or "" if it is the same, date, authors, tag numbers, abstract, notice]."""
    paper, html = plain.paper, str(title_html(plain.paper.title))
    return [
        paper.id,
        paper_url(paper.id),
        plain.title,
        "" if html == plain.title else html,
        paper.date,
        shown_authors(plain.authors),
        [tag_numbers[slug] for slug, _ in plain.tags[:TAGS]],
        plain.abstract,
        paper.notice.kind if paper.notice else "",
    ]


def shown_authors(authors: Sequence[str]) -> str:
    """The first authors.

    >>> shown_authors(["A. One", "B. Two", "C. Three", "D. Four"])
    'A. One, B. Two, C. Three et al.'
    """
    named = ", ".join(authors[:AUTHORS])
    return f"{named} et al." if len(authors) > AUTHORS else named

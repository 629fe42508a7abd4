"""What the search page shows of a paper."""

from collections.abc import Mapping, Sequence

from sitegen.identity import paper_url
from sitegen.search.plain import PlainPaper
from sitegen.text.markup import title_html

AUTHORS = 3
TAGS = 6


Row = tuple[str, str, str, str, str, str, tuple[str, ...], str, str]
"""(id, URL, title, title as HTML or "" if it is the same, date, authors, slugs of the first tags, abstract, notice)."""
# Where the tags stand in a Row.
_TAGS = 6


def row(plain: PlainPaper) -> Row:
    """What a hit of this paper shows."""
    paper, html = plain.paper, str(title_html(plain.paper.title))
    return (
        paper.id,
        paper_url(paper.id),
        plain.title,
        "" if html == plain.title else html,
        paper.date,
        shown_authors(plain.authors),
        tuple(slug for slug, _ in plain.tags[:TAGS]),
        plain.abstract,
        paper.notice.kind if paper.notice else "",
    )


def stored(rows: Sequence[Row], names: Mapping[str, str], tag_pages: frozenset[str]) -> dict[str, object]:
    """{"tags": [[slug, name, 1 if it has a page], …], "papers": [row with the numbers of its tags, …]}.

    names: of all tags, by slug.
    """
    numbers = {slug: number for number, slug in enumerate(sorted(names))}
    return {
        "tags": [[slug, names[slug], int(slug in tag_pages)] for slug in numbers],
        "papers": [(*each[:_TAGS], [numbers[slug] for slug in each[_TAGS]], *each[_TAGS + 1 :]) for each in rows],
    }


def shown_authors(authors: Sequence[str]) -> str:
    """The first authors.

    >>> shown_authors(["A. One", "B. Two", "C. Three", "D. Four"])
    'A. One, B. Two, C. Three et al.'
    """
    named = ", ".join(authors[:AUTHORS])
    return f"{named} et al." if len(authors) > AUTHORS else named

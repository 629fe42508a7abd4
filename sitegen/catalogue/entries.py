"""What a paper's page makes known to lists, addresses and matching."""

from collections.abc import Sequence

from sitegen import identity, tags
from sitegen.cache import stamp
from sitegen.matching import match
from sitegen.model import Entry, Paper
from sitegen.tags import Vocabulary
from sitegen.text.markup import title_html, to_plain

AUTHORS_IN_LISTS = 3


def entry_of(paper: Paper, vocabulary: Vocabulary, page: bytes) -> Entry:
    """The entry of a paper; `page` stands for the bytes of its page (`reading.bytes_stamp`)."""
    title, shown = to_plain(paper.title), str(title_html(paper.title))
    authors = authors_short(paper.authors)
    code, notice = bool(paper.link("code")), paper.notice.kind if paper.notice else ""
    found = tags.tags_of(paper, vocabulary)
    author = to_plain(paper.authors[0]) if paper.authors else ""
    return Entry(
        id=paper.id,
        path=paper.path,
        url=identity.paper_url(paper.id),
        date=paper.date,
        listed=paper.listed,
        title=title,
        title_html=shown,
        authors=authors,
        author=author,
        aliases=paper.aliases,
        tags=found,
        code=code,
        notice=notice,
        notes=paper.notes,
        keys=match.keys_of_paper(paper),
        face=stamp(
            paper.id, title, shown, authors, author, paper.date, code, notice, [(tag.slug, tag.name) for tag in found]
        ),
        page=page,
        stamp=stamp(page, *found),
    )


def authors_short(authors: Sequence[str]) -> str:
    """ "A. One, B. Two, C. Three, and 12 more"."""
    names = [to_plain(name) for name in authors[:AUTHORS_IN_LISTS]]
    more = len(authors) - len(names)
    return ", ".join(names) + (f", and {more:,} more" if more else "")

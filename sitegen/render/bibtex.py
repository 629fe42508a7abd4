"""A paper as a BibTeX entry, made from plain text so that any BibTeX reader gives it back."""

import re

from sitegen import identity
from sitegen.model import Paper
from sitegen.text.markup import to_plain

# https://www.ctan.org/pkg/bibtex: what TeX would take as a command inside a braced value.
_SPECIAL = {
    "\\": r"{\textbackslash}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
}
_ESCAPED = re.compile(r"[\\{}$&#_%~^]")


def escape(text: str) -> str:
    """Text for inside the braces of a BibTeX value, on one line, with balanced braces."""
    return _ESCAPED.sub(lambda found: _SPECIAL[found[0]], " ".join(text.split()))


def entry(paper: Paper) -> str:
    """The `@misc` or `@article` entry of a paper.

    >>> print(entry(Paper("x", "On lists", ("Ann Ao",), published="2025-03-13")))
    @misc{ao2025lists,
      title = {{On lists}},
      author = {Ann Ao},
      year = {2025},
    }
    >>> print(entry(Paper("2205.14135", "On lists", ("Ann Ao",), listed="2025-03-13")).splitlines()[3])
      year = {2022},
    """
    arxiv = identity.arxiv_id(paper.id) or identity.arxiv_id(paper.link("arxiv"))
    doi = identity.doi(paper.link("doi")) or identity.doi(paper.id)
    url = "" if arxiv or doi else paper.link("url")
    fields = {
        "title": f"{{{escape(to_plain(paper.title))}}}",
        "author": " and ".join(_name(author) for author in paper.authors),
        "year": identity.year_of(paper),
        "eprint": arxiv,
        "archiveprefix": "arXiv" if arxiv else "",
        "doi": escape(doi),
        "url": url,
        "note": escape(f"{paper.notice.kind.capitalize()}: {to_plain(paper.notice.reason)}".removesuffix(": "))
        if paper.notice
        else "",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{identity.bibtex_key(paper)},\n{lines}}}"


def _name(author: str) -> str:
    """A name that holds the word "and" is one author all the same."""
    escaped = escape(to_plain(author))
    return f"{{{escaped}}}" if " and " in f" {escaped.lower()} " else escaped

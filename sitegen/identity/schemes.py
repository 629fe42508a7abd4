"""Ids that the whole world knows: how each kind is recognised in a text, and the one way to write it here."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import unquote

from sitegen.identity.acl import acl_id
from sitegen.identity.arxiv import arxiv_elsewhere, arxiv_id

# https://www.crossref.org/blog/dois-and-matching-regular-expressions/
_DOI = re.compile(r"(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_DOI_WHOLE = re.compile(r"10\.\d{4,9}/\S+", re.IGNORECASE)
# What publishers put behind the DOI in the addresses of their pages.
_DOI_PAGE = re.compile(r"/(?:full|pdf|abstract|epdf|meta)(?:/.*)?$", re.IGNORECASE)
_QUOTED_SLASH = re.compile("%2F", re.IGNORECASE)
# The punctuation of the sentence around a DOI, and brackets, of which it may have pairs of its own:
# "10.1016/s0140-6736(20)30183-5".
_BEHIND = "\"'”’»….,;:?!/"
_OPENING = {")": "(", "]": "[", "}": "{", ">": "<"}

_OPENREVIEW_WHOLE = re.compile(r"openreview:[\w-]+")
_OPENREVIEW_URL = re.compile(r"openreview\.net/(?:forum|pdf|attachment|revisions)\?(\S+)")
_OPENREVIEW_QUERY = re.compile(r"(?:^|&)id=([\w-]+)")
# https://www.nlm.nih.gov/bsd/mms/medlineelements.html#pmid
_PMID = re.compile(
    r"(?:pmid:?\s{0,3}|.{0,40}pubmed\.ncbi\.nlm\.nih\.gov/|.{0,40}ncbi\.nlm\.nih\.gov/pubmed/)(\d{1,8})(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_PMCID = re.compile(r"(?:.{0,60}/articles/)?pmc:?(\d{3,9})(?:[/?#]\S*)?", re.IGNORECASE)


def doi(text: str) -> str:
    """The DOI in `text` in lower case (DOIs ignore case), or "".

    >>> doi("https://doi.org/10.18653/V1/2022.ACL-LONG.1")
    '10.18653/v1/2022.acl-long.1'
    """
    if "10." not in text:
        return ""
    text = text.strip()
    if _DOI_WHOLE.fullmatch(text):
        return _without_tail(text).lower()
    found = _DOI.search(_QUOTED_SLASH.sub("/", text))
    if not found:
        return ""
    path = re.split(r"[?#]", _without_tail(found[1]))[0]
    return _without_tail(_unquoted(_DOI_PAGE.sub("", path))).lower()


def _unquoted(path: str) -> str:
    """Of the path of an address what it stands for: "10.1016/s0140-6736(20)" of "10.1016/s0140-6736%2820%29"."""
    name = unquote(path)
    return name if name.isprintable() and " " not in name else path


def _without_tail(name: str) -> str:
    """Without the punctuation of the sentence around it; a closing bracket stays if it is opened inside."""
    unopened = {closing: name.count(closing) - name.count(opening) for closing, opening in _OPENING.items()}
    end = len(name)
    while end and (name[end - 1] in _BEHIND or unopened.get(name[end - 1], 0) > 0):
        end -= 1
        if name[end] in unopened:
            unopened[name[end]] -= 1
    return name[:end]


def openreview_id(text: str) -> str:
    """The id of a paper at OpenReview, which minds upper and lower case, or "".

    >>> openreview_id("https://openreview.net/pdf?id=aB1_x-")
    'openreview:aB1_x-'
    """
    if _OPENREVIEW_WHOLE.fullmatch(text.strip()):
        return text.strip()
    url = _OPENREVIEW_URL.search(text)
    found = _OPENREVIEW_QUERY.search(url[1]) if url else None
    return f"openreview:{found[1]}" if found else ""


def pmid(text: str) -> str:
    """The id of a paper in PubMed, or ""; a number alone is none.

    >>> pmid("PMID: 123"), pmid("https://pubmed.ncbi.nlm.nih.gov/31452104/"), pmid("123")
    ('pmid:123', 'pmid:31452104', '')
    """
    found = _PMID.fullmatch(text.strip())
    return f"pmid:{int(found[1])}" if found else ""


def pmcid(text: str) -> str:
    """The id of a paper in PubMed Central, or "".

    >>> pmcid("PMC7029158"), pmcid("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7029158/")
    ('pmc7029158', 'pmc7029158')
    """
    found = _PMCID.fullmatch(text.strip())
    return f"pmc{int(found[1])}" if found else ""


# A text is of the first scheme that knows it: the addresses of many hold a DOI too.
SCHEMES: dict[str, Callable[[str], str]] = {
    "arxiv": arxiv_id,
    "acl": acl_id,
    "openreview": openreview_id,
    "pmcid": pmcid,
    "pmid": pmid,
    "doi": doi,
}
# A new paper is named by the first that it has.
_RANK = {name: rank for rank, name in enumerate(("arxiv", "acl", "doi", "openreview", "pmid", "pmcid"))}


@lru_cache(maxsize=10_000)
def recognised(text: str) -> tuple[str, str]:
    """(scheme, id) of the id in `text`, or ("", "") where no scheme knows any.

    >>> recognised("arXiv:2401.10020v3"), recognised("https://doi.org/10.18653/v1/P19-1001"), recognised("icra2020-7")
    (('arxiv', '2401.10020'), ('acl', 'P19-1001'), ('', ''))
    """
    for name, find in SCHEMES.items():
        if paper_id := find(text):
            return name, paper_id
    return "", ""


def scheme(paper_id: str) -> str:
    """Who gave the id: "arxiv", "doi", …; "" for ids that only their source knows."""
    return recognised(paper_id)[0]


_WORDS = {"arxiv": "arXiv", "acl": "ACL Anthology", "doi": "DOI"}


def in_words(paper_id: str) -> str:
    """ "arXiv 2503.00001", "DOI 10.1234/x", "pmid:123"; ids that say themselves what they are stay as they are."""
    return f"{_WORDS.get(scheme(paper_id), '')} {paper_id}".strip()


def ids_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The ids in some texts, the best scheme first, one of each scheme: the first that is there."""
    found: dict[str, str] = {}
    for name, paper_id in map(recognised, filter(None, texts)):
        found.setdefault(name, paper_id)
    found.pop("", None)
    return tuple(found[name] for name in sorted(found, key=_RANK.__getitem__))


def id_of_page(url: str) -> str:
    """The id of the paper whose page or file at arXiv, the ACL Anthology or OpenReview an address is, or "".

    >>> id_of_page("https://huggingface.co/papers/2401.10020"), id_of_page("https://openreview.net/pdf?id=B1xSperKvH")
    ('2401.10020', 'openreview:B1xSperKvH')
    >>> id_of_page("https://publisher.org/10.1234/x")
    ''
    """
    return arxiv_id(url) or arxiv_elsewhere(url) or acl_id(url) or openreview_id(url)

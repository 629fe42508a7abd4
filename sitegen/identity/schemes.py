"""Ids that the whole world knows: how each kind is recognised in a text, and the one way to write it here."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

# https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV_PLAIN = re.compile(r"\d{4}\.\d{4,5}")
_ARXIV_NEW = re.compile(r"(?<![\d.])(\d{4}\.\d{4,5})(?:v(\d+))?(?![\d.]*\d)")
_ARXIV_OLD = re.compile(r"(?<![\w.-])([a-z]+(?:-[a-z]+)?)(?:\.[A-Za-z]{2})?/(\d{7})(?:v(\d+))?(?!\d)")
_ARXIV_WHOLE = re.compile(
    r"(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE
)
# https://info.arxiv.org/help/doi.html
_ARXIV_URL = re.compile(r"(?:(?:^|[/.])arxiv\.org/(?:abs|pdf|html|format)/|10\.48550/arxiv\.)(\S+)", re.IGNORECASE)
# Ids of January 2015 and later have five digits behind the point, those before have four.
_FIVE_DIGITS_SINCE = 1501

# https://www.crossref.org/blog/dois-and-matching-regular-expressions/
_DOI = re.compile(r"(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_DOI_WHOLE = re.compile(r"10\.\d{4,9}/\S+", re.IGNORECASE)
# What publishers put behind the DOI in the addresses of their pages.
_DOI_PAGE = re.compile(r"/(?:full|pdf|abstract|epdf|meta)(?:/.*)?$", re.IGNORECASE)

# https://aclanthology.org/info/ids/ and the DOIs that the ACL gives
_ACL_NEW = r"\d{4}\.[a-z\d_]+-[a-z\d_]+\.\d+"
_ACL_OLD = r"[A-Z]\d{2}-\d{4}"
_ACL_WHOLE = re.compile(rf"{_ACL_NEW}|{_ACL_OLD}")
_ACL_AT = re.compile(
    rf"(?:aclanthology\.(?:org|info)/(?:papers/)?|aclweb\.org/anthology/(?:papers/)?|10\.(?:18653|3115)/v1/)"
    rf"({_ACL_NEW}|{_ACL_OLD})(?![\w-])",
    re.IGNORECASE,
)
_OPENREVIEW_WHOLE = re.compile(r"openreview:[\w-]+")
_OPENREVIEW_URL = re.compile(r"openreview\.net/(?:forum|pdf|attachment|revisions)\?(\S+)")
_OPENREVIEW_QUERY = re.compile(r"(?:^|&)id=([\w-]+)")
# https://www.nlm.nih.gov/bsd/mms/medlineelements.html#pmid
_PMID = re.compile(
    r"(?:pmid:?\s{0,3}|.{0,40}pubmed\.ncbi\.nlm\.nih\.gov/|.{0,40}ncbi\.nlm\.nih\.gov/pubmed/)(\d{1,8})(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_PMCID = re.compile(r"(?:.{0,60}/articles/)?pmc:?(\d{3,9})(?:[/?#]\S*)?", re.IGNORECASE)


def arxiv_id(text: str) -> str:
    """The arXiv id in `text` without its version, or "". An arXiv DOI is an arXiv id.

    >>> arxiv_id("https://arxiv.org/pdf/2401.10020v2"), arxiv_id("hep-th/9901001"), arxiv_id("math.GT/0309136")
    ('2401.10020', 'hep-th/9901001', 'math/0309136')
    >>> arxiv_id("https://doi.org/10.48550/arXiv.2401.10020")
    '2401.10020'
    """
    return text if _ARXIV_PLAIN.fullmatch(text) else _arxiv(text)[0]


def arxiv_version(text: str) -> str:
    """The version that an arXiv id in `text` names, or "".

    >>> arxiv_version("2401.10020v3"), arxiv_version("arxiv.org/abs/hep-th/9901001v1"), arxiv_version("2401.10020")
    ('3', '1', '')
    """
    return _arxiv(text)[1]


@lru_cache(maxsize=1_000)
def _arxiv(text: str) -> tuple[str, str]:
    """(id, version)"""
    text = text.strip().lower() if _ARXIV_WHOLE.fullmatch(text.strip()) else text.strip()
    url = _ARXIV_URL.search(text)
    if url:
        text = url[1].removesuffix(".pdf")
    elif not _ARXIV_WHOLE.fullmatch(text):
        return "", ""
    if new := _ARXIV_NEW.search(text):
        return new[1], new[2] or ""
    if old := _ARXIV_OLD.search(text):
        return f"{old[1]}/{old[2]}", old[3] or ""
    return "", ""


def arxiv_of_number(text: str) -> str:
    """The arXiv id that a spreadsheet or a JSON writer took for a number, or "".

    Only for values that were numbers: zeros at either end are lost there, and the last digits may be a float's noise.

    >>> arxiv_of_number("1710.0447399999998"), arxiv_of_number("708.4021"), arxiv_of_number("1109.423")
    ('1710.04474', '0708.4021', '1109.4230')
    """
    try:
        number = Decimal(text if len(text) < 40 else "")
    except InvalidOperation:
        return ""
    if not number.is_finite() or not 700 < number < 10_000:
        return ""
    month = int(number)
    digits = 5 if month >= _FIVE_DIGITS_SINCE else 4
    paper_id = f"{round(number, digits):010.5f}" if digits == 5 else f"{round(number, digits):09.4f}"
    whole, _, serial = paper_id.partition(".")
    return paper_id if int(whole) == month and 1 <= month % 100 <= 12 and int(serial) else ""


def doi(text: str) -> str:
    """The DOI in `text` in lower case (DOIs ignore case), or "".

    >>> doi("https://doi.org/10.18653/V1/2022.ACL-LONG.1")
    '10.18653/v1/2022.acl-long.1'
    """
    if "10." not in text:
        return ""
    text = text.strip()
    if _DOI_WHOLE.fullmatch(text):
        return text.lower()
    found = _DOI.search(text)
    return _without_tail(_DOI_PAGE.sub("", re.split(r"[?#]", found[1])[0])).lower() if found else ""


def _without_tail(name: str) -> str:
    """Without the punctuation of the sentence around it; a bracket goes if it was not opened inside."""
    end, unopened = len(name), name.count(")") - name.count("(")
    while end and (name[end - 1] in ".,;]}" or (name[end - 1] == ")" and unopened > 0)):
        end -= 1
        unopened -= name[end] == ")"
    return name[:end]


def acl_id(text: str) -> str:
    """The ACL Anthology's id in `text`, or "". The DOIs that the ACL gives hold it.

    >>> acl_id("https://aclanthology.org/2022.acl-long.1.pdf"), acl_id("https://doi.org/10.18653/v1/p19-1001")
    ('2022.acl-long.1', 'P19-1001')
    """
    text = text.strip()
    if _ACL_WHOLE.fullmatch(text):
        return text
    found = _ACL_AT.search(text)
    if not found:
        return ""
    return found[1].lower() if "." in found[1] else found[1].upper()


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

"""The ids of papers that lists write into their fields and addresses."""

import re
from collections.abc import Iterable
from typing import Any

from sitegen import identity
from sitegen.intake.field_values import text

_NUMBER_ID = re.compile(r"(\d{3,4})\.(\d{1,16})")
# https://aclanthology.org/info/ids/
_ACL_ID = r"(\d{4}\.\w+-\w+\.\d+|[A-Z]\d{2}-\d{4,5})"
_ACL = re.compile(
    rf"{_ACL_ID}|https?://(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology)/(?:papers/)?(?:\w/\w+/)?{_ACL_ID}(?:/|\.pdf)?"
)
_OPENREVIEW = re.compile(r"openreview\.net/(?:forum|pdf|attachment)\?(?:[^\s?]{0,300}&)?id=([\w-]{5,})", re.IGNORECASE)
# Pages about arXiv's papers that are not arXiv's.
_ARXIV_ELSEWHERE = re.compile(
    r"(?:huggingface\.co|hf\.co)/papers/(\d{4}\.\d{4,5})|(?:alphaxiv|ar5iv)(?:\.labs\.arxiv)?\.org/[a-z]+/(\d{4}\.\d{4,5})",
    re.IGNORECASE,
)
# Keys such as "chen23a" are given anew in each volume, as plain numbers are in each list.
_LOCAL_ID = re.compile(r".{0,7}|[a-z-]+\d\d[a-z]{0,2}|[\d\W]*|[A-Z]?[a-z\W]*|[A-Z\W]*|\S*[\s.].*", re.DOTALL)


def paper_id(value: Any) -> str:
    """An id that means the same paper everywhere; "" for one that only its list knows.

    >>> paper_id("arXiv:2605.10848v1"), paper_id(708.4021), paper_id("B1xSperKvH"), paper_id("main.8"), paper_id(17)
    ('arXiv:2605.10848v1', '0708.4021', 'B1xSperKvH', '', '')
    """
    written = text(value)
    if identity.arxiv_id(written) and not isinstance(value, float):
        return written
    if found := arxiv_of_number(written):
        return found
    return identity.doi(written) or id_of_url(written) or ("" if _LOCAL_ID.fullmatch(written) else written)


def arxiv_of_number(written: str) -> str:
    """The arXiv id that a program took for a number; "" where it cannot have been one.

    Ids are YYMM.NNNNN since 2015, YYMM.NNNN since 2007-04 (https://info.arxiv.org/help/arxiv_identifier.html).

    >>> arxiv_of_number("1710.0447399999998"), arxiv_of_number("708.4021"), arxiv_of_number("1109.423")
    ('1710.04474', '0708.4021', '1109.4230')
    """
    found = _NUMBER_ID.fullmatch(written)
    month = int(found[1]) % 100 if found else 0
    if not found or not 1 <= month <= 12 or int(found[1]) < 704:
        return ""
    digits = 5 if int(found[1]) >= 1501 else 4
    number = round(float(f"0.{found[2]}") * 10**digits)
    return f"{int(found[1]):04}.{number:0{digits}}" if 0 < number < 10**digits else ""


def id_of_url(url: str) -> str:
    """The paper's id at arXiv, the ACL Anthology or OpenReview (there its page's address) that an address holds, or "".

    >>> id_of_url("https://www.aclweb.org/anthology/2020.acl-main.8.pdf")
    '2020.acl-main.8'
    >>> id_of_url("https://openreview.net/pdf?id=B1xSperKvH")
    'https://openreview.net/forum?id=B1xSperKvH'
    """
    if identity.arxiv_id(url):
        return identity.arxiv_id(url)
    if found := _ACL.fullmatch(url) or _ARXIV_ELSEWHERE.search(url):
        return str(found[1] or found[2])
    found = _OPENREVIEW.search(url)
    return f"https://openreview.net/forum?id={found[1]}" if found else ""


def best_id(candidates: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """(the best of the ids: arXiv, DOI, others; the rest without other spellings of an arXiv id)."""
    ids = list(dict.fromkeys(filter(None, candidates)))
    ranked = sorted(ids, key=lambda each: 0 if identity.arxiv_id(each) else 1 if identity.doi(each) else 2)
    return (ranked[0], tuple(each for each in ranked[1:] if not identity.arxiv_id(each))) if ranked else ("", ())

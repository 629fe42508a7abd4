"""arXiv's ids: https://info.arxiv.org/help/arxiv_identifier.html"""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_ARXIV_PLAIN = re.compile(r"\d{4}\.\d{4,5}")
_ARXIV_NEW = re.compile(r"(?<![\d.])(\d{4}\.\d{4,5})(?:v(\d+))?(?![\d.]*\d)")
_ARXIV_OLD = re.compile(r"(?<![\w.-])([a-z]+(?:-[a-z]+)?)(?:\.[A-Za-z]{2})?/(\d{7})(?:v(\d+))?(?!\d)")
_ARXIV_WHOLE = re.compile(
    r"(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE
)
_VERSION = re.compile(r"v\d", re.IGNORECASE)
# https://info.arxiv.org/help/doi.html
_ARXIV_URL = re.compile(r"(?:(?:^|[/.])arxiv\.org/(?:abs|pdf|html|format)/|10\.48550/arxiv\.)(\S+)", re.IGNORECASE)
# Pages about arXiv's papers that are not arXiv's.
_ARXIV_ELSEWHERE = re.compile(
    r"(?:(?:huggingface\.co|hf\.co)/papers/|(?:alphaxiv|ar5iv)(?:\.labs\.arxiv)?\.org/[a-z]+/)(\d{4}\.\d{4,5})",
    re.IGNORECASE,
)
# Ids of this form are given since April 2007.
_FIRST_MONTH = 704
# Ids of January 2015 and later have five digits behind the point, those before have four.
_FIVE_DIGITS_SINCE = 1501


def arxiv_id(text: str) -> str:
    """The arXiv id in `text` without its version, or "". An arXiv DOI is an arXiv id.

    >>> arxiv_id("https://arxiv.org/pdf/2401.10020v2"), arxiv_id("hep-th/9901001"), arxiv_id("math.GT/0309136")
    ('2401.10020', 'hep-th/9901001', 'math/0309136')
    >>> arxiv_id("https://doi.org/10.48550/arXiv.2401.10020")
    '2401.10020'
    """
    return text if _ARXIV_PLAIN.fullmatch(text) else _arxiv(text)[0]


def arxiv_year(text: str) -> str:
    """The year in which the paper with the arXiv id in `text` was submitted first, or "": ids begin with it.
    https://info.arxiv.org/help/arxiv_identifier.html

    >>> arxiv_year("2205.14135"), arxiv_year("hep-th/9901001"), arxiv_year("10.1234/x")
    ('2022', '1999', '')
    """
    digits = arxiv_id(text).rpartition("/")[2][:2]
    return f"{'19' if digits >= '91' else '20'}{digits}" if digits else ""


def arxiv_version(text: str) -> str:
    """The version that an arXiv id in `text` names, or "".

    >>> arxiv_version("2401.10020v3"), arxiv_version("arxiv.org/abs/hep-th/9901001v1"), arxiv_version("2401.10020")
    ('3', '1', '')
    """
    return _arxiv(text)[1] if _VERSION.search(text) else ""


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
    if not number.is_finite() or not _FIRST_MONTH <= number < 10_000:
        return ""
    month = int(number)
    digits = 5 if month >= _FIVE_DIGITS_SINCE else 4
    paper_id = f"{round(number, digits):010.5f}" if digits == 5 else f"{round(number, digits):09.4f}"
    whole, _, serial = paper_id.partition(".")
    return paper_id if int(whole) == month and 1 <= month % 100 <= 12 and int(serial) else ""


def arxiv_elsewhere(url: str) -> str:
    """The arXiv id in the address of another site's page about the paper, or "".

    >>> arxiv_elsewhere("https://huggingface.co/papers/2401.10020"), arxiv_elsewhere("https://www.alphaxiv.org/abs/2401.10020v1")
    ('2401.10020', '2401.10020')
    """
    found = _ARXIV_ELSEWHERE.search(url)
    return found[1] if found else ""

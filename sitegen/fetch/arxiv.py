"""arXiv's search interface: the papers of a category that were submitted on a day.

https://info.arxiv.org/help/api/user-manual.html. A paper appears some days after it was submitted; what moderators hold
for weeks is found through `oai`, which lists by the day of the last change.
"""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

from sitegen.fetch.source import Odd, Page
from sitegen.fetch.xml_parts import parts

BASE = "https://export.arxiv.org/api/query"
PER_PAGE = 500
_NUMBER = re.compile(r"[0-9]{1,9}")
_CATEGORY = re.compile(r"[a-z]+(-[a-z]+)*(\.([A-Za-z]+(-[a-z]+)*|\*))?")


def fits(what: str) -> bool:
    """Whether it is a category.

    >>> fits("cs.CL"), fits("cond-mat.mes-hall"), fits("cs.*"), fits("cs CL")
    (True, True, True, False)
    """
    return len(what) < 50 and _CATEGORY.fullmatch(what) is not None


def first(what: str, day: str, base: str) -> str:
    """The address of the first page of a category's papers of a day (00:00 to 23:59 UTC)."""
    compact = day.replace("-", "")
    query = {
        "search_query": f"cat:{what} AND submittedDate:[{compact}0000 TO {compact}2359]",
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
        "start": 0,
        "max_results": PER_PAGE,
    }
    return f"{base or BASE}?{urlencode(query)}"


def needs(url: str) -> str:
    """
    >>> needs("https://export.arxiv.org/api/query?start=500"), needs("https://export.arxiv.org/api/query?start=")
    ('', 'an address with a number behind start=')
    """
    return "" if _NUMBER.fullmatch(_start(url)) else "an address with a number behind start="


def _start(url: str) -> str:
    return parse_qs(urlsplit(url).query).get("start", [""])[0]


def read(url: str, body: bytes) -> Page:
    """A page, and where the next one begins. The server sometimes gives an empty page where papers are left: Odd."""
    found = parts(body, {"totalResults", "entry", "id"})
    totals = [part.text for part in found if part.name == "totalResults"]
    if not totals or not _NUMBER.fullmatch(totals[0]):
        raise Odd("it does not say how many papers there are (totalResults)")
    if any(part.name == "id" and "/api/errors" in part.text for part in found):
        raise Odd("it is a message of an error")
    start, total = int(_start(url)), int(totals[0])
    end = start + sum(part.name == "entry" for part in found)
    if end == start and start < total:
        raise Odd(f"it is empty, but only {start} of {total} papers came before")
    return Page(end > start, _from(url, end) if end < total else "")


def _from(url: str, start: int) -> str:
    parts_ = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts_.query).items()}
    return parts_._replace(query=urlencode({**query, "start": start})).geturl()

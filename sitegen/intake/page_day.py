"""The day that a saved page of HTML gives for itself, beside its text."""

from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from sitegen.intake import dates, html_depth

# Each place counts before those below it: https://ogp.me/#type_article,
# https://html.spec.whatwg.org/multipage/text-level-semantics.html#the-time-element
_PUBLISHED = '<meta property="article:published_time">'
_DATE = '<meta name="date">'
_TIME = "<time datetime>"
_METAS = {"article:published_time": _PUBLISHED, "date": _DATE}


class PageDay(NamedTuple):
    """day: "2025-03-14", as the page's clock has it; place: the element that gives it, as people write about it."""

    day: str
    place: str


def page_day(page: str) -> PageDay | None:
    """The day of a page; None where it gives none. Several in one kind of place do not count: they are of a history or
    of papers.

    >>> page_day('<meta name="date" content="2025-03-14T23:30:00-05:00"><time datetime="2025-03-15">yesterday</time>')
    PageDay(day='2025-03-14', place='<meta name="date">')
    >>> page_day('<time datetime="2025-03-14">today</time><time datetime="2025-03-13">yesterday</time>')
    """
    page = html_depth.of_one_kind(page.encode("utf-8", "replace").decode())
    if html_depth.is_hostile(page):
        return None
    days: dict[str, set[str]] = {_PUBLISHED: set(), _DATE: set(), _TIME: set()}
    for place, written in _written(LexborHTMLParser(page)):
        day = dates.day_in(written)
        if len(day) == len("2025-03-14"):
            days[place].add(day)
    return next((PageDay(min(each), place) for place, each in days.items() if len(each) == 1), None)


def _written(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """(place, date as it is written there)"""
    for node in tree.css("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        if place := _METAS.get(name.lower()):
            yield place, node.attributes["content"] or ""
    for node in tree.css("time[datetime]"):
        yield _TIME, node.attributes["datetime"] or ""

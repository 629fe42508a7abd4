"""The page that says how good the search is. It is there only when that was measured: `sitegen build --report`."""

from collections.abc import Iterator
from typing import Any

from sitegen.render.figures import Figures, Quality
from sitegen.render.site import Common, Page, Site, View

URL = "search/quality/"
TITLE = "How good is this search?"

Facts = dict[str, Any]


def quality(site: Site) -> Iterator[Page]:
    """The figures of the search, if there are any."""
    if site.quality and site.quality.kinds:
        yield Page(URL, "search", quality_view, (_facts(site.quality),))


def quality_view(common: Common, facts: Facts) -> View:
    words = f"How often the search of {common.name} finds a known paper, for how many KB, and how soon."
    return View(TITLE, words, "quality.html", facts | {"heading": TITLE}, crumbs=[("Search", "search/")])


def _facts(measured: Quality) -> Facts:
    """All as it is shown."""
    return {
        "count": measured.papers,
        "asked": sum(figures.queries for figures in measured.kinds),
        "kinds": [_row(figures) for figures in measured.kinds],
    }


def _row(figures: Figures) -> Facts:
    return {
        "name": figures.kind,
        "meaning": figures.meaning,
        "cells": [
            f"{figures.queries:,}",
            _percent(figures.first, figures.queries),
            _percent(figures.among_ten, figures.queries),
            *(f"{size / 1000:,.1f}" for size in figures.bytes),
            *(f"{ms:,.1f}" for ms in figures.ms),
        ],
    }


def _percent(part: int, whole: int) -> str:
    """As a whole number, and 100 only for all.

    >>> _percent(3, 3), _percent(999, 1000), _percent(0, 3)
    ('100 %', '99 %', '0 %')
    """
    return f"{100 * part // whole} %"

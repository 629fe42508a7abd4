"""Alerts of Google Scholar: the page that its mails are, or the text that a mail program makes of it.

A title, whose link leads to the paper through scholar.google.com; authors, venue and year; the beginning of the text,
which is cut and no abstract.
"""

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, Reading, Span

SNIPPETS = "snippets of papers"
REST = "markup and links of the alert"
# An item of the page: its link, and what stands up to the next one.
_TITLE_LINK = re.compile(r"<a\b(?=[^<>]{0,4000}\bgse_alrt_title\b)(?P<attributes>[^<>]{0,8000})>", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_END_OF_TITLE = re.compile(r"</a\s*>|</h3\s*>", re.IGNORECASE)
_DIV = re.compile(r"<div\b([^<>]{0,4000})>", re.IGNORECASE)
_BYLINE, _SNIPPET = "#006621", "gse_alrt_sni"
_END_OF_DIV = re.compile(r"</div\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,8000}>")
# The text has the link in angle brackets, behind or below the title.
_TEXT_LINK = re.compile(r"<?\bhttps?://scholar\.google\.[a-z.]{2,12}/scholar_url\?([^\s<>]{1,8000})>?", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_MARK = re.compile(r"^\s*\[(?:PDF|HTML|BOOK|B|CITATION|C|DOC|PS|TXT|XLS|PPT)\]\s*", re.IGNORECASE)
# The year ends the venue; behind it may stand the publisher.
_YEAR = re.compile(r"(?:^|[\s,])((?:1[6-9]|20)\d\d)(?=\s?(?:$|[-–—]\s))")
# " - " between authors and venue; a name has hyphens, but without spaces.
_DASH = re.compile(r"\s[-–—]\s")
_JSON = re.compile(r"\s*[\[{]\s*[\[{\"]")
LONGEST_ITEM = 20_000


class _Item(NamedTuple):
    """`text[start:end]`: where its title, its line of authors and venue, and its snippet are; and its link."""

    title: tuple[int, int]
    byline: tuple[int, int]
    snippet: tuple[int, int]
    link: tuple[int, int]
    address: str


def recognises(raw: RawDigest) -> bool:
    """Whether there is a title as alerts have it: on a page by its class, in a text by a line of authors below it."""
    if _JSON.match(raw.text):
        return False
    return bool(_TITLE_LINK.search(raw.text)) or any(
        _DASH.search(raw.text[slice(*item.byline)]) for item in islice(_items(raw.text), 20)
    )


def read(raw: RawDigest) -> Reading:
    """One record a title; an alert does not say its day, but its mail does."""
    gathering = Gathering(raw)
    text = raw.text
    for item in _items(text):
        places = dict.fromkeys((item.title, item.byline, item.link), PAPER) | {item.snippet: SNIPPETS}
        spans = [Span(start, end, what) for (start, end), what in sorted(places.items()) if end > start]
        byline = _plain(text[slice(*item.byline)]).strip()
        found = Found(
            title=_MARK.sub("", _plain(text[slice(*item.title)])),
            authors=_authors(byline),
            published=year[1] if (year := _YEAR.search(byline)) else "",
            links=(("url", _target(item.address)),),
        )
        gathering.paper(spans[0].start, spans[-1].end, found, spans)
    return gathering.reading("google-scholar-alerts", "Google Scholar alerts", gap=REST)


def _items(text: str) -> Iterator[_Item]:
    yield from _items_of_page(text) if _TITLE_LINK.search(text) else _items_of_text(text)


def _items_of_page(text: str) -> Iterator[_Item]:
    links = list(_TITLE_LINK.finditer(text))
    ends = [*(link.start() for link in links[1:]), len(text)]
    for link, following in zip(links, ends, strict=True):
        end = min(following, link.end() + LONGEST_ITEM)
        title_end = _END_OF_TITLE.search(text, link.end(), end)
        title = (link.end(), title_end.start() if title_end else end)
        byline = _inside(text, _BYLINE, title[1], end)
        snippet = _inside(text, _SNIPPET, max(title[1], byline[1]), end)
        href = _HREF.search(link["attributes"])
        address = html.unescape(next(filter(None, href.groups()), "")) if href else ""
        yield _Item(title, byline, snippet, link.span(), address)


def _inside(text: str, mark: str, start: int, end: int) -> tuple[int, int]:
    """Where the text of the next element with this mark is; nothing where there is none."""
    found = next((div for div in _DIV.finditer(text, start, end) if mark in div[1]), None)
    if not found:
        return start, start
    closes = _END_OF_DIV.search(text, found.end(), end)
    return found.end(), closes.start() if closes else end


def _items_of_text(text: str) -> Iterator[_Item]:
    """Paragraphs with such a link: title, line of authors, snippet; the link stands behind the title, or outside."""
    for paragraph in _PARAGRAPH.finditer(text):
        link = _TEXT_LINK.search(paragraph[0])
        if not link:
            continue
        start, end = paragraph.span()
        link_start, link_end = (start + at for at in link.span())
        before, behind = _lines(text, start, link_start), _lines(text, link_end, end)
        title = before if before and behind else (before or behind)[:1]
        below = (behind or before[1:]) if before else behind[1:]
        title_place, byline, snippet = (_whole(lines, end) for lines in (title, below[:1], below[1:]))
        yield _Item(title_place, byline, snippet, (link_start, link_end), link[0])


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a part of a paragraph that are not empty, without white space around them."""
    return [(start + line.start(), start + line.end()) for line in re.finditer(r"\S(?:[^\n]*\S)?", text[start:end])]


def _whole(lines: list[tuple[int, int]], end: int) -> tuple[int, int]:
    return (lines[0][0], lines[-1][1]) if lines else (end, end)


def _plain(written: str) -> str:
    return html.unescape(_TAG.sub("", written)).replace("\xa0", " ")


def _authors(byline: str) -> list[str]:
    """The names before the dash; a list that is cut ends with an ellipsis."""
    names = _DASH.split(byline, maxsplit=1)[0] if _DASH.search(byline) else ""
    return [name.strip(" …\n") for name in names.split(",")]


def _target(address: str) -> str:
    """Where a link through scholar.google.com leads; the link itself where it does not say."""
    address = address.strip("<>")
    try:
        query = parse_qs(urlsplit(address).query, max_num_fields=50)
    except ValueError:
        return address
    return next(iter(query.get("url", ())), address)

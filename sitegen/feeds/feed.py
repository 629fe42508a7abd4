"""A feed as values, the same for every format."""

from dataclasses import dataclass
from datetime import UTC, datetime

# Items that a process keeps as they are written, because a paper stands in the feeds of all its tags.
KEPT = 4_000


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed.

    id: "urn:uuid:…", for ever the same. url: absolute. title, authors, tags: plain text. html: the content, safe and
    with absolute URLs. date: the day it was listed, "2025-03-14", or "2025-03", "2025", "".
    """

    id: str
    url: str
    title: str
    html: str
    date: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """What all formats of one feed have in common.

    title, description: plain text. home_url: the page the feed belongs to, absolute. base_url: absolute URL of the
    folder that the feed's files stand in, with a "/" at its end. items: newest first. language: a tag of RFC 5646.
    """

    title: str
    description: str
    home_url: str
    base_url: str
    items: tuple[Item, ...]
    language: str = "en"


def moment(date: str) -> datetime | None:
    """Midnight UTC of a day, or of the first day of a month or a year; None for "".

    >>> str(moment("2025-03")), moment("")
    ('2025-03-01 00:00:00+00:00', None)
    """
    return datetime.fromisoformat(f"{date}-01-01"[:10]).replace(tzinfo=UTC) if date else None


def timestamp(date: datetime) -> str:
    """The moment as RFC 3339 writes it: "2025-03-14T00:00:00Z"."""
    return date.isoformat().replace("+00:00", "Z")


def newest(feed: Feed) -> datetime | None:
    """When the newest item was listed: the feed's own date, so that an unchanged feed keeps its bytes."""
    return max(filter(None, (moment(item.date) for item in feed.items)), default=None)

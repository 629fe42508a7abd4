"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from sitegen.feeds.feed import Feed, Item, moment, timestamp
from sitegen.text import escape

NAME = "feed.json"
MEDIA_TYPE = "application/feed+json"


def render(feed: Feed) -> bytes:
    """The feed as JSON Feed. Members that have nothing to say are left out."""
    members = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.base_url + NAME,
        "description": feed.description,
        "language": feed.language,
        "items": [_item(item) for item in feed.items],
    }
    said = {name: value for name, value in members.items() if value != ""}
    # JSON could hold what XML forbids, but UTF-8 cannot hold a lone surrogate, and all formats shall say the same.
    return escape.xml(json.dumps(said, ensure_ascii=False, separators=(",", ":"))).encode() + b"\n"


def _item(item: Item) -> dict[str, Any]:
    date = moment(item.date)
    members = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        # No `summary`: it is for a sentence or two, and the content has the whole abstract.
        "content_html": item.html,
        "date_published": date and timestamp(date),
        "authors": [{"name": author} for author in item.authors],
        "tags": list(item.tags),
    }
    return {name: value for name, value in members.items() if value}

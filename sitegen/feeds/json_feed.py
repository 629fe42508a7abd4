"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from functools import lru_cache
from typing import Any

from sitegen.feeds.feed import KEPT, Feed, Item, moment, timestamp
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
    }
    said = _json({name: value for name, value in members.items() if value != ""})
    return f'{said[:-1]},"items":[{",".join(map(_item, feed.items))}]}}\n'.encode()


def _json(value: dict[str, Any]) -> str:
    # JSON could hold what XML forbids, but UTF-8 cannot hold a lone surrogate, and all formats shall say the same.
    return escape.xml(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


@lru_cache(maxsize=KEPT)
def _item(item: Item) -> str:
    date = moment(item.date)
    members = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "date_published": date and timestamp(date),
        "authors": [{"name": author} for author in item.authors],
        "tags": list(item.tags),
    }
    return _json({name: value for name, value in members.items() if value})

"""Hugging Face's daily papers (https://huggingface.co/docs/hub/api#get-apidailypapers)."""

import json
from urllib.parse import parse_qs, urlencode, urlsplit

from sitegen.fetch.source import Odd, Page
from sitegen.intake.json_values import FAILURES

BASE = "https://huggingface.co/api/daily_papers"
LIMIT = 100  # the most that one reply holds


def first(_what: str, day: str, base: str) -> str:
    """The address of a day's list.

    >>> first("", "2025-03-14", "")
    'https://huggingface.co/api/daily_papers?date=2025-03-14&limit=100'
    """
    return f"{base or BASE}?{urlencode({'date': day, 'limit': LIMIT})}"


def read(url: str, body: bytes) -> Page:
    """A list; an empty one is a day without papers. A full one may go on at the next page (`p`, from 0)."""
    try:
        items = json.loads(body)
    except FAILURES as error:
        raise Odd(f"it is no JSON ({error})") from None
    if not isinstance(items, list):
        raise Odd("it is JSON, but no list")
    return Page(bool(items), _following(url) if len(items) >= LIMIT else "")


def _following(url: str) -> str:
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    page = int(query.get("p", ["0"])[0]) + 1
    return parts._replace(query=urlencode({"date": query["date"][0], "limit": LIMIT, "p": page})).geturl()

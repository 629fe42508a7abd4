"""Hugging Face's daily papers (https://huggingface.co/docs/hub/api#get-apidailypapers)."""

import json
import re
from urllib.parse import parse_qs, urlencode, urlsplit

from sitegen.fetch.source import Odd, Page
from sitegen.intake import dates
from sitegen.intake.json_values import FAILURES

BASE = "https://huggingface.co/api/daily_papers"
LIMIT = 100  # the most that one reply holds


def first(_what: str, day: str, base: str) -> str:
    """The address of a day's list.

    >>> first("", "2025-03-14", "")
    'https://huggingface.co/api/daily_papers?date=2025-03-14&limit=100'
    """
    return f"{base or BASE}?{urlencode({'date': day, 'limit': LIMIT})}"


def needs(url: str) -> str:
    """
    >>> needs("https://huggingface.co/api/daily_papers?date=2025-03-14"), needs("https://huggingface.co/?date=today")
    ('', 'an address with a day behind date=')
    """
    date, page = _date_and_page(url)
    if not dates.is_day(date):
        return "an address with a day behind date="
    return "" if re.fullmatch(r"[0-9]{1,9}", page) else "an address with a number behind p="


def _date_and_page(url: str) -> tuple[str, str]:
    query = parse_qs(urlsplit(url).query)
    return query.get("date", [""])[0], query.get("p", ["0"])[0]


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
    date, page = _date_and_page(url)
    return urlsplit(url)._replace(query=urlencode({"date": date, "limit": LIMIT, "p": int(page) + 1})).geturl()

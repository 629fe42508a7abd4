"""Dates as digests write them. A missing year is never guessed."""

import datetime
import re
from email.utils import parsedate_to_datetime
from functools import lru_cache

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_GERMAN = ("Januar", "Februar", "März", "Maerz", "Mai", "Juni", "Juli", "Oktober", "Dezember")
_NAMES = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in (*MONTHS, "Sept", *_GERMAN))
_MONTH = rf"(?P<month>{_NAMES})(?![^\W\d_])\.?"
_NUMBERS = {"mär": 3, "mae": 3, "mai": 5, "okt": 10, "dez": 12}
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
_WEEKDAY = (
    r"(?:(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
    r"|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch),?\s+)?"
)
_SHAPES = (
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY}{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_DAY}\s+{_MONTH}{_YEAR}", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"),
    # With dots the day stands first everywhere; with slashes nobody knows.
    re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})"),
)

# "2006 Mar 1", "2006/03/01/", "20060301", "1998 Dec-1999 Jan": a day only behind a month, a month only behind a year.
_LIBRARY = re.compile(
    rf"(?P<year>\d{{4}})(?:(?P<month8>\d\d)(?P<day8>\d\d)"
    rf"|[-/. ]+(?:{_MONTH}|(?P<number>\d{{1,2}}))(?:[-/. ]+(?P<day>\d{{1,2}})(?!\d))?)?(?!\d)",
    re.IGNORECASE,
)
_MONTH_NAME = re.compile(_MONTH, re.IGNORECASE)
_WITHIN = re.compile(r"(?<!\d)(\d{4})[-./](\d{2})[-./](\d{2})(?!\d)")
_LONGEST_LINE = 200
_ISO = re.compile(r"(\d{4})(-\d{2})?(-\d{2})?(?:[T ].*)?")


def written_day(text: str) -> str:
    """The day that a whole line of text is, "2025-03-14" or, without a year, "03-14"; "" when it is none.

    >>> written_day("Mar 14"), written_day("Fri, 14 March 2025"), written_day("Sept. 3, 2024"), written_day("May 2025")
    ('03-14', '2025-03-14', '2024-09-03', '')
    >>> written_day("14.03.2025"), written_day("14. März 2025"), written_day("03/14/2025"), written_day("31.2.2025")
    ('2025-03-14', '2025-03-14', '', '')
    """
    for shape in _SHAPES:
        if found := shape.fullmatch(text.strip()):
            month = found["month"]
            number = int(month) if month.isdigit() else _month_number(month)
            day = f"{number:02}-{int(found['day']):02}"
            leap = f"{found['year'] or '2000'}-{day}"
            return (f"{found['year']}-{day}" if found["year"] else day) if is_day(leap) else ""
    return ""


def day_in(line: str) -> str:
    """The day that stands in a line beside other words, one with its year before one without; "" for none.

    >>> day_in("Papers of 2025/03/14"), day_in("Trending, Fri 14 March 2025"), day_in("Club, 14 March"), day_in("March")
    ('2025-03-14', '2025-03-14', '03-14', '')
    """
    line = line[:_LONGEST_LINE]
    if found := _WITHIN.search(line):
        day = "-".join(found.groups())
        return day if is_day(day) else ""
    words = line.split()
    parts = (" ".join(words[at : at + size]).strip(",.:()") for size in (4, 3, 2, 1) for at in range(len(words)))
    days = list(filter(None, map(written_day, parts)))
    return max(days, key=len, default="")


def _month_number(name: str) -> int:
    short = name[:3].lower()
    return _NUMBERS.get(short) or next(
        number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(short)
    )


def bibliographic(text: str) -> str:
    """The first day, month or year of a date as libraries write it, as ISO; "" when it begins with no year.

    >>> bibliographic("2006 Mar 1"), bibliographic("1998 Dec-1999 Jan"), bibliographic("2010/03//")
    ('2006-03-01', '1998-12', '2010-03')
    >>> bibliographic("20060110"), bibliographic("1976-1977"), bibliographic("2019-02-30"), bibliographic("n.d.")
    ('2006-01-10', '1976', '2019-02', '')
    """
    found = _LIBRARY.match(text.strip())
    if not found:
        return ""
    year, month = found["year"], found["month"] or found["number"] or found["month8"] or ""
    day = found["day"] or found["day8"] or "0"
    number = f"{int(month) if month.isdigit() else _month_number(month):02}" if month else ""
    wholes = (f"{year}-{number}-{int(day):02}", f"{year}-{number}", year)
    return next(filter(None, map(published, wholes)), "")


def year_month(year: str, month: str) -> str:
    """ "2022-05" from a year and words that name a month; the year alone where they name none.

    >>> year_month("2022", "7-11 August"), year_month("2022", "08"), year_month("2022", "Spring"), year_month("", "May")
    ('2022-08', '2022-08', '2022', '')
    """
    named = _MONTH_NAME.search(month)
    return bibliographic(f"{year} {named[0] if named else month if month.strip().isdigit() else ''}")


def with_year(text: str, year: str) -> str:
    """The day that a text is, with the year that stands elsewhere where it has none; the text where it is no day.

    >>> with_year("Mar 14", "2025"), with_year("14 March", "2025"), with_year("March 14, 2024", "2025")
    ('2025-03-14', '2025-03-14', '2024-03-14')
    >>> with_year("March", "2025"), with_year("2025/03/14", "2025"), with_year("03", "2025"), with_year("Mar 14", "")
    ('2025-03', '2025/03/14', '03', 'Mar 14')
    """
    day = written_day(text)
    if len(day) == 10 or not re.fullmatch(r"\s*\d{4}\s*", year):
        return day if len(day) == 10 else text
    if day:
        return f"{year.strip()}-{day}"
    return year_month(year.strip(), text) if _MONTH_NAME.match(text.strip()) and not re.search(r"\d{4}", text) else text


def is_day(text: str) -> bool:
    """Whether the text is a real day written YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@lru_cache(maxsize=1_000)
def published(text: str) -> str:
    """ "2025-03-13", "2025-03" or "2025" from an ISO date or date-time, else "".

    >>> published("2025-03-13T17:55:45.000Z"), published("2025"), published("soon")
    ('2025-03-13', '2025', '')
    """
    found = _ISO.fullmatch(text.strip())
    if not found or (found[3] and not found[2]):
        return ""
    date = "".join(part or "" for part in found.groups())
    return date if is_day((date + "-01-01")[:10]) and int(found[1]) >= 1000 else ""


def utc_day(text: str) -> str:
    """The day in UTC of a date as mails and RSS (RFC 5322) or XML (ISO 8601) write it; "" for every other text.

    A date without a time, or a time without a zone, is taken as it stands; two digits of a year are of 1969 to 2068.
    https://www.rfc-editor.org/rfc/rfc5322#section-3.3

    >>> utc_day("Fri,  3 Mar 23 01:29:12 GMT"), utc_day("2025-08-19T23:00:00-04:00"), utc_day("2025-03"), utc_day("now")
    ('2023-03-03', '2025-08-20', '2025-03', '')
    """
    try:
        moment = _iso(text.strip()) if text.strip()[:4].isdigit() else parsedate_to_datetime(text)
        day = (moment.astimezone(datetime.UTC) if moment.tzinfo else moment).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return published(text)
    return published(day.isoformat())


def _iso(text: str) -> datetime.datetime:
    if len(text) < 11:
        raise ValueError(f"{text!r} has no time")
    return datetime.datetime.fromisoformat(text)


def of_milliseconds(number: int) -> str:
    """The day in UTC so many milliseconds after 1970 began; "" for more than calendars have.

    >>> of_milliseconds(1710374400000), of_milliseconds(10**20)
    ('2024-03-14', '')
    """
    try:
        return datetime.datetime.fromtimestamp(number / 1000, datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def in_words(day: str) -> str:
    """ "14 March 2025" for "2025-03-14", "March 2025" for "2025-03", "2025" for "2025"."""
    year, *rest = day.split("-")
    words = [year]
    if rest:
        words.insert(0, MONTHS[int(rest[0]) - 1])
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join(words)

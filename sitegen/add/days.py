"""The day a digest is of. A missing year is a question to the user, never a guess."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from sitegen.add.state import Options
from sitegen.intake import dates
from sitegen.intake.page_day import page_day
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import FoundDate, Reading
from sitegen.problems import Problem, problem


class Day(NamedTuple):
    """day: "" for a collection. doubt: why it may be another."""

    day: str
    doubt: Problem | None = None


def listing_day(raw: RawDigest, reading: Reading, options: Options) -> Day | Problem:
    """The digest's day; or a question. Never a guess.

    In this order: `--date`; a whole date in the digest, or the one that the file's name begins with; the digest's day
    with `--year`; where the digest says no other day, the one its mail was sent, the one that its page gives for
    itself, the one that the file's name ends with.
    """
    inside = reading.date
    line = inside.line if inside else 0
    if options.date:
        return _checked(options.date, raw, options, line, _other_date(raw, inside, options.date))
    whole = inside.day if inside and len(inside.day) == 10 else ""
    if whole or raw.name_date:
        if inside and raw.name_date and not raw.name_date.endswith(inside.day):
            return problem(
                "dates-differ", file=raw.name, line=line, field="date", value=inside.written, name=raw.name_date
            )
        return _checked(whole or raw.name_date, raw, options, line)
    if inside and options.year:
        return _checked(f"{options.year}-{inside.day}", raw, options, line)
    around = (each for each in _around(raw, options.today) if not inside or each.day.endswith(inside.day))
    if found := next(around, None):
        return _checked(found.day, raw, options, 0, found.doubt)
    if inside:
        return problem("date-no-year", file=raw.name, line=line, field="date", value=inside.written, day=inside.day)
    if reading.dated_records:
        return Day("", _no_date(raw, reading))
    return problem("date-missing", file=raw.name, field="date")


def _around(raw: RawDigest, today: str) -> Iterator[Day]:
    """The days that are told beside the digest's text, those that are told on purpose first. A page that gives a day to
    come tells of an event."""
    if raw.sent:
        yield Day(raw.sent)
    found = page_day(replace(raw, data=raw.page, page=b"").text) if raw.page else None
    if found and found.day <= today:
        yield Day(found.day, problem("date-of-page", file=raw.name, field="date", day=found.day, place=found.place))
    if raw.last_name_date:
        yield Day(raw.last_name_date)


def _other_date(raw: RawDigest, inside: FoundDate | None, day: str) -> Problem | None:
    if inside is None or day.endswith(inside.day):
        return None
    return problem("date-other", file=raw.name, line=inside.line, field="date", written=inside.written, day=day)


def _no_date(raw: RawDigest, reading: Reading) -> Problem | None:
    """That a saved page, which is of one day as a rule, says nothing of a day, nor do its papers."""
    dated = any("published" in record.fields for record in reading.records)
    return problem("date-nowhere", file=raw.name, field="date") if raw.page and not dated else None


def _checked(day: str, raw: RawDigest, options: Options, line: int, doubt: Problem | None = None) -> Day | Problem:
    say = partial(problem, file=raw.name, line=line, field="date", value=day)
    if not dates.is_day(day):
        return say("date-unreal")
    return say("date-future") if day > options.today else Day(day, doubt)

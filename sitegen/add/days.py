"""The day a digest is of. A missing year is a question to the user, never a guess."""

from sitegen.add.state import Options
from sitegen.intake import dates
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import FoundDate, Reading
from sitegen.problems import Problem, problem


def other_date(raw: RawDigest, inside: FoundDate, day: str) -> Problem:
    return problem("date-other", file=raw.name, line=inside.line, field="date", written=inside.written, day=day)


def listing_day(raw: RawDigest, reading: Reading, options: Options) -> str | Problem:
    """The digest's day; "" for a collection; or a question. Never a guess.

    In this order: `--date`, a whole date in the digest, the file's name, the digest's day with `--year`, the day its
    mail was sent where the digest does not say another.
    """
    inside = reading.date
    if options.date:
        return _not_future(options.date, raw, options, inside.line if inside else 0)
    whole = inside.day if inside and len(inside.day) == 10 else ""
    if whole or raw.name_date:
        if inside and raw.name_date and not raw.name_date.endswith(inside.day):
            return problem(
                "dates-differ", file=raw.name, line=inside.line, field="date", value=inside.written, name=raw.name_date
            )
        return _not_future(whole or raw.name_date, raw, options, inside.line if inside else 0)
    if inside and options.year:
        return _not_future(f"{options.year}-{inside.day}", raw, options, inside.line)
    if raw.sent and (not inside or raw.sent.endswith(inside.day)):
        return _not_future(raw.sent, raw, options, 0)
    if inside:
        return problem(
            "date-no-year", file=raw.name, line=inside.line, field="date", value=inside.written, day=inside.day
        )
    if reading.dated_records:
        return ""
    return problem("date-missing", file=raw.name, field="date")


def _not_future(day: str, raw: RawDigest, options: Options, line: int) -> str | Problem:
    if not dates.is_day(day):
        return problem("date-unreal", file=raw.name, line=line, field="date", value=day)
    if day > options.today:
        return problem("date-future", file=raw.name, line=line, field="date", value=day)
    return day

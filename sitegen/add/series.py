"""Days on which nothing came from a source that comes on every weekday."""

import datetime
from collections.abc import Collection

# A source that came on so many weekdays in a row is expected on the next one.
USUAL = 5
# After a gap of more weekdays than this, it is not expected any more.
LONGEST_GAP = 20
_DAY = datetime.timedelta(days=1)
_SATURDAY = 5


def missing_days(day: str, days: Collection[str]) -> tuple[str, ...]:
    """The weekdays before `day` on which nothing came, if on each of the weekdays before them something did.

    days: all days on which something came from the source.

    >>> missing_days("2025-03-12", ["2025-03-03", "2025-03-04", "2025-03-05", "2025-03-06", "2025-03-07"])
    ('2025-03-10', '2025-03-11')
    """
    gap: list[str] = []
    current = _weekday_before(day)
    earliest = min(days, default=day)
    while current > earliest and current not in days and len(gap) <= LONGEST_GAP:
        gap.append(current)
        current = _weekday_before(current)
    for _ in range(USUAL):
        if current not in days:
            return ()
        current = _weekday_before(current)
    return tuple(reversed(gap))


def _weekday_before(day: str) -> str:
    """The day before, or the Friday before a Saturday, Sunday or Monday; "" before the calendar begins."""
    current = datetime.date.fromisoformat(day)
    try:
        current -= _DAY
        while current.weekday() >= _SATURDAY:
            current -= _DAY
    except OverflowError:
        return ""
    return current.isoformat()

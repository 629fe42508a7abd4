"""From what the user asked for to jobs: which lists, of which days, from where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen.config import Fetch
from sitegen.fetch import feed, state
from sitegen.fetch.sources import SOURCES
from sitegen.fetch.state import Entry
from sitegen.intake import dates
from sitegen.problems import Problem, ProblemsFound, problem

EARLIEST = "1991-08-14"  # arXiv's first paper


@dataclass(frozen=True, slots=True)
class Asked:
    """The command's arguments: "" where one was not given. since: "last" or ""."""

    source: str = ""
    what: str = ""
    date: str = ""
    first: str = ""
    until: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A list to fetch: its days, both included. first: "" where a list of no day is added under the date it gives."""

    source: str
    what: str
    first: str
    until: str
    base: str = ""

    @property
    def name(self) -> str:
        """As in "hf", "arxiv cs.CL"."""
        return name_of(self.source, self.what)


class WrongUse(Exception):
    """An argument does not fit; `option` names it."""

    def __init__(self, option: str, text: str) -> None:
        super().__init__(text)
        self.option = option


def name_of(source: str, what: str) -> str:
    return f"{source} {what}".strip()


def jobs(asked: Asked, configured: Sequence[Fetch], entries: Mapping[str, Entry], today: str) -> list[Job]:
    """What to do. today: the day it is in UTC; nothing later is asked for.

    Raises WrongUse for arguments that do not fit, ProblemsFound for settings and where there is no last time.
    """
    if problems := list(wrong(configured)):
        raise ProblemsFound(problems)
    if not asked.source:
        if any((asked.date, asked.first, asked.until)):
            raise WrongUse("SOURCE", f"name the source, too: {', '.join(SOURCES)}.")
        if not configured:
            raise ProblemsFound([problem("fetch-none-set", file="mkdocs.yml")])
        return [_since(each, entries, today) or _newest(each, today) for each in configured]
    return [_job(asked, _order(asked, configured), entries, today)]


def wrong(configured: Sequence[Fetch]) -> Iterator[Problem]:
    """What is wrong with the setting `fetch`, beyond what its types say."""
    for number, each in enumerate(configured, 1):
        field = f"sitegen.fetch {number}"
        source = SOURCES.get(each.source)
        if source is None:
            known = ", ".join(SOURCES)
            yield problem("fetch-source", file="mkdocs.yml", field=field, value=each.source, known=known)
        elif not source.fits(each.what):
            expected = source.expects or "no `what` with it"
            yield problem(
                "fetch-what", file="mkdocs.yml", field=field, value=each.what, name=each.source, expected=expected
            )
        elif each.base and not feed.fits(each.base):
            expected = "the `base` as a whole address, beginning with https://"
            yield problem(
                "fetch-what", file="mkdocs.yml", field=field, value=each.base, name=each.source, expected=expected
            )


def _order(asked: Asked, configured: Sequence[Fetch]) -> Fetch:
    """The list that the arguments name; its base is the one that the settings have for its source."""
    source = SOURCES.get(asked.source)
    if source is None:
        raise WrongUse("SOURCE", f"{asked.source!r} is not known; known are {', '.join(SOURCES)}.")
    if not source.fits(asked.what):
        raise WrongUse("WHAT", f"{asked.what!r} does not fit; {asked.source} takes {source.expects or 'nothing more'}.")
    base = next((each.base for each in configured if each.source == asked.source and each.base), "")
    return Fetch(source=asked.source, what=asked.what, base=base)


def _job(asked: Asked, order: Fetch, entries: Mapping[str, Entry], today: str) -> Job:
    for option, day in (("--date", asked.date), ("--from", asked.first), ("--to", asked.until)):
        if day and not dates.is_day(day):
            raise WrongUse(option, f"{day!r} is not a day; write YYYY-MM-DD.")
        if day and day < EARLIEST:
            raise WrongUse(option, f"{day} is before the first paper of arXiv, {EARLIEST}.")
        if day > today:
            raise WrongUse(option, f"{day} is in the future; today is {today} (UTC).")
    if bool(asked.date) + bool(asked.first) + bool(asked.since) > 1:
        raise WrongUse("--date", "only one of --date, --from and --since can be given.")
    if asked.until and not asked.first:
        raise WrongUse("--to", "it takes --from, too.")
    if not SOURCES[order.source].daily:
        if asked.first:
            raise WrongUse("--from", f"{order.source} gives what there is now; --date can say which day that is of.")
        return _job_of(order, asked.date, asked.date)
    if asked.since:
        found = _since(order, entries, today)
        if found is None:
            name = name_of(order.source, order.what)
            raise ProblemsFound([problem("fetch-first", file=f"content/{state.FILE}", value=name)])
        return found
    first, until = asked.date or asked.first, asked.date or asked.until or today
    if not first:
        raise WrongUse("--date", "say which days: --date, --from with or without --to, or --since last.")
    if first > until:
        raise WrongUse("--to", f"{until} is before --from {first}.")
    return _job_of(order, first, until)


def _since(order: Fetch, entries: Mapping[str, Entry], today: str) -> Job | None:
    """From the day after the last one that is there whole, to today; None where there is no such day."""
    if not SOURCES[order.source].daily:
        return _job_of(order, "", "")
    last = entries.get(name_of(order.source, order.what), Entry()).last
    return _job_of(order, min(state.next_day(last), today), today) if last else None


def _newest(order: Fetch, today: str) -> Job:
    """The days whose lists may still grow: where a list that is in the settings begins."""
    return _job_of(order, state.next_day(today, -SOURCES[order.source].settles), today)


def _job_of(order: Fetch, first: str, until: str) -> Job:
    return Job(order.source, order.what, first, until, order.base)

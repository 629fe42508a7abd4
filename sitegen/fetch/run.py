"""One list fetched: ask, keep, add, remember, and so on until its end.

Each reply is on the disk before it is added, and how far it came is in content/fetched.yml after that: a run that is
killed at any point goes on from there, and neither asks twice nor leaves anything out.
"""

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from sitegen import files
from sitegen.fetch import state
from sitegen.fetch.asked import Job
from sitegen.fetch.client import Client, NoReply
from sitegen.fetch.exchange import Reply
from sitegen.fetch.source import Expired, Odd, Page, Source
from sitegen.fetch.sources import SOURCES
from sitegen.fetch.staging import Staging
from sitegen.fetch.state import Entry
from sitegen.intake.raw import RawDigest
from sitegen.problems import Problem, problem
from sitegen.text.escape import terminal

MOST_PAGES = 1_000

Add = Callable[[RawDigest, str, str], bool]
"""(reply, the day that it lists or "", the digest's name or "") → whether it could be read; if not, why was said."""


@dataclass
class Archive:
    """Where it goes. root: the archive's folder; content: its content/; today: the day it is in UTC."""

    root: Path
    content: Path
    today: str
    client: Client
    add: Add


@dataclass
class Fetched:
    """What became of a job. replies: those with papers in them; unchanged: the source says that nothing is new."""

    name: str
    requests: int = 0
    replies: int = 0
    unchanged: bool = False
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, str | int | bool]:
        """The stable form of `sitegen fetch --json`."""
        return {
            "name": self.name,
            "requests": self.requests,
            "replies": self.replies,
            "unchanged": self.unchanged,
            "failed": bool(self.problems),
        }

    def __str__(self) -> str:
        requests = f"{self.requests:,} request" + ("" if self.requests == 1 else "s")
        said = "nothing is new" if self.unchanged else f"{self.replies:,} with papers"
        return f"{terminal(self.name)}: {requests}, {said}" + (", then it broke off" if self.problems else "")


class _Found(NamedTuple):
    """A reply and what it means; the marks by which it can be asked whether it has changed."""

    body: bytes
    page: Page
    etag: str = ""
    modified: str = ""


class _Unread(Exception):
    """A reply could not be added; the list is asked for again next time."""


def fetch(job: Job, archive: Archive) -> Fetched:
    """Fetch one list and add what comes. A source that fails is a problem of the result; what came before it stays.

    Raises ProblemsFound when content/ cannot be changed, or content/fetched.yml cannot be read.
    """
    before = archive.client.requests
    fetched = Fetched(job.name)
    run = _Run(job, SOURCES[job.source], archive, fetched)
    try:
        run.all()
    except NoReply as stopped:
        fetched.problems.append(stopped.problem)
    except _Unread:
        pass
    fetched.requests = archive.client.requests - before
    return fetched


def days(first: str, until: str) -> Iterator[str]:
    """All days from `first` to `until`, both included."""
    day = first
    while day <= until:
        yield day
        day = state.next_day(day)


class _Run:
    def __init__(self, job: Job, source: Source, archive: Archive, fetched: Fetched) -> None:
        self._job, self._source, self._archive, self._fetched = job, source, archive, fetched
        self._entries = state.read(archive.content)
        self._staging = Staging(archive.root, job.source, job.what)

    @property
    def _entry(self) -> Entry:
        """How far the list has come; of one that was never fetched, nothing before this job is wanted."""
        entry = self._entries.get(self._job.name, Entry())
        if entry.last or not self._source.daily:
            return entry
        return replace(entry, last=state.next_day(self._job.first, -1))

    def all(self) -> None:
        """All days, from where a fetch of the same days broke off."""
        day, url = self._beginning()
        self._add_leftovers(day, url)
        if not self._source.daily:
            self._list(day, url)
            return
        for each in days(day, self._job.until):
            self._list(each, url or self._first(each))
            self._end_of(each)
            url = ""

    def _first(self, day: str) -> str:
        return self._source.first(self._job.what, day, self._job.base)

    def _beginning(self) -> tuple[str, str]:
        entry, job = self._entry, self._job
        if not self._source.daily:
            return self._archive.today, self._first(job.first)
        same = (entry.first, entry.until) == (job.first, job.until)
        day = entry.day if same and job.first <= entry.day <= job.until else job.first
        return day, (entry.url if day == entry.day else "") or self._first(day)

    def _add_leftovers(self, day: str, url: str) -> None:
        """What other fetches of this list had kept when they were killed."""
        for file, kept in self._staging.others(day, url).items():
            self._add(RawDigest(str(file.relative_to(self._archive.root)), file.read_bytes()), kept)
            file.unlink()

    def _list(self, day: str, url: str) -> None:
        """One day's list, part after part; from its beginning, once, where the server has forgotten how far it was."""
        seen: set[str] = set()
        begun_again = False
        while url:
            if url in seen or len(seen) >= MOST_PAGES:
                raise NoReply(problem("fetch-odd", file=url, error="its parts lead on without end"))
            seen.add(url)
            try:
                url = self._part(day, url)
            except Expired:
                if begun_again:
                    raise NoReply(problem("fetch-odd", file=url, error="its parts expire at once")) from None
                begun_again, seen, url = True, set(), self._first(day)

    def _part(self, day: str, url: str) -> str:
        """Keep the reply, add it, remember that; the address of the next part."""
        found = self._kept(day, url) or self._asked(day, url)
        if found is None:
            self._fetched.unchanged = True
            return ""
        added = not found.page.papers or self._add(RawDigest(url, found.body), day)
        if added:
            self._fetched.replies += found.page.papers
            self._remember(day, found)
        self._staging.drop(day, url)
        if not added:
            raise _Unread
        return found.page.following

    def _kept(self, day: str, url: str) -> _Found | None:
        """The reply that a killed run has left on the disk, if it is still whole."""
        body = self._staging.get(day, url)
        if body is None:
            return None
        try:
            return _Found(body, self._source.read(url, body))
        except (Odd, Expired):
            return None

    def _asked(self, day: str, url: str) -> _Found | None:
        """The reply, which is on the disk now; None where nothing has changed."""
        conditions = self._conditions()
        pages: list[Page] = []

        def accept(reply: Reply) -> None:
            if reply.status != http.client.NOT_MODIFIED:
                pages.append(self._source.read(url, reply.body))
            elif not conditions:
                raise Odd("it says that nothing has changed, and that was not asked")

        reply = self._archive.client.get(url, accept, conditions)
        if reply.status == http.client.NOT_MODIFIED:
            return None
        self._staging.put(day, url, reply.body)
        return _Found(reply.body, pages[-1], reply.headers.get("etag", ""), reply.headers.get("last-modified", ""))

    def _conditions(self) -> dict[str, str]:
        """Of a list that is not of a day: only if it has changed (RFC 9110, section 13.1)."""
        entry = self._entry
        headers = {"If-None-Match": entry.etag, "If-Modified-Since": entry.modified}
        return {name: value for name, value in headers.items() if value and not self._source.daily}

    def _remember(self, day: str, found: _Found) -> None:
        entry, job = self._entry, self._job
        if not self._source.daily:
            entry = replace(entry, etag=found.etag, modified=found.modified)
        elif found.page.following:
            entry = state.at(entry, job.first, job.until, day, found.page.following)
        self._save(entry)

    def _add(self, raw: RawDigest, day: str) -> bool:
        listed = day if self._source.daily else self._job.first
        return self._archive.add(raw, listed, self._source.name(self._job.what))

    def _end_of(self, day: str) -> None:
        """The day is there; it counts as whole once nothing more is expected for it."""
        entry, job = self._entry, self._job
        if day <= state.next_day(self._archive.today, -self._source.settles):
            entry = state.advanced(entry, job.first, day)
        following = state.next_day(day)
        self._save(state.done(entry) if day == job.until else state.at(entry, job.first, job.until, following, ""))

    def _save(self, entry: Entry) -> None:
        if entry != self._entries.get(self._job.name):
            self._entries[self._job.name] = entry
            files.replace(self._archive.content / state.FILE, state.written(self._entries))

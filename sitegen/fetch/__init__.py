"""`sitegen fetch`: ask sources for lists of papers, and add the replies."""

import datetime
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sitegen import config, files
from sitegen.fetch import state
from sitegen.fetch.asked import Asked, Job
from sitegen.fetch.asked import jobs as jobs_of
from sitegen.fetch.client import Client, user_agent
from sitegen.fetch.run import Add, Archive, Fetched, days, fetch
from sitegen.fetch.sources import SOURCES
from sitegen.problems import ProblemsFound, problem


def prepare(
    config_file: Path, asked: Asked, add: Add, say: Callable[[str], None], asking: Callable[[str], None]
) -> tuple[list[Job], Archive]:
    """What to do, and where. Raises WrongUse for arguments that do not fit, ProblemsFound for wrong settings."""
    place = config.load(config_file)
    today = datetime.datetime.fromtimestamp(time.time(), datetime.UTC).date().isoformat()
    jobs = jobs_of(asked, place.settings.fetch, state.read(place.content), today)
    client = Client(user_agent(place.site_url), time.time, time.sleep, say, asking)
    return jobs, Archive(place.root, place.content, today, client, add)


def fetch_all(jobs: Sequence[Job], archive: Archive) -> list[Fetched]:
    """One job after the other, while no other run does the same. Raises ProblemsFound as `fetch` does."""
    try:
        with files.exclusive(archive.root / ".cache" / "fetch.lock"):
            return [fetch(job, archive) for job in jobs]
    except files.Busy:
        raise ProblemsFound([problem("fetch-busy", file=str(archive.content))]) from None


def addresses(job: Job) -> list[str]:
    """The addresses that a job begins with; which ones follow depends on the replies."""
    source = SOURCES[job.source]
    wanted = days(job.first, job.until) if source.daily else [job.first]
    return [source.first(job.what, day, job.base) for day in wanted]

"""`sitegen check`: all problems of the archive at once, nothing written."""

from dataclasses import dataclass
from pathlib import Path

from sitegen import catalogue, config, store
from sitegen.cache import Cache
from sitegen.fetch.asked import wrong
from sitegen.problems import Problem, ProblemsFound
from sitegen.render import addresses
from sitegen.store import quarantine


@dataclass(frozen=True, slots=True)
class Checked:
    """problems stop a build, warnings do not; counts of what is whole, and of what waits in content/quarantine/."""

    problems: list[Problem]
    warnings: list[Problem]
    papers: int = 0
    digests: int = 0
    quarantined: int = 0


def check(config_file: Path) -> Checked:
    """Everything that is wrong with settings, pages and tag rules, each sorted by file and line.

    Raises ProblemsFound where there is no archive.
    """
    try:
        place = config.load(config_file)
    except ProblemsFound as stopped:
        if not config_file.is_file():
            raise
        return Checked(sorted(stopped.problems), [])
    settings = list(wrong(place.settings.fetch))
    read = catalogue.read(place.content, Cache(place.root))
    gone = store.within(place.content, addresses.gone_warnings(read.archive))
    found = sorted([*settings, *read.problems, *gone])
    errors = [each for each in found if each.severity == "error"]
    warnings = [each for each in found if each.severity == "warning"]
    waiting = quarantine.waiting(place.content)
    return Checked(errors, warnings, len(read.archive.papers), len(read.archive.digests), waiting)

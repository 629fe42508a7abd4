"""`sitegen check`: all problems of the archive at once, nothing written."""

from pathlib import Path

from sitegen import config, store, tags
from sitegen.problems import Problem, ProblemsFound


def check(config_file: Path) -> tuple[list[Problem], dict[str, int]]:
    """(problems of settings, pages and rules, counts of what is whole)."""
    try:
        place = config.load(config_file)
    except ProblemsFound as found:
        return list(found.problems), {}
    loaded = store.load(place.content)
    _, rule_problems = tags.load(place.content)
    counts = {"papers": len(loaded.archive.papers), "digests": len(loaded.archive.digests)}
    return sorted([*loaded.problems, *store.within(place.content, rule_problems)]), counts

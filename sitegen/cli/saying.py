"""What a command says: data on stdout, messages on stderr."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from sitegen.problems import Problem, ProblemsFound, problem
from sitegen.text.escape import terminal, terminal_json


def say(text: str) -> None:
    """A message for the user."""
    click.echo(text, err=True)


def progress(text: str) -> None:
    """What a user who waits wants to see, and a log does not."""
    if sys.stderr.isatty():
        say(text)


def report(problems: Iterable[Problem]) -> None:
    """Problems, each in its colour where there are colours."""
    for found in sorted(problems):
        say_problem(found)


def say_problem(found: Problem) -> None:
    """One problem, and how to mend it."""
    first, _, rest = str(found).partition("\n")
    click.secho(first, err=True, fg="red" if found.severity == "error" else "yellow")
    say(rest)


def print_json(data: dict[str, Any]) -> None:
    """One JSON object on stdout."""
    click.echo(terminal_json(data))


def print_lines(lines: Iterable[str]) -> None:
    """Lines that hold text of digests."""
    for line in lines:
        click.echo(terminal(line))


@contextmanager
def said_as_json(as_json: bool) -> Iterator[None]:
    """Whoever asked for JSON gets JSON of what stopped the work, too."""
    try:
        yield
    except (ProblemsFound, OSError) as error:
        if as_json:
            print_json(by_severity(problems_of(error)))
        raise


def problems_of(error: ProblemsFound | OSError) -> Sequence[Problem]:
    """What stopped the work."""
    if isinstance(error, ProblemsFound):
        return error.problems
    return [problem("system", file=str(error.filename or ""), error=error.strerror or str(error))]


def by_severity(problems: Iterable[Problem]) -> dict[str, Any]:
    """What stops a build, and what does not, as JSON."""
    found: dict[str, list[dict[str, str | int]]] = {"problems": [], "warnings": []}
    for each in problems:
        found["problems" if each.severity == "error" else "warnings"].append(each.as_json())
    return found


def plural(count: int, word: str) -> str:
    """A number of things.

    >>> plural(1, "paper"), plural(1_200, "paper")
    ('1 paper', '1,200 papers')
    """
    return f"{count:,} {word}" + ("" if count == 1 else "s")


def program(*, absolute: bool = False) -> str:
    """How to call this program again: "sitegen", or with its path where that is not on PATH."""
    import shutil

    called = Path(sys.argv[0])
    if shutil.which("sitegen") or called.name != "sitegen" or not called.exists():
        return "sitegen"
    return str(called.absolute()) if absolute else _shortest(called.absolute())


def _shortest(path: Path) -> str:
    cwd = Path.cwd()
    return str(path.relative_to(cwd)) if path.is_relative_to(cwd) else str(path)

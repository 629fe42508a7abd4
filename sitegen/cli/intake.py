"""What the commands that bring digests in have in common."""

import datetime
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.saying import say, say_problem
from sitegen.problems import ProblemsFound, problem

if TYPE_CHECKING:
    from sitegen.add.state import Options, Report
    from sitegen.config import Place
    from sitegen.intake.raw import RawDigest


def inputs_of(paths: Sequence[Path | None]) -> list["RawDigest"]:
    """The digests of files, folders (their files, sorted, no dot files) and standard input (None)."""
    from sitegen.intake.raw import RawDigest

    inputs: list[RawDigest] = []
    for path in paths:
        if path is None:
            inputs.append(RawDigest("-", sys.stdin.buffer.read()))
            continue
        if not path.exists():
            raise click.BadParameter(f"{str(path)!r} does not exist.", param_hint="DIGEST")
        files = _files_inside(path) if path.is_dir() else [path]
        if not files:
            raise click.BadParameter(f"{str(path)!r} holds no files.", param_hint="DIGEST")
        inputs += [RawDigest(str(file), file.read_bytes()) for file in files]
    return inputs


def _files_inside(folder: Path) -> list[Path]:
    shown = (file for file in sorted(folder.rglob("*")) if not _is_hidden(file.relative_to(folder)))
    return [file for file in shown if file.is_file() and not file.is_symlink()]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def add_options(date: str = "", year: str = "", source: str = "", format_: str = "") -> "Options":
    """What `add` is asked, and the day it is."""
    from sitegen.add.state import Options

    # The latest day it is anywhere on earth (UTC+14): a digest from there is not from the future.
    today = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=14)).date().isoformat()
    return Options(today, date, year, source, format_)


def add_all(config_file: Path, inputs: Iterable["RawDigest"], options: "Options", *, dry_run: bool = False) -> "Report":
    """Add digests to the archive of `config_file`; inputs as for `sitegen.add.add`.

    Raises ProblemsFound, as that does, and when it is busy.
    """
    from sitegen import config
    from sitegen.add import add as command

    place = config.load(config_file)
    columns: dict[str, str] = dict(place.settings.columns.items())
    inputs = (replace(raw, columns=columns) for raw in inputs)
    options = replace(options, keep_raw=place.settings.keep_raw)
    with alone(place):
        return command(place.content, inputs, options, dry_run=dry_run)


@contextmanager
def alone(place: "Place") -> Iterator[None]:
    """While no other process changes the archive's content/."""
    from sitegen import files

    try:
        with files.exclusive(place.root / ".cache" / "add.lock"):
            yield
    except files.Busy:
        raise ProblemsFound([problem("add-busy", file=str(place.content))]) from None


def say_problems(found: "Report", *, dry_run: bool = False) -> None:
    """The problems of an import, of each kind the first ones."""
    from sitegen.add import sums
    from sitegen.add.folding import folded

    for each in folded(found):
        say_problem(each.problem)
        if each.more:
            say(f"    … and {each.more:,} more like this; all are in {sums.place(found, dry_run=dry_run)}")


def say_added(found: "Report", *, dry_run: bool = False) -> None:
    """The sums of an import."""
    from sitegen.add import sums

    for line in sums.lines(found, dry_run=dry_run):
        say(line)

"""Commands, progress and exit codes; nothing else.

Exit status: 0 fine, 1 problems found, 2 wrong usage, 130 interrupted. Data goes to stdout, messages to stderr.
Heavy modules are imported inside the commands, so that `sitegen --help` answers at once.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.model import NOTICE_KINDS
from sitegen.problems import Problem, ProblemsFound, problem
from sitegen.text.escape import terminal

if TYPE_CHECKING:
    from sitegen.add.state import Report
    from sitegen.config import Place

CONFIG = "mkdocs.yml"
# In a preview of more papers the search follows an edit later, so that the page is on screen at once.
MANY_PAPERS = 1_000
# So many digests of an import are named when it is taken back.
MOST_NAMED = 3
config_option = click.option(
    "-f", "--config-file", default=CONFIG, metavar="FILE", help=f"The archive's settings [{CONFIG}].",
    type=click.Path(path_type=Path), callback=lambda _context, _option, path: path / CONFIG if path.is_dir() else path,
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="paper-sitegen", prog_name="sitegen")
def cli() -> None:
    """Digests of research papers in, a searchable static archive out."""


def main() -> None:
    """The command `sitegen`."""
    try:
        cli.main(prog_name="sitegen", standalone_mode=False)
    except ProblemsFound as found:
        report(found.problems)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        say("Interrupted.")
        sys.exit(130)
    except OSError as error:
        if error.errno is None:
            raise
        report(_problems_of(error))
        sys.exit(1)


def say(text: str) -> None:
    """A message for the user."""
    click.echo(text, err=True)


def report(problems: Iterable[Problem]) -> None:
    """Problems, each in its colour where there are colours."""
    for found in sorted(problems):
        first, _, rest = str(found).partition("\n")
        click.secho(first, err=True, fg="red" if found.severity == "error" else "yellow")
        say(rest)


def print_json(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False))


def print_lines(lines: Iterable[str]) -> None:
    """Lines that hold text of digests."""
    for line in lines:
        click.echo(terminal(line))


@contextmanager
def _said_as_json(as_json: bool) -> Iterator[None]:
    """Whoever asked for JSON gets JSON of what stopped the work, too."""
    try:
        yield
    except (ProblemsFound, OSError) as error:
        if as_json:
            print_json(_by_severity(_problems_of(error)))
        raise


def _problems_of(error: ProblemsFound | OSError) -> Sequence[Problem]:
    if isinstance(error, ProblemsFound):
        return error.problems
    return [problem("system", file=str(error.filename or ""), error=error.strerror or str(error))]


def _by_severity(problems: Iterable[Problem]) -> dict[str, Any]:
    """What stops a build, and what does not, as JSON."""
    found: dict[str, list[dict[str, str | int]]] = {"problems": [], "warnings": []}
    for each in problems:
        found["problems" if each.severity == "error" else "warnings"].append(each.as_json())
    return found


def plural(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--sample", is_flag=True, help="Begin with three sample digests.")
def new(folder: Path, sample: bool) -> None:
    """Start an archive in FOLDER."""
    from sitegen import new as command
    from sitegen import resources

    written = command.new(folder)
    say(f"Wrote {plural(len(written), 'file')} to {folder}: settings, tags, two pages, two GitHub workflows.")
    if sample:
        inputs = _inputs([resources.sample_dir()])
        _say_added(_add(folder / CONFIG, inputs, _options()))
    step = "build" if sample else "add DIGEST"
    say(f"Next: cd {folder} && {_command(absolute=True)} {step}")


@cli.command()
@click.argument("digests", nargs=-1, required=True, metavar="DIGEST...")
@click.option("--date", metavar="YYYY-MM-DD", default="", help="The day the digest is of.")
@click.option("--year", metavar="YYYY", default="", help="The year of a digest that gives only day and month.")
@click.option("--source", metavar="NAME", default="", help="Who made the digest; part of its address.")
@click.option("--format", "format_", metavar="NAME", default="", help="Read it as this format, whatever it looks like.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@json_option
@config_option
def add(
    digests: tuple[str, ...], date: str, year: str, source: str, format_: str, dry_run: bool, as_json: bool,
    config_file: Path,
) -> None:  # fmt: skip
    """Add digests: files, folders, or - for standard input.

    Archives (gzip, zip), mails and mailboxes are opened. The format is told from the content; it is one of:

    \b
    arxiv-mail arxiv-abs arxiv-listing arxiv-atom feed jats oai
    acl-xml pubmed medline ris bibtex scholar hf-daily
    json jsonl post newsletter-yaml csv markdown page-text
    """
    from sitegen.intake import READERS, dates

    if date and not dates.is_day(date):
        raise click.BadParameter(f"{date!r} is not a day; write YYYY-MM-DD.", param_hint="--date")
    if year and not (len(year) == 4 and year.isdigit()):
        raise click.BadParameter(f"{year!r} is not a year; write YYYY.", param_hint="--year")
    if format_ and format_ not in READERS:
        raise click.BadParameter(f"{format_!r} is not known; known are {', '.join(READERS)}.", param_hint="--format")
    if date and year and not date.startswith(year):
        raise click.BadParameter(f"{year!r} is not the year of --date {date}.", param_hint="--year")
    inputs = _inputs([Path(name) if name != "-" else None for name in digests])
    with _said_as_json(as_json):
        found = _add(config_file, inputs, _options(date, year, source, format_), dry_run=dry_run)
    report(found.problems)
    if as_json:
        print_json(found.as_json())
    else:
        if dry_run:
            _print_reports(found)
        _say_added(found, dry_run=dry_run)
        say(
            "Nothing was changed: this was a dry run."
            if dry_run
            else f"Next: {_command()} build"
            if found.digests
            else "Nothing was added."
        )
    if any(each.severity == "error" for each in found.problems):
        sys.exit(1)


@cli.command()
@click.argument("source", default="")
@click.argument("what", default="")
@click.option("--date", metavar="YYYY-MM-DD", default="", help="The day to fetch; for a feed, the day it is of.")
@click.option("--from", "first", metavar="YYYY-MM-DD", default="", help="The first day to fetch.")
@click.option("--to", "until", metavar="YYYY-MM-DD", default="", help="The last day to fetch [today].")
@click.option("--since", type=click.Choice(["last"]), default=None, help="Go on after the last day that was fetched.")
@click.option("--dry-run", is_flag=True, help="Print the first address of each list, and ask for none.")
@json_option
@config_option
def fetch(
    source: str, what: str, date: str, first: str, until: str, since: str | None, dry_run: bool, as_json: bool,
    config_file: Path,
) -> None:  # fmt: skip
    """Ask for new papers and add them.

    SOURCE is hf (Hugging Face daily papers), arxiv (WHAT is a category), oai (WHAT is a set) or feed (WHAT is an
    address). Without SOURCE, everything that mkdocs.yml lists under `fetch:` is fetched since its last time.
    """
    from sitegen import fetch as command
    from sitegen.add.state import Report, total
    from sitegen.fetch.asked import Asked, WrongUse

    reports: list[Report] = []

    def take(raw: Any, day: str, name: str) -> bool:
        reports.append(_add(config_file, [raw], _options(date=day, source=name)))
        return reports[-1].size > 0

    with _said_as_json(as_json):
        try:
            asked = Asked(source, what, date, first, until, since or "")
            jobs, archive = command.prepare(config_file, asked, take, say, _progress)
        except WrongUse as error:
            raise click.BadParameter(str(error), param_hint=error.option) from None
        if dry_run:
            _print_addresses([url for job in jobs for url in command.addresses(job)], as_json)
            return
        fetched = command.fetch_all(jobs, archive)
    found = total(reports)
    found.problems += [each for one in fetched for each in one.problems]
    report(found.problems)
    if as_json:
        print_json({**found.as_json(), "fetched": [one.as_json() for one in fetched]})
    else:
        for one in fetched:
            say(str(one))
        _say_added(found)
        say(f"Next: {_command()} build" if found.digests else "Nothing was added.")
    if any(each.severity == "error" for each in found.problems):
        sys.exit(1)


def _progress(text: str) -> None:
    """What a user who waits wants to see, and a log does not."""
    if sys.stderr.isatty():
        say(text)


def _print_addresses(urls: Sequence[str], as_json: bool) -> None:
    if as_json:
        print_json({"urls": urls})
        return
    for url in urls:
        click.echo(url)
    say("Nothing was asked: this was a dry run.")


def _inputs(paths: Sequence[Path | None]) -> list[Any]:
    """The digests of files, folders (their files, sorted, no dot files) and standard input (None)."""
    from sitegen.intake.raw import RawDigest

    inputs: list[RawDigest] = []
    for path in paths:
        if path is None:
            inputs.append(RawDigest("-", sys.stdin.buffer.read()))
            continue
        if not path.exists():
            raise click.BadParameter(f"{str(path)!r} does not exist.", param_hint="DIGEST")
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        inside = [
            file
            for file in files
            if file.is_file() and not file.is_symlink() and not _is_hidden(file.relative_to(path))
        ]
        wanted = inside if path.is_dir() else [path]
        if not wanted:
            raise click.BadParameter(f"{str(path)!r} holds no files.", param_hint="DIGEST")
        inputs += [RawDigest(str(file), file.read_bytes()) for file in wanted]
    return inputs


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _options(date: str = "", year: str = "", source: str = "", format_: str = "") -> Any:
    import datetime

    from sitegen.add.state import Options

    # The latest day it is anywhere on earth (UTC+14): a digest from there is not from the future.
    today = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=14)).date().isoformat()
    return Options(today, date, year, source, format_)


def _add(config_file: Path, inputs: Sequence[Any], options: Any, *, dry_run: bool = False) -> "Report":
    from sitegen import config
    from sitegen.add import add as command

    place = config.load(config_file)
    inputs = [replace(raw, columns=place.settings.columns) for raw in inputs]
    options = replace(options, keep_raw=place.settings.keep_raw)
    with _alone(place):
        return command(place.content, inputs, options, dry_run=dry_run)


@contextmanager
def _alone(place: "Place") -> Iterator[None]:
    """While no other process changes the archive's content/."""
    from sitegen import files

    try:
        with files.exclusive(place.root / ".cache" / "add.lock"):
            yield
    except files.Busy:
        raise ProblemsFound([problem("add-busy", file=str(place.content))]) from None


def _say_added(found: "Report", *, dry_run: bool = False) -> None:
    from sitegen.add import sums

    for line in sums.lines(found, dry_run=dry_run):
        say(line)


def _print_reports(found: "Report") -> None:
    """The reports that would be written."""
    from sitegen.add.import_report import as_markdown

    for each in found.imports:
        print_lines(as_markdown(each, found.pages).split("\n"))


@cli.command()
@config_option
def undo(config_file: Path) -> None:
    """Take the last import back."""
    from sitegen import config
    from sitegen.add.undo import undo as command

    place = config.load(config_file)
    with _alone(place):
        undone = command(place.content)
    more = len(undone.digests) - MOST_NAMED
    names = ", ".join(undone.digests[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
    say(f"Took back the import of {names or 'quarantined items'}: "
        f"{plural(undone.removed, 'file')} removed, {undone.restored:,} as before.")  # fmt: skip
    say(f"Next: {_command()} build")


@cli.command()
@click.argument("paper", metavar="ID")
@click.argument("kind", metavar="|".join([*NOTICE_KINDS, "none"]), type=click.Choice([*NOTICE_KINDS, "none"]))
@click.option("--reason", metavar="TEXT", default="", help="Why, in a sentence.")
@click.option("--date", metavar="YYYY[-MM[-DD]]", default="", help="When that was.")
@click.option("--by", metavar="ID", default="", help="The paper that took its place.")
@config_option
def notice(paper: str, kind: str, reason: str, date: str, by: str, config_file: Path) -> None:
    """Mark a paper as withdrawn, retracted and so on."""
    from sitegen import config
    from sitegen import notice as command
    from sitegen.intake.notices import notice_of
    from sitegen.store.front_matter import is_date
    from sitegen.text import clean

    if date and not is_date(date):
        raise click.BadParameter(f"{date!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD.", param_hint="--date")
    if kind == "none" and (reason or date or by):
        raise click.BadParameter("a notice that is taken back has no reason, date or successor.", param_hint="none")
    place = config.load(config_file)
    with _alone(place):
        marked = command.put(place.content, paper, notice_of((kind, clean.line(reason), date, by)))
    say(f"{place.content.name}/{marked.path}: " + (f"marked as {kind}." if marked.notice else "no notice any more."))
    say(f"Next: {_command()} build")


@cli.command()
@click.option(
    "--report",
    "with_report",
    is_flag=True,
    help="Ask the site's search for the archive's own papers (takes Node.js), and publish how it does "
    "at /search/quality/; the next build without --report leaves that page out.",
)
@json_option
@config_option
def build(with_report: bool, as_json: bool, config_file: Path) -> None:
    """Build the site."""
    from sitegen import quality
    from sitegen import report as words
    from sitegen.build import build as plain
    from sitegen.progress import Bar
    from sitegen.stages import Stages

    bar = Bar()
    with _said_as_json(as_json):
        try:
            command = quality.build_with_quality if with_report else plain
            built = command(config_file, stages=Stages(bar))
        finally:
            bar.close()
    report(words.warnings(built))
    if as_json:
        print_json(words.as_json(built))
        return
    for line in words.lines(built):
        say(line)
    option = "" if config_file == Path(CONFIG) else f" -f {config_file}"
    say(f"Preview: {_command()} serve{option}")


def _command(*, absolute: bool = False) -> str:
    """How to call this program again: "sitegen", or with its path where that is not on PATH."""
    import shutil

    called = Path(sys.argv[0])
    if shutil.which("sitegen") or called.name != "sitegen" or not called.exists():
        return "sitegen"
    return str(called.absolute()) if absolute else _shortest(called.absolute())


def _shortest(path: Path) -> str:
    cwd = Path.cwd()
    return str(path.relative_to(cwd)) if path.is_relative_to(cwd) else str(path)


@cli.command()
@click.option(
    "-a", "--dev-addr", default="127.0.0.1:8000", metavar="HOST:PORT", help="Where to serve [127.0.0.1:8000]."
)
@click.option("-o", "--open", "open_", is_flag=True, help="Open the site in the browser.")
@click.option("--latest", metavar="N", type=click.IntRange(1), help="Only about the N newest papers of a huge archive.")
@config_option
def serve(dev_addr: str, open_: bool, latest: int | None, config_file: Path) -> None:
    """Preview the site; it is built again when something changes."""
    from sitegen import config, resources
    from sitegen.serve import serve as run

    host, _, port = dev_addr.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise click.BadParameter(f"{dev_addr!r} is not HOST:PORT.", param_hint="-a")
    place = config.load(config_file)
    theme = [place.custom_theme] if place.custom_theme and place.custom_theme.is_dir() else []
    watch = [place.content, config_file, resources.theme_dir(), *theme]
    rebuild, finish = _preview(place, f"http://{dev_addr}/", latest or 0)
    run(rebuild, watch, host.strip("[]"), int(port), finish=finish,
        on_ready=_say_ready, on_problems=_say_stopped, open_browser=open_)  # fmt: skip


def _preview(place: "Place", url: str, latest: int) -> tuple[Callable[[], Path], Callable[[], None]]:
    """What builds the preview, in a folder that the next one begins with, and what brings its search up to date."""
    from sitegen.build import build
    from sitegen.cache import FOLDER
    from sitegen.progress import Bar
    from sitegen.stages import Stages

    folder = place.root / FOLDER / "preview" / re.sub(r"[^\w.]+", "-", f"{url}-{latest}" if latest else url)

    papers = 0

    def rebuild() -> Path:
        nonlocal papers
        bar, late = Bar(), papers > MANY_PAPERS
        try:
            built = build(place.config_file, folder, url, latest=latest, old_search=late, stages=Stages(bar))
        finally:
            bar.close()
        papers = len(built.site.archive.papers)
        report(built.warnings)
        say(f"Built {plural(papers, 'paper')}.")
        return folder

    def finish() -> None:
        if papers > MANY_PAPERS:
            build(place.config_file, folder, url, latest=latest)

    return rebuild, finish


def _say_stopped(problems: Sequence[Problem]) -> None:
    report(problems)
    say("The preview stays as it was until this is mended.")


def _say_ready(url: str) -> None:
    say(f"Serving {url} (Ctrl-C stops it)")


@cli.command()
@json_option
@config_option
def check(as_json: bool, config_file: Path) -> None:
    """Find what is wrong with settings, pages and tag rules. Nothing is written."""
    from sitegen.check import check as command

    with _said_as_json(as_json):
        found = command(config_file)
    if as_json:
        said = _by_severity([*found.problems, *found.warnings])
        print_json({**said, "papers": found.papers, "digests": found.digests, "quarantined": found.quarantined})
    else:
        report([*found.problems, *found.warnings])
        say(f"{plural(found.papers, 'paper')} and {plural(found.digests, 'digest')} read: "
            f"{plural(len(found.problems), 'problem')}, {plural(len(found.warnings), 'warning')}.")  # fmt: skip
        if found.quarantined:
            one = found.quarantined == 1
            wait, reasons = ("waits", "its reason") if one else ("wait", "their reasons")
            say(f"{plural(found.quarantined, 'item')} {wait} in content/quarantine/, with {reasons}.")
        say(f"Next: {_command()} check, once they are mended" if found.problems else f"Next: {_command()} build")
    if found.problems:
        sys.exit(1)


@cli.command()
@click.option("--explain", metavar="ID", help="Say why the paper with this id, alias or page has its tags.")
@click.option(
    "--diff",
    metavar="FILE",
    help="Say what the rules of FILE would change, of all papers.",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@config_option
def tags(explain: str | None, diff: Path | None, config_file: Path) -> None:
    """List the tags, or explain them."""
    from sitegen import tag_views

    if explain is not None and diff is not None:
        raise click.UsageError("--explain and --diff ask for different things; give one of them.")
    if explain is not None:
        print_lines(tag_views.explain(config_file, explain))
    elif diff is not None:
        print_lines(tag_views.diff(config_file, diff))
    else:
        print_lines(tag_views.counts(config_file))

"""`sitegen check`, `sitegen tags`: what is there; nothing is written."""

import sys
from pathlib import Path

import click

from sitegen.cli.options import config_option, json_option
from sitegen.cli.saying import by_severity, plural, print_json, print_lines, program, report, said_as_json, say


@click.command()
@json_option
@config_option
def check(as_json: bool, config_file: Path) -> None:
    """Find what is wrong with settings, pages and tag rules. Nothing is written."""
    from sitegen.check import check as command

    with said_as_json(as_json):
        found = command(config_file)
    if as_json:
        said = by_severity([*found.problems, *found.warnings])
        print_json({**said, "papers": found.papers, "digests": found.digests, "quarantined": found.quarantined})
    else:
        report([*found.problems, *found.warnings])
        say(f"{plural(found.papers, 'paper')} and {plural(found.digests, 'digest')} read: "
            f"{plural(len(found.problems), 'problem')}, {plural(len(found.warnings), 'warning')}.")  # fmt: skip
        if found.quarantined:
            one = found.quarantined == 1
            wait, reasons = ("waits", "its reason") if one else ("wait", "their reasons")
            say(f"{plural(found.quarantined, 'item')} {wait} in content/quarantine/, with {reasons}.")
        say(f"Next: {program()} check, once they are mended" if found.problems else f"Next: {program()} build")
    if found.problems:
        sys.exit(1)


@click.command()
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

"""`sitegen new`, `sitegen add`: an archive, and digests for it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.intake import add_all, add_options, inputs_of, say_added, say_problems
from sitegen.cli.options import CONFIG, config_option, json_option
from sitegen.cli.saying import plural, print_json, print_lines, program, said_as_json, say

if TYPE_CHECKING:
    from sitegen.add.state import Report


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--sample", is_flag=True, help="Begin with three sample digests.")
def new(folder: Path, sample: bool) -> None:
    """Start an archive in FOLDER."""
    from sitegen import new as command
    from sitegen import resources

    written = command.new(folder)
    say(f"Wrote {plural(len(written), 'file')} to {folder}: settings, tags, two pages, two GitHub workflows.")
    if sample:
        inputs = inputs_of([resources.sample_dir()])
        say_added(add_all(folder / CONFIG, inputs, add_options()))
    step = "build" if sample else "add DIGEST"
    say(f"Next: cd {folder} && {program(absolute=True)} {step}")


@click.command()
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
    arxiv-mail arxiv-abs arxiv-listing arxiv-page arxiv-atom
    feed jats oai acl-xml pubmed medline pubmed-text ris endnote
    bibtex scholar hf-daily json jsonl post newsletter-yaml csv
    markdown page-text
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
    options = add_options(date, year, source, format_)
    paths = [Path(name) if name != "-" else None for name in digests]
    with said_as_json(as_json):
        # Nobody holds the digests but who adds them: they can be hundreds of megabytes.
        found = add_all(config_file, inputs_of(paths), options, dry_run=dry_run)
    say_problems(found, dry_run=dry_run)
    if as_json:
        print_json(found.as_json())
    else:
        if dry_run:
            _print_reports(found)
        say_added(found, dry_run=dry_run)
        say(
            "Nothing was changed: this was a dry run."
            if dry_run
            else f"Next: {program()} build"
            if found.digests
            else "Nothing was added."
        )
    if any(each.severity == "error" for each in found.problems):
        sys.exit(1)


def _print_reports(found: "Report") -> None:
    """The reports that would be written."""
    from sitegen.add.import_report import as_markdown

    for each in found.imports:
        print_lines(as_markdown(each, found.pages).split("\n"))

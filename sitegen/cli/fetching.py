"""`sitegen fetch`: the sources are asked for digests, and what they reply is added."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.intake import add_all, add_options, say_added, say_problems
from sitegen.cli.options import config_option, json_option
from sitegen.cli.saying import print_json, program, progress, said_as_json, say

if TYPE_CHECKING:
    from sitegen.add.state import Report
    from sitegen.intake.raw import RawDigest


@click.command()
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
    from sitegen.add.state import total
    from sitegen.fetch.asked import Asked, WrongUse

    reports: list[Report] = []

    def take(raw: "RawDigest", day: str, name: str) -> bool:
        reports.append(add_all(config_file, [raw], add_options(date=day, source=name)))
        return reports[-1].size > 0

    with said_as_json(as_json):
        try:
            asked = Asked(source, what, date, first, until, since or "")
            jobs, archive = command.prepare(config_file, asked, take, say, progress)
        except WrongUse as error:
            raise click.BadParameter(str(error), param_hint=error.option) from None
        if dry_run:
            _print_addresses([url for job in jobs for url in command.addresses(job)], as_json)
            return
        fetched = command.fetch_all(jobs, archive)
    found = total(reports)
    found.problems += [each for one in fetched for each in one.problems]
    say_problems(found)
    if as_json:
        print_json({**found.as_json(), "fetched": [one.as_json() for one in fetched]})
    else:
        for one in fetched:
            say(str(one))
        say_added(found)
        say(f"Next: {program()} build" if found.digests else "Nothing was added.")
    if any(each.severity == "error" for each in found.problems):
        sys.exit(1)


def _print_addresses(urls: Sequence[str], as_json: bool) -> None:
    if as_json:
        print_json({"urls": urls})
        return
    for url in urls:
        click.echo(url)
    say("Nothing was asked: this was a dry run.")

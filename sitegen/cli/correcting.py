"""`sitegen undo`, `sitegen notice`: what a human decides about papers that are there."""

from pathlib import Path

import click

from sitegen.cli.intake import alone
from sitegen.cli.options import config_option
from sitegen.cli.saying import plural, program, say
from sitegen.model import NOTICE_KINDS, Notice
from sitegen.problems import plain, shown


@click.command()
@config_option
def undo(config_file: Path) -> None:
    """Take the last import back."""
    from sitegen import config
    from sitegen.add.undo import named
    from sitegen.add.undo import undo as command

    place = config.load(config_file)
    with alone(place):
        undone = command(place.content)
    say(f"Took back the import of {named(undone.digests)}: "
        f"{plural(undone.removed, 'file')} removed, {undone.restored:,} as before.")  # fmt: skip
    say(f"Next: {program()} build")


@click.command()
@click.argument("paper", metavar="ID")
@click.argument("kind")
@click.option("--reason", metavar="TEXT", default="", help="Why, in a sentence.")
@click.option("--date", metavar="YYYY[-MM[-DD]]", default="", help="When that was.")
@click.option("--by", metavar="ID", default="", help="The paper that took its place.")
@config_option
def notice(paper: str, kind: str, reason: str, date: str, by: str, config_file: Path) -> None:
    """Mark a paper as withdrawn, retracted and so on.

    ID is an id or alias of the paper, or the path of its page. KIND is withdrawn, retracted, corrected or superseded;
    none takes a notice back. What a notice of this kind has already stays where no option says it anew.
    """
    from sitegen import config
    from sitegen import notice as command
    from sitegen.intake.notices import notice_of
    from sitegen.store.front_matter import is_date
    from sitegen.text import clean

    if kind not in (*NOTICE_KINDS, "none"):
        known = ", ".join([*NOTICE_KINDS, "none"])
        raise click.BadParameter(f"{kind!r} is not known; known are {known}.", param_hint="KIND")
    if date and not is_date(date):
        raise click.BadParameter(f"{date!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD.", param_hint="--date")
    if kind == "none" and (reason or date or by):
        raise click.BadParameter("none takes a notice back; it has no reason, date or successor.", param_hint="KIND")
    place = config.load(config_file)
    with alone(place):
        marked = command.put(place.content, paper, notice_of((kind, clean.line(reason), date, by)))
    said = f"marked as {_in_words(marked.notice)}" if marked.notice else "has no notice."
    say(f"{place.content.name}/{marked.path}: {said}")
    say(f"Next: {program()} build")


def _in_words(notice: Notice) -> str:
    """All of a notice, for what was there before stays where it is not said anew.

    >>> _in_words(Notice("superseded", "It is longer.", "2025-03", "2503.00001"))
    'superseded, by 2503.00001, date 2025-03, reason "It is longer."'
    """
    more = {"by": plain(notice.by), "date": plain(notice.date), "reason": notice.reason and shown(notice.reason)}
    return ", ".join([notice.kind, *(f"{name} {value}" for name, value in more.items() if value)])

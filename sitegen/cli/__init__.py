"""Commands, progress and exit codes; nothing else. A file here is a group of commands, or what they share.

Exit status: 0 fine, 1 problems found, 2 wrong usage, 130 interrupted. Data goes to stdout, messages to stderr.
Heavy modules are imported inside the commands, so that `sitegen --help` answers at once.
"""

import sys

import click

from sitegen.cli.adding import add, new
from sitegen.cli.correcting import notice, undo
from sitegen.cli.fetching import fetch
from sitegen.cli.looking import check, tags
from sitegen.cli.saying import problems_of, report, say
from sitegen.cli.site import build, serve
from sitegen.problems import ProblemsFound


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="paper-sitegen", prog_name="sitegen")
def cli() -> None:
    """Digests of research papers in, a searchable static archive out."""


for _command in (new, add, fetch, undo, notice, build, serve, check, tags):
    cli.add_command(_command)


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
        report(problems_of(error))
        sys.exit(1)

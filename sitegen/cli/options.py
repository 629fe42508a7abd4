"""Options that several commands have."""

from pathlib import Path

import click

CONFIG = "mkdocs.yml"
config_option = click.option(
    "-f", "--config-file", default=CONFIG, metavar="FILE", help=f"The archive's settings [{CONFIG}].",
    type=click.Path(path_type=Path), callback=lambda _context, _option, path: path / CONFIG if path.is_dir() else path,
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")

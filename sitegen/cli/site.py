"""`sitegen build`, `sitegen serve`: the site, and its preview."""

import os
import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.options import CONFIG, config_option, json_option
from sitegen.cli.saying import plural, print_json, program, report, said_as_json, say
from sitegen.problems import Problem

if TYPE_CHECKING:
    from sitegen.config import Place

# In a preview of more papers the search follows an edit later, so that the page is on screen at once.
MANY_PAPERS = 1_000


@click.command()
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
    with said_as_json(as_json):
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
    has_figures = built.site.quality and built.site.quality.kinds
    say(f"Preview: {_with_figures(config_file) if has_figures else _serving(config_file)}")


def _serving(config_file: Path) -> str:
    option = "" if config_file == Path(CONFIG) else f" -f {config_file}"
    return f"{program()} serve{option}"


def _with_figures(config_file: Path) -> str:
    """What shows the site as it stands: `sitegen serve` builds one of its own, whose search nobody has asked."""
    from sitegen import config
    from sitegen.render.quality import URL

    site = shlex.quote(os.path.relpath(config.load(config_file).site))
    return f"python3 -m http.server -d {site}, then http://127.0.0.1:8000/{URL}"


@click.command()
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

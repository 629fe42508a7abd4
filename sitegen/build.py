"""The whole product: load → check → derive → outputs → publish.

Everything is gathered and checked before the first byte is written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from sitegen import config, publish, search, store, tags
from sitegen.config import Place
from sitegen.feeds import site_feeds
from sitegen.model import Archive
from sitegen.outputs import Output
from sitegen.problems import Problem, ProblemsFound, problem
from sitegen.render import addresses, notes, shell
from sitegen.render.pages import PAGES
from sitegen.render.shell import Host
from sitegen.render.site import Page, Site
from sitegen.render.templates import render

_HEADING = re.compile(r"\A\s*<h1.*?</h1>", re.DOTALL)


@dataclass(frozen=True)
class Made:
    """The files of the site that MkDocs does not make, and what is to be said about them."""

    site: Site
    outputs: Sequence[Output]
    warnings: Sequence[Problem]


@dataclass(frozen=True)
class Built:
    """What a build did."""

    site: Site
    published: publish.Published
    warnings: Sequence[Problem]


def build(config_file: Path, target: Path | None = None, site_url: str = "") -> Built:
    """Build the archive of a mkdocs.yml into its site folder (or `target`), in one step: the old site or the new one.

    Raises ProblemsFound, and leaves the old site as it is, when a page, a rule or a setting is broken.
    """
    place = config.load(config_file)
    archive, warnings = read(place)
    host, files, mkdocs_warnings = shell.mkdocs_build(config_file, site_url)
    made = derive(archive, place, host)
    outputs = {output.path: output for output in (*files, *made.outputs)}
    hidden = [problem("page-hidden", file=place.config_file.name, value=f"/{path}") for path in _hidden(host, made)]
    published = publish.publish(outputs.values(), target or place.site)
    return Built(made.site, published, [*warnings, *mkdocs_warnings, *made.warnings, *hidden])


def read(place: Place) -> tuple[Archive, list[Problem]]:
    """The tagged archive and all warnings. Raises ProblemsFound with every problem when one is an error."""
    loaded = store.load(place.content)
    vocabulary, rule_problems = tags.load(place.content)
    problems = [*loaded.problems, *store.within(place.content, rule_problems)]
    if any(found.severity == "error" for found in problems):
        raise ProblemsFound(sorted(problems))
    problems += store.within(place.content, addresses.gone_warnings(loaded.archive))
    return tags.apply(loaded.archive, vocabulary), problems


def derive(archive: Archive, place: Place, host: Host) -> Made:
    """All files of the site but those MkDocs makes from content/pages/ and the theme."""
    written, notes_warnings = notes.rendered(archive, host)
    site = Site(
        archive=archive,
        settings=place.settings,
        name=host.site_name,
        description=host.description,
        url=host.site_url,
        tag_pages=tuple(tags.with_pages(archive, place.settings.tag_threshold)),
        introductions=_introductions(host),
        notes=written,
    )
    pages = [page for make in PAGES.values() for page in make(site)]
    outputs = [
        *_files([*pages, *addresses.tombstones(site)], site, host),
        *addresses.redirects(site),
        *site_feeds.outputs(site),
        *(
            Output(path, data)
            for path, data in search.outputs(archive.papers, shell.lunr_js(), tag_pages=site.with_page)
        ),
        *addresses.sitemap(site, [*(page.url for page in pages), *_hand_written_urls(host)]),
    ]
    return Made(site, outputs, store.within(place.content, notes_warnings))


def _hidden(host: Host, made: Made) -> list[str]:
    """URLs of hand-written pages where a page of ours stands."""
    ours = {output.path for output in made.outputs}
    return [url for url in _hand_written_urls(host) if f"{url}index.html" in ours]


def _introductions(host: Host) -> dict[str, Markup]:
    """What the curator wrote above our lists, by section, without its heading: the list has one."""
    written = {name.removesuffix(".md"): html for name, html in host.hand_written.items()}
    return {name: Markup(_HEADING.sub("", html)) for name, html in written.items()}  # noqa: S704 (the curator's own)


def _files(pages: Iterable[Page], site: Site, host: Host) -> Iterator[Output]:
    for page in pages:
        yield Output(f"{page.url}index.html", render(page, site, host).encode())


def _hand_written_urls(host: Host) -> list[str]:
    """URLs of the pages of content/pages/ that are not an introduction to a list of ours."""
    lists = {"index.md", *(f"{section}.md" for section in shell.SECTIONS)}
    return [page.url for page in host.files.documentation_pages() if page.src_uri not in lists]

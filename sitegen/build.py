"""The whole product: load → check → derive → outputs → publish.

Everything is gathered and checked before the first byte is written, and nothing is made that is there already.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen import catalogue, config, publish, store, tags
from sitegen.cache import Cache, code_version, stamp
from sitegen.catalogue import Catalogue
from sitegen.config import Place
from sitegen.feeds import site_feeds
from sitegen.outputs import Output, finished
from sitegen.per_paper import PerPaper, articles_of
from sitegen.problems import Problem, problem
from sitegen.publish.memory import Memory
from sitegen.render import addresses, environment, notes, shell
from sitegen.render.figures import Quality
from sitegen.render.pages import PAGES
from sitegen.render.shell import Shell
from sitegen.render.shell_cache import shell_of
from sitegen.render.site import Common, Site
from sitegen.render.templates import page_outputs
from sitegen.search import scripts, site_search
from sitegen.search.tokens import Tokens
from sitegen.stages import Stages
from sitegen.work import Progress, silent, without_collector

_HEADING = re.compile(r"\A\s*<h1.*?</h1>", re.DOTALL)


@dataclass(frozen=True)
class Made:
    """The files of the site that MkDocs does not make, and what is to be said about them."""

    site: Site
    host: Shell
    outputs: Sequence[Output]
    warnings: Sequence[Problem]


@dataclass(frozen=True)
class Built:
    """What a build did. pages: how many a reader can open; seconds: by stage."""

    site: Site
    pages: int
    published: publish.Published
    warnings: Sequence[Problem]
    seconds: dict[str, float]


def build(
    config_file: Path,
    target: Path | None = None,
    site_url: str = "",
    *,
    latest: int = 0,
    old_search: bool = False,
    quality: Quality | None = None,
    stages: Stages | None = None,
) -> Built:
    """Build the archive of a mkdocs.yml into its site folder (or `target`), in one step: the old site or the new one.

    latest: only so many of the newest papers. old_search: the search may be that of the last build, which saves most of
    the time when one of 10,000 papers has changed. quality: what is published of how good the search is. Raises
    ProblemsFound, and leaves the old site as it is, when a page, a rule or a setting is broken.
    """
    # A preview builds again and again in one process, and whoever works on the theme wants to see it.
    code_version.cache_clear()
    environment.forget()
    stages = stages or Stages()
    place = config.load(config_file)
    cache, site = Cache(place.root), target or place.site
    kept = stamp(os.path.relpath(site, place.root)).hex()[:8]
    memory = Memory(cache, f"site-{kept}")
    with (
        without_collector(),
        publish.publication(site, memory) as publication,
        shell_of(place, site_url, cache) as waiting,
    ):
        with stages("read"):
            found = read(place, cache, latest=latest, progress=stages.progress)
        made = derive(found, place, waiting, cache, stages, kept=kept, old_search=old_search, quality=quality)
        host = made.host
        files = {output.path: output for output in (*_of_mkdocs(host), *made.outputs)}
        hidden = [problem("page-hidden", file=place.config_file.name, value=f"/{path}") for path in _hidden(host, made)]
        with stages("write"):
            published = publication.publish([*files.values()], stages.progress)
    pages = sum(path.endswith(".html") for path in files)
    return Built(
        made.site,
        pages,
        published,
        [*found.catalogue.problems, *host.warnings, *made.warnings, *hidden],
        stages.seconds,
    )


@dataclass(frozen=True)
class Read:
    """What content/ says; and of the papers that had to be read the articles, by page, and the tokens."""

    catalogue: Catalogue
    articles: Mapping[str, memoryview]
    tokens: Sequence[Tokens]


def read(place: Place, cache: Cache, *, latest: int = 0, progress: Progress = silent) -> Read:
    """The archive with all warnings, and what was made of the papers that had to be read.

    Raises ProblemsFound with every problem when one is an error.
    """
    found = catalogue.read(place.content, cache, latest=latest, also=PerPaper, progress=progress)
    gone = addresses.gone_warnings(found.whole())
    whole = replace(found, problems=(*found.problems, *store.within(place.content, gone)), rests=())
    return Read(whole, articles_of(found.rests), [made.tokens for made in found.rests])


def derive(
    found: Read,
    place: Place,
    waiting: Callable[[], Shell],
    cache: Cache,
    stages: Stages,
    *,
    kept: str = "",
    old_search: bool = False,
    quality: Quality | None = None,
) -> Made:
    """All files of the site but those MkDocs makes from content/pages/ and the theme.

    waiting: gives the shell. kept: stands for the site's folder, in the names of what is remembered of it.
    """
    archive = found.catalogue.archive
    with site_search.indexed(
        archive.papers, place.content, cache, found.tokens, target=kept, may_be_old=old_search
    ) as indexed:
        with stages("theme"):
            host = waiting()
        with stages("plan"):
            site, outputs, warnings = _planned(found, place, host, cache, quality)
        with stages("search"):
            outputs += [*site_search.outputs(site, shell.lunr_js(), cache, indexed(), target=kept), *scripts.outputs()]
    return Made(site, host, outputs, store.within(place.content, warnings))


def _planned(
    found: Read, place: Place, host: Shell, cache: Cache, quality: Quality | None
) -> tuple[Site, list[Output], list[Problem]]:
    """All but the search."""
    archive = found.catalogue.archive
    written, warnings = notes.rendered(archive, host, cache)
    site = Site(
        archive=archive,
        settings=place.settings,
        common=Common(host, place.content, found.articles),
        tag_pages=tuple(tags.with_pages(archive, place.settings.tag_threshold)),
        introductions=_introductions(host),
        notes=written,
        quality=quality,
    )
    pages = [page for make in PAGES.values() for page in make(site)]
    outputs = [
        *page_outputs([*pages, *addresses.tombstones(site)], site.common),
        *(finished(path, data) for path, data in host.assets),
        *addresses.redirects(site),
        *site_feeds.outputs(site),
        *addresses.sitemap(site, [*(page.url for page in pages), *host.urls]),
    ]
    return site, outputs, warnings


def _of_mkdocs(host: Shell) -> Iterator[Output]:
    for path, data in host.files:
        yield finished(path, data)


def _hidden(host: Shell, made: Made) -> list[str]:
    """URLs of hand-written pages where a page of ours stands."""
    ours = {output.path for output in made.outputs}
    return [url for url in host.urls if f"{url}index.html" in ours]


def _introductions(host: Shell) -> dict[str, str]:
    """What the curator wrote above our lists, by section, without its heading: the list has one."""
    written = {name.removesuffix(".md"): html for name, html in host.hand_written.items()}
    return {name: _HEADING.sub("", html) for name, html in written.items()}

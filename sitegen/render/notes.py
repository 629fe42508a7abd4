"""What a human wrote on a paper's or digest's page: Markdown with the site's own extensions, sanitised.

Without `toc`, whose permalinks need the ids and classes that are not let through.
"""

import re
from collections.abc import Iterator, Mapping

import markdown
import nh3
from markupsafe import Markup

from sitegen import identity
from sitegen.model import Archive
from sitegen.problems import Problem, problem
from sitegen.render.shell import Host
from sitegen.store.regions import resolve

# From a paper's or digest's page to the root of the site.
_ROOT = "../.."
_LINK = re.compile(r'href="([^":#?]+\.md)(#[^"]*)?"')


def rendered(archive: Archive, host: Host) -> tuple[Mapping[str, Markup], list[Problem]]:
    """HTML by page ("papers/2025/03/x.md"), for those that have notes; and links in them that lead nowhere.

    A link to another page of content/papers/ or content/digests/ leads to where that page stands on the site.
    """
    notes = dict(_notes(archive))
    problems: list[Problem] = []
    if not notes:
        return {}, problems
    config = host.config
    extensions = [name for name in config["markdown_extensions"] if name != "toc"]
    renderer = markdown.Markdown(extensions=extensions, extension_configs=config["mdx_configs"] or {})
    urls = {paper.path: identity.paper_url(paper.id) for paper in archive.papers}
    urls |= {digest.path: identity.digest_url(digest.id) for digest in archive.digests}

    def led(page: str, link: re.Match[str]) -> str:
        target = resolve(page, link[1])
        if target not in urls:
            problems.append(problem("notes-link", file=page, value=link[1]))
            return link[0]
        return f'href="{_ROOT}/{urls[target]}{link[2] or ""}"'

    html: dict[str, Markup] = {}
    for page, text in notes.items():
        clean = nh3.clean(renderer.reset().convert(text))
        html[page] = Markup(_LINK.sub(lambda link, page=page: led(page, link), clean))  # type: ignore[misc]  # noqa: S704
    return html, problems


def _notes(archive: Archive) -> Iterator[tuple[str, str]]:
    for paper in archive.papers:
        if paper.notes:
            yield paper.path, paper.notes
    for digest in archive.digests:
        if digest.intro:
            yield digest.path, digest.intro

"""What a human wrote on a paper's or digest's page: Markdown with the site's own extensions, sanitised.

Without `toc`, whose permalinks need the ids and classes that are not let through.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial

import markdown
import nh3

from sitegen import identity
from sitegen.cache import Cache, stamp
from sitegen.model import Archive
from sitegen.problems import Problem, problem
from sitegen.render.article import ROOT
from sitegen.render.shell import Shell
from sitegen.store.regions import resolve

_NAME = "notes"
_LINK = re.compile(r'href="([^":#?]+\.md)(#[^"]*)?"')


def rendered(archive: Archive, shell: Shell, cache: Cache) -> tuple[Mapping[str, str], list[Problem]]:
    """HTML by page ("papers/2025/03/x.md"), for those that have notes; and links in them that lead nowhere.

    A link to another page of content/papers/ or content/digests/ leads to where that page stands on the site.
    """
    notes = dict(_notes(archive))
    problems: list[Problem] = []
    if not notes:
        return {}, problems
    urls = {paper.path: paper.url for paper in archive.papers}
    urls |= {digest.path: identity.digest_url(digest.id) for digest in archive.digests}

    def led(page: str, link: re.Match[str]) -> str:
        target = resolve(page, link[1])
        if target not in urls:
            problems.append(problem("notes-link", file=page, value=link[1]))
            return link[0]
        return f'href="{ROOT}/{urls[target]}{link[2] or ""}"'

    html = _converted(set(notes.values()), shell, cache)
    return {page: _LINK.sub(partial(led, page), html[text]) for page, text in notes.items()}, problems


def _converted(texts: set[str], shell: Shell, cache: Cache) -> dict[str, str]:
    """Text -> sanitised HTML."""
    key = stamp(shell.extensions, shell.extension_configs).hex() if shell.is_pure else ""
    known: dict[str, str] = (cache.load(_NAME, key) if key else None) or {}
    if known.keys() != texts:
        extensions = [name for name in shell.extensions if name != "toc"]
        renderer = markdown.Markdown(extensions=extensions, extension_configs=dict(shell.extension_configs))
        known = {text: known.get(text) or nh3.clean(renderer.reset().convert(text)) for text in sorted(texts)}
        if key:
            cache.save(_NAME, known, key)
    return known


def _notes(archive: Archive) -> Iterator[tuple[str, str]]:
    for paper in archive.papers:
        if paper.notes:
            yield paper.path, paper.notes
    for digest in archive.digests:
        if digest.intro:
            yield digest.path, digest.intro

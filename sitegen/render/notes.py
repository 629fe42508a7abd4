"""What a human wrote on a paper's or digest's page: Markdown with the site's own extensions, sanitised."""

from collections.abc import Iterator, Mapping

import markdown
import nh3
from markupsafe import Markup

from sitegen.model import Archive
from sitegen.render.shell import Host


def rendered(archive: Archive, host: Host) -> Mapping[str, Markup]:
    """HTML by paper id, and by "digest <id>" for digests, for those that have notes."""
    found = list(_notes(archive))
    if not found:
        return {}
    config = host.config
    renderer = markdown.Markdown(
        extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"] or {}
    )
    return {key: Markup(nh3.clean(renderer.reset().convert(text))) for key, text in found}  # noqa: S704 (sanitised)


def _notes(archive: Archive) -> Iterator[tuple[str, str]]:
    for paper in archive.papers:
        if paper.notes:
            yield paper.id, paper.notes
    for digest in archive.digests:
        if digest.intro:
            yield f"digest {digest.id}", digest.intro

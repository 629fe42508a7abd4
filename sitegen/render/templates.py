"""Our own templates: autoescaped, strict about names, from theme/sitegen/."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sitegen import resources
from sitegen.render.shell import Host
from sitegen.render.site import Page, Site


@cache
def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resources.theme_dir() / "sitegen"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


_FEEDS = (
    ("feed.xml", "application/rss+xml"),
    ("atom.xml", "application/atom+xml"),
    ("feed.json", "application/feed+json"),
)


def render(page: Page, site: Site, host: Host) -> str:
    """The whole HTML of a page: its content from our template, inside the frame of its section and depth."""
    frame = host.frame(page.section, page.url.count("/"))
    context: Mapping[str, Any] = {"root": page.root, "crumbs": page.crumbs, **page.context}
    return frame.fill(
        {
            "meta": _meta(page, site),
            "title": Markup.escape(page.title if page.url == "" else f"{page.title} - {site.name}"),
            "topic": Markup.escape(page.title),
            "head": _head(page),
            "content": environment().get_template(page.template).render(context),
        }
    )


def _meta(page: Page, site: Site) -> str:
    description = (
        Markup('<meta name="description" content="{}">\n').format(page.description) if page.description else ""
    )
    return description + Markup('<link rel="canonical" href="{}">').format(site.url + page.url)


def _head(page: Page) -> str:
    link = Markup('<link rel="alternate" type="{}" title="{}" href="{}/{}{}">')
    feeds = [link.format(kind, words, page.root, url, name) for url, words in page.feeds for name, kind in _FEEDS]
    return Markup("\n").join([*feeds, page.head])

"""Our own templates: autoescaped, strict about names, from theme/sitegen/."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sitegen import resources
from sitegen.outputs import Output
from sitegen.render import views
from sitegen.render.site import Common, Listed, Page, View, when
from sitegen.text.escape import html

# Stands for the way to the site's root in an entry of a list, which comes in lists at several depths.
_ROOT = "\x00"
_NOTICES = {"withdrawn": "Withdrawn", "retracted": "Retracted", "corrected": "Corrected", "superseded": "Superseded"}


@cache
def environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resources.theme_dir() / "sitegen"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["entries"] = entries
    return environment


_FEEDS = (
    ("feed.xml", "application/rss+xml"),
    ("atom.xml", "application/atom+xml"),
    ("feed.json", "application/feed+json"),
)


def page_output(page: Page, common: Common) -> Output:
    """The page as a file."""
    return Output(f"{page.url}index.html", page.key(common.stamp), partial(render, page, common))


def render(page: Page, common: Common) -> bytes:
    """The whole HTML of a page: its content from our template, inside the frame of its section and depth."""
    view = page.view(common, *page.facts)
    frame = common.shell.frames[page.section, page.url.count("/")]
    context: Mapping[str, Any] = {"root": page.root, "crumbs": view.crumbs, **view.context}
    filled = frame.fill(
        {
            "meta": _meta(view, page.url, common),
            "title": html(view.title if page.url == "" else f"{view.title} - {common.name}"),
            "head": _head(view, page),
            "content": environment().get_template(view.template).render(context),
        }
    )
    return filled.encode("utf-8", "replace")


def _meta(view: View, url: str, common: Common) -> str:
    description = views.meta("description", view.description) if view.description else ""
    return f'{description}<link rel="canonical" href="{html(common.url + url)}">'


def _head(view: View, page: Page) -> str:
    feeds = [
        f'<link rel="alternate" type="{kind}" title="{html(words)}" href="{page.root}/{url}{name}">'
        for url, words in view.feeds
        for name, kind in _FEEDS
    ]
    return "".join([*feeds, view.head])


def entries(papers: Sequence[Listed], root: str, *, dates: bool = True) -> Markup:
    """The entries of a list of papers, for a page from which `root` leads to the site's root."""
    joined = "".join(_entry(paper, dates) for paper in papers)
    return Markup(joined.replace(_ROOT, root))  # noqa: S704 (from an autoescaped template)


@lru_cache(maxsize=50_000)
def _entry(paper: Listed, dates: bool) -> str:
    template = environment().get_template("_entry.html")
    shown = {
        "paper": paper,
        "root": _ROOT,
        "date": when(paper.date) if dates else "",
        "notice": _NOTICES.get(paper.notice, ""),
    }
    return template.render(shown)

"""A page as it is planned becomes a file: its content from our template, inside the frame."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sitegen.outputs import Output
from sitegen.render import views
from sitegen.render.environment import environment
from sitegen.render.site import Common, Page, View
from sitegen.text.escape import html
from sitegen.work import spread

_FEEDS = (
    ("feed.xml", "application/rss+xml"),
    ("atom.xml", "application/atom+xml"),
    ("feed.json", "application/feed+json"),
)


def page_outputs(pages: Sequence[Page], common: Common) -> Iterator[Output]:
    """The pages as files."""
    keys = (key for part in spread(partial(_keys, common.stamp), pages) for key in part)
    for page, key in zip(pages, keys, strict=True):
        yield Output(f"{page.url}index.html", key, partial(render, page, common))


def _keys(common: bytes, pages: Sequence[Page]) -> list[bytes]:
    return [page.key(common) for page in pages]


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

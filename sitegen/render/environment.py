"""Our own templates: autoescaped, strict about names, from theme/sitegen/; and the entries of lists."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sitegen import resources
from sitegen.render.views import NOTICES, when

if TYPE_CHECKING:
    from sitegen.render.site import Listed

# Stands for the way to the site's root in an entry of a list, which comes in lists at several depths. No text of a
# paper can hold it, for its `<` would be escaped.
_ROOT = Markup("<root>")


@cache
def environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resources.theme_dir() / "sitegen"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Jinja's own (`range`, `lipsum` …), which no template here uses, are copied for every page.
    environment.globals = {"entries": entries}
    return environment


def forget() -> None:
    """Read the templates anew: they may have changed since the last build in this process."""
    environment.cache_clear()
    _entry.cache_clear()


def entries(papers: Sequence["Listed"], root: str, *, dates: bool = True) -> Markup:
    """The entries of a list of papers, for a page from which `root` leads to the site's root."""
    joined = "".join(_entry(paper, dates) for paper in papers)
    return Markup(joined.replace(_ROOT, root))  # noqa: S704 (from an autoescaped template)


@lru_cache(maxsize=50_000)
def _entry(listed: "Listed", dates: bool) -> str:
    paper = listed.paper
    shown = {
        "id": paper.id,
        "root": _ROOT,
        "url": paper.url,
        "title": listed.title,
        "authors": paper.authors,
        "date": when(paper.date) if dates else "",
        "notice": NOTICES.get(paper.notice, ""),
        "tags": listed.tags,
        "code": paper.code,
    }
    return environment().get_template("_entry.html").render(shown)

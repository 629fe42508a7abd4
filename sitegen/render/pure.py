"""Whether what MkDocs makes follows from mkdocs.yml, content/pages/ and the theme alone."""

from typing import Any

_PLUGINS = {"sitegen", "search", "material/search"}
# Extensions that make their HTML from the page alone; `pymdownx.snippets` and the like read other files.
_EXTENSIONS = {
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "md_in_html"),
    *("meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"),
    *("pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details"),
    *("pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark"),
    *("pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
}


def is_pure(config: Any) -> bool:
    """Whether it has no hook, foreign plugin or extension, or setting that is Python code: they may read anything.

    config: MkDocs' own.
    """
    return (
        not config.hooks
        and set(config.plugins) <= _PLUGINS
        and set(config.markdown_extensions) <= _EXTENSIONS
        and _is_plain(config.mdx_configs or {})
    )


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or type(value) in (str, int, float, bool)

"""The sinks of text: each takes a text of the archive and gives what one place may show.

Everything that is not one of the tags below is escaped here, and nowhere later.
"""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from sitegen.text import escape
from sitegen.text.inline import Run, is_plain, parse
from sitegen.text.math import to_mathml, to_unicode

_TAGS = {
    "em": ("<em>", "</em>"),
    "strong": ("<strong>", "</strong>"),
    "code": ("<code>", "</code>"),
    "small_caps": ('<span class="sc">', "</span>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "text": ("", ""),
}


def to_html(source: str) -> Markup:
    """Phrasing content for a page: math as MathML, addresses as links, all else escaped.

    >>> to_html("a < b, \\\\emph{so} https://x.org.")
    Markup('a &lt; b, <em>so</em> <a href="https://x.org" rel="nofollow noopener">https://x.org</a>.')
    """
    return Markup(_joined(source, _page_run))  # noqa: S704 (escaped in _page_run)


def title_html(source: str) -> Markup:
    """Like `to_html`, but links are their text: a title stands inside a link."""
    return Markup(_joined(source, _title_run))  # noqa: S704 (escaped in _title_run)


def abstract_html(source: str) -> Markup:
    """An abstract, whose paragraphs "\\n\\n" separates, as `<p>` elements of `to_html`."""
    return Markup(_paragraphs(source, _page_run))  # noqa: S704 (escaped in _page_run)


def to_feed_html(source: str) -> str:
    """An abstract for feed readers, which know no MathML: math is plain text in `<i>`."""
    return _paragraphs(source, _feed_run)


def to_plain(source: str) -> str:
    """What a reader sees, without markup: for `<title>`, meta tags, feeds' titles, search, BibTeX.

    >>> to_plain(r"{\\L}ukasz: $O(n^2)$ \\& more")
    'Łukasz: O(n²) & more'
    """
    if is_plain(source):
        return source
    return "".join(to_unicode(run.text) if _is_math(run) else run.text for run in parse(source))


def _joined(source: str, write: Callable[[Run], str]) -> str:
    if is_plain(source):
        return _escaped(source)
    return "".join(map(write, parse(source)))


def _paragraphs(source: str, write: Callable[[Run], str]) -> str:
    parts: Iterable[str] = (part for part in source.split("\n\n") if part.strip())
    return "".join(f"<p>{_joined(part, write)}</p>" for part in parts)


def _escaped(text: str) -> str:
    return escape.html(escape.xml(text))


def _is_math(run: Run) -> bool:
    return run.kind in {"math", "display"}


def _page_run(run: Run) -> str:
    if run.kind == "link":
        return f'<a href="{escape.html(run.href)}" rel="nofollow noopener">{_escaped(run.text)}</a>'
    return _title_run(run)


def _title_run(run: Run) -> str:
    if _is_math(run):
        mathml = to_mathml(run.text, display=run.kind == "display")
        return mathml or f'<code class="tex">{_escaped(run.text)}</code>'
    opening, closing = _TAGS.get(run.kind, ("", ""))
    return opening + _escaped(run.text) + closing


def _feed_run(run: Run) -> str:
    return f"<i>{_escaped(to_unicode(run.text))}</i>" if _is_math(run) else _page_run(run)

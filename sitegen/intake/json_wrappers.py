"""Objects of well-known APIs that keep the members of a paper one level deeper: OpenReview, INSPIRE, DBLP.

https://docs.openreview.net/reference/api-v2/entities/note, https://github.com/inspirehep/rest-api-doc,
https://dblp.org/faq/How+to+use+the+dblp+search+API.html
"""

from collections.abc import Mapping
from typing import Any

from sitegen.intake.field_names import are_of_a_paper

WRAPPERS = ("content", "metadata", "info")


def wrapper_of(value: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    """The name of the member that holds those of the paper; "" where the object itself is a paper, or none.

    >>> wrapper_of({"id": "a", "content": {"title": "T", "abstract": "A"}}, {}), wrapper_of({"content": "x"}, {})
    ('content', '')
    """
    if are_of_a_paper(map(str, value), columns):
        return ""
    inner = ((name, value.get(name)) for name in WRAPPERS)
    return next(
        (name for name, each in inner if isinstance(each, dict) and are_of_a_paper(map(str, each), columns)), ""
    )


def unwrapped(value: Mapping[str, Any], wrapper: str) -> dict[str, Any]:
    """The members of the object and, before them, of what it wraps.

    >>> unwrapped({"forum": "aB1", "content": {"title": {"value": "T"}, "pdf": {"value": "/pdf/a.pdf"}}}, "content")
    {'title': 'T', 'pdf': 'https://openreview.net/pdf/a.pdf', 'openreview': 'https://openreview.net/forum?id=aB1'}
    >>> unwrapped({"@id": "1", "info": {"title": "T."}}, "info")
    {'title': 'T'}
    """
    inner = {name: each["value"] if isinstance(each, dict) and set(each) == {"value"} else each
             for name, each in value[wrapper].items()}  # fmt: skip
    if wrapper == "info" and isinstance(title := inner.get("title"), str):
        inner["title"] = title.removesuffix(".")
        inner |= {"url": inner["ee"]} if inner.get("ee") else {}  # the paper's page, and not DBLP's record of it
    if wrapper == "content" and isinstance(forum := value.get("forum"), str):
        inner |= _at_openreview(inner, forum, value)
    return inner


def _at_openreview(inner: Mapping[str, Any], forum: str, note: Mapping[str, Any]) -> dict[str, Any]:
    pdf = inner.get("pdf")
    found = {"pdf": f"https://openreview.net{pdf}"} if isinstance(pdf, str) and pdf.startswith("/") else {}
    dates = {name: note[name] for name in ("pdate", "cdate") if note.get(name)}
    return {**found, "openreview": f"https://openreview.net/forum?id={forum}", **dates}

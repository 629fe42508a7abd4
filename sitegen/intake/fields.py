"""From named values to a paper: one way for tables, JSON, YAML and labelled text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sitegen import identity
from sitegen.intake import field_values as take
from sitegen.intake import names
from sitegen.intake.field_names import LINKS, MANY, NAMES, fields_of, is_title_name, plain_name
from sitegen.intake.gathering import Found

_PUBMED = {"pmid", "pubmedid"}
HEADER = "header rows"
"""What a header row that a list holds in the place of a paper is called."""


def found_of(
    values: Mapping[str, Any], columns: Mapping[str, str], links: Sequence[tuple[str, str]] = ()
) -> tuple[Found, frozenset[str]]:
    """(the paper, the names that were used). Of several names for one field the best that has a value counts.

    links: (kind, address) pairs that come before those of `values`.

    >>> found, used = found_of({"Title": "T", "summary": "S", "author": "Ann One; Bo Two", "stars": 5}, {})
    >>> found.title, found.abstract, found.authors, sorted(used)
    ('T', 'S', ['Ann One', 'Bo Two'], ['Title', 'author', 'summary'])
    """
    given: dict[str, list[Any]] = {}
    used: set[str] = set()
    for name, field in fields_of(values, columns).items():
        value = _named_number(name, values[name])
        if value in (None, "", []):
            used.add(name)
        elif field in MANY or field not in given:
            given.setdefault(field, []).append(value)
            used.add(name)
    links = [*links, *_links(given)]
    named = (name for field in ("id", "doi") for value in given.get(field, ()) for name in take.paper_ids(value))
    ids = _best_first((*named, *(identity.id_of_page(url) for _, url in links)))
    found = Found(
        title=_text(given, "title"),
        abstract=_text(given, "abstract"),
        authors=names.in_value(given["authors"][0]) if "authors" in given else (),
        published=take.date(given["date"][0]) if "date" in given else "",
        keywords=[word for value in given.get("keywords", ()) for word in take.words(value)],
        links=links,
        id=ids[0] if ids else "",
        also=ids[1:],
    )
    return found, frozenset(used)


def _named_number(name: str, value: Any) -> Any:
    """PubMed's number as an id that says so, where only the name of its column or member does."""
    named = plain_name(name) in _PUBMED and str(value).strip().isdecimal()
    return f"PMID:{str(value).strip()}" if named else value


def _best_first(names: Iterable[str]) -> list[str]:
    """arXiv's id, DOIs, others; of an arXiv id the first spelling."""
    written = list(dict.fromkeys(filter(None, names)))
    arxiv = list(filter(identity.arxiv_id, written))
    others = [name for name in written if name not in arxiv]
    return [*arxiv[:1], *sorted(others, key=lambda name: not identity.doi(name))]


def _text(given: Mapping[str, list[Any]], field: str) -> str:
    """The text of a field; of a list of them, as Crossref's titles are, the first."""
    value = given[field][0] if field in given else ""
    first = value[0] if isinstance(value, list) else value
    return take.text_of_object(first) if isinstance(first, dict) else take.text(first)


def _links(given: Mapping[str, list[Any]]) -> Iterator[tuple[str, str]]:
    """(kind, address) pairs; a DOI alone is an id, and so is all of `id` that is no address."""
    for field in (*(field for field in NAMES if field in LINKS), "id"):
        for value in given.get(field, ()):
            for each in take.values(value):
                address = take.member(each, "url", "value") if isinstance(each, dict) else take.text(each)
                if "://" in address or (address and field not in ("id", "doi", "data", "code", "project")):
                    yield (field if field not in ("id", "doi") else "url"), address


def is_header(found: Found) -> bool:
    """Whether the paper is a header row that was read as one: its title is "title", and so on.

    >>> is_header(Found(title="title", abstract="abstract", authors=["authors"])), is_header(Found(title="Title"))
    (True, False)
    """
    others = [found.abstract, *found.authors, *found.keywords]
    named = {name: field for name, field in fields_of(filter(None, others), {}).items() if field != "title"}
    return is_title_name(found.title) and bool(named)

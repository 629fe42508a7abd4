"""Answers of arXiv's API: Atom, as it comes or kept as a string in JSON.

https://info.arxiv.org/help/api/user-manual.html#52-details-of-atom-results-returned
"""

import re
from xml.etree.ElementTree import Element

from sitegen import identity
from sitegen.intake import notices
from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.json_text import JsonText, json_text
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, Reading
from sitegen.intake.xml_items import Tag, root_of
from sitegen.intake.xml_records import MARKUP, OPENED, Broken, Layout, Paper, Source, gather
from sitegen.intake.xml_tree import children, first, string_values

_LAYOUT = Layout(frozenset({"entry"}), beside="feed header")
_KINDS = dict.fromkeys(("id", "title", "summary", "category", "published", "name", "link", "doi"), PAPER) | {
    "author": OPENED,
    "affiliation": "affiliations",
    "comment": "comments",
    "journal_ref": "journal references",
    "updated": "dates of revisions",
}
_HEAD = 5_000
_API = re.compile(r"arxiv\.org/api/|arXiv Query:", re.IGNORECASE)
_IN_JSON = re.compile(r"\s*\{[^<]*?\"\s*:\s*\"(?=\s*<(?:\?xml|feed)\b)")


def recognises(raw: RawDigest) -> bool:
    """Whether the head of an Atom feed, or of one in a JSON string, names the API."""
    wrapped = _wrapped(raw.text[:_HEAD])
    head = wrapped.text if wrapped else raw.text[:_HEAD]
    root = root_of(head)
    return root is not None and root.name == "feed" and bool(_API.search(head))


def read(raw: RawDigest) -> Reading:
    """One record an entry; an error of the API is an entry too, and rejected."""
    gathering = Gathering(raw)
    if wrapped := _wrapped(raw.text):
        gather(gathering, Source(wrapped.text, wrapped.place), _LAYOUT, _paper)
    else:
        gather(gathering, Source(raw.text), _LAYOUT, _paper)
    name = raw.stem.strip("-") or "arxiv-api"
    gap = f"JSON and {MARKUP}" if wrapped else MARKUP
    return gathering.reading(name, f"arXiv API {name}", gap=gap, dated_records=True)


def _wrapped(text: str) -> JsonText | None:
    found = _IN_JSON.match(text, 0, _HEAD)
    return json_text(text, found.end()) if found else None


def _paper(entry: Element, _path: tuple[Tag, ...]) -> Paper | Broken:
    page = first(string_values(entry, "id"))
    if "/api/errors" in page:
        return Broken(first(string_values(entry, "summary")))
    links = [link.attrib for link in children(entry, "link")]
    found = Found(
        title=first(string_values(entry, "title")),
        abstract=first(string_values(entry, "summary")),
        authors=[first(string_values(author, "name")) for author in children(entry, "author")],
        published=first(string_values(entry, "published")),
        keywords=[category.get("term", "") for category in children(entry, "category")],
        links=[("pdf", link.get("href", "")) for link in links if link.get("title") == "pdf"],
        id=page.rpartition("/abs/")[2] if identity.arxiv_id(page) else "",
        notice=notices.of_comment(first(string_values(entry, "comment"))),
        also=[doi for written in string_values(entry, "doi") for doi in map(identity.doi, written.split()) if doi],
    )
    return Paper(found, _KINDS | {"comment": PAPER} if found.notice else _KINDS)

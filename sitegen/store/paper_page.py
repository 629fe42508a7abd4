"""A paper's page and the Paper, both ways."""

import re
from typing import Any

from sitegen import identity
from sitegen.intake.notices import notice_of
from sitegen.model import LINK_KINDS, NOTICE_KINDS, Notice, Paper
from sitegen.problems import Problem, problem
from sitegen.store import front_matter, regions
from sitegen.store.seen import read_sightings, write_sighting
from sitegen.text.escape import markdown, unmarkdown

ABSTRACT = ("<!-- abstract -->", "<!-- /abstract -->")
FIELDS = ("id", "title", "authors", "published", "version", "links", "keywords", "tags", "aliases", "notice")
_NOTICE = ("kind", "reason", "date", "by")
_SEEN = re.compile(r"^<!-- seen (.*) -->$\n?", re.MULTILINE)


def write_paper(paper: Paper) -> str:
    """The page of a new paper: front matter, abstract between its markers, sightings."""
    header = front_matter.write(_paper_fields(paper))
    notes = f"\n{paper.notes}\n" if paper.notes else ""
    return f"---\n{header}---\n\n{_machine_region(paper, markdown(paper.abstract))}{notes}"


def _paper_fields(paper: Paper) -> dict[str, front_matter.Field]:
    """Front matter in its order; empty fields are left out."""
    notice = paper.notice
    told = {name: text for name in _NOTICE if (text := getattr(notice, name))} if notice else {}
    fields: dict[str, front_matter.Field] = {
        "id": paper.id,
        "title": paper.title,
        "authors": paper.authors,
        "published": paper.published,
        "version": paper.version,
        "links": dict(paper.links),
        "keywords": paper.keywords,
        "tags": paper.hand_tags,
        "aliases": paper.aliases,
        "notice": told,
    }
    return {key: value for key, value in fields.items() if value or key in ("id", "title")}


def _machine_region(paper: Paper, abstract: str) -> str:
    """`abstract` is Markdown, as it stands between the markers."""
    abstract = f"\n{abstract}\n\n" if abstract else "\n"
    seen = "".join(f"<!-- seen {write_sighting(sighting)} -->\n" for sighting in paper.sightings)
    return f"{ABSTRACT[0]}\n{abstract}{ABSTRACT[1]}\n{seen}"


def read_paper(text: str, path: str) -> tuple[Paper | None, list[Problem]]:
    """The paper of a page, or None and the reasons why not. `path` is relative to content/ and used in messages."""
    page = front_matter.read(text, path)
    if page.problems or (conflict := regions.conflicts(text, path)):
        return None, page.problems or conflict
    fields = front_matter.Fields(page, path)
    values = _values(fields)
    try:
        body, abstract = regions.take(page.body, ABSTRACT)
    except ValueError:
        line = page.line_of(ABSTRACT[0] if ABSTRACT[0] in page.body else ABSTRACT[1])
        return None, [*fields.problems, problem("abstract-markers", file=path, line=line, field="abstract")]
    sightings = read_sightings(_SEEN.findall(body))
    if sightings is None:
        line = page.line_of("<!-- seen ")
        return None, [*fields.problems, problem("seen-broken", file=path, line=line, field="seen")]
    if fields.problems:
        return None, fields.problems
    paper = Paper(
        **values,
        abstract=unmarkdown(abstract),
        sightings=sightings,
        listed=min(filter(None, (identity.digest_date(sighting.digest) for sighting in sightings)), default=""),
        notes=_SEEN.sub("", body).strip(),
        path=path,
    )
    return paper, fields.misspelt(FIELDS)


def _values(fields: front_matter.Fields) -> dict[str, Any]:
    """What the front matter says, by the names a Paper has for it."""
    return {
        "id": fields.text("id", required=True),
        "title": fields.text("title", required=True),
        "authors": fields.texts("authors"),
        "published": fields.date("published"),
        "version": fields.text("version"),
        "keywords": fields.texts("keywords"),
        "links": fields.links("links", LINK_KINDS),
        "aliases": fields.texts("aliases"),
        "hand_tags": fields.texts("tags"),
        "notice": _notice(fields),
    }


def _notice(fields: front_matter.Fields) -> Notice | None:
    values = fields.mapping("notice", _NOTICE)
    if values.get("date") and not front_matter.is_date(values["date"]):
        fields.complain("field-not-date", "notice", value=values["date"])
    found = notice_of(tuple(values.get(name, "") for name in _NOTICE))
    if values and not found:
        fields.complain("notice-kind", "notice", value=values.get("kind", ""), known=", ".join(NOTICE_KINDS))
    return found


def update_paper(text: str, old: Paper, new: Paper) -> tuple[str, list[Problem]]:
    """The page `text` of `old`, changed so that it reads as `new`; and what of a human's could not be kept.

    Notes are a human's: `new` has those of `old`, and behind them those of a page that was joined to this one.
    """
    if old == new:
        return text, []
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    page = front_matter.read(text, old.path)
    header, lost = front_matter.update(page.header, _paper_fields(old), _paper_fields(new))
    body = page.body
    if (old.abstract, old.sightings) != (new.abstract, new.sightings):
        # An abstract that a human wrote in Markdown of their own is not written anew for a new sighting.
        kept = old.abstract == new.abstract
        abstract = regions.take(body, ABSTRACT)[1] if kept else markdown(new.abstract)
        body = regions.put(_SEEN.sub("", body), ABSTRACT, _machine_region(new, abstract))
    if added := new.notes.removeprefix(old.notes).strip():
        body = f"{body.rstrip()}\n\n{added}\n"
    problems = [problem("comment-lost", file=old.path, line=page.line_of(comment), value=comment) for comment in lost]
    return f"---\n{header}---\n{body}".replace("\n", newline), problems


def paper_path(paper: Paper) -> str:
    """Where a new paper's page goes: "papers/2025/03/2503.10613.md"; a year-only paper stands in its year's folder."""
    folder = "/".join(paper.date.split("-")[:2]) or "undated"
    return f"papers/{folder}/{identity.folder(paper.id)}.md"

"""A digest's page and the Digest, both ways."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from sitegen import identity
from sitegen.model import Digest, Paper
from sitegen.problems import Problem, problem
from sitegen.store import front_matter, regions
from sitegen.text.escape import markdown

PAPERS = ("<!-- papers -->", "<!-- /papers -->")
_LISTED = re.compile(r"^(?:\d+\.|[-*+])\s+\[.*\]\(([^()\s]+)\)", re.MULTILINE)


def write_digest(digest: Digest, papers: Mapping[str, Paper]) -> str:
    """A digest's page; `papers` has those it lists, with their paths and titles."""
    header = front_matter.write(_digest_fields(digest))
    intro = f"\n{digest.intro}\n" if digest.intro else ""
    return f"---\n{header}---\n\n{_paper_list(digest, papers)}{intro}"


def _digest_fields(digest: Digest) -> dict[str, front_matter.Field]:
    fields: dict[str, front_matter.Field] = {
        "id": digest.id,
        "title": digest.title,
        "date": digest.date,
        "source": digest.source,
        "raw": digest.raw,
    }
    return {key: value for key, value in fields.items() if value}


def _paper_list(digest: Digest, papers: Mapping[str, Paper]) -> str:
    up = "../" * digest.path.count("/")
    lines = [
        f"{number}. [{markdown(papers[paper_id].title)}]({up}{quote(papers[paper_id].path)})\n"
        for number, paper_id in enumerate(digest.papers, 1)
    ]
    return f"{PAPERS[0]}\n\n{''.join(lines)}\n{PAPERS[1]}\n"


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A digest as its page has it: what it lists are links still, (path that the link leads to, line, as written)."""

    digest: Digest
    links: tuple[tuple[str, int, str], ...]


def read_digest(text: str, path: str, ids: Mapping[str, str]) -> tuple[Digest | None, list[Problem]]:
    """The digest of a page; a link to no page is a warning.

    ids: path of a paper's page, and its name alone (a page may be moved), -> the paper's id, "" if the page is broken.
    """
    unlinked, problems = read_unlinked(text, path)
    if unlinked is None:
        return None, problems
    digest, dead = link(unlinked, ids)
    return digest, problems + dead


def read_unlinked(text: str, path: str) -> tuple[Unlinked | None, list[Problem]]:
    """What a digest's page says by itself."""
    page = front_matter.read(text, path)
    if page.problems or (conflict := regions.conflicts(text, path)):
        return None, page.problems or conflict
    fields = front_matter.Fields(page, path)
    digest = Digest(
        id=fields.text("id", required=True),
        date=fields.date("date"),
        source=fields.text("source"),
        title=fields.text("title", required=True),
        papers=(),
        raw=fields.texts("raw"),
        path=path,
    )
    if digest.id and not identity.is_digest_id(digest.id):
        fields.complain("digest-id", "id", value=digest.id, expected=identity.digest_id("", digest.id))
    try:
        body, listing = regions.take(page.body, PAPERS)
    except ValueError:
        line = page.line_of(PAPERS[0] if PAPERS[0] in page.body else PAPERS[1])
        return None, [*fields.problems, problem("papers-markers", file=path, line=line, field="papers")]
    if fields.problems:
        return None, fields.problems
    return Unlinked(replace(digest, intro=body.strip()), tuple(_links(listing, page.text, path))), []


def _links(listing: str, text: str, path: str) -> Iterator[tuple[str, int, str]]:
    start = text.find(listing) if listing else 0
    line, counted = text.count("\n", 0, start) + 1, 0
    for found in _LISTED.finditer(listing):
        line, counted = line + listing.count("\n", counted, found.start()), found.start()
        yield regions.resolve(path, unquote(found[1])), line, found[1]


def link(unlinked: Unlinked, ids: Mapping[str, str]) -> tuple[Digest, list[Problem]]:
    """The digest with the papers that its links lead to, and warnings for links that lead nowhere."""
    papers: dict[str, None] = {}
    problems: list[Problem] = []
    for target, line, written in unlinked.links:
        paper = ids.get(target) or ids.get(target.rpartition("/")[2])
        if paper:
            papers[paper] = None
        elif paper is None:
            at = unlinked.digest.path
            problems.append(problem("digest-link", file=at, line=line, field="papers", value=written))
    return replace(unlinked.digest, papers=tuple(papers)), problems


def update_digest(text: str, old: Digest, new: Digest, papers: Mapping[str, Paper]) -> tuple[str, list[Problem]]:
    """The page `text` of `old`, changed so that it reads as `new`; and what of a human's could not be kept."""
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    page = front_matter.read(text, old.path)
    header, lost = front_matter.update(page.header, _digest_fields(old), _digest_fields(new))
    body = page.body
    if old.papers != new.papers:
        body = regions.put(body, PAPERS, _paper_list(new, papers))
    problems = [problem("comment-lost", file=old.path, line=page.line_of(comment), value=comment) for comment in lost]
    return f"---\n{header}---\n{body}".replace("\n", newline), problems


def digest_path(digest: str) -> str:
    """Where a new digest's page goes: "digests/2025/2025-03-14-trending.md", a collection's "digests/name.md"."""
    year = identity.digest_date(digest)[:4]
    return f"digests/{year}/{digest}.md" if year else f"digests/{digest}.md"

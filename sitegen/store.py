"""content/ and the model, as read/write pairs.

`read_x(write_x(x)) == x`, and `write` gives the same bytes for what `read` read from a page that a machine wrote.
`update_paper` changes only the parts of a page that differ, so that a human's comments, keys and notes stay.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sitegen import front_matter, identity
from sitegen.model import LINK_KINDS, Archive, Digest, Notice, Paper, newest_first
from sitegen.problems import Problem, problem
from sitegen.seen import read_sightings, write_sighting
from sitegen.text.escape import markdown, unmarkdown

ABSTRACT = ("<!-- abstract -->", "<!-- /abstract -->")
PAPERS = ("<!-- papers -->", "<!-- /papers -->")
_SEEN = re.compile(r"^<!-- seen (.*) -->$\n?", re.MULTILINE)
_LISTED = re.compile(r"^(?:\d+\.|[-*+])\s+\[.*\]\(([^()\s]+)\)", re.MULTILINE)
_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)
NOTICES = ("withdrawn", "retracted", "corrected", "superseded")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What content/ holds, and what is wrong with it. A broken page is in `problems`, not in the archive."""

    archive: Archive
    problems: tuple[Problem, ...]


# --- paper pages ---------------------------------------------------------------------------------------------------


def write_paper(paper: Paper) -> str:
    """The page of a new paper: front matter, abstract between its markers, sightings."""
    header = front_matter.write(_paper_fields(paper))
    notes = f"\n{paper.notes}\n" if paper.notes else ""
    return f"---\n{header}---\n\n{_machine_region(paper)}{notes}"


def _paper_fields(paper: Paper) -> dict[str, front_matter.Field]:
    """Front matter in its order; empty fields are left out."""
    notice = paper.notice
    fields: dict[str, front_matter.Field] = {
        "id": paper.id,
        "title": paper.title,
        "authors": paper.authors,
        "published": paper.published,
        "links": dict(paper.links),
        "keywords": paper.keywords,
        "tags": paper.hand_tags,
        "aliases": paper.aliases,
        "notice": {"kind": notice.kind, "reason": notice.reason, "date": notice.date} if notice else {},
    }
    return {key: value for key, value in fields.items() if value or key in ("id", "title")}


def _machine_region(paper: Paper) -> str:
    abstract = f"\n{markdown(paper.abstract)}\n\n" if paper.abstract else "\n"
    seen = "".join(f"<!-- seen {write_sighting(sighting)} -->\n" for sighting in paper.sightings)
    return f"{ABSTRACT[0]}\n{abstract}{ABSTRACT[1]}\n{seen}"


def read_paper(text: str, path: str) -> tuple[Paper | None, list[Problem]]:
    """The paper of a page, or None and the reasons why not. `path` is relative to content/ and used in messages."""
    page = front_matter.read(text, path)
    if page.problems or (conflict := _conflict(text, path)):
        return None, page.problems or conflict
    fields = front_matter.Fields(page, path)
    paper_id, title = fields.text("id", required=True), fields.text("title", required=True)
    paper = Paper(
        id=paper_id,
        title=title,
        authors=fields.texts("authors"),
        published=fields.date("published"),
        keywords=fields.texts("keywords"),
        links=fields.links("links", LINK_KINDS),
        aliases=fields.texts("aliases"),
        hand_tags=fields.texts("tags"),
        notice=_notice(fields),
        path=path,
    )
    try:
        body, abstract = _take_region(page.body, ABSTRACT)
    except ValueError:
        line = page.line_of(ABSTRACT[0] if ABSTRACT[0] in page.body else ABSTRACT[1])
        return None, [*fields.problems, problem("abstract-markers", file=path, line=line, field="abstract")]
    sightings = read_sightings(_SEEN.findall(body))
    if sightings is None:
        line = page.line_of("<!-- seen ")
        return None, [*fields.problems, problem("seen-broken", file=path, line=line, field="seen")]
    if fields.problems:
        return None, fields.problems
    listed = min(filter(None, (identity.digest_date(sighting.digest) for sighting in sightings)), default="")
    notes = _SEEN.sub("", body).strip()
    return replace(paper, abstract=unmarkdown(abstract), sightings=sightings, listed=listed, notes=notes), []


def _conflict(text: str, path: str) -> list[Problem]:
    found = _CONFLICT.search(text)
    return [problem("merge-conflict", file=path, line=text.count("\n", 0, found.start()) + 1)] if found else []


def _notice(fields: front_matter.Fields) -> Notice | None:
    values = fields.mapping("notice", ("kind", "reason", "date"))
    kind = values.get("kind", "")
    for name in NOTICES:
        if kind == name:
            return Notice(name, values.get("reason", ""), values.get("date", ""))  # type: ignore[arg-type]
    if values:
        fields.complain("notice-kind", "notice", value=kind, known=", ".join(NOTICES))
    return None


def _take_region(body: str, markers: tuple[str, str]) -> tuple[str, str]:
    """(body without the region, the region's text); a body without markers has an empty region.

    Raises ValueError when only one marker is there, or they are in the wrong order.
    """
    begin, end = body.find(markers[0]), body.find(markers[1])
    if begin < 0 and end < 0:
        return body, ""
    if begin < 0 or end < begin:
        raise ValueError(markers)
    inside = body[begin + len(markers[0]) : end]
    return body[:begin] + body[end + len(markers[1]) :], inside.strip()


def update_paper(text: str, old: Paper, new: Paper) -> tuple[str, list[Problem]]:
    """The page `text` of `old`, changed so that it reads as `new`; and what of a human's could not be kept."""
    if old == new:
        return text, []
    newline = "\r\n" if "\r\n" in text else "\n"
    page = front_matter.read(text, old.path)
    header, lost = front_matter.update(page.header, _paper_fields(old), _paper_fields(new))
    body = page.body
    if (old.abstract, old.sightings) != (new.abstract, new.sightings):
        body = _with_region(_SEEN.sub("", body), ABSTRACT, _machine_region(new))
    problems = [problem("comment-lost", file=old.path, line=page.line_of(comment), value=comment) for comment in lost]
    return f"---\n{header}---\n{body}".replace("\n", newline), problems


def _with_region(body: str, markers: tuple[str, str], region: str) -> str:
    begin, end = body.find(markers[0]), body.find(markers[1])
    if begin < 0:
        return f"\n{region}{body}"
    after = body[end + len(markers[1]) :].removeprefix("\n")
    return body[:begin] + region + after


# --- digest pages --------------------------------------------------------------------------------------------------


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
        f"{number}. [{markdown(papers[paper_id].title)}]({up}{papers[paper_id].path})\n"
        for number, paper_id in enumerate(digest.papers, 1)
    ]
    return f"{PAPERS[0]}\n\n{''.join(lines)}\n{PAPERS[1]}\n"


def read_digest(text: str, path: str, ids: Mapping[str, str]) -> tuple[Digest | None, list[Problem]]:
    """The digest of a page. `ids`: path of a paper's page -> the paper's id; a link to no page is a warning."""
    page = front_matter.read(text, path)
    if page.problems or (conflict := _conflict(text, path)):
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
    try:
        body, listing = _take_region(page.body, PAPERS)
    except ValueError:
        line = page.line_of(PAPERS[0] if PAPERS[0] in page.body else PAPERS[1])
        return None, [*fields.problems, problem("papers-markers", file=path, line=line, field="papers")]
    if fields.problems:
        return None, fields.problems
    found, problems = _listed(listing, page, path, ids)
    return replace(digest, papers=found, intro=body.strip()), problems


def _listed(
    listing: str, page: front_matter.Page, path: str, ids: Mapping[str, str]
) -> tuple[tuple[str, ...], list[Problem]]:
    papers: dict[str, None] = {}
    problems: list[Problem] = []
    for target in _LISTED.findall(listing):
        paper_path = _resolve(path, target)
        if paper_path in ids:
            papers[ids[paper_path]] = None
        else:
            line = page.line_of(f"]({target})")
            problems.append(problem("digest-link", file=path, line=line, field="papers", value=target))
    return tuple(papers), problems


def _resolve(path: str, target: str) -> str:
    """ "digests/2025/a.md" + "../../papers/x.md" -> "papers/x.md"."""
    parts = list(PurePosixPath(path).parent.parts)
    for part in target.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)


def update_digest(text: str, old: Digest, new: Digest, papers: Mapping[str, Paper]) -> tuple[str, list[Problem]]:
    """The page `text` of `old`, changed so that it reads as `new`; and what of a human's could not be kept."""
    newline = "\r\n" if "\r\n" in text else "\n"
    page = front_matter.read(text, old.path)
    header, lost = front_matter.update(page.header, _digest_fields(old), _digest_fields(new))
    body = page.body
    if old.papers != new.papers:
        body = _with_region(body, PAPERS, _paper_list(new, papers))
    problems = [problem("comment-lost", file=old.path, line=page.line_of(comment), value=comment) for comment in lost]
    return f"---\n{header}---\n{body}".replace("\n", newline), problems


# --- where pages are -----------------------------------------------------------------------------------------------


def paper_path(paper: Paper) -> str:
    """Where a new paper's page goes: "papers/2025/03/2503.10613.md"; a year-only paper stands in its year's folder."""
    folder = "/".join(paper.date.split("-")[:2]) or "undated"
    return f"papers/{folder}/{identity.folder(paper.id)}.md"


def digest_path(digest: str) -> str:
    """Where a new digest's page goes: "digests/2025/2025-03-14-trending.md", a collection's "digests/name.md"."""
    year = identity.digest_date(digest)[:4]
    return f"digests/{year}/{digest}.md" if year else f"digests/{digest}.md"


# --- the ledger of URLs --------------------------------------------------------------------------------------------


def ledger_entries(papers: Iterable[Paper], digests: Iterable[Digest]) -> dict[str, set[str]]:
    """File name -> lines "URL<TAB>what" for every URL that papers, their aliases and digests have."""
    entries: dict[str, set[str]] = {}
    for paper in papers:
        lines = {f"{identity.paper_url(paper.id)}\tpaper {paper.id}"}
        lines |= {f"{identity.paper_url(alias)}\talias {paper.id}" for alias in paper.aliases}
        entries.setdefault(f"{paper.date[:4] or 'undated'}.txt", set()).update(lines)
    for digest in digests:
        name = f"{digest.date[:4] or 'undated'}.txt"
        entries.setdefault(name, set()).add(f"{identity.digest_url(digest.id)}\tdigest {digest.id}")
    return entries


def read_ledger(content: Path) -> tuple[tuple[str, str], ...]:
    """All (URL, what) pairs, sorted. Lines of any other shape (a merge's markers) are passed over."""
    pairs: set[tuple[str, str]] = set()
    for file in sorted((content / "ledger").glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            url, tab, what = line.partition("\t")
            if tab and " " in what:
                pairs.add((url, what))
    return tuple(sorted(pairs))


# --- the whole folder ----------------------------------------------------------------------------------------------


def load(content: Path) -> Loaded:
    """Read all of content/: every problem of every file, and the archive of what is whole."""
    problems: list[Problem] = []
    papers: list[Paper] = []
    for path, text in _pages(content, "papers", problems):
        paper, found = read_paper(text, path)
        problems += found
        if paper:
            papers.append(paper)
    unique = _without_doubles(papers, problems)
    ids = {paper.path: paper.id for paper in unique}
    digests: list[Digest] = []
    for path, text in _pages(content, "digests", problems):
        digest, found = read_digest(text, path, ids)
        problems += found
        if digest:
            digests.append(digest)
    digests.sort(key=lambda digest: identity.digest_order(digest.id), reverse=True)
    unique.sort(key=newest_first, reverse=True)
    archive = Archive(tuple(unique), tuple(digests), read_ledger(content))
    return Loaded(archive, tuple(sorted(within(content, problems))))


def within(content: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Problems of files in content/, with paths as the user sees them: "content/papers/x.md"."""
    return [replace(found, file=f"{content.name}/{found.file}") for found in problems]


def _pages(content: Path, folder: str, problems: list[Problem]) -> Iterable[tuple[str, str]]:
    """(path relative to content/, text) of every Markdown file, in the order of their names."""
    for file in sorted((content / folder).rglob("*.md")):
        path = file.relative_to(content).as_posix()
        try:
            yield path, file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            problems.append(problem("page-not-utf8", file=path, line=line, byte=f"0x{error.object[error.start]:02x}"))


def _without_doubles(papers: Sequence[Paper], problems: list[Problem]) -> list[Paper]:
    """The papers, without those whose id or URL another page has already."""
    owners: dict[str, str] = {}
    kept = []
    for paper in papers:
        url = identity.paper_url(paper.id)
        if url in owners:
            problems.append(problem("id-twice", file=paper.path, field="id", value=paper.id, other=owners[url]))
        else:
            owners[url] = paper.path
            kept.append(paper)
    return kept

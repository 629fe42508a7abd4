"""content/ and the model, as read/write pairs.

`read_x(write_x(x)) == x`, and `write` gives the same bytes for what `read` read from a page that a machine wrote.
`update_x` changes only the parts of a page that differ, so that a human's comments, keys and notes stay.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from sitegen import identity
from sitegen.model import Archive, Digest, Paper, newest_first
from sitegen.problems import Problem, problem
from sitegen.store import ledger
from sitegen.store.digest_page import read_digest
from sitegen.store.paper_page import read_paper

Page = TypeVar("Page", Paper, Digest)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What content/ holds, and what is wrong with it. A broken page is in `problems`, not in the archive."""

    archive: Archive
    problems: tuple[Problem, ...]


def load(content: Path) -> Loaded:
    """Read all of content/: every problem of every file, and the archive of what is whole."""
    problems: list[Problem] = []
    papers: list[Paper] = []
    ids: dict[str, str] = {}
    for path, text in _pages(content, "papers", problems):
        paper, found = read_paper(text, path)
        problems += found
        ids |= {path: "", path.rpartition("/")[2]: ""}
        if paper:
            papers.append(paper)
    unique = _without_doubles(papers, lambda paper: identity.paper_url(paper.id), problems)
    ids |= ids_by_page(unique)
    digests: list[Digest] = []
    for path, text in _pages(content, "digests", problems):
        digest, found = read_digest(text, path, ids)
        problems += found
        if digest:
            digests.append(digest)
    digests = _without_doubles(digests, lambda digest: identity.digest_url(digest.id), problems)
    links = (path for path in sorted((content / "pages").rglob("*")) if path.is_symlink())
    problems += [problem("symlink", file=path.relative_to(content).as_posix()) for path in links]
    digests.sort(key=lambda digest: identity.digest_order(digest.id), reverse=True)
    unique.sort(key=newest_first, reverse=True)
    archive = Archive(tuple(unique), tuple(digests), ledger.read(content))
    return Loaded(archive, tuple(sorted(within(content, problems))))


def ids_by_page(papers: Iterable[Paper]) -> dict[str, str]:
    """Path of a paper's page, and its name alone (a page may be moved), -> the paper's id."""
    ids: dict[str, str] = {}
    for paper in papers:
        ids |= {paper.path: paper.id, paper.path.rpartition("/")[2]: paper.id}
    return ids


def within(content: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Problems of files in content/, with paths as the user sees them: "content/papers/x.md"."""
    return [replace(found, file=f"{content.name}/{found.file}") for found in problems]


def _pages(content: Path, folder: str, problems: list[Problem]) -> Iterable[tuple[str, str]]:
    """(path relative to content/, text) of every Markdown file, in the order of their names."""
    if (content / folder).is_symlink():
        problems.append(problem("symlink", file=folder))
        return
    for file in sorted((content / folder).rglob("*.md")):  # which does not go into folders that are links
        path = file.relative_to(content).as_posix()
        if file.is_symlink():
            problems.append(problem("symlink", file=path))
            continue
        if not file.is_file():
            continue
        try:
            yield path, file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            problems.append(problem("page-not-utf8", file=path, line=line, byte=f"0x{error.object[error.start]:02x}"))


def _without_doubles(pages: Sequence[Page], url_of: Callable[[Page], str], problems: list[Problem]) -> list[Page]:
    """The papers or digests, without those whose URL another page has already."""
    owners: dict[str, str] = {}
    kept = []
    for page in pages:
        owner = owners.setdefault(url_of(page), page.path)
        if owner == page.path:
            kept.append(page)
        else:
            problems.append(problem("id-twice", file=page.path, field="id", value=page.id, other=f"content/{owner}"))
    return kept

"""content/ as an Archive: what all its pages say, each read once and remembered.

Papers come as entries, because an archive may have 100,000 of them; whoever needs a whole paper opens its page
(`open_entry`).
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sitegen import identity, store, tags
from sitegen.cache import Cache
from sitegen.catalogue.entries import entry_of
from sitegen.catalogue.reading import Made, Reader, Row, bytes_stamp, read_all
from sitegen.catalogue.scan import Scan, is_settled, scan
from sitegen.files import read_bytes
from sitegen.model import Archive, Digest, Entry, Paper, Tag, newest_first
from sitegen.problems import Problem, ProblemsFound, problem
from sitegen.store import ledger
from sitegen.store.digest_page import Unlinked, link, read_unlinked
from sitegen.store.paper_page import read_paper
from sitegen.tags import Vocabulary
from sitegen.work import Progress, silent

Page = TypeVar("Page", Entry, Digest)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What content/ holds, and what is wrong with it. A broken page is in `problems`, not in the archive.

    rests: what `read` was asked to make of the papers' pages that it had to read, by part.
    """

    archive: Archive
    problems: tuple[Problem, ...]
    rests: Sequence[Any]

    def whole(self) -> Archive:
        """The archive. Raises ProblemsFound with every problem when one is an error."""
        if any(found.severity == "error" for found in self.problems):
            raise ProblemsFound(self.problems)
        return self.archive


class Also(Protocol):
    """Makes something of papers that have just been read, so that nobody has to read them again for that."""

    def add(self, paper: Paper, entry: Entry) -> None:
        """The next paper."""

    def rest(self) -> Any:
        """What was made of all of them."""


def read(
    content: Path, cache: Cache, *, latest: int = 0, also: Callable[[], Also] | None = None, progress: Progress = silent
) -> Catalogue:
    """Read all of content/, or only about the newest `latest` papers: every problem of every file, and the archive.

    also: begins what makes something of a part of the papers.
    """
    vocabulary, rule_problems = tags.load(content)
    pages = scan(str(content), "papers")
    found = _newest(pages, latest) if latest else pages
    rows, rests = _papers(content, found, vocabulary, also, cache=cache, progress=progress, whole=not latest)
    problems = [*rule_problems, *_links(found), *_problems(rows)]
    papers = [_entry(made) for _, _, made, _ in rows.values() if made is not None]
    papers.sort(key=newest_first, reverse=True)
    unique = _without_doubles(papers, lambda paper: paper.url, problems)[: latest or None]
    ids = dict.fromkeys([*pages.pages, *(path.rpartition("/")[2] for path in pages.pages)], "") | ids_by_page(unique)
    digests = _digests(content, ids, cache, problems)
    digests.sort(key=lambda digest: identity.digest_order(digest.id), reverse=True)
    symlinks = (path for path in sorted((content / "pages").rglob("*")) if path.is_symlink())
    problems += [problem("symlink", file=path.relative_to(content).as_posix()) for path in symlinks]
    known = () if latest else ledger.read(content)
    archive = Archive(tuple(unique), tuple(digests), known, tags.names(unique), tags.descriptions(vocabulary))
    return Catalogue(archive, tuple(sorted(store.within(content, problems))), rests)


def open_entry(content: Path, entry: Entry) -> Paper:
    """The whole paper of an entry, as it was when the entry was read.

    Raises ProblemsFound if its page is not the same any more: what is made of it would be taken for what the old page
    gives, now and in every build after it was put back.
    """
    with suppress(FileNotFoundError):
        data = read_bytes(f"{content}/{entry.path}")
        if bytes_stamp(data) == entry.page:
            return _paper(content, entry.path, data)
    raise ProblemsFound(store.within(content, [problem("page-changed", file=entry.path)]))


def open_paper(content: Path, path: str) -> Paper:
    """The whole paper of a page, as it is now."""
    return _paper(content, path, read_bytes(f"{content}/{path}"))


def _paper(content: Path, path: str, data: bytes) -> Paper:
    paper, problems = read_paper(data.decode("utf-8-sig"), path)
    if paper is None:
        raise ProblemsFound(store.within(content, problems))
    return paper


def ids_by_page(papers: Iterable[Entry | Paper]) -> dict[str, str]:
    """Path of a paper's page, and its name alone (a page may be moved), -> the paper's id."""
    ids: dict[str, str] = {}
    for paper in papers:
        ids[paper.path] = ids[paper.path.rpartition("/")[2]] = paper.id
    return ids


def _newest(found: Scan, count: int) -> Scan:
    """The pages of the newest folders (`papers/2025/03`), as many as hold `count` pages."""
    folders: dict[str, dict[str, bytes]] = {}
    for path, status in found.pages.items():
        folders.setdefault(path.rpartition("/")[0], {})[path] = status
    newest: dict[str, bytes] = {}
    for folder in sorted(folders, key=lambda name: (name[len("papers/") :][:1].isdigit(), name), reverse=True):
        if len(newest) < count:
            newest |= folders[folder]
    return Scan(dict(sorted(newest.items())), found.links)


def _papers(
    content: Path,
    found: Scan,
    vocabulary: Vocabulary,
    also: Callable[[], Also] | None,
    *,
    cache: Cache,
    progress: Progress,
    whole: bool,
) -> tuple[dict[str, Row], list[Any]]:
    def start() -> Reader:
        return _PaperReader(vocabulary, also() if also else None)

    key = vocabulary.stamp.hex()
    return _remembered(content, found, start, name="papers", cache=cache, key=key, progress=progress, whole=whole)


class _PaperReader:
    def __init__(self, vocabulary: Vocabulary, also: Also | None) -> None:
        self._vocabulary = vocabulary
        self._also = also

    def page(self, text: str, path: str, page: bytes) -> tuple[Made, Sequence[Problem]]:
        paper, problems = read_paper(text, path)
        if paper is None:
            return None, problems
        entry = entry_of(paper, self._vocabulary, page)
        if self._also:
            self._also.add(paper, entry)
        return _row(entry), problems

    def rest(self) -> Any:
        return self._also.rest() if self._also else None


def _remembered(
    content: Path,
    found: Scan,
    start: Callable[[], Reader],
    *,
    name: str,
    cache: Cache,
    key: str = "",
    progress: Progress = silent,
    whole: bool = True,
) -> tuple[dict[str, Row], list[Any]]:
    """All pages read, with what was remembered under `name`; and remembered again if it is not the same.

    Also what else was made of those that had to be read.
    """
    now = time.time_ns()
    looked, known = cache.load(name, key) or (0, {})
    asked = known if whole else {path: row for path, row in known.items() if path in found.pages}
    rows, changed, rests = read_all(str(content), found.pages, start, known=asked, looked=looked, progress=progress)
    if changed:
        # Of the pages that nobody looked at now, those stay whose status says that they are as they were then.
        settled = {path: row for path, row in known.items() if path not in asked and is_settled(row[0], looked)}
        cache.save(name, (now, settled | rows), key)
    return rows, rests


def _row(entry: Entry) -> tuple[Any, ...]:
    """The entry as plain values."""
    return tuple(entry._replace(tags=tuple(map(tuple, entry.tags))))  # type: ignore[arg-type]


_TAGS = Entry._fields.index("tags")
# `Tag._make` and `Entry._make` for a hundred thousand papers, without a call of Python for each.
_tag = partial(tuple.__new__, Tag)


def _entry(row: Sequence[Any]) -> Entry:
    return tuple.__new__(Entry, (*row[:_TAGS], tuple(map(_tag, row[_TAGS])), *row[_TAGS + 1 :]))


def _problems(rows: Mapping[str, Row]) -> list[Problem]:
    return [Problem(*values) for _, _, _, problems in rows.values() for values in problems]


def _links(found: Scan) -> list[Problem]:
    return [problem("symlink", file=path) for path in found.links]


def _digests(content: Path, ids: Mapping[str, str], cache: Cache, problems: list[Problem]) -> list[Digest]:
    found = scan(str(content), "digests")
    rows, _ = _remembered(content, found, _DigestReader, name="digests", cache=cache)
    problems += [*_links(found), *_problems(rows)]
    digests = []
    for _, _, made, _ in rows.values():
        if made is not None:
            digest, dead = link(Unlinked(Digest(*made[0]), made[1]), ids)
            digests.append(digest)
            problems += dead
    return _without_doubles(digests, lambda digest: identity.digest_url(digest.id), problems)


class _DigestReader:
    def page(self, text: str, path: str, _page_stamp: bytes) -> tuple[Made, Sequence[Problem]]:
        unlinked, found = read_unlinked(text, path)
        return ((astuple(unlinked.digest), unlinked.links) if unlinked else None), found

    def rest(self) -> Any:
        return None


def _without_doubles(pages: Iterable[Page], url_of: Callable[[Page], str], problems: list[Problem]) -> list[Page]:
    """The papers or digests, without those whose URL another page has already: the first by path has it."""
    owners: dict[str, Page] = {}
    for page in pages:
        owner = owners.setdefault(url_of(page), page)
        if owner is not page:
            first, second = sorted((owner, page), key=lambda each: each.path)
            owners[url_of(page)] = first
            problems.append(
                problem("id-twice", file=second.path, field="id", value=second.id, other=f"content/{first.path}")
            )
    return list(owners.values())


__all__ = ["Catalogue", "ids_by_page", "open_entry", "open_paper", "read"]

"""The files that have to change in content/, as bytes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from sitegen.add.state import State
from sitegen.catalogue import ids_by_page
from sitegen.files import Change
from sitegen.model import Digest, Paper
from sitegen.problems import Problem, problem
from sitegen.store import digest_page, ledger, paper_page, quarantine
from sitegen.work import Crew


class _Page(NamedTuple):
    """A paper's page or a digest's; text: None where it cannot be written so that it reads as that."""

    text: bytes | None
    problems: list[Problem]


def changes_of(content: Path, state: State, crew: Crew) -> Iterator[Change]:
    """Every page and list that has to change, in the order in which it is safe to write them: papers, digests, ledger.

    One by one, as they are asked for: the pages of 100,000 papers are 200 MB. What did not go well is in the state's
    problems of pages when all have been asked for.
    """
    papers, joined = state.changed_papers, state.joined_papers
    pairs = [(state.before.get(paper.id), paper) for paper in papers]
    digests = [(state.digests_before.get(new.id), new, state.papers_of(new)) for new in state.changed_digests]
    left: set[str] = set()

    def whole(path: str, page: _Page) -> Iterator[Change]:
        state.problems_of_pages += page.problems
        if page.text is None:
            left.add(path)
        else:
            yield path, page.text

    # The page of a digest of 100,000 papers takes seconds, in which this process would wait for the papers' pages.
    with ThreadPoolExecutor(1) as thread:
        lists = thread.submit(_digest_pages, content, digests)
        pages = chain.from_iterable(crew.spread(partial(_paper_pages, content), pairs))
        for paper, page in zip(papers, pages, strict=True):
            yield from whole(paper.path, page)
        changed = {paper.path for paper in papers} - left
        yield from ((before.path, None) for before, now in joined if now.path in changed)
        for (_, digest, _), page in zip(digests, lists.result(), strict=True):
            yield from whole(digest.path, page)
    yield from _ledger_changes(content, papers, state)
    for digest_id, items in state.quarantined.items():
        yield from _quarantine_change(content, f"{quarantine.FOLDER}/{digest_id}.jsonl", items)


def _ledger_changes(content: Path, papers: Sequence[Paper], state: State) -> Iterator[Change]:
    for name, lines in ledger.lines(state.entries, papers, state.digests.values()).items():
        file = content / "ledger" / name
        old = set(file.read_text("utf-8", "surrogateescape").splitlines()) if file.is_file() else set()
        if not lines <= old:
            text = "".join(f"{line}\n" for line in sorted(old | lines))
            yield f"ledger/{name}", text.encode("utf-8", "surrogateescape")


def _paper_pages(content: Path, pairs: Sequence[tuple[Paper | None, Paper]]) -> list[_Page]:
    """The pages of some papers as they were (None: new ones) and as they are."""
    return [_paper_page(content, old, new) for old, new in pairs]


def _paper_page(content: Path, old: Paper | None, new: Paper) -> _Page:
    problems: list[Problem] = []
    if old is None:
        text = paper_page.write_paper(new)
    else:
        text, problems = paper_page.update_paper(_text_of(content, old.path), old, new)
    return _page(text, problems, new, paper_page.read_paper(text, new.path)[0])


def _digest_pages(content: Path, digests: Iterable[tuple[Digest | None, Digest, Mapping[str, Paper]]]) -> list[_Page]:
    """The pages of some digests as they were (None: new ones) and as they are, with the papers that they list."""
    return [_digest_page(content, *each) for each in digests]


def _digest_page(content: Path, old: Digest | None, new: Digest, papers: Mapping[str, Paper]) -> _Page:
    problems: list[Problem] = []
    if old is None:
        text = digest_page.write_digest(new, papers)
    else:
        text, problems = digest_page.update_digest(_text_of(content, old.path), old, new, papers)
    return _page(text, problems, new, digest_page.read_digest(text, new.path, ids_by_page(papers.values()))[0])


def _page(text: str, problems: list[Problem], meant: Paper | Digest, read: Paper | Digest | None) -> _Page:
    if read == meant:
        return _Page(text.encode(), problems)
    return _Page(None, [*problems, problem("page-left", file=meant.path)])


def _text_of(content: Path, path: str) -> str:
    return (content / path).read_bytes().decode("utf-8-sig")


def _quarantine_change(
    content: Path, path: str, by_input: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[Change]:
    """The file with the new lines of the inputs that were read now, and the old lines of all others."""
    file = content / path
    old = file.read_bytes() if file.is_file() else b""
    new = quarantine.with_items(old, by_input)
    if new != old:
        yield path, new or None

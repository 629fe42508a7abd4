"""The files that have to change in content/, as bytes."""

from collections.abc import Iterator, Mapping, Sequence
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
    """A paper's page; text: None where it cannot be written so that it reads as the paper."""

    text: bytes | None
    problems: list[Problem]


def changes_of(content: Path, state: State, crew: Crew) -> Iterator[Change]:
    """Every page and list that has to change, in the order in which it is safe to write them: papers, digests, ledger.

    One by one, as they are asked for: the pages of 100,000 papers are 200 MB. What did not go well is in the state's
    problems of pages when all have been asked for.
    """
    left: set[str] = set()
    papers = state.changed_papers
    pairs = [(state.before.get(paper.id), paper) for paper in papers]
    pages = chain.from_iterable(crew.spread(partial(_paper_pages, content), pairs))
    for paper, page in zip(papers, pages, strict=True):
        state.problems_of_pages += page.problems
        if page.text is None:
            left.add(paper.path)
        else:
            yield paper.path, page.text
    changed = {paper.path for paper in papers} - left
    yield from ((before.path, None) for before, joined in state.joined_papers if joined.path in changed)
    for digest in state.changed_digests:
        text = _digest_page(content, digest, state)
        if _reads_as(text, digest, state):
            yield digest.path, text.encode()
        else:
            state.problems_of_pages.append(problem("page-left", file=digest.path))
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


def _reads_as(text: str, digest: Digest, state: State) -> bool:
    ids = ids_by_page(state.papers_of(digest).values())
    return digest_page.read_digest(text, digest.path, ids)[0] == digest


def _paper_pages(content: Path, pairs: Sequence[tuple[Paper | None, Paper]]) -> list[_Page]:
    """The pages of some papers as they were (None: new ones) and as they are."""
    return [_paper_page(content, old, new) for old, new in pairs]


def _paper_page(content: Path, old: Paper | None, new: Paper) -> _Page:
    problems: list[Problem] = []
    if old is None:
        text = paper_page.write_paper(new)
    else:
        text, problems = paper_page.update_paper((content / old.path).read_bytes().decode("utf-8-sig"), old, new)
    if paper_page.read_paper(text, new.path)[0] == new:
        return _Page(text.encode(), problems)
    return _Page(None, [*problems, problem("page-left", file=new.path)])


def _digest_page(content: Path, new: Digest, state: State) -> str:
    old = state.digests_before.get(new.id)
    if old is None:
        return digest_page.write_digest(new, state.papers_of(new))
    text = (content / old.path).read_bytes().decode("utf-8-sig")
    text, problems = digest_page.update_digest(text, old, new, state.papers_of(new))
    state.problems_of_pages += problems
    return text


def _quarantine_change(
    content: Path, path: str, by_input: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[Change]:
    """The file with the new lines of the inputs that were read now, and the old lines of all others."""
    file = content / path
    old = file.read_bytes() if file.is_file() else b""
    new = quarantine.with_items(old, by_input)
    if new != old:
        yield path, new or None

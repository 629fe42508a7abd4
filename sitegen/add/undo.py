"""`sitegen undo`: the last import taken back, byte for byte, or nothing changed at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen import files, store
from sitegen.add import journal
from sitegen.problems import ProblemsFound, problem

# So many digests of an import are named when it is taken back.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Undone:
    """digests: ids of those whose import was taken back; how many files were removed, and how many are as before."""

    digests: tuple[str, ...]
    removed: int
    restored: int


def undo(content: Path) -> Undone:
    """Make every file that the last import wrote what it was before, the ledger's lines included.

    It does not matter whether the import was interrupted. Raises ProblemsFound, and changes nothing, when there is no
    import to take back, or somebody changed one of its files since; and once, when the last import changed nothing.
    """
    last = journal.last(content)
    if last is None:
        raise ProblemsFound([problem("undo-nothing", file=content.name)])
    if journal.was_passed_over(content):
        raise ProblemsFound([problem("undo-unchanged", file=content.name, digests=named(last.digests))])
    done = {step: step.is_done(content) for step in last.steps}
    changed = [problem("undo-changed", file=step.path) for step, is_done in done.items() if is_done is None]
    if changed:
        raise ProblemsFound(store.within(content, changed))
    before = {step.path: step.before for step, is_done in done.items() if is_done}
    files.replace_all(content, before.items())
    removed = [path for path, data in before.items() if data is None]
    for path in removed:
        _remove_empty((content / path).parent, content)
    journal.forget(content)
    return Undone(last.digests, len(removed), len(before) - len(removed))


def named(digests: Sequence[str]) -> str:
    """An import, by the digests that it brought.

    >>> named(["2025-03-14-a", "2025-03-14-b", "2025-03-14-c", "2025-03-14-d"]), named([])
    ('2025-03-14-a, 2025-03-14-b, 2025-03-14-c and 1 more', 'quarantined items')
    """
    more = len(digests) - MOST_NAMED
    first = ", ".join(digests[:MOST_NAMED])
    return f"{first} and {more:,} more" if more > 0 else first or "quarantined items"


def _remove_empty(folder: Path, content: Path) -> None:
    """Remove a folder that the import made, and those around it, as far as nothing else is in them."""
    while folder != content and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent

"""Many papers that are added again: what that would say is remembered, and what content/ was when they had been added.

To find out that nothing is new, 100,000 pages and as many papers would have to be read, which takes a minute. Where all
files and all that was asked are as they were, the answer is, too.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from sitegen.add.journal import Step
from sitegen.add.state import Import, Options, Outcome, Report
from sitegen.cache import Cache, stamp
from sitegen.files import read_bytes
from sitegen.intake.raw import RawDigest
from sitegen.model import Record
from sitegen.problems import Problem
from sitegen.work import spread

_NAME = "again"
# What is refused for being of the future is not on a later day; nothing else depends on the day.
_TOO_EARLY = {"item-future", "date-future"}

Tree = Mapping[str, str | None]
"""Path relative to content/ -> SHA-256 of the file; None: no file, or none to read."""


class Asked(NamedTuple):
    """What stands for the digests and options, the day, and content/ before they were added."""

    key: str
    today: str
    before: Tree


def asked(content: Path, inputs: Iterable[RawDigest], options: Options) -> Asked | None:
    """What is asked now, and of what content/; None where that holds symbolic links: what they lead to may change."""
    digests = [(raw.name, raw.sha256, sorted(raw.columns.items())) for raw in inputs]
    before = _tree(str(content))
    key = stamp(digests, astuple(replace(options, today=""))).hex()
    return None if before is None else Asked(key, options.today, before)


def answer(cache: Cache, asking: Asked) -> Report | None:
    """The report of adding the same once more, if that is known; nothing of content/ would change.

    Of an outcome only line and paper are known still, of a record nothing else is asked for.
    """
    key, day, lasting, known = cache.load(_NAME) or ("", "", False, {})
    is_valid = asking.today >= day if lasting else asking.today == day
    return _report(known) if is_valid and key == _key(asking.key, asking.before) else None


def remember(cache: Cache, asking: Asked, steps: Iterable[Step], report: Report) -> None:
    """Remember what it would say if the same were added once more. steps: what was changed.

    report: of an import after which each paper has on its page all that was said of it, as it was said, and that had
    nothing to say but what reading the digests gave.
    """
    after = {**asking.before, **{step.path: step.after for step in steps}}
    lasting = not any(found.code in _TOO_EARLY for found in report.problems)
    cache.save(_NAME, (_key(asking.key, after), asking.today, lasting, _plain(report)))


def _key(key: str, tree: Tree) -> str:
    files = sorted((path, what) for path, what in tree.items() if what is not None)
    return stamp(key, files).hex()


def _tree(root: str) -> Tree | None:
    files: list[str] = []
    for folder, folders, names in os.walk(root):
        if any(os.path.islink(f"{folder}/{name}") for name in (*folders, *names)):  # noqa: PTH114 (texts: 100,000 Path objects take a second)
            return None
        files += [f"{folder}/{name}"[len(root) + 1 :] for name in names]
    hashes = chain.from_iterable(spread(partial(_hashes, root), files))
    return dict(zip(files, hashes, strict=True))


def _hashes(root: str, paths: Sequence[str]) -> list[str | None]:
    return [_hash(f"{root}/{path}") for path in paths]


def _hash(path: str) -> str | None:
    try:
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except OSError:
        return None


def _plain(report: Report) -> dict[str, Any]:
    """What the report of the next time is made of, as plain values."""
    return {
        "size": report.size,
        "papers": report.papers,
        "digests": report.digests,
        "ignored": report.ignored,
        "used": report.used,
        "problems": [astuple(found) for found in report.problems],
        "imports": [
            (each.name, each.raw, each.digest, [*_outcomes(each)], each.sizes, [*map(astuple, each.problems)])
            for each in report.imports
        ],
    }


def _outcomes(imported: Import) -> Iterator[tuple[int, str, str, str]]:
    """What was put aside, or merged within its digest, will be again; all else is known then."""
    for record, status, paper, reason in imported.outcomes:
        yield (record.line, "unchanged", paper, "") if paper else (record.line, status, paper, reason)


def _report(known: Mapping[str, Any]) -> Report:
    problems = [Problem(*found) for found in known["problems"]]
    return Report(**{**known, "problems": problems, "imports": [*map(_import, known["imports"])]})


def _import(known: Sequence[Any]) -> Import:
    name, raw, digest, outcomes, sizes, problems = known
    told = [Outcome(Record({}, line=line), status, paper, reason) for line, status, paper, reason in outcomes]
    return Import(name, raw, digest, told, sizes, [Problem(*found) for found in problems])

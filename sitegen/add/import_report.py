"""content/imports/: what became of each digest, for people (Markdown) and for programs (JSON).

A report says nothing of when it was made, so that the same import gives the same bytes.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sitegen.add.state import Import, Outcome
from sitegen.files import Change
from sitegen.problems import Problem
from sitegen.text.escape import markdown
from sitegen.text.repairs import RULES

T = TypeVar("T")

FOLDER = "imports"
# So many papers of a kind are listed for people; all are in the JSON.
MOST_LISTED = 1_000
MOST_REPAIRS = 20
_STATUSES = ("added", "merged", "unchanged", "quarantined")


def report_path(imported: Import, ending: str) -> str:
    """Where the report is, relative to content/; one for each input, for a digest may come in several.

    >>> report_path(Import("a.txt", "7d0c77afab3983db", "2025-03-14-trending"), "md")
    'imports/2025-03-14-trending-7d0c77af.md'
    """
    return f"{FOLDER}/{imported.digest}-{imported.raw[:8]}.{ending}"


def changes(content: Path, imports: Iterable[Import], pages: Mapping[str, str]) -> Iterator[Change]:
    """The reports to write: of inputs that brought something new, or that have none yet. pages: paper's id -> path.

    Of an input that comes twice, as two parts of an archive with the same bytes, the first brought what is new.
    """
    told: set[str] = set()
    for imported in imports:
        if report_path(imported, "md") in told:
            continue
        paths = [report_path(imported, ending) for ending in ("md", "json")]
        if imported.outcomes and (imported.news or not all((content / path).is_file() for path in paths)):
            told.add(report_path(imported, "md"))
            texts = as_markdown(imported, pages), as_json(imported)
            yield from zip(paths, (text.encode("utf-8", "backslashreplace") for text in texts), strict=True)


def as_json(imported: Import) -> str:
    """The whole report. {"added": [id, …], "merged": [{"line", "title", "paper", "reason"}, …], …}."""
    data: dict[str, Any] = {
        "file": imported.name,
        "raw": imported.raw,
        "digest": imported.digest,
        "papers": len(imported.outcomes),
        "added": [outcome.paper for outcome in imported.of("added")],
        "merged": [_item(outcome) for outcome in imported.of("merged")],
        "unchanged": [outcome.paper for outcome in imported.of("unchanged")],
        "quarantined": [_item(outcome) for outcome in imported.of("quarantined")],
        "bytes": [{"class": name, "bytes": size} for name, size in sorted(imported.sizes.items())],
        "mended": [{"rule": rule, "times": times} for rule, times in imported.mended.items()],
        "suspicious": [_problem(found) for found in sorted(imported.suspicious)],
        "problems": [_problem(found) for found in sorted(imported.problems)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _item(outcome: Outcome) -> dict[str, Any]:
    record = outcome.record
    return {"line": record.line, "title": record.title, "paper": outcome.paper, "reason": outcome.reason}


def _problem(found: Problem) -> dict[str, Any]:
    return {"code": found.code, **found.as_json()}


def as_markdown(imported: Import, pages: Mapping[str, str]) -> str:
    """The report as people read it. pages: paper's id -> path of its page, relative to content/."""
    return "\n".join(_lines(imported, pages)) + "\n"


def _lines(imported: Import, pages: Mapping[str, str]) -> Iterator[str]:
    by_status = {status: imported.of(status) for status in _STATUSES}  # type: ignore[arg-type]
    yield f"# {markdown(imported.name)}, imported"
    yield ""
    sums = " + ".join(f"{len(by_status[name]):,} {name}" for name in _STATUSES)
    yield f"Papers: {len(imported.outcomes):,} = {sums}"
    yield ""
    sizes = " + ".join(f"{size:,} {name}" for name, size in sorted(imported.sizes.items()))
    yield f"Bytes: {sum(imported.sizes.values()):,} = {sizes}"
    doubts = {(found.code, found.line) for found in imported.suspicious}
    others = [found for found in imported.problems if (found.code, found.line) not in doubts]
    proposed = [found for found in imported.suspicious if found.code == "repair-proposed"]
    wrong = [found for found in imported.suspicious if found.code != "repair-proposed"]
    said = partial(_said, imported)
    yield from _section("May be wrong", sorted(wrong), said)
    yield from _section("May be damaged", sorted(proposed), said, MOST_REPAIRS)
    yield from _section("Mended for readers", [*imported.mended.items()], _mended, MOST_REPAIRS)
    yield from _section("Problems", sorted(others), said)
    for status, title in (("quarantined", "Quarantined"), ("merged", "Merged"), ("added", "Added")):
        yield from _section(title, by_status[status], partial(_outcome, pages))


def _mended(mended: tuple[str, int]) -> str:
    rule, times = mended
    return f"{times:,} × {markdown(RULES[rule].says)}"


def _section(title: str, items: Sequence[T], say: Callable[[T], str], most: int = MOST_LISTED) -> Iterator[str]:
    if items:
        yield from ("", f"## {title}", "")
        yield from (f"- {say(item)}" for item in items[:most])
        if len(items) > most:
            yield f"- … and {len(items) - most:,} more, which are in the JSON beside this file"


def _said(imported: Import, found: Problem) -> str:
    """A problem, on one line: where, what, and what to do about it; the file only if it is not the input."""
    file = found.file if found.file != imported.name else ""
    place = ": ".join(filter(None, (file, f"line {found.line}" if found.line else "", found.field, found.message)))
    return markdown(f"{place} ({found.hint})")


def _outcome(pages: Mapping[str, str], outcome: Outcome) -> str:
    title = markdown(outcome.record.title or "no title")
    page = pages.get(outcome.paper)
    named = f"[{title}](../{quote(page)})" if page else title
    reason = f": {markdown(outcome.reason)}" if outcome.reason else ""
    return f"line {outcome.record.line}: {named}{reason}"

"""What `sitegen add` says in the end: the sums that account for every paper and every byte."""

from collections.abc import Iterator, Mapping

from sitegen.add.folding import kinds
from sitegen.add.import_report import FOLDER, report_path
from sitegen.add.state import Report

# So many kinds of bytes are named; all are in content/imports/ and in `--json`.
MOST_KINDS = 8


def lines(report: Report, *, dry_run: bool) -> Iterator[str]:
    """The sums, where quarantined items are, and where it stands what may be wrong.

    >>> list(lines(Report(), dry_run=False))
    []
    """
    if not report.size:
        return
    sums = f"{report.added:,} added + {report.merged:,} merged + {report.unchanged:,} unchanged"
    yield f"{_counted(report.found, 'paper')} = {sums} + {report.quarantined:,} quarantined"
    used, ignored = sum(report.used.values()), sum(report.ignored.values())
    yield f"{report.size:,} bytes = {used:,} of papers + {ignored:,} ignored" + _largest(report.ignored)
    if report.quarantined:
        kept = "would be kept" if dry_run else "are kept"
        yield f"Quarantined items {kept} in content/quarantine/ with their reasons."
    if odd := report.suspicious:
        where = place(report, dry_run=dry_run, only_odd=True)
        yield f"{_counted(len(odd), 'thing')} that may be wrong ({kinds(odd)}): see {where}"


def place(report: Report, *, dry_run: bool, only_odd: bool = False) -> str:
    """Where everything stands that was found in the digests, or only what may be wrong."""
    if dry_run:
        return "the report above"
    told = [each for each in report.imports if each.suspicious or (each.outcomes and not only_odd)]
    return f"content/{report_path(told[0], 'md')}" if len(told) == 1 else f"content/{FOLDER}/"


def _largest(sizes: Mapping[str, int]) -> str:
    """The largest kinds of bytes, and how many more there are.

    >>> _largest({"line ends": 1, "markup": 5})
    ' (markup 5, line ends 1)'
    """
    by_size = sorted(sizes.items(), key=lambda kind: (-kind[1], kind[0]))
    named = [f"{name} {size:,}" for name, size in by_size[:MOST_KINDS]]
    if rest := by_size[MOST_KINDS:]:
        named.append(f"{_counted(len(rest), 'more kind')} {sum(size for _, size in rest):,}")
    return f" ({', '.join(named)})" if named else ""


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")

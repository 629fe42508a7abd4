"""What `sitegen add` says in the end: the sums that account for every paper and every byte."""

from collections.abc import Iterator

from sitegen.add.import_report import FOLDER, report_path
from sitegen.add.state import Report


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
    kinds = ", ".join(f"{name} {size:,}" for name, size in sorted(report.ignored.items()))
    yield f"{report.size:,} bytes = {used:,} of papers + {ignored:,} ignored" + (f" ({kinds})" if kinds else "")
    if report.quarantined:
        kept = "would be kept" if dry_run else "are kept"
        yield f"Quarantined items {kept} in content/quarantine/ with their reasons."
    if odd := [each for each in report.imports if each.suspicious]:
        place = report_path(odd[0], "md") if len(odd) == 1 else f"{FOLDER}/"
        where = "the report above" if dry_run else f"content/{place}"
        yield f"{_counted(len(report.suspicious), 'thing')} that may be wrong: see {where}"


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")

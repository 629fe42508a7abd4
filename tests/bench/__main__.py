"""`python -m tests.bench`: all contenders side by side in one run, round after round."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import corpora
from tests.bench.corpora import Corpus, corpus
from tests.bench.machine import machine
from tests.bench.measure import Failed
from tests.bench.ours import Archive
from tests.bench.peers import Hugo, Material
from tests.bench.result import Figures, median, ratios, table

HUGE = 100_000
Contenders = dict[str, Callable[[], Figures]]


def main() -> None:
    """Measure, print a table for each size, write JSON."""
    options = _options()
    sizes = [int(size) for size in options.papers.split(",")] + ([HUGE] if options.huge else [])
    report: dict[str, object] = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "runs": options.runs,
    }
    # Nothing is deleted before the end: see `measure.set_aside`.
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        for size in sizes:
            place = Path(folder, str(size))
            place.mkdir()
            report[str(size)] = _measured(size, options.runs, place, options.only)
    Path(options.json).write_text(json.dumps(report, indent=1) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--papers", default="1000,10000", help="sizes of the archives [1000,10000]")
    parser.add_argument("--huge", action="store_true", help="100,000 papers too; Hugo needs 6 GB for them")
    parser.add_argument("--runs", type=int, default=3, help="rounds; the table has the medians [3]")
    parser.add_argument("--only", default="", help="names (or parts of them) of contenders, with commas between")
    parser.add_argument("--work", help="folder for what is built [a temporary one]")
    parser.add_argument("--json", default="bench.json", help="file for all figures [bench.json]")
    return parser.parse_args()


def _measured(size: int, runs: int, folder: Path, only: str) -> dict[str, object]:
    found = corpus(size, runs)
    _say(f"{len(found.papers):,} {found.origin} papers, {runs} rounds")
    archive = Archive(folder / "archive", found)
    contenders = _contenders(folder, found, archive, only)
    results: dict[str, list[Figures]] = {}
    for number in range(runs):
        for name, measure in contenders.items():
            try:
                results.setdefault(name, []).append(measure())
            except Failed as failed:
                sys.exit(str(failed))
            _say(f"  {number + 1}: {name} {results[name][-1].seconds:.1f} s {dict(results[name][-1].notes)}")
    if "Hugo" in results and "Pagefind" in results:
        pairs = zip(results["Hugo"], results["Pagefind"], strict=True)
        results["Hugo + Pagefind"] = [
            Figures(one.seconds + two.seconds, one.cpu + two.cpu, max(one.memory, two.memory), two.size, two.files)
            for one, two in pairs
        ]
    same = archive.is_as_if_cold() if any("digest" in name for name in results) else None
    tar = archive.tar_size() if size >= HUGE else None
    print(f"\n{len(found.papers):,} papers ({found.origin}), median of {runs}:\n\n{table(results)}\n")
    print(f"sitegen's cold build over those of others: {ratios(results)}")
    print(f"added in {archive.added.seconds:.1f} s; after digests the same bytes as a cold build: {same}; tar: {tar}\n")
    return {
        "papers": len(found.papers),
        "origin": found.origin,
        "seed": corpora.SEED,
        "median": {name: asdict(median(each)) for name, each in results.items()},
        "all": {name: [asdict(one) for one in each] for name, each in results.items()},
        "ratios": ratios(results),
        "identical": same,
        "tar": tar,
        "add": asdict(archive.added),
    }


def _contenders(folder: Path, found: Corpus, archive: Archive, only: str) -> Contenders:
    chosen: Contenders = {
        "sitegen, cold": archive.cold,
        "sitegen, a digest of 50 more": archive.digest,
        "sitegen, a clone with the cache": archive.clone,
    }
    for peer in (Hugo.why_not, Material.why_not, Hugo.why_no_search):
        if peer:
            _say(f"left out: {peer}")
    if not Hugo.why_not and _wanted("Hugo + Pagefind", only):
        hugo = Hugo(folder / "hugo", found)
        chosen["Hugo"] = hugo.build
        if not Hugo.why_no_search:
            chosen["Pagefind"] = hugo.index
    # Five minutes a run at 100,000.
    if not Material.why_not and (len(found.papers) < HUGE // 2 or "Material" in only):
        chosen["MkDocs Material"] = Material(folder / "material", found).build
    return {name: measure for name, measure in chosen.items() if _wanted(name, only)}


def _wanted(name: str, only: str) -> bool:
    return not only or any(part.strip() in name for part in only.split(","))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


main()

"""`python -m tests.bench.search`: the same queries asked of all contenders, in one run, in a real browser."""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser

from tests.bench.corpora import Corpus, corpus
from tests.bench.machine import machine
from tests.bench.measure import Failed
from tests.bench.search.ask import Asker
from tests.bench.search.contenders import Contender, contenders
from tests.bench.search.queries import KINDS, SETS, Query, queries
from tests.bench.search.report import Answers, figures, table
from tests.bench.search.server import served
from tests.chromium import NoBrowser, launched

HUGE = 100_000
SLOW_QUERIES, SLOW_COLD = 20, 2
"""Of each kind, for a contender that takes many seconds for each."""


def main() -> None:
    """Ask, print a table for each size, write JSON."""
    options = _options()
    sizes = [int(size) for size in options.papers.split(",")] + ([HUGE] if options.huge else [])
    report: dict[str, object] = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "set": options.seed,
        "sizes": "KB (1,000 bytes) of bodies on the wire, gzipped as GitHub Pages does, without headers",
    }
    try:
        with _work(options.work) as folder, launched() as started:
            report |= {"chromium": started.version} | {
                str(size): _asked(size, folder / str(size), started, options) for size in sizes
            }
    except (Failed, NoBrowser) as error:
        sys.exit(str(error))
    Path(options.json).write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.search", description=__doc__)
    parser.add_argument("--papers", default="10000", help="sizes of the archives, with commas between [10000]")
    parser.add_argument("--huge", action="store_true", help="100,000 papers too; Pagefind needs 12 GB for them")
    parser.add_argument("--queries", type=int, default=300, help="queries of each kind [300]")
    parser.add_argument("--cold", type=int, default=20, help="those of them that are asked with an empty cache [20]")
    parser.add_argument("--seed", choices=SETS, default="report", help="whose papers are sought [report]")
    parser.add_argument("--only", default="", help="names (or parts of them) of contenders, with commas between")
    parser.add_argument(
        "--work", help="folder for what is built; the peers' sites in it are used again [a temporary one]"
    )
    parser.add_argument("--json", default="bench-search.json", help="file for all figures [bench-search.json]")
    return parser.parse_args()


@contextmanager
def _work(named: str | None) -> Iterator[Path]:
    if named:
        yield Path(named).resolve()
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)


def _asked(size: int, folder: Path, started: Browser, options: argparse.Namespace) -> dict[str, object]:
    found = corpus(size, 0)
    count = len(found.papers)
    wanted = queries(found.papers, options.seed, options.queries)
    _say(f"{count:,} {found.origin} papers, {len(wanted):,} queries of the set `{options.seed}`")
    answers: dict[str, Answers] = {}
    for contender in contenders():
        if not _is_wanted(contender.name, options.only):
            continue
        if _why_not(contender, count):
            continue
        answers[contender.name] = _answers(contender, found, wanted, folder, started, options.cold)
    results = {name: figures(each) for name, each in answers.items()}
    left_out = {each.name: why_not for each in contenders() if (why_not := _why_not(each, count))}
    print(f"\n{count:,} papers ({found.origin}), set `{options.seed}`; medians and 95th percentiles:\n")
    print(f"{table(results)}\n")
    for name, why_not in left_out.items():
        print(f"Left out: {name}: {why_not}\n")
    return {
        "papers": count,
        "origin": found.origin,
        "left out": left_out,
        "figures": results,
        "all": {name: asdict(each) for name, each in answers.items()},
    }


def _is_wanted(name: str, only: str) -> bool:
    return not only or any(part.strip().lower() in name.lower() for part in only.split(","))


def _why_not(contender: Contender, papers: int) -> str:
    if papers > contender.most:
        return f"its search takes minutes to get ready at {papers:,} papers"
    return contender.why_not


def _answers(
    contender: Contender, found: Corpus, wanted: Sequence[Query], folder: Path, started: Browser, cold: int
) -> Answers:
    site, made = contender.make(folder / contender.name.replace(" ", "-").lower(), found)
    slow = len(found.papers) >= contender.slow
    asked = first_of_each(wanted, SLOW_QUERIES) if slow else list(wanted)
    # All kinds mixed, as readers would.
    random.Random(0).shuffle(asked)
    with served(site, contender.pages) as at:
        asker = Asker(started, contender, at, found.papers)
        answers = Answers(made, asker.warm(asked), asker.cold(first_of_each(wanted, SLOW_COLD if slow else cold)))
    _say(f"  {contender.name}: made in {made['seconds']} s, asked {len(asked):,} queries and {len(answers.cold)} cold")
    return answers


def first_of_each(wanted: Sequence[Query], count: int) -> list[Query]:
    """So many queries of each kind; they come in an order that chance made."""
    return [query for kind in KINDS for query in [each for each in wanted if each.kind == kind][:count]]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

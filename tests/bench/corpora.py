"""Papers to measure with: real ones where they are at hand, else made ones of the same size."""

import gzip
import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPORA = Path(__file__).parents[2] / ".." / "shared" / "data" / "corpora"
SEED = 7
VOCABULARY = 60_000

Paper = dict[str, Any]
"""{"id", "title", "abstract", "authors": […], "date": "YYYY[-MM-DD]", "url", "tags": […], "source"}"""


@dataclass(frozen=True)
class Corpus:
    """papers: the archive; digests: lists of 50 more papers each. origin: "real" or "made"."""

    papers: list[Paper]
    digests: list[list[Paper]]
    origin: str


def corpus(count: int, digests: int) -> Corpus:
    """`count` papers (fewer by the digests' own where the largest corpus has no more) and so many digests of 50."""
    wanted = count + 50 * digests
    file = next((f for f in _files() if f[0] >= wanted), None) or (_files()[-1] if _files() else None)
    found = list(itertools.islice(_real(file[1]) if file else made(), wanted))
    rest = found[len(found) - 50 * digests :]
    parts = [rest[start : start + 50] for start in range(0, len(rest), 50)]
    return Corpus(found[: len(found) - len(rest)], parts, "real" if file else "made")


def _files() -> list[tuple[int, Path]]:
    sizes = {1_000: "1k", 10_000: "10k", 100_000: "100k"}
    named = [(size, CORPORA / f"papers-{name}.jsonl.gz") for size, name in sizes.items()]
    return [(size, path) for size, path in named if path.is_file()]


def _real(path: Path) -> Iterator[Paper]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def made() -> Iterator[Paper]:
    """Papers without end, always the same: titles of 9 words, abstracts of 180, by Zipf's law, 4 authors, 2 tags."""
    chance = random.Random(SEED)
    words = ["".join(chance.choices("abcdefghilmnoprstuvw", k=chance.randrange(3, 11))) for _ in range(VOCABULARY)]
    ranks = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def text(count: int) -> str:
        return " ".join(chance.choices(words, cum_weights=ranks, k=count))

    for number in itertools.count():
        yield {
            "id": f"{1501 + number // 5000 % 100}.{number % 100_000:05}",
            "title": text(9).capitalize(),
            "abstract": text(180).capitalize() + ".",
            "authors": [text(2).title() for _ in range(4)],
            "date": f"{2015 + number % 10}-{number // 10 % 12 + 1:02}-{number // 120 % 28 + 1:02}",
            "url": f"https://example.org/{number}",
            "tags": [f"topic {int(chance.paretovariate(0.6)) % 2000}" for _ in range(2)],
            "source": "made",
        }


def as_lines(papers: list[Paper]) -> bytes:
    """JSON Lines, as `sitegen add` takes them."""
    return "".join(json.dumps(paper, ensure_ascii=False) + "\n" for paper in papers).encode()

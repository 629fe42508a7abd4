"""The sites whose searches are asked, all of the same papers. Those of the peers can be kept for a later run."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.bench.corpora import Corpus
from tests.bench.ours import Archive
from tests.bench.peers import Hugo, Material

Made = dict[str, object]
"""What making a site took: {"seconds", "memory", "size"}; the last two in bytes."""


def sitegen(folder: Path, corpus: Corpus) -> tuple[Path, Made]:
    """Always made anew, since it is this that changes between runs."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    figures = Archive(folder / "archive", corpus).cold()
    return folder / "archive" / "site", _made(figures.seconds, figures.memory, figures.size)


def pagefind(folder: Path, corpus: Corpus) -> tuple[Path, Made]:
    """Pagefind on the bare Hugo site. The time is that of both, the memory the larger of the two."""

    def make() -> Made:
        hugo = Hugo(folder, corpus)
        built, indexed = hugo.build(), hugo.index()
        return _made(built.seconds + indexed.seconds, max(built.memory, indexed.memory), indexed.size)

    return folder / "public", _kept(folder, corpus, make)


def material(folder: Path, corpus: Corpus) -> tuple[Path, Made]:
    """Stock MkDocs Material."""

    def make() -> Made:
        figures = Material(folder, corpus).build()
        return _made(figures.seconds, figures.memory, figures.size)

    return folder / "site", _kept(folder, corpus, make)


def _made(seconds: float, memory: int, size: int) -> Made:
    return {"seconds": round(seconds, 1), "memory": memory, "size": size}


def _kept(folder: Path, corpus: Corpus, make: Callable[[], Made]) -> Made:
    """What an earlier run made, if it came to its end and was of as many papers; else made now."""
    note = folder / "made.json"
    count = len(corpus.papers)
    if note.is_file():
        known: Made = json.loads(note.read_text())
        if known["papers"] == count and known["origin"] == corpus.origin:
            return known
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = make() | {"papers": count, "origin": corpus.origin}
    note.write_text(json.dumps(made))
    return made

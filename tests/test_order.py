"""The order in which digests are added does not matter: it decides which of its names is a paper's id, nothing else."""

import gzip
import itertools
import json
import os
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen import add, identity
from sitegen.add import papers, records
from sitegen.add.state import Arrived, Import, Options, State
from sitegen.intake import json_lines
from sitegen.intake.raw import RawDigest
from sitegen.matching.index import Index
from sitegen.matching.match import keys_of_paper
from sitegen.matching.merge import fields_of
from sitegen.model import Archive, Digest, Paper
from sitegen.work import Crew
from tests.conftest import load, shared
from tests.conftest import papers as papers_of

OPTIONS = Options(today="2026-12-31")
# So many orders of the year of real papers; `SITEGEN_ORDERS=100` is for a patient machine.
ORDERS = int(os.environ.get("SITEGEN_ORDERS", "2"))

Item = dict[str, Any]
"""One line of a JSON Lines digest."""


class Growing(Index):
    """An index of papers in memory that knows what was put into it, as the next run would from the pages."""

    def replace(self, old: Iterable[str], new: Iterable[Paper]) -> None:
        gone = list(old)
        for paper_id in gone:
            for key in self._entries[paper_id].keys:
                self._by_key[key].remove(paper_id)
        now = list(new)
        super().replace(gone, now)
        for paper in now:
            entry: Any = SimpleNamespace(id=paper.id, keys=keys_of_paper(paper))
            self._entries[paper.id] = entry
            for key in entry.keys:
                self._by_key.setdefault(key, []).append(paper.id)


def _never(_entry: Any) -> Paper:
    raise AssertionError


class Memory:
    """An archive in memory, to which digests are added one by one."""

    def __init__(self) -> None:
        self.state = State(Archive((), ()), _never, OPTIONS)
        self.state.index = Growing((), _never)
        self.given: set[str] = set()
        """Every name that a paper ever had: its address was given out."""

    def add(self, digest: str, arrived: Sequence[Arrived]) -> None:
        self.state.arrived = list(arrived)
        self.state.digests.setdefault(digest, Digest(digest, identity.digest_date(digest), "list", digest, ()))
        papers.place_all(self.state, papers.known(self.state))
        self.given |= {name for paper in self.papers for name in (paper.id, *paper.aliases)}

    @property
    def papers(self) -> list[Paper]:
        return list(self.state.index.papers.values())

    @property
    def digests(self) -> dict[str, tuple[str, ...]]:
        return {digest.id: digest.papers for digest in self.state.digests.values()}


def _arrived(digest: str, items: Sequence[Item]) -> list[Arrived]:
    """What a digest says, as `sitegen add` takes it."""
    raw = RawDigest(f"{digest}.jsonl", "".join(json.dumps(item) + "\n" for item in items).encode())
    state = State(Archive((), ()), _never, OPTIONS)
    state.report.imports.append(Import(raw.name, raw.sha256, digest))
    return records.arrived(raw, json_lines.read(raw), digest, state, Crew())


def _face(paper: Paper) -> str:
    """All of a paper but what order may decide: which of its names is its id, and who has a name that two want."""
    world = sorted(filter(None, (identity.recognised(name)[1] for name in (paper.id, *paper.aliases))))
    said = [
        (each.digest, each.ids, sorted(each.said.items()), sorted(each.differs.items())) for each in paper.sightings
    ]
    return repr((world, sorted(fields_of(paper).items()), said, paper.listed, paper.notice))


def _faces(
    found: Iterable[Paper], digests: dict[str, tuple[str, ...]]
) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The papers, and which of them each digest lists."""
    faces = {paper.id: _face(paper) for paper in found}
    return sorted(faces.values()), sorted(
        (name, sorted(faces[each] for each in listed)) for name, listed in digests.items()
    )


def _built(digests: dict[str, list[Arrived]], order: Iterable[str]) -> Memory:
    memory = Memory()
    for digest in order:
        memory.add(digest, digests[digest])
    return memory


def _check(memory: Memory, digests: dict[str, list[Arrived]]) -> None:
    """No saying is lost or doubled, no address is lost, and no id is of two papers."""
    kept = sorted(
        (each.digest, each.ids, sorted(each.said.items())) for paper in memory.papers for each in paper.sightings
    )
    said = [each.said for arrived in digests.values() for each in arrived]
    assert kept == sorted((each.digest, each.ids, sorted(each.hashes.items())) for each in said)
    names = [name for paper in memory.papers for name in (paper.id, *paper.aliases)]
    assert len(names) == len(set(names))
    assert memory.given == set(names)
    ids = [name for paper in memory.papers for name in {name for each in paper.sightings for name in each.ids}]
    world = [name for name in ids if identity.scheme(name)]
    assert len(world) == len(set(world))
    assert set(world) <= set(names)


def _item(title: str, paper_id: str, authors: Sequence[str]) -> Item:
    return {"id": paper_id, "title": title, "authors": authors, "abstract": f"{title} {paper_id}"}


few_items = st.builds(
    _item,
    st.sampled_from(["Introduction", "Notes"]),
    st.sampled_from(["", "2503.00001", "2503.00002", "10.1234/x", "10.1234/y", "PMID:7", "own-1", "own-2"]),
    st.sampled_from([(), ("Ann One",), ("Bo Two",), ("Ann One", "Bo Two")]),
)


NAMELESS, NAMED = _item("Introduction", "", ()), _item("Introduction", "2503.00002", ())


@given(st.lists(st.lists(few_items, min_size=1, max_size=3), min_size=2, max_size=4))
@example([[NAMELESS], [NAMED], [_item("Introduction", "", ("Ann One",)), _item("Notes", "2503.00002", ("Bo Two",))]])
@example([[NAMELESS], [NAMED], [_item("Introduction", "10.1234/x", ()), _item("Notes", "2503.00002", ("Bo Two",))]])
@settings(max_examples=60, deadline=None)
def test_namesakes_in_every_order(days: list[list[Item]]) -> None:
    digests = {f"2025-03-{at:02}-{'list' if at % 2 else 'other'}": items for at, items in enumerate(days, 1)}
    arrived = {digest: _arrived(digest, items) for digest, items in digests.items()}
    first: Any = None
    for order in itertools.permutations(arrived):
        memory = _built(arrived, order)
        _check(memory, arrived)
        faces = _faces(memory.papers, memory.digests)
        first = first or faces
        assert faces == first, order


def test_a_digest_that_comes_again_changes_nothing() -> None:
    digests = {name: _arrived(name, items) for name, items in _year(_made(60), days=12, a_day=12, seed=3).items()}
    memory = _built(digests, digests)
    before, unchanged = dict(memory.state.index.papers), _unchanged(digests.values())
    for digest, arrived in digests.items():
        memory.add(digest, arrived)
    assert memory.state.index.papers == before
    assert _unchanged(digests.values()) - unchanged == sum(map(len, digests.values()))


def _unchanged(digests: Iterable[Sequence[Arrived]]) -> int:
    return sum(len(arrived[0].imported.of("unchanged")) for arrived in digests)


def _made(count: int) -> list[Item]:
    """Papers of our own: some share a title, some an author."""
    random_ = random.Random(1)
    names = ["Ann One", "Bo Two", "Cy Three", "Di Four", "Ed Five"]
    return [
        {
            "id": f"2503.{number:05}",
            "title": random_.choice(["Introduction", "Notes"]) if number % 9 == 0 else f"Work number {number}",
            "abstract": f"What we did, {number}.",
            "authors": random_.sample(names, random_.randint(1, 3)),
            "date": "2025-03-01",
        }
        for number in range(count)
    ]


def _year(corpus: Sequence[Item], *, days: int, a_day: int, seed: int) -> dict[str, list[Item]]:
    """Daily digests: papers come again, first by title alone, then with an id, then with a DOI; some change their
    titles, some are withdrawn; some are told of in a sentence, with the first author."""
    random_ = random.Random(seed)
    digests: dict[str, list[Item]] = {}
    for day in range(days):
        name = f"{2025 - day // 364}-{day % 364 // 28 + 1:02}-{day % 28 + 1:02}-{random_.choice(['daily', 'list'])}"
        digests[name] = [_seen(paper, random_) for paper in random_.sample(corpus, a_day)]
    return digests


def _seen(paper: Item, random_: random.Random) -> Item:
    """One of the ways in which a digest may name a paper."""
    item = {name: paper[name] for name in ("title", "abstract", "date")}
    way = random_.randrange(6)
    if way != 0:
        item["authors"] = paper["authors"]
    if way == 1:
        item |= {"abstract": paper["abstract"].partition(".")[0], "authors": paper["authors"][:1]}
    if way in (2, 3, 4):
        item["id"] = paper["id"] if way == 2 else f"{paper['id']}v{random_.randint(1, 3)}"
    if way in (4, 5):
        item["url"] = f"https://doi.org/10.1234/{identity.short_hash(paper['id'])}"
    if way == 3:
        item["title"] = random_.choice(["{}", "{}, Revised", "[WITHDRAWN] {}"]).format(paper["title"])
    if way == 4 and random_.random() < 0.2:
        item["abstract"] = "This paper has been withdrawn by the authors due to an error in the proof."
    return item


def test_a_few_days_in_twenty_orders() -> None:
    digests = {name: _arrived(name, items) for name, items in _year(_made(60), days=12, a_day=12, seed=1).items()}
    _same_in_orders(digests, 20)


def test_a_year_of_real_papers() -> None:
    lines = gzip.decompress(shared("corpora/papers-10k.jsonl.gz").read_bytes()).splitlines()
    corpus = [json.loads(line) for line in lines[:3000]]
    digests = {name: _arrived(name, items) for name, items in _year(corpus, days=365, a_day=20, seed=2).items()}
    assert len(digests) == 365
    _same_in_orders(digests, ORDERS)


def _same_in_orders(digests: dict[str, list[Arrived]], count: int) -> None:
    random_ = random.Random(0)
    memory = _built(digests, digests)
    _check(memory, digests)
    first = _faces(memory.papers, memory.digests)
    for _ in range(count):
        memory = _built(digests, random_.sample(list(digests), len(digests)))
        _check(memory, digests)
        assert _faces(memory.papers, memory.digests) == first


@pytest.mark.parametrize("seed", range(3))
def test_pages_follow_whatever_the_order(seed: int, archive: Path) -> None:
    """Through `sitegen add`, files and all."""
    items = _year(_made(40), days=8, a_day=8, seed=5)
    raws = [
        RawDigest(f"{name}.jsonl", "".join(json.dumps(item) + "\n" for item in of_day).encode())
        for name, of_day in items.items()
    ]
    memory = _built({name: _arrived(name, of_day) for name, of_day in items.items()}, items)
    for raw in random.Random(seed).sample(raws, len(raws)):
        add.add(archive / "content", [raw], OPTIONS)
    found = load(archive / "content")
    assert found.problems == ()
    assert found.archive.ledger
    pages = [replace(paper, path="") for paper in papers_of(archive / "content").values()]
    digests = {digest.id: digest.papers for digest in found.archive.digests}
    assert _faces(pages, digests) == _faces(memory.papers, memory.digests)
    urls = {identity.paper_url(name) for paper in pages for name in (paper.id, *paper.aliases)}
    assert {url for url, what in found.archive.ledger if not what.startswith("digest")} <= urls

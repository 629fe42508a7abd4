"""What may be wrong with an import: what is found, and what is left in peace."""

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from sitegen import add
from sitegen.add.addresses import LOST, what_is_odd
from sitegen.add.near_titles import near_titles
from sitegen.add.series import missing_days
from sitegen.add.state import Options
from sitegen.intake.raw import RawDigest
from tests.conftest import ROOT, shared
from tests.effort import at_once

OPTIONS = Options(today="2026-12-31", date="2025-03-14")
ABSTRACT = (
    "Lists are sorted, shuffled and mixed, and what a small model learns from each of them is counted by kind. " * 3
)

NEAR = [
    ("On the order of data", "On the ordre of data"),
    ("On the order of data", "On the orders of data"),
    ("On the order of data", "Data: on the order of"),
    ("On the order of data", "On the order of all data"),
    ("On the order of data", "ON THE ORDER OF DATA."),
    ("Łukasiewicz logic of two sorted lists", "Lukasiewicz logic of two sorted list"),
    ("Introduction", "Introduction"),
]
FAR = [
    ("On the order of data: part 1", "On the order of data: part 2"),
    ("On the order of data, I", "On the order of data, II"),
    ("On the order of lists", "On the order of trees"),
    ("Supervised learning of ordered lists", "Unsupervised learning of ordered lists"),
    ("Ordered lists", "Long ordered lists"),
    ("GPT-3 and ordered lists", "GPT-4 and ordered lists"),
    ("On the order of data", "On the order of all other data"),
    ("", ""),
    ("!", "?"),
]


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_titles_that_are_nearly_the_same(one: str, other: str) -> None:
    assert list(near_titles({"1": one, "2": other}, ())) == [("2", "1")]
    assert list(near_titles({"2": other}, [("0", "Something else"), ("1", one)])) == [("2", "1")]


@pytest.mark.parametrize(("one", "other"), FAR)
def test_titles_that_are_others(one: str, other: str) -> None:
    assert list(near_titles({"1": one, "2": other}, ())) == []
    assert list(near_titles({"2": other}, [("1", one)])) == []


def test_many_titles_are_compared_at_once() -> None:
    titles = {str(number): f"A study of lists of kind {number} in order {number % 77}" for number in range(30_000)}
    titles |= {f"same {number}": "The same words in the same title" for number in range(3_000)}
    titles["long"] = "word " * 200_000
    with at_once():
        assert len(list(near_titles(titles, titles.items()))) >= 2_999


@pytest.mark.parametrize(
    ("url", "kind", "why"),
    [
        ("https://x.org/a", "url", ""),
        ("https://web.archive.org/web/2020/https://x.org/", "url", ""),
        ("https://x.org/?to=https://y.org", "url", ""),
        ("https://arxiv.org/abs/2503.00001", "arxiv", ""),
        ("https://arxiv.org/abs/", "arxiv", "no arXiv id is in it"),
        ("https://doi.org/x", "doi", "no DOI is in it"),
        ("https://x.org/a…", "url", "it is cut off"),
        ("https://x.org/a%E2%80%A6", "url", "it is cut off"),
        ("https://x.orghttps://y.org", "url", "two addresses are in it"),
        ("https://https://x.org", "url", "two addresses are in it"),
        ("https://x.org/{a}", "url", "it holds a character that no address has"),
        ("https://x.org/%7Ba%7D", "url", "it holds a character that no address has"),
        ("https://github/x", "url", "its host has no dot"),
        ("https://[x", "url", "its host has no dot"),
    ],
)
def test_addresses(url: str, kind: str, why: str) -> None:
    assert what_is_odd(url, kind) == why


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Code is at this https URL.", ["this https URL"]),
        ("See https:/x.org/a and http:// there", ["https:/x.org/a", "http://"]),
        ("See https://x.org and https: //y.org, or this URL", []),
    ],
)
def test_addresses_that_a_text_lost(text: str, lost: list[str]) -> None:
    assert [found[0] for found in LOST.finditer(text)] == lost


@pytest.mark.parametrize("text", ["https:/" * 150_000, "https:" * 150_000, "this " * 200_000, "h" * 1_000_000])
def test_long_texts_take_no_time(text: str) -> None:
    with at_once():
        assert isinstance(what_is_odd(text), str)
        assert sum(1 for _ in LOST.finditer(text)) >= 0


WEEK = ["2025-03-03", "2025-03-04", "2025-03-05", "2025-03-06", "2025-03-07"]


@pytest.mark.parametrize(
    ("day", "days", "missing"),
    [
        ("2025-03-11", WEEK, ("2025-03-10",)),
        ("2025-03-10", WEEK, ()),
        ("2025-03-08", WEEK, ()),
        ("2025-03-09", WEEK, ()),
        ("2025-03-12", [*WEEK, "2025-03-08"], ("2025-03-10", "2025-03-11")),
        ("2025-03-11", WEEK[1:], ()),
        ("2025-03-11", [*WEEK[:2], *WEEK[3:]], ()),
        ("2025-03-11", [], ()),
        ("2026-03-11", WEEK, ()),
        ("0001-01-02", ["0001-01-01"], ()),
    ],
)
def test_missing_days(day: str, days: list[str], missing: tuple[str, ...]) -> None:
    assert missing_days(day, days) == missing


def lines(*papers: dict[str, Any]) -> RawDigest:
    return RawDigest("list.jsonl", "".join(json.dumps(paper) + "\n" for paper in papers).encode())


def codes(archive: Path, *inputs: RawDigest) -> list[str]:
    return [found.code for found in add.add(archive / "content", inputs, OPTIONS).suspicious]


def test_a_clean_import_says_nothing(archive: Path) -> None:
    sample = [RawDigest(file.name, file.read_bytes()) for file in sorted((ROOT / "sitegen" / "sample").iterdir())]
    assert add.add(archive / "content", sample, Options("2026-12-31", year="2025")).suspicious == []


def test_a_real_page_only_has_what_may_be_damage(archive: Path) -> None:
    page = shared("trending-page.txt")
    assert codes(archive, RawDigest(page.name, page.read_bytes())) == ["repair-proposed"] * 6
    assert codes(archive, RawDigest(page.name, page.read_bytes())) == []


@pytest.mark.parametrize(
    ("authors", "others", "found"),
    [
        (["Ann One"], ["A. One", "Bo Two"], ["title-near"]),
        (["Ann One"], ["Bo Two"], []),
        ([], ["Bo Two"], ["title-near"]),
        ([], [], ["title-near"]),
    ],
)
def test_authors_speak_against_near_titles(
    archive: Path, authors: list[str], others: list[str], found: list[str]
) -> None:
    first = lines({"id": "2503.00001", "title": "On the order of data", "abstract": ABSTRACT, "authors": authors})
    second = lines({"id": "2503.00002", "title": "On the ordre of data", "abstract": ABSTRACT, "authors": others})
    assert codes(archive, first) == []
    assert codes(archive, second) == found
    assert codes(archive, second) == []


def test_an_abstract_that_another_digest_brought_is_not_missing(archive: Path) -> None:
    paper = {"id": "2503.00001", "title": "One"}
    assert codes(archive, lines({**paper, "abstract": ABSTRACT})) == []
    assert codes(archive, lines({**paper, "authors": ["Ann One"]})) == []
    assert codes(archive, lines({"id": "2503.00002", "title": "Two"})) == ["item-no-abstract"]


def test_lengths_are_odd_only_beside_usual_ones(archive: Path) -> None:
    short = {"title": "The list of all", "abstract": "None."}
    assert codes(archive, lines(short)) == []
    usual = [{"title": f"The list with the name {name}", "abstract": ABSTRACT + name} for name in ("a", "b", "c")]
    assert codes(archive, lines(*usual, {"title": "The odd one", "abstract": "Odd."})) == ["length-odd"]
    assert codes(archive, lines(*usual, {"title": "X", "abstract": ABSTRACT})) == ["length-odd"]
    assert codes(archive, lines({"title": "The longest list", "abstract": ABSTRACT * 30})) == ["length-long"]


def test_days_may_come_in_any_order(archive: Path) -> None:
    inputs = [
        RawDigest(f"{day}-list.jsonl", json.dumps({"title": f"Of {day}", "abstract": "a."}).encode())
        for day in ("2025-03-06", "2025-03-07", "2025-03-10")
    ]
    before = [RawDigest(f"{day}-list.jsonl", b'{"title": "T", "abstract": "a."}') for day in WEEK[:3]]
    for order in permutations(inputs):
        report = add.add(archive / "content", [*before, *order], Options("2026-12-31"), dry_run=True)
        assert report.suspicious == []
    report = add.add(archive / "content", [*before, inputs[0], inputs[2]], Options("2026-12-31"), dry_run=True)
    assert report.suspicious == []  # four days in a row are no series yet

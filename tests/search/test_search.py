"""The files of the search, without a browser."""

import gzip
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.index import Index

from sitegen import identity, search
from sitegen.model import Paper, Tag
from sitegen.search import index
from sitegen.search.made import made_of
from sitegen.search.plain import PlainPaper, plain
from sitegen.search.stemmer import stem
from sitegen.search.words import joined, terms, words
from tests.search.oracle import builder

LUNR_JS = "/**\n * lunr, MIT\n */\n;(function () { var lunr = 1; module.exports = lunr })()\n"
UNICODE = Path(__file__).parents[2] / ".." / "shared" / "data" / "hostile" / "unicode.jsonl.gz"

PAPERS = (
    Paper(
        "2503.00002",
        "Granite surveys, re-examined",
        authors=("Will Ó Briain", "B", "C", "D"),
        abstract="How granite grows.",
        published="2025-03-02",
        aliases=("granite-surveys",),
        links=(("doi", "https://doi.org/10.1234/ABC"), ("arxiv", "https://arxiv.org/abs/2503.00002v2")),
    ),
    Paper("hep-th/9901001", "Marble", abstract="Not granite.", published="1999"),
)
TAGS = {"2503.00002": (Tag("stone-age", "Stone age", "rule"), Tag("cs.cv", "cs.CV", "digest"))}


def read(paper: Paper) -> PlainPaper:
    return plain(paper, TAGS.get(paper.id, ()))


def files(papers: tuple[Paper, ...], **options: Any) -> dict[str, bytes]:
    return dict(search.outputs([made_of(read(each)) for each in papers], LUNR_JS, **options))


def unpacked(made: dict[str, bytes], name: str) -> Any:
    head = json.loads(made["search/head.json"])
    return json.loads(gzip.decompress(made[f"search/{head[name]}"]))


def lunr_index(papers: tuple[Paper, ...]) -> dict[str, Any]:
    made = builder(index.document(read(each)) for each in papers).build().serialize()
    return json.loads(json.dumps(made))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("granite", ["0", "1"]),
        ("title:granite", ["0"]),
        ("tags:#stone\\-age*", ["0"]),
        ("tags:#cs.cv", ["0"]),
        ("ids:2503.00002", ["0"]),
        ("ids:10.1234/abc", ["0"]),
        ("ids:granite\\-surveys*", ["0"]),
        ("ids:hep\\-th/9901001", ["1"]),
        ("authors:will", ["0"]),
        ("authors:briain", ["0"]),
        ("reexamined", ["0"]),
    ],
)
def test_lunr_finds(query: str, numbers: list[str]) -> None:
    assert [hit["ref"] for hit in Index.load(lunr_index(PAPERS)).search(query)] == numbers


def test_the_shipped_postings_are_those_of_lunr() -> None:
    shipped = index.compact(index.counted(index.document(read(each))) for each in PAPERS)
    assert shipped["documents"] == 2
    at = shipped["terms"].index("granit")  # type: ignore[attr-defined]
    assert shipped["postings"][at] == [[0, 0, 1], [4, 0, 1, 1, 1]]  # type: ignore[index]
    assert shipped["terms"] == [term for term, _ in lunr_index(PAPERS)["invertedIndex"]]


def test_documents_are_numbered_from_the_oldest() -> None:
    rows = unpacked(files(PAPERS), "stored")["papers"]
    assert [row[0] for row in rows] == ["hep-th/9901001", "2503.00002"]


def test_stored_fields() -> None:
    stored = unpacked(files(PAPERS, tag_pages=frozenset({"cs.cv"})), "stored")
    assert stored["tags"] == [["cs.cv", "cs.CV", 1], ["stone-age", "Stone age", 0]]
    assert stored["papers"][1] == [
        "2503.00002",
        "papers/2503.00002/",
        "Granite surveys, re-examined",
        "",
        "2025-03-02",
        "Will Ó Briain, B, C et al.",
        [1, 0],
        "How granite grows.",
        "",
    ]


def test_an_archive_without_papers() -> None:
    made = files(())
    assert unpacked(made, "index")["documents"] == 0
    assert unpacked(made, "stored") == {"tags": [], "papers": []}


def test_file_names_follow_the_content() -> None:
    first, same, other = files(PAPERS), files(PAPERS), files(PAPERS[:1])
    assert first == same
    assert [name for name in first if name in other] == ["search/lunr.js", "search/head.json"]
    assert {name.rpartition(".")[2] for name in first} == {"js", "json", "bin"}


def test_head_names_the_files() -> None:
    made = files(PAPERS)
    head = json.loads(made["search/head.json"])
    assert head["papers"] == 2
    assert {f"search/{head['index']}", f"search/{head['stored']}"} < made.keys()


def test_lunr_js_becomes_a_module_with_its_licence() -> None:
    module = files(())["search/lunr.js"].decode()
    assert module.startswith("/**\n * lunr, MIT\n */\n")
    assert module.endswith("export default m.exports;\n")
    assert "var lunr=1" in module


def test_titles_that_are_shown_otherwise_are_found_as_written() -> None:
    made = files((Paper("1", r"\textit{Granite} rocks"), Paper("2", "Marble")))
    assert unpacked(made, "index")["titles"] == {"textitgraniterocks": [1]}


def test_completions_lead_to_stems() -> None:
    made = index.completions(made_of(read(Paper("1", "Diffusion of the models", abstract="granite grows"))).completions)
    assert made == ["diffusion", "granite", "grows", "models"]


def in_utf16_order(found: list[str]) -> bool:
    units = [term.encode("utf-16-be") for term in found]
    return all(one < other for one, other in pairwise(units))


def test_terms_stand_in_the_order_of_utf16_units() -> None:
    # U+FA0E comes before U+10428 by code point, and after it by unit; the others are folded to what comes before both.
    shipped = index.compact([index.counted(index.document(read(Paper("1", "ﬁ 𝒪 ｱ \ufa0e 𐐀"))))])
    found: Any = shipped["terms"]
    assert in_utf16_order(found)
    assert sorted(found) != found


def test_odd_strings_keep_the_order() -> None:
    if not UNICODE.is_file():
        pytest.skip("no ../shared/data")
    cases = [json.loads(line) for line in gzip.decompress(UNICODE.read_bytes()).splitlines()]
    texts = [each["payload"] for each in cases if "payload" in each]
    papers = tuple(Paper(f"id {number} {text}", text, abstract=text) for number, text in enumerate(texts))
    assert in_utf16_order(unpacked(files(papers), "index")["terms"])


@given(st.lists(st.text(max_size=40), max_size=5))
@settings(max_examples=40, deadline=None)
def test_any_text_is_indexed(texts: list[str]) -> None:
    papers = tuple(Paper(str(number), text, authors=(text,), abstract=text) for number, text in enumerate(texts))
    made = unpacked(files(papers), "index")
    assert in_utf16_order(made["terms"])
    assert len(made["terms"]) == len(made["postings"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Schrödinger’s Cat", ["schrodingers", "cat"]),
        ("state-of-the-art", ["state", "of", "the", "art"]),
        ("C++ and C#", ["cplusplus", "and", "csharp"]),
        ("论文 GPT-4模型", ["论", "文", "gpt", "4", "模", "型"]),
        ("x_1 (y) — z…", ["x", "1", "y", "z"]),
        ("é" * 100, ["e" * 64]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_terms_are_stems_without_stop_words_and_with_joined_words() -> None:
    assert terms("The pre-training of surveys") == ["pre", "train", "survey", "pretrain"]
    assert joined("a-b c") == ["ab"]


@pytest.mark.parametrize(
    ("word", "expected"),
    # As lunr.js has it; the lunr package says "arrai", "survei", "alwai", "cry" and "fly".
    [
        *(("array", "array"), ("survey", "survey"), ("always", "alway"), ("cry", "cri"), ("flying", "fli")),
        *(("generating", "gener"), ("hopping", "hop"), ("hoping", "hope"), ("ponies", "poni"), ("yes", "ye")),
        *(("agreed", "agre"), ("relational", "relat"), ("adoption", "adopt"), ("controlling", "control")),
        *(("is", "is"), ("étude", "étude")),
    ],
)
def test_stems_are_those_of_lunr_js(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_every_tag_slug_is_one_term() -> None:
    document = index.document(read(PAPERS[0]))
    assert document["tags"] == ["#stone-age", "stone", "ag", "#cs.cv", "cs", "cv"]
    assert identity.tag_slug("Stone age") == "stone-age"

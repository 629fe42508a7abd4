"""The files of the search, without a browser."""

import gzip
import json
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import identity
from sitegen.model import Notice, Paper, Tag
from sitegen.search import facets, varints
from sitegen.search.alphabet import in_order
from sitegen.search.corpus import corpus_of, packed
from sitegen.search.files import lunr_module
from sitegen.search.index import index_of
from sitegen.search.stemmer import stem
from sitegen.search.words import joined_words, words
from sitegen.text.fold import fold
from tests.conftest import entry, shared
from tests.search.made import head, search_files, tokens_of
from tests.search.oracle import documents, postings

PAPERS = (
    Paper("hep-th/9901001", "Marble", abstract="Not granite.", published="1999", notice=Notice("corrected")),
    Paper(
        "2503.00002",
        "Granite surveys, re-examined",
        authors=("Will Ó Briain", "B", "C", "D"),
        abstract="How granite grows.",
        published="2025-03-02",
        aliases=("granite-surveys",),
        links=(
            ("doi", "https://doi.org/10.1234/ABC"),
            ("arxiv", "https://arxiv.org/abs/2503.00002v2"),
            ("code", "https://example.org/code"),
        ),
    ),
)
TAGS = {"2503.00002": (Tag("stone-age", "Stone age", "rule"), Tag("cs.cv", "cs.CV", "digest"))}


def test_what_the_index_holds_of_a_paper() -> None:
    assert documents(tokens_of(PAPERS, TAGS))[1] == {
        "title": ["granit", "survey", "re", "examin", "reexamin"],
        "tags": ["#stone-age", "#cs.cv", "@code", "stone", "ag", "cs", "cv"],
        "authors": ["will", "o", "briain", "b", "c", "d"],
        "ids": ["2503.00002", "granite-surveys", "10.1234/abc"],
        "abstract": ["granit", "grow"],
    }


def test_what_became_of_a_paper_is_a_term() -> None:
    assert documents(tokens_of(PAPERS))[0]["tags"] == ["@corrected"]


def test_a_word_that_stands_between_names_is_no_word() -> None:
    (found,) = documents(tokens_of([Paper("1", "T", ("A One", "B Two"))]))
    assert found["authors"] == ["a", "on", "b", "two"]


def test_every_tag_slug_is_one_term() -> None:
    assert identity.tag_slug("Stone age") == "stone-age"


def test_documents_are_rows() -> None:
    made = search_files(PAPERS, TAGS)
    (folder,) = head(made)["rows"]["chunks"]
    rows = json.loads(gzip.decompress(made[f"search/rows/{folder}/0.bin"]))
    assert rows == [
        ["hep-th/9901001", "Marble", "", "1999", "", "Corrected", identity.paper_url("hep-th/9901001")],
        ["2503.00002", "Granite surveys, re-examined", "", "2025-03-02", "Will Ó Briain, B, C, and 1 more", "", ""],
    ]


def test_head() -> None:
    found = head(search_files(PAPERS, TAGS))
    assert found["documents"] == 2
    assert found["years"] == [["1999", 0], ["2025", 1]]


def test_the_tags_of_papers_that_have_a_page() -> None:
    papers = [entry(paper, TAGS.get(paper.id, ())) for paper in PAPERS]
    assert [*facets.file(papers, {"cs.cv": "cs.CV", "stone-age": "Stone age"})] == [0, 2, 1, 0]
    assert [*facets.file(papers, {"stone-age": "Stone age"})] == [0, 1, 0]
    assert facets.file([], {}) == b""


def test_the_folder_of_tags_follows_from_papers_and_names() -> None:
    names = {"stone-age": "Stone age"}
    other = [facets.folder(["b"], names), facets.folder(["a"], {}), facets.folder(["a"], {"stone-age": "Stone Age"})]
    assert facets.folder(["a"], names) == facets.folder(["a"], dict(names))
    assert facets.folder(["a"], names) not in other


def test_files_are_those_that_the_head_names() -> None:
    made = search_files(PAPERS, TAGS)
    generation = head(made)["generation"]
    kinds = {path.rpartition("/")[2][0] for path in made if f"/{generation}/" in path}
    assert kinds == {"p", "l", "f", "w", "e", "t"}
    assert all(
        re.fullmatch(r"search/(lunr\.js|head\.bin|[0-9a-f]{12}/[plfwet]\d+\.bin|(rows|tags)/.*)", path) for path in made
    )


def test_names_follow_the_content() -> None:
    first, same, other = search_files(PAPERS), search_files(PAPERS), search_files(PAPERS[:1])
    assert first == same
    assert [name for name in first if name in other] == ["search/lunr.js", "search/head.bin"]


def test_an_archive_without_papers() -> None:
    made = search_files(())
    assert head(made)["documents"] == 0
    assert head(made)["cuts"] == ""


def test_lunr_js_becomes_a_module_with_its_licence() -> None:
    source = "/**\n * lunr, MIT\n */\n;(function () { var lunr = 1; module.exports = lunr })()\n"
    module = lunr_module(source).decode()
    assert module.startswith("/**\n * lunr, MIT\n */\n")
    assert module.endswith("export default m.exports;\n")
    assert "var lunr=1" in module


def test_a_corpus_is_the_same_however_it_was_put_together() -> None:
    papers = [Paper(str(number), f"Paper {number}", abstract=f"word{number % 5} and more") for number in range(9)]
    whole = tokens_of(papers)
    stamps = [*whole.stamps]
    remembered = packed(corpus_of([stamps[0], *stamps[2:6], stamps[8]], [whole]))
    one, content = index_of(corpus_of(stamps, [whole]))
    other, same_content = index_of(corpus_of(stamps, [remembered, whole]))
    assert one == other
    assert all(content(name) == same_content(name) for name in one.names())


def test_an_archive_without_a_word_is_remembered_too() -> None:
    nothing = packed(corpus_of([], []))
    tokens = tokens_of([Paper("1", "Granite")])
    assert corpus_of(tokens.stamps, [nothing, tokens]).terms == corpus_of(tokens.stamps, [tokens]).terms


def test_nothing_stays_of_a_paper_that_is_gone() -> None:
    papers = [Paper("1", "Granite"), Paper("2", "Marble")]
    both = tokens_of(papers)
    corpus = corpus_of(both.stamps[:1], [both])
    assert not any("marble" in key for key in corpus.keys)


TEXTS = st.text(alphabet="abc -é\U00010428论", max_size=40)
MADE = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=6)


@given(MADE)
@settings(max_examples=60, deadline=None)
def test_postings_say_what_documents_hold(texts: list[tuple[str, str, str]]) -> None:
    papers = [Paper(str(n), title, (author,), abstract) for n, (title, author, abstract) in enumerate(texts)]
    tokens = tokens_of(papers)
    corpus = corpus_of(tokens.stamps, [tokens])
    found = postings(index_of(corpus))
    expected: dict[str, dict[str, dict[int, int]]] = {}
    for number, each in enumerate(documents(tokens)):
        for field, terms in each.items():
            for term in terms:
                in_field = expected.setdefault(term, {}).setdefault(field, {})
                in_field[number] = in_field.get(number, 0) + 1
    assert {
        term: {f: {d: len(places) for d, places in docs.items()} for f, docs in fields.items()}
        for term, fields in found.items()
    } == expected


@given(st.lists(st.integers(0, 2**32 - 1), max_size=30))
@settings(max_examples=100, deadline=None)
def test_numbers_of_variable_length(numbers: list[int]) -> None:
    data, starts = varints.encoded(np.array(numbers, np.uint32))
    found = []
    for start, end in pairwise(starts.tolist()):
        found.append(sum((byte & 127) << (7 * place) for place, byte in enumerate(data[start:end].tolist())))
    assert found == numbers


def test_terms_stand_in_the_order_of_utf16_units() -> None:
    # U+FA0E comes before U+10428 by code point, and after it by unit.
    assert in_order(["\ufa0e", "\U00010428", "a"]) == ["a", "\U00010428", "\ufa0e"]


def test_odd_strings_keep_the_order() -> None:
    lines = gzip.decompress(shared("hostile/unicode.jsonl.gz").read_bytes()).splitlines()
    texts = [case["payload"] for case in map(json.loads, lines) if "payload" in case]
    papers = [Paper(f"id {number} {text}", text, abstract=text) for number, text in enumerate(texts)]
    tokens = tokens_of(papers)
    terms = [*postings(index_of(corpus_of(tokens.stamps, [tokens])))]
    units = [term.encode("utf-16-be", "surrogatepass") for term in terms]
    assert all(one < other for one, other in pairwise(units))


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


def test_hyphenated_words_are_joined_too() -> None:
    assert joined_words(fold("Pre-training of state-of-the-art A-B c")) == ["pretraining", "stateoftheart", "ab"]


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

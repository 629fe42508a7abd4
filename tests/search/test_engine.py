"""What a reader finds: the engine, in Node, on a small archive."""

import gzip
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from string import ascii_lowercase
from typing import Any
from zlib import crc32

import pytest

from sitegen.model import Notice, Paper, Tag
from tests.conftest import SHARED
from tests.search.conftest import Node
from tests.search.made import search_files, write

CODE = (("code", "https://example.org/code"),)
PAPERS = (
    Paper("2023.acl-long.9", "Verbs", (), "", "2019-01-01", notice=Notice("withdrawn")),
    Paper("10.1016/0022-0396(71)", "Lines", (), "", "2018-02-07"),
    Paper("10.1016/s0140-6736(20)30183-5", "Points", (), "", "2018-02-07"),
    Paper("1801.00010", "Sparse lanterns near earthquakes", (), "", "2018-02-08"),
    Paper("pmid:31452104", "Bones", (), "", "2019-01-02"),
    Paper("openreview:aB1_x-", "Nets", (), "", "2019-01-03"),
    Paper("2001.00001", "To be or not to be", ("Ann Will",), "A play.", "2020-01-01"),
    Paper("2101.00002", "Granite surveys, re-examined", ("Bo Basalt", "Ann Will"), "How granite grows.", "2021-03-02"),
    Paper(
        "2201.00003",
        r"\textit{Granite} rocks",
        ("Cy Slate",),
        "A fine-grained view of rocks.",
        "2022-05-05",
        links=CODE,
    ),
    Paper(
        "10.1234/abc", "Diffusion models of marble", ("Di Marble",), "Diffusing granite surveys slowly.", "2023-01-01"
    ),
    Paper("hep-th/9901001", "Quark matter", ("Ed Erdős",), "Strange matter at granite pressure.", "2023-02-01"),
    Paper(
        "2401.00006",
        "Attention to granite",
        ("Fu Chen",),
        "Transformers attend to marble models.",
        "2024-01-06",
        aliases=("attention-to-granite",),
        links=CODE,
    ),
    Paper("2401.00007", "A survey of attention in models of rock", ("Gu Chen",), "Slow rocks.", "2024-02-07"),
    Paper("2401.00008", "C++ for 论文 mining", ("Hu Ł",), "naïve ﬁnding of \U00010428.", "2024-02-08"),
    Paper("2401.00009", "On limestone", (), "", "2024-02-09", notice=Notice("retracted")),
)
TAGS = {
    "2101.00002": (Tag("stone-age", "Stone age", "rule"),),
    "2401.00006": (Tag("cs.cv", "cs.CV", "digest"), Tag("stone-age", "Stone age", "rule")),
}
Ask = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def ask(node: Node, served: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """ask(["search", "granite"], …): an answer for each."""
    folder, url = served
    write(search_files(PAPERS, TAGS), folder / "engine")
    asked = tmp_path_factory.mktemp("asked") / "asked.json"

    def answers(*calls: Sequence[Any]) -> list[Any]:
        asked.write_text(json.dumps(calls), encoding="utf-8")
        return node("ask.mjs", f"{url}engine/search/", asked)  # type: ignore[no-any-return]

    return answers


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["paperId"] for hit in answer["hits"]]


# Each query, and the ids it finds; those with some words only stand after "|".
FOUND = {
    # Whole titles, whatever their words are, as shown and as written.
    "To be or not to be": "2001.00001",
    "Granite rocks": "2201.00003 |",
    r"\textit{Granite} rocks": "2201.00003 |",
    # Identifiers, as people copy them.
    "2401.00006": "2401.00006",
    "arXiv:2401.00006v2": "2401.00006",
    "https://arxiv.org/pdf/2401.00006v1.pdf": "2401.00006",
    "https://doi.org/10.1234/ABC": "10.1234/abc",
    "hep-th/9901001": "hep-th/9901001",
    "attention-to-granite": "2401.00006 |",
    "https://huggingface.co/papers/2401.00006": "2401.00006",
    "(arXiv: 2401.00006v2).": "2401.00006",
    "https://doi.org/10.48550/arXiv.2401.00006": "2401.00006",
    "https://publisher.example.org/doi/full/10.1234/abc": "10.1234/abc",
    "https://aclanthology.org/2023.acl-long.9.pdf": "2023.acl-long.9",
    "10.18653/v1/2023.acl-long.9": "2023.acl-long.9",
    "PMID: 31452104": "pmid:31452104",
    "PMID 31452104": "pmid:31452104",
    "doi 10.1234/abc": "10.1234/abc",
    # A bracket belongs to a DOI if it is opened there.
    "10.1234/abc)": "10.1234/abc",
    "(doi:10.1234/abc).": "10.1234/abc",
    "(https://doi.org/10.1234/abc);": "10.1234/abc",
    "“10.1234/abc”": "10.1234/abc",
    "10.1234/abc?!": "10.1234/abc",
    "10.1234/abc…": "10.1234/abc",
    "10.1016/S0140-6736(20)30183-5": "10.1016/s0140-6736(20)30183-5",
    "([10.1016/S0140-6736(20)30183-5]).": "10.1016/s0140-6736(20)30183-5",
    "https://doi.org/10.1016/S0140-6736%2820%2930183-5": "10.1016/s0140-6736(20)30183-5",
    "https://doi.org/10.1016%2FS0140-6736(20)30183-5": "10.1016/s0140-6736(20)30183-5",
    "10.1016/0022-0396(71)": "10.1016/0022-0396(71)",
    "(doi: 10.1016/0022-0396(71)).": "10.1016/0022-0396(71)",
    "https://publisher.example.org/10.1016/0022-0396(71)/full).": "10.1016/0022-0396(71)",
    "arXiv 2401.00006": "2401.00006",
    "https://pubmed.ncbi.nlm.nih.gov/31452104/": "pmid:31452104",
    "https://openreview.net/forum?id=aB1_x-&noteId=3": "openreview:aB1_x-",
    # What addresses have behind them.
    "https://arxiv.org/abs/2401.00006?context=cs.CV": "2401.00006",
    "https://de.arxiv.org/html/2401.00006v2#S3": "2401.00006",
    "https://www.alphaxiv.org/abs/2401.00006v1?tab=notes": "2401.00006",
    "https://pubmed.ncbi.nlm.nih.gov/31452104/?from_term=bones": "pmid:31452104",
    "https://publisher.example.org/doi/10.1234/abc/full?a=b#c": "10.1234/abc",
    "https://aclanthology.org/2023.acl-long.9v2.pdf": "2023.acl-long.9",
    "https://aclanthology.org/2023.acl-long.9/#links": "2023.acl-long.9",
    # Those of papers that are not there are no words.
    "arXiv:2503.10613": "",
    "2401.00099": "",
    "https://doi.org/10.1234/abcd": "",
    "id:granite": "",
    "attention 2401.00099": "|",
    "marble 2401.00099 10.1234/x": "|",
    # All words before some.
    "granite surveys": "2101.00002 10.1234/abc |",
    "chen attention": "2401.00007 2401.00006",
    "erdos": "hep-th/9901001",
    "reexamined": "2101.00002",
    "c++": "2401.00008",
    "论文": "2401.00008",
    "finding": "2401.00008",
    # Half typed, misspelt, with stars.
    "attentio": "2401.00007 2401.00006",
    "difusion": "10.1234/abc",
    "marbel": "10.1234/abc 2401.00006",
    "earthqake": "1801.00010",
    "spars": "1801.00010",
    "spars lanterns": "1801.00010",
    "sparss lantern": "1801.00010",
    "spars lantern": "1801.00010",
    "trans*": "2401.00006",
    "*former": "",
    "*sforme*": "2401.00006",
    "diffuson~1": "10.1234/abc",
    "quarc~1": "hep-th/9901001",
    # Fields, conditions, phrases.
    "title:attention": "2401.00007 2401.00006",
    "author:chen": "2401.00007 2401.00006",
    "authors:will": "2101.00002 2001.00001",
    "tag:stone-age": "2401.00006 2101.00002",
    'tag:"Stone age"': "2401.00006 2101.00002",
    "year:2024": "2401.00009 2401.00008 2401.00007 2401.00006",
    "year:2020..2021": "2101.00002 2001.00001",
    "year:2021-2020": "2101.00002 2001.00001",
    "re-exam*": "2101.00002",
    "granite year:2023..": "2401.00006 hep-th/9901001 10.1234/abc",
    "granite -year:2023": "2101.00002 2401.00006 2201.00003",
    "has:code": "2401.00006 2201.00003",
    "granite has:code": "2401.00006 2201.00003",
    "granite -has:code": "2101.00002 hep-th/9901001 10.1234/abc",
    "is:retracted": "2401.00009",
    "is:w": "2023.acl-long.9",
    "has:": "",
    "is:corrected": "",
    "year:2024 -is:retracted -has:code": "2401.00008 2401.00007",
    "retracted": "2401.00009",
    "title:retracted": "",
    "limestone retracted": "2401.00009",
    "[RETRACTED] On limestone": "2401.00009",
    "Retracted article: On limestone": "2401.00009",
    # What a condition does not know is left out.
    "granite year:abc": "2101.00002 2401.00006 2201.00003 hep-th/9901001 10.1234/abc",
    "year:abc": "",
    "has:foo": "",
    "+granite -surveys -matter": "2401.00006 2201.00003",
    '"granite surveys"': "2101.00002 10.1234/abc",
    '"surveys granite"': "2101.00002 10.1234/abc |",
    '"attention to granite"': "2401.00006",
    '"survey of attention" chen': "2401.00007",
    'granite -"granite surveys"': "2401.00006 2201.00003 hep-th/9901001",
    '"fine-grained view"': "2201.00003",
    # What says nothing changes nothing.
    '"" quark': "hep-th/9901001",
    '"" year:2024': "2401.00009 2401.00008 2401.00007 2401.00006",
    "year:2024 -": "2401.00009 2401.00008 2401.00007 2401.00006",
    # Neither words nor errors.
    "the": "",
    "": "",
    "   ": "",
    '"': "",
    "+": "",
    "-": "",
    "*": None,
    "^1": None,
    "~": "",
    "title:": None,
    "foo:bar": "",
    "__proto__": "",
    "constructor": "",
}


def test_what_is_found(ask: Ask) -> None:
    answers = ask(*(["search", query] for query in FOUND))
    found = {}
    for (query, expected), answer in zip(FOUND.items(), answers, strict=True):
        first = " ".join(ids(answer)[: answer["all"]]) if expected is not None else None
        some = " |" if answer["total"] > answer["all"] else ""
        found[query] = expected if expected is None else f"{first}{some}".strip()
    assert found == FOUND


def test_filters_sort_and_counts(ask: Ask) -> None:
    options = {"year": "2021..2024", "tag": "", "code": False}
    newest, coded, tagged, none, second = ask(
        ["search", "granite", {**options, "sort": "date"}],
        ["search", "granite", {"code": True}],
        ["search", "granite", {"tag": "stone-age", "year": "2024"}],
        ["search", "", {"year": "2024", "tag": "stone-age"}],
        ["search", "granite", {"limit": 2, "offset": 2}],
    )
    assert ids(newest) == ["2401.00006", "hep-th/9901001", "10.1234/abc", "2201.00003", "2101.00002"]
    assert newest["years"] == [["2024", 1], ["2023", 2], ["2022", 1], ["2021", 1]]
    assert ids(coded) == ["2401.00006", "2201.00003"]
    assert ids(tagged) == ["2401.00006"] == ids(none)
    assert len(second["hits"]) == 2
    assert second["total"] == 5


def test_facets_count_what_is_found(ask: Ask) -> None:
    found, none = ask(["facets", "granite", {"year": "2021..2024"}], ["facets", "quark"])
    assert found["code"] == 2
    assert {each["slug"]: each["count"] for each in found["tags"]} == {"stone-age": 2, "cs.cv": 1}
    assert {each["count"] for each in none["tags"]} == {0}


def test_facets_are_counted_in_all_parts(node: Node, served: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = served
    papers = [Paper(f"p{number}", f"Pebble {number}") for number in range(2500)]
    tags = {f"p{number}": (Tag(f"t{number % 300}", f"T {number % 300}", "rule"),) for number in range(0, 2500, 5)}
    write(search_files(papers, tags), folder / "parts")
    asked = tmp_path / "asked.json"
    asked.write_text(json.dumps([["facets", "pebble"], ["facets", "2345"]]), encoding="utf-8")
    every, one = node("ask.mjs", f"{url}parts/search/", asked)
    assert {each["slug"]: each["count"] for each in every["tags"]} == Counter(tag.slug for (tag,) in tags.values())
    assert [each for each in one["tags"] if each["count"]] == [{"slug": "t245", "name": "T 245", "count": 1}]


def test_a_hit_and_its_snippet(ask: Ask) -> None:
    answer, snippets = ask(["search", "rocks grained"], ["snippets", "rocks grained", {}, ["Rocks, fine-grained.", ""]])
    hit = answer["hits"][0]
    assert hit["paperId"] == "2201.00003"
    assert hit["titleHtml"] == "<em>Granite</em> rocks"
    assert hit["url"] == "papers/2201.00003/"
    assert hit["marks"] == ["rocks"]
    assert snippets == [[["Rocks", True], [", fine-", False], ["grained", True], [".", False]], []]


@pytest.mark.parametrize(
    ("query", "note"),
    [
        (
            "foo:granite",
            "There is no field “foo”, so it was searched as a word. "
            "Fields are title, author, tag, abstract, id, year, has, is.",
        ),
        ("year:abc", "“year:abc” was left out: write year:2024 or year:2020..2023."),
        ("granite HAS:foo", "“HAS:foo” was left out: write has:code."),
        (
            "is:bad",
            "“is:bad” was left out: write is:withdrawn, is:retracted, is:corrected or is:superseded.",
        ),
        (
            "title: granite",
            "Write what is sought right behind “title:”, as in title:granite.",
        ),
        (
            "tag:",
            "Write what is sought right behind “tag:”, as in tag:word.",
        ),
        (
            "granite has:",
            "Write what is sought right behind “has:”, as in has:code.",
        ),
        ("granite is: matter", ""),
        ("tag:stone age granite", 'A tag of several words stands in quotes: tag:"stone age".'),
        ("tag:stone granite", ""),
        ('tag:"stone age" granite', ""),
        ("is:ret has:co year:20", ""),
        ("the of", "These words are in nearly every paper, so they are not searched. Add a rarer one."),
        ('"the"', "These words are in nearly every paper, so they are not searched. Add a rarer one."),
        *((query, "There is no word in this query.") for query in ("?!", '""', '"?!"', "~1", "^5", "title:^2")),
        ("arXiv:2503.10613", "“arXiv:2503.10613” is not in the archive."),
        ("https://arxiv.org/abs/2503.10613v2", "“https://arxiv.org/abs/2503.10613v2” is not in the archive."),
        ("2401.00099 marble 10.1/x 10.1234/x", "“2401.00099” and “10.1234/x” are not in the archive."),
        ("2401.0000", ""),
        ("granite -2401.00099", ""),
        ("pmid:99", "“pmid:99” is not in the archive."),
        ("P19-1001", "“P19-1001” is not in the archive."),
        (
            "granit surveyz",
            "No paper was found with all these words, so a similar word was searched too: “surveys” for “surveyz”.",
        ),
        (
            "marbel",
            "No paper was found with this word, so a similar word was searched too: “marble” for “marbel”.",
        ),
        (
            "earthqake",
            "No paper was found with this word, so a similar word was searched too: “earthquakes” for “earthqake”.",
        ),
        (
            "slot rockz",
            "No paper was found with all these words, so similar words were searched too: "
            "“slow” for “slot” and “rocks” for “rockz”.",
        ),
        ('"surveys granite"', "No paper has “surveys granite” word for word, so its words were searched."),
        (
            '"granite surveys" -granite',
            "Papers have “granite surveys” word for word, but none that meets all other conditions.",
        ),
        (
            '"granite surveys" year:1999',
            "Papers have “granite surveys” word for word, but none that meets all other conditions.",
        ),
        ('"granite surveys" -slowly', ""),
        ('"" "surveys granite"', "No paper has “surveys granite” word for word, so its words were searched."),
        ("granite", ""),
    ],
)
def test_notes(query: str, note: str, ask: Ask) -> None:
    (answer,) = ask(["search", query])
    assert answer["note"] == note


def test_what_stands_for_too_many_words_is_said(node: Node, served: tuple[Path, str], tmp_path: Path) -> None:
    """Of 30,000 words more begin with an "a" than are looked for, and thirty times all of them are too many."""
    chance = random.Random(1)
    papers = [
        Paper(str(number), "T", (), " ".join("".join(chance.choices(ascii_lowercase, k=7)) for _ in range(1000)))
        for number in range(30)
    ]
    folder, url = served
    write(search_files(papers), folder / "wide")
    patterns = [f"*qx{letter}*" for letter in ascii_lowercase[:26]] + [f"*qz{letter}*" for letter in "abcd"]
    queries = ("a*", "b* qa~2", "ab*", " ".join(patterns))
    (tmp_path / "asked.json").write_text(json.dumps([["search", query] for query in queries]), encoding="utf-8")
    assert [answer["note"] for answer in node("ask.mjs", f"{url}wide/search/", tmp_path / "asked.json")] == [
        "Not all words that fit “a*” were searched: there are too many.",
        "Not all words that fit “b*” were searched: there are too many.",
        "",
        "Not all words that fit “*qzc*” and “*qzd*” were searched: there are too many.",
    ]


@pytest.mark.parametrize("late", [1, 3])
def test_a_site_that_is_published_anew_is_read_anew(
    node: Node, served: tuple[Path, str], tmp_path: Path, late: int
) -> None:
    """late: the head is the new one when it is asked for so many times."""
    folder, url = served
    site = folder / f"renewed-{late}"
    write(search_files(PAPERS[5:8]), site)
    asked = (f"{url}{site.name}/search/", site, _files(search_files(PAPERS), tmp_path), late)
    assert node("renewed.mjs", *asked) == [["2101.00002"], ["2401.00006"], late]


def test_a_head_that_stays_old_is_an_error(node: Node, served: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = served
    write(search_files(PAPERS[5:8]), folder / "stale")
    asked = (f"{url}stale/search/", folder / "stale", _files(search_files(PAPERS), tmp_path), 9)
    before, after, times = node("renewed.mjs", *asked)
    assert (before, after[-3:], times) == (["2101.00002"], "404", 3)


def _files(made: dict[str, bytes], folder: Path) -> Path:
    write(made, folder)
    return folder


# Two words with which titles have the same CRC-32.
SAME_NUMBER = ("lolohebi", "variseza")


def test_a_title_with_the_number_of_another_is_not_taken_for_it(
    node: Node, served: tuple[Path, str], tmp_path: Path
) -> None:
    one, other = SAME_NUMBER
    assert crc32(one.encode()) == crc32(other.encode())
    folder, url = served
    papers = (Paper("1", one), Paper("2", f"To be {one} or not"), Paper("3", r"Fran\c{c}ois"))
    write(search_files(papers), folder / "numbers")
    queries = (one, other, f"to be {one}", f"to be {other}", r"Fran\c{c}ois")
    (tmp_path / "asked.json").write_text(json.dumps([["search", query] for query in queries]), encoding="utf-8")
    answers = node("ask.mjs", f"{url}numbers/search/", tmp_path / "asked.json")
    assert [ids(answer)[:1] for answer in answers] == [["1"], [], ["2"], [], ["3"]]


def test_no_text_is_an_error(node: Node, served: tuple[Path, str], tmp_path: Path) -> None:
    """Every hostile string as a title and as a query; each paper is found by its id."""
    if not SHARED.exists():
        pytest.skip("no hostile strings in the shared test data")
    texts = sorted({text for file in sorted((SHARED / "hostile").glob("*.jsonl.gz")) for text in _payloads(file)})
    texts = [text for text in texts if len(text) < 20_000][::40]
    papers = [Paper(f"{2000 + n // 90000}.{n % 90000 + 10000}", text, ("A",), text) for n, text in enumerate(texts)]
    folder, url = served
    write(search_files(papers), folder / "hostile")
    asked = [*(["search", text] for text in texts), *(["search", paper.id] for paper in papers)]
    (tmp_path / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    answers = node("ask.mjs", f"{url}hostile/search/", tmp_path / "asked.json")
    assert [ids(answer)[:1] for answer in answers[len(texts) :]] == [[paper.id] for paper in papers]


def _payloads(file: Path) -> list[str]:
    lines = gzip.decompress(file.read_bytes()).splitlines()
    return [case["payload"] for case in map(json.loads, lines) if isinstance(case.get("payload"), str)]


def test_what_must_not_be_there_is_not_found_by_its_title_either(ask: Ask) -> None:
    banned, many = ask(
        ["search", "granite surveys -re"], ["search", f"{' '.join(f'word{n}' for n in range(40))} granite -surveys"]
    )
    assert "2101.00002" not in ids(banned)
    assert "2101.00002" not in ids(many)


def test_a_flood_of_stars_and_tildes_is_answered(ask: Ask) -> None:
    answers = ask(["search", "*a* " * 250], ["search", " ".join(f"ab{n}~2" for n in range(60))], ["search", "*"])
    assert [answer["total"] for answer in answers] == [9, answers[1]["total"], len(PAPERS)]


def test_a_control_character_in_an_id_takes_no_word_away(node: Node, served: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = served
    papers = (*PAPERS, Paper("odd", "Odd", aliases=("nul\0b",)))
    write(search_files(papers), folder / "odd")
    (tmp_path / "asked.json").write_text(json.dumps([["search", "trans*"], ["search", "difusion"]]), encoding="utf-8")
    assert [answer["total"] for answer in node("ask.mjs", f"{url}odd/search/", tmp_path / "asked.json")] == [1, 1]

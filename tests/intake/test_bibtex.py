"""BibTeX against the whole file as bibtexparser reads it, and what files in the wild hold."""

import random

import pytest
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string

from sitegen.text.markup import to_plain
from tests.intake.digests import fields, reading, shared_reading


@pytest.mark.parametrize(("file", "published"), [("aistats17.bib", "2017-04-10"), ("corl2019.bib", "2020-05-12")])
def test_a_real_volume_gives_what_bibtexparser_finds(file: str, published: str) -> None:
    data, made = shared_reading("bibtex", f"bibtex/{file}")
    stack = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts(), middlewares.MergeNameParts(style="first")]
    entries = parse_string(data.decode(), append_middleware=stack).entries
    papers = [entry for entry in entries if entry.entry_type.lower() != "proceedings"]
    # bibtexparser sets the second of two entries with one key apart.
    assert (len(made.records), len(made.rejected)) == (data.count(b"@InProceedings{"), 0)
    records = {to_plain(record.title): record for record in made.records}
    for entry in random.Random(1).sample(papers, 20):
        record = records[to_plain(" ".join(entry["title"].strip("{}").split()))]
        assert fields(record, "abstract", "authors", "published") == {
            "abstract": " ".join(entry["abstract"].split()),
            "authors": tuple(" ".join(to_plain(name).split()) for name in entry["author"]),
            "published": published,
        }


def _entry(fields: str) -> bytes:
    return f"@misc{{key, title = {{T}}, {fields}}}".encode()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("eprint = {1706.03762v5}, archiveprefix = {arXiv}", "1706.03762v5"),
        ("eprint = {hep-th/9901001}, eprinttype = {arxiv}", "hep-th/9901001"),
        ("journal = {arXiv preprint arXiv:1706.03762}", "1706.03762"),
        ("journal = {CoRR}, volume = {abs/1706.03762}", "1706.03762"),
        ("eprint = {123456}, eprinttype = {pubmed}, doi = {https://doi.org/10.1234/A}", "10.1234/a"),
        ("url = {https://aclanthology.org/P19-1001}", "P19-1001"),
        ("openreview = {abc}", "openreview:abc"),
        ("pmid = 12", "PMID:12"),
        ("url = {https://x.org}", ""),
    ],
)
def test_ids(written: str, expected: str) -> None:
    assert reading("bibtex", _entry(written)).records[0].id == expected


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("year = 2017, month = mar", "2017-03"),
        ("year = {2017}, month = {March}, day = 4", "2017-03-04"),
        ('year = "2017", month = "10~" # jan', "2017-01"),
        ("date = {2017-03-04/2017-03-06}", "2017-03-04"),
        ("year = 2017, month = {6}", "2017-06"),
        ("year = {in press}", ""),
    ],
)
def test_dates(written: str, published: str) -> None:
    assert reading("bibtex", _entry(written)).records[0].fields.get("published", "") == published


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Deep{RL} for {$n$}-body \\textbf{{3D} Toys}", "DeepRL for n-body 3D Toys"),
        ("{\\'E}tude of $x_{i}^{2}$ in {{C++}}", "Étude of xᵢ² in C++"),
        ("{Two: Parts} and {1,000} \\& more", "Two: Parts and 1,000 & more"),
    ],
)
def test_what_a_reader_sees_of_titles(written: str, title: str) -> None:
    made = reading("bibtex", f'@misc{{a, title = "{written}"}}'.encode())
    assert to_plain(made.records[0].title) == title


def test_what_stands_between_entries_is_a_comment() -> None:
    made = reading("bibtex", b"Notes\n ann@x.org {x}\n@misc{a, title={A}} @misc{b, title={B}},\n@misc(c, title={C)})")
    assert [record.title for record in made.records] == ["A", "B", "C)"]


def test_an_entry_that_does_not_end_costs_no_other() -> None:
    entries = (b"@misc{a, title={A},", b"@misc{b, title={B}}", b"@misc{c, title={C}, x {y}}", b"@misc{d, title={D}}")
    made = reading("bibtex", b"\n".join(entries))
    assert [record.title for record in made.records] == ["B", "D"]
    assert [item.problem.line for item in made.rejected] == [1, 3]


_VOLUME = "@proceedings{v, year = 2001}"


@pytest.mark.parametrize(
    ("entries", "published"),
    [
        (f"{_VOLUME} @misc{{a, title = {{A}}}} @misc{{, title = {{B}}}}", ["2001", "2001"]),
        (f"{_VOLUME} @misc{{a, title = {{A}}}} @misc{{, title = {{B}}, year = 2002}}", ["", "2002"]),
        (f"@misc{{a, title = {{A}}}} @misc{{b, title = {{B}}, crossref = V}} {_VOLUME}", ["", "2001"]),
    ],
)
def test_the_date_of_a_volume_is_that_of_its_papers(entries: str, published: list[str]) -> None:
    made = reading("bibtex", entries.encode())
    assert [record.fields.get("published", "") for record in made.records] == published


def test_macros_may_be_written_large_and_be_made_of_others() -> None:
    made = reading("bibtex", b'@String{a = "Toy"}\n@STRING(b = A # { Times})\n@misc{k, title = B # ", " # 5}')
    assert made.records[0].title == "Toy Times, 5"

"""The messy cases of the shared test data that lists of papers bring."""

import json
from typing import Any

import pytest

from sitegen.identity import arxiv_of_number
from sitegen.intake import hf_daily, json_papers, notices
from sitegen.intake import markdown_digest as markdown
from sitegen.intake.names import in_value
from sitegen.intake.raw import RawDigest
from sitegen.model import Record
from tests.conftest import shared

TABLE = "|Publish Date|Title|Authors|PDF|Code|\n|---|---|---|---|---|\n"


def _raw(case: str) -> str:
    lines = shared("messy_cases.jsonl").read_text().split("\n")
    return next(str(item["raw"]) for item in map(json.loads, filter(None, lines)) if item["case"] == case)


def _json(value: Any) -> list[Record]:
    return list(json_papers.read(RawDigest("a.json", json.dumps(value).encode())).records)


def _row(row: str) -> Record:
    return markdown.read(RawDigest("a.md", f"{TABLE}{row}\n".encode())).records[0]


def test_a_header_row_is_no_paper() -> None:
    authors = json.loads(_raw("no_author"))
    header = {"title": "title", "abstract": "abstract", "authors": authors}
    assert [record.title for record in _json([header, {"title": "T", "abstract": "A."}])] == ["T"]


def test_et_al_is_nobody() -> None:
    names = in_value(_raw("authors_cut_et_al").strip("_"))
    assert len(names) == 6
    assert "al" not in names[-1]


def test_a_dash_is_no_abstract() -> None:
    (record,) = _json([{"title": "T", "abstract": _raw("abstract_is_a_dash")}])
    assert set(record.fields) == {"title"}


def test_an_abstract_that_is_a_notice() -> None:
    (record,) = _json([{"title": "T", "abstract": _raw("abstract_withdrawn")}])
    assert notices.completed(record).fields["notice"] == ("withdrawn", "This paper is withdrawn.", "", "")


def test_many_authors_and_a_team_among_them() -> None:
    for case in ("very_long_author_list", "team_as_author"):
        authors = json.loads(_raw(case).rpartition(", ")[0] + "]")
        (record,) = _json([{"title": "T", "abstract": "A.", "authors": authors}])
        assert record.fields["authors"] == tuple(dict.fromkeys(authors))


def test_a_table_that_names_the_first_author_alone() -> None:
    record = _row(_raw("authors_cut_by_digest"))
    assert record.fields["authors"] == ("Christina Kassab",)
    assert set(record.fields) == {"title", "authors", "published", "links.arxiv"}
    assert record.id == "2605.13741"


def test_bold_that_wraps_a_title() -> None:
    title = _raw("table_bold_wraps_title")
    record = _row(f"|**2026-05-13**{title}A. One|[2605.1](http://arxiv.org/abs/2605.00001)|null|")
    assert record.title == title.strip("|*")


def test_a_python_repr_a_line() -> None:
    line = _raw("python_repr_not_json") + "['Ann One']}"
    raw = RawDigest("a.jsonl", f"{line}\n{line}\n".encode())
    assert json_papers.recognises(raw)
    (record, _) = json_papers.read(raw).records
    assert (record.id, record.fields["authors"]) == ("arXiv:2605.10848", ("Ann One",))


def test_a_day_in_an_object() -> None:
    text = _raw("dict_instead_of_list").partition('"count"')[0]
    items = [str({"paper": {"id": "2501.00001", "title": "T", "summary": "A."}})]
    raw = RawDigest("a.json", (text + f'"count": 1, "data": {json.dumps(items)}}}').encode())
    assert hf_daily.recognises(raw)
    reading = hf_daily.read(raw)
    assert reading.date
    assert (reading.date.day, len(reading.records)) == ("2025-01-10", 1)


@pytest.mark.parametrize(("number", "expected"), [("708.4021", "0708.4021"), ("1109.423", "1109.4230"), ("3.14", "")])
def test_ids_that_became_numbers(number: str, expected: str) -> None:
    assert arxiv_of_number(_raw("id_became_a_float")) == "1710.04474"
    assert arxiv_of_number(number) == expected
    assert [record.id for record in _json([{"title": "T", "abstract": "A.", "id": float(number)}])] == [expected]

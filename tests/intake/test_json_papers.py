"""Conference JSON, JSON Lines of crawlers and wrapped Hugging Face days against the json module."""

import ast
import json
from collections import Counter
from pathlib import Path

import pytest

from sitegen import add
from sitegen.add.state import Options
from sitegen.intake import hf_daily, json_lines, json_papers
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import account
from tests.conftest import shared
from tests.intake.digests import reading as read_text
from tests.intake.reads import read, sample, squeezed, texts


@pytest.mark.parametrize(("name", "papers"), [("aistats2017", 167), ("nips1987", 90)])
def test_every_paper_of_a_conference(name: str, papers: int) -> None:
    file = shared(f"digests/conference_json/{name}.json")
    reading = read(file, "json")
    items = json.loads(file.read_text())
    assert len(reading.records) == len(items) == papers
    for item, record in sample(list(zip(items, reading.records, strict=True))):
        assert record.id == item["id"]
        assert record.title == squeezed(item["title"])
        assert squeezed(str(record.fields.get("abstract", "-"))) == squeezed(item["abstract"])
        assert texts(record, "authors") == list(dict.fromkeys(map(squeezed, item["author"].split(";"))))
        assert (record.fields["links.pdf"], record.fields["links.url"]) == (item["pdf"], item["site"])


@pytest.mark.parametrize(
    ("name", "lines"),
    [("2025-03-18", 465), ("2025-11-15_AI_enhanced_Chinese", 7), ("2026-01-02", 269), ("2026-06-30", 674)],
)
def test_every_line_of_a_crawler(name: str, lines: int) -> None:
    file = shared(f"digests/jsonl_daily/{name}.jsonl")
    reading = read(file, "json")
    items = [json.loads(line) for line in file.read_text().splitlines()]
    assert len(reading.records) == len(items) == lines
    for item, record in sample(list(zip(items, reading.records, strict=True))):
        assert (record.id, record.title) == (item["id"], squeezed(item["title"]))
        assert squeezed(str(record.fields["abstract"])) == squeezed(item["summary"])
        assert texts(record, "authors") == list(dict.fromkeys(map(squeezed, item["authors"])))
        assert texts(record, "keywords") == list(dict.fromkeys(item["categories"]))
        assert (record.fields["links.arxiv"], record.fields["links.pdf"]) == (item["abs"], item["pdf"])


def test_papers_repeated_by_category_are_added_once_without_a_word(archive: Path) -> None:
    file = shared("digests/jsonl_daily/2026-01-02.jsonl")
    times = Counter(json.loads(line)["id"] for line in file.read_text().splitlines())
    report = add.add(archive / "content", [RawDigest(file.name, file.read_bytes())], Options(today="2026-12-31"))
    assert report.added == len(times)
    assert report.merged == sum(times.values()) - len(times)
    assert not [found for found in report.problems if found.code.startswith("paper-twice")]


def test_a_wrapped_day_is_the_day_itself() -> None:
    file = shared("digests/hf_daily_api_json/2024-12-11.json")
    plain = hf_daily.read(RawDigest(file.name, file.read_bytes()))
    items = json.loads(file.read_text())
    assert isinstance(ast.literal_eval(items[0]), dict)
    data = json.dumps({"status": "success", "date": "2024-12-11", "count": len(items), "data": items}).encode()
    raw = RawDigest("day.json", data)
    assert hf_daily.recognises(raw)
    assert not json_papers.recognises(raw)
    wrapped = hf_daily.read(raw)
    assert [(r.id, r.fields) for r in wrapped.records] == [(r.id, r.fields) for r in plain.records]
    assert wrapped.date
    assert wrapped.date.day == "2024-12-11"
    assert sum(account(raw, wrapped).values()) == len(data)


def _titles(text: str) -> list[str]:
    return [record.title for record in json_papers.read(RawDigest("a.json", text.encode())).records]


@pytest.mark.parametrize(
    "text",
    [
        '[{"title": "A", "year": 2019}, {"title": "B"}]',
        '{"papers": [{"title": "A", "year": 2019}, {"title": "B"}]}',
        '{"name": "Conf", "data": {"x": 1, "list": [{"title": "A", "year": 2019}, {"title": "B", "abstract": ""}]}}',
        '{"p1": {"title": "A", "year": 2019}, "p2": {"title": "B", "authors": []}}',
        """["{'title': 'A', 'year': 2019}", "{'title': 'B'}"]""",
        """{'title': 'A', 'abstract': 'x'}\n{'title': 'B'}\n""",
        '{\n"title": "A",\n"abstract": "B"}',
    ],
)
def test_shapes(text: str) -> None:
    assert _titles(text) == ["A", "B"][: 1 if '"abstract": "B"' in text else 2]
    assert json_papers.recognises(RawDigest("a.json", text.encode()))


def test_a_line_of_our_own_format_may_hold_line_ends_of_unicode() -> None:
    line = '{"title": "A", "abstract": "One.\u2028Two.\u2028Three.\u2028Four.\x85"}\n'
    assert json_lines.recognises(RawDigest("a.jsonl", line.encode()))


@pytest.mark.parametrize("text", ['{"a": 1}', "[]", '[{"name": "Ann", "url": "x"}]', "[1, 2", '{"title": "T"}', "{"])
def test_other_json_is_not_taken(text: str) -> None:
    assert not json_papers.recognises(RawDigest("a.json", text.encode()))


def test_the_settings_name_members() -> None:
    data = b'[{"Titel": "A", "Wer": "Ann One", "Wann": "2019-01-02"}]'
    raw = RawDigest("a.json", data, columns={"title": "Titel", "authors": "Wer", "date": "Wann"})
    assert json_papers.recognises(raw)
    fields = json_papers.read(raw).records[0].fields
    assert fields == {"title": "A", "authors": ("Ann One",), "published": "2019-01-02"}


def test_where_a_paper_appeared_is_named() -> None:
    made = read_text("json", b'[{"title": "A", "abstract": "B", "venue": "Toys", "stars": 7}]')
    assert [span.what for span in made.spans if span.what.startswith(("journals", "unused"))] == [
        "journals and conferences",
        "unused JSON members",
    ]

"""`sitegen build --report`: the page on how good the search is, and what stands in its way."""

import json
import random
import shutil
from pathlib import Path

import lxml.html
import pytest
from playwright._impl._driver import compute_driver_executable

from sitegen import report
from sitegen.build import build
from sitegen.render.figures import Figures, Quality
from sitegen.search import measured
from sitegen.search.asked import Answer
from sitegen.search.known_items import KINDS, MEANINGS, Query
from tests.conftest import Sitegen

WORDS = ["granite", "marble", "basalt", "quartz", "slate", "gravel", "pumice", "obsidian", "gneiss", "schist"]
FIGURES = Figures("one <typo>", "A “slip” & more.", 200, 199, 200, (20_480, 61_040), (9.24, 1_070.06))


@pytest.fixture
def node(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`node` on the PATH: the browsers' driver brings one along, where there is no other."""
    if not shutil.which("node"):
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "node").symlink_to(compute_driver_executable()[0])
        monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")


@pytest.fixture
def small(archive: Path, sitegen: Sitegen) -> Path:
    """An archive of twenty papers."""
    chance = random.Random(1)

    def text(count: int) -> str:
        return " ".join(chance.choice(WORDS) + chance.choice("abcdefgh") for _ in range(count))

    papers = [
        {"id": f"2503.{number:05}", "title": text(5), "abstract": text(30), "authors": ["Ann Stone"], "date": "2025"}
        for number in range(20)
    ]
    (archive / "a.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    sitegen("add", "a.jsonl")
    return archive


def _page(archive: Path, url: str) -> lxml.html.HtmlElement:
    return lxml.html.parse(str(archive / "site" / url / "index.html")).getroot()


def _rows(page: lxml.html.HtmlElement) -> list[list[str]]:
    return [[cell.text_content() for cell in row] for row in page.xpath("//table//tr")]


def test_the_search_is_asked_for_each_paper(small: Path, sitegen: Sitegen, node: None) -> None:
    ran = sitegen("build", "--report", "--json")
    assert ran.status == 0, ran.err
    done = json.loads(ran.out)
    assert done["quality"]["papers"] == 20
    kinds = done["quality"]["kinds"]
    assert [*kinds] == [*KINDS]
    assert {kind: figures["queries"] for kind, figures in kinds.items()} == dict.fromkeys(KINDS, 20)
    assert kinds["exact title"]["success@1"] == kinds["exact title"]["success@10"] == 1.0
    on_disk = sum(file.stat().st_size for file in (small / "site" / "search").rglob("*.bin")) / 1000
    head = (small / "site" / "search" / "head.bin").stat().st_size / 1000
    assert all(head < figures["kb_median"] <= figures["kb_p95"] <= on_disk + 0.1 for figures in kinds.values())
    assert all(0 < figures["ms_median"] <= figures["ms_p95"] for figures in kinds.values())
    assert "ask" in done["seconds"]
    assert done["files"] == done["new"]

    page = _page(small, "search/quality")
    assert page.xpath("//h1/text()") == ["How good is this search?"]
    assert [row[:3] for row in _rows(page)[1:3]] == [
        ["exact title", "20", "100 %"],
        ["three title words", "20", "100 %"],
    ]
    assert page.xpath("//dd/text()") == [*MEANINGS.values()]
    text = " ".join(page.text_content().split())
    assert "120 queries made from the archive's own 20 papers" in text
    assert "the machine that built this site" in text
    assert page.xpath("//nav[@class='sg-crumbs']//a/@href") == ["../../search/"]
    assert _page(small, "search").xpath("//details//a[text()='How good is this search?']/@href") == [
        "../search/quality/"
    ]
    assert "/search/quality/" in (small / "site" / "sitemap.xml").read_text()


def test_the_same_papers_give_the_same_queries(small: Path, sitegen: Sitegen, node: None) -> None:
    first, second = (json.loads(sitegen("build", "--report", "--json").out)["quality"]["kinds"] for _ in range(2))
    for kind in KINDS:
        same = {name for name in first[kind] if not name.startswith("ms")}
        assert {name: first[kind][name] for name in same} == {name: second[kind][name] for name in same}


def test_what_is_said_of_it(small: Path, sitegen: Sitegen, node: None) -> None:
    said = sitegen("build", "--report").err
    assert "\nAsked for known papers 120 times, the search found 1" in said
    assert " among ten: /search/quality/\n" in said
    assert "\nPreview: python3 -m http.server -d site, then http://127.0.0.1:8000/search/quality/\n" in said


def test_a_plain_build_has_no_such_page(small: Path, sitegen: Sitegen, node: None) -> None:
    plain = build(small / "mkdocs.yml")
    before = _files(small / "site")
    assert "search/quality/index.html" not in before
    assert not _page(small, "search").xpath("//a[contains(., 'How good')]")
    assert report.as_json(plain)["quality"] is None
    sitegen("build", "--report")
    assert "search/quality/index.html" in _files(small / "site")
    build(small / "mkdocs.yml")
    assert _files(small / "site") == before


def _files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_an_empty_archive_has_no_figures(archive: Path, sitegen: Sitegen, node: None) -> None:
    ran = sitegen("build", "--report", "--json")
    assert (ran.status, json.loads(ran.out)["quality"]) == (0, {"papers": 0, "kinds": {}})
    assert not (archive / "site" / "search" / "quality").exists()


def test_figures_as_they_are_shown(archive: Path) -> None:
    built = build(archive / "mkdocs.yml", quality=Quality(12_345, (FIGURES,)))
    page = _page(archive, "search/quality")
    assert _rows(page)[1] == ["one <typo>", "200", "99 %", "100 %", "20.5", "61.0", "9.2", "1,070.1"]
    assert page.xpath("//dd/text()") == ["A “slip” & more."]
    assert report.as_json(built)["quality"] == {
        "papers": 12_345,
        "kinds": {
            "one <typo>": {
                "queries": 200,
                "success@1": 0.995,
                "success@10": 1.0,
                "kb_median": 20.5,
                "kb_p95": 61.0,
                "ms_median": 9.2,
                "ms_p95": 1070.1,
            }
        },
    }


def test_a_paper_of_the_same_title_counts() -> None:
    titles = {"a": "One", "b": "Résumé: of\n sorts", "c": "resume OF sorts", "d": "Two"}
    query = Query("one typo", "x", "b")
    found = [Answer(("d", "c", "b"), 3, 1.0), Answer(("a",), 1, 3.0), Answer(("b",), 2, 2.0), Answer((), 0, 9.0)]
    (figures,) = measured.quality([(query, answer) for answer in found], titles).kinds
    assert (figures.queries, figures.first, figures.among_ten) == (4, 1, 2)
    assert (figures.bytes, figures.ms) == ((1.5, 3), (2.5, 9.0))


def test_every_kind_is_explained() -> None:
    assert [*MEANINGS] == [*KINDS]


def test_without_node_the_site_is_built(small: Path, sitegen: Sitegen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(small))
    ran = sitegen("build", "--report")
    assert (ran.status, ran.err) == (
        1,
        "node: error: there is no `node` on the PATH, and `--report` asks the site's search with it\n"
        "    install Node.js 18 or newer, or build without `--report`; the site is built, without that page\n",
    )
    assert (small / "site" / "search" / "index.html").is_file()
    assert not (small / "site" / "search" / "quality").exists()
    said = json.loads(sitegen("build", "--report", "--json").out)
    assert [found["file"] for found in said["problems"]] == ["node"]


@pytest.mark.parametrize(
    ("script", "why"), [("echo Error: too old >&2; exit 1", "Error: too old"), ("exit 3", "it stopped without a word")]
)
def test_a_node_that_cannot(
    script: str, why: str, small: Path, sitegen: Sitegen, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = small / "bin" / "node"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ncat > /dev/null\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    ran = sitegen("build", "--report")
    assert (ran.status, ran.err) == (
        1,
        f"node: error: the site's search cannot be asked: {why}\n"
        "    see that `node --version` says 18 or newer; the site is built, without that page\n",
    )

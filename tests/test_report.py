"""What a build says: in words, as JSON, and when a site is too large for GitHub Pages."""

import json
from dataclasses import replace
from pathlib import Path

from sitegen import build, report
from tests.conftest import Sitegen


def test_a_site_that_github_pages_would_refuse_is_named(archive: Path) -> None:
    built = build.build(archive / "mkdocs.yml")
    assert report.warnings(built) == []
    large = replace(built, published=replace(built.published, bytes=1_000_000_001))
    assert [str(found) for found in report.warnings(large)] == [
        ": warning: the site has 1,000,000,001 bytes; GitHub Pages takes 1,000,000,000\n"
        "    raise `tag_threshold` in mkdocs.yml, or cut the archive into several sites"
    ]
    assert report.as_json(large)["github_pages"] == {"bytes": 1_000_000_000, "percent": 100.0, "minutes": 10}


def test_what_ci_reads(archive: Path, sitegen: Sitegen) -> None:
    (archive / "a.jsonl").write_text('{"title": "One", "abstract": "a.", "date": "2025-03-14"}\n')
    sitegen("add", "a.jsonl")
    first, second = (json.loads(sitegen("build", "--json").out) for _ in range(2))
    assert first["papers"] == 1
    assert first["pages"] == len([*(archive / "site").rglob("*.html")])
    assert (
        first["files"]
        == first["new"]
        == first["made"]
        == len([f for f in (archive / "site").rglob("*") if f.is_file()])
    )
    assert first["bytes"] == sum(file.stat().st_size for file in (archive / "site").rglob("*") if file.is_file())
    assert {"read", "theme", "plan", "search", "write"} == first["seconds"].keys()
    assert (second["reused"], second["made"], second["new"], second["changed"]) == (first["files"], 0, 0, 0)


def test_tags_without_a_page_are_counted_too(archive: Path, sitegen: Sitegen) -> None:
    (archive / "a.jsonl").write_text('{"title": "One", "abstract": "a.", "date": "2025", "tags": ["x", "y"]}\n')
    sitegen("add", "a.jsonl")
    assert "Built 1 paper of 1 digest, with 0 tags and 2 too rare for a page." in sitegen("build").err
    done = json.loads(sitegen("build", "--json").out)
    assert (done["tags"], done["rare_tags"]) == (0, 2)


def test_no_bar_where_there_is_no_terminal(archive: Path, sitegen: Sitegen) -> None:
    lines = "".join(f'{{"title": "Paper {number}", "abstract": "a.", "date": "2025"}}\n' for number in range(450))
    (archive / "a.jsonl").write_text(lines)
    sitegen("add", "a.jsonl")
    err = sitegen("build").err
    assert "Built 450 papers" in err
    assert "\r" not in err
    assert "\x1b" not in err

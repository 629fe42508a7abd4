"""Lunr's queries on our index give what lunr.js gives on one whole index of the same papers."""

import itertools
import json
from pathlib import Path

from sitegen.model import Paper
from sitegen.search.tokens import FIELDS
from tests.bench.corpora import made
from tests.search.conftest import Node
from tests.search.made import search_files, tokens_of, write
from tests.search.oracle import documents
from tests.search.queries import queries

PAPERS = [
    *(
        Paper(each["id"], each["title"], tuple(each["authors"]), each["abstract"], each["date"])
        for each in itertools.islice(made(), 300)
    ),
    # U+FA0E comes before U+10428 by code point, and after it by UTF-16 unit.
    Paper("1", "ﬁ 𝒪 ｱ \ufa0e 𐐀 论文", abstract="Schrödinger’s naïve pre-training; ﬂow 𐐀𐐁 𐐀𐐂"),
    Paper("2", "toString constructor __proto__", abstract="hasOwnProperty valueOf " * 3),
]


def test_results_are_those_of_one_whole_lunr_index(node: Node, served: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = served
    write(search_files(PAPERS), folder / "exact")
    found = documents(tokens_of(PAPERS))
    (tmp_path / "documents.json").write_text(json.dumps({"fields": FIELDS, "documents": found}), encoding="utf-8")
    (tmp_path / "queries.json").write_text(json.dumps(queries(found, 250)), encoding="utf-8")
    compared = node("exactness.mjs", f"{url}exact/search/", tmp_path / "documents.json", tmp_path / "queries.json")
    assert compared["different"] == []
    assert compared["queries"] == 250
    assert compared["hits"] > 150

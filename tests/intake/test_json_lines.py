"""JSON Lines: a digest that is read in parts is read as a whole."""

import json
import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import pytest

from sitegen.intake import encodings, json_lines
from sitegen.intake.raw import RawDigest
from sitegen.work import Crew

T = TypeVar("T")
R = TypeVar("R")

LINES = [
    json.dumps({"id": "2503.00001", "title": "On order", "abstract": "One.", "stars": 5}),
    json.dumps({"title": "On “chaos”", "authors": ["Ann One"], "date": "2025"}, ensure_ascii=False),
    "",
    '{"title": "broken',
    json.dumps({"title": "No abstract", "titel": "x", "url": "ftp://x.org"}),
    json.dumps({"abstract": "No title."}),
]


class _Elsewhere(Crew):
    """What it is sent and what it gives back is copied, as from one process to another."""

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        for item in items:
            yield pickle.loads(pickle.dumps(function(pickle.loads(pickle.dumps(item)))))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("times", [1, 6])
def test_parts_make_the_whole(end: str, encoding: str, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = RawDigest("2025-03-14-a.jsonl", end.join(LINES * times).encode(encoding, "replace"))
    whole = json_lines.read(raw)
    assert len(whole.records) == 3 * times
    assert len(whole.rejected) == 2 * times
    for piece in (1, 100, 200):
        monkeypatch.setattr(encodings, "PIECE", piece)
        assert json_lines.read_by(raw, _Elsewhere()) == whole
    for record in whole.records:
        assert record.title in json.loads(raw.text.splitlines()[record.line - 1])["title"]

"""Odd and hostile strings of public test suites as titles, authors, tags and abstracts."""

import base64
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sitegen.feeds import Feed, outputs, paper_item
from sitegen.model import Paper, Tag
from sitegen.text import escape
from tests.feeds.rules import ATOM, RULES

HOSTILE = Path(__file__).parents[2] / ".." / "shared" / "data" / "hostile"
SITE = "https://example.org/"
SAMPLE = 100
LONGEST = 2_000

pytestmark = pytest.mark.skipif(not HOSTILE.is_dir(), reason="the shared data is not here")


def payloads(kind: str) -> Iterator[str]:
    """About SAMPLE payloads, spread over the file."""
    lines = gzip.decompress((HOSTILE / f"{kind}.jsonl.gz").read_bytes()).splitlines()
    for line in lines[:: max(1, len(lines) // SAMPLE)]:
        case = json.loads(line)
        if "payload_b64" in case:
            yield base64.b64decode(case["payload_b64"]).decode("utf-8", "surrogateescape")[:LONGEST]
        else:
            yield (case.get("payload") or "".join(text * times for text, times in case.get("parts", ())))[:LONGEST]


@pytest.mark.parametrize("kind", ["control", "xml", "feed", "html"])
def test_hostile_strings(kind: str) -> None:
    items = tuple(
        paper_item(Paper(f"p{number}", text, (text,), text, "2025-03-14"), (Tag("t", text, "digest"),), SITE)
        for number, text in enumerate(payloads(kind))
    )
    files = dict(outputs(Feed("F", "D", SITE, SITE, items)))
    for name, data in files.items():
        assert [found for found in RULES[name](data) if not found.startswith("html-in-text")] == []
    expected = [escape.xml(item.title) for item in items]
    assert len(expected) >= SAMPLE
    rss, atom = (ElementTree.fromstring(files[name]) for name in ("feed.xml", "atom.xml"))
    assert [title.text for title in rss.findall("channel/item/title")] == expected
    assert [title.text for title in atom.findall(f"{ATOM}entry/{ATOM}title")] == expected

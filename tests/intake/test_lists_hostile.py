"""Readers of lists, on damaged and hostile files: none raises, no byte is lost, no time is wasted."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.intake import READERS
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import account
from tests.effort import at_once

SMALL = {
    "csv": 'title,authors,abstract,pdf\n"A, b",Ann One|Bo Two,"x\ny",https://x.org/a.pdf\nC,,,\n',
    "json": '{"date": "2025-01-02", "papers": [{"title": "A", "id": 708.4021, "authors": ["Ann"]}, "{\'title\': 1}"]}',
    "hf-daily": "{\"date\": \"2025-01-02\", \"data\": [\"{'paper': {'id': '2501.00001', 'title': 'T'}}\", {}]}",
    "post": "---\ntitle: 'A: b'\nabstract: |\n  x\n  y\nauthor:\n- given: Ann\n  family: One\npdf: https://x.org\n---\nb\n",
    "newsletter-yaml": 'date: "2025-01-02"\ntitle: A\nsummary: x\nlink: https://x.org\ntags: [a, "b"]\n---\ntitle: b\n',
    "markdown": "# 2025-01-02\n|Title|PDF|\n|-|-|\n|**A**|[x](https://arxiv.org/abs/2501.00001)|\n\n"
    "- **[B](https://arxiv.org/abs/2501.00002)** *Ann One*\n  <details><summary>Abstract</summary>\n  x\n  </details>\n"
    "## C\n**Abstract:** y\n\n- **Link**: https://x.org\n```\nz\n```\n",
}
PIECES = st.binary(max_size=6) | st.sampled_from(
    [b"\n\n", b'"', b"}", b"\r\n", b"\\", b"\xff\xfe", b"|", b"\0", b"- ", b"*"]
)


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    """A small file with a part taken out, doubled or replaced."""
    data = draw(st.sampled_from([text.encode() for text in SMALL.values()]))
    at, to = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
    middle = draw(st.sampled_from([b"", data[at:to] * 2]) | PIECES)
    return data[:at] + middle + data[to:]


@given(_damaged())
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_damaged_files_lose_no_byte(data: bytes) -> None:
    raw = RawDigest("2025-01-02-x", data, columns={"title": "Titel"})
    for name in SMALL:
        READERS[name].recognises(raw)
        assert sum(account(raw, READERS[name].read(raw)).values()) == len(data)


@pytest.mark.parametrize("name", SMALL)
def test_the_small_files_are_taken_by_their_readers_alone(name: str) -> None:
    raw = RawDigest("x", SMALL[name].encode())
    assert [each for each, reader in READERS.items() if reader.recognises(raw) and each != "page-text"] == [name]


HEAD = "title,authors,abstract\n"
PAPER = "# [a](https://arxiv.org/abs/2401.10020)\n"
# What is repeated up to a megabyte, and what stands before it.
REPEATED = {
    "csv": [
        (HEAD + '"', "a"), (HEAD + '"', '""'), (HEAD, ","), (HEAD + 't,"', "a and "), (HEAD + 't,"', " ,"),
        (HEAD + "t,", " "), (HEAD + 't,"[', "["), ("id,title,authors\n", "a-"), ("id,title,authors\n", "1"),
        ("pdf,title,authors\n", "openreview.net/pdf?"), ("", "title,"),
    ],
    "json": [
        ("", "["), ("", '{"a":'), ("", '[{"a":'), ('["{', "["), ("{'title': 't', 'abstract': ", "["), ("[", '"'),
        ('[{"title":"t","abstract":"a"}', " "), ('{"a":{"b":{"c":[', '{"x":[{"y":1,"z":"some words of no paper"}]},'),
        ('[{"title":"t","abstract":"a","id":', "1"), ('[{"title":"t","authors":"', "a  "),
    ],
    "hf-daily": [("{", " "), ('{"date": "', "a"), ('{"data":[', '"')],
    "post": [
        ("---\ntitle: a\nabstract: ", "x "), ("---\n", "a: b\n"), ("", "---\n"), ("---\ntitle: a\nabstract: ", "["),
    ],
    "newsletter-yaml": [("title: a\nabstract: b\nurl: ", "c"), ("title: a\nabstract: b\nurl: c\n", "-")],
    "markdown": [
        ("# a ", "["), ("# ", "[a]("), ("# [a](", " "), ("# ", "*"), ("# ", "*a "), ("# ", "_a_ "), ("# ", "**a"),
        ("# ", "("), ("# ", "!["), ("# a", " "), ("# [a](b", "(c)"), ("", "- "), ("", "`"), ("# ", "http://"),
        (PAPER + "*", "Ab, "), (PAPER, "<details>"), (PAPER, "<summary>"), (PAPER + "**Abstract**: ", "a few words\n"),
        ("|title|pdf|\n|--|--|\n", "|"), ("|title|pdf|\n|--|--|\n|", "a "), ("", "|-|"), ("# ", "1"), ("# ", "\\"),
        ("- [a](https://arxiv.org/abs/2401.10020)\n<details>\n", "a " * 50 + "\n\n"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "head", "part"), [(name, head, part) for name, cases in REPEATED.items() for head, part in cases]
)
def test_a_megabyte_is_read_at_once(name: str, head: str, part: str) -> None:
    raw = RawDigest("x", (head + part * (1_000_000 // len(part))).encode())
    with at_once():
        READERS[name].recognises(raw)
        reading = READERS[name].read(raw)
    assert sum(account(raw, reading).values()) == len(raw.data)

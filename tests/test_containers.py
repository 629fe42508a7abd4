"""Digests inside archives."""

import gzip
import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen.intake import reader_for
from sitegen.intake.containers import unpacked
from sitegen.intake.raw import Part, RawDigest
from sitegen.intake.reading import shares
from sitegen.problems import Problem
from tests.conftest import SHARED
from tests.intake.packed import LINE, SAMPLE, attached, digests, mailed, opened, problems, zipped


def real_digests() -> Iterator[Any]:
    """Real files of every kind, where they are, and the sample."""
    found = sorted(path for path in SHARED.glob("digests/*/*") if path.name != "SOURCES.md" and path.is_file())
    for path in (*SAMPLE, *found):
        if path.stat().st_size < 600_000:
            yield pytest.param(path, id=f"{path.parent.name}/{path.name[:30]}")


@pytest.mark.parametrize("path", list(real_digests()))
def test_a_packed_digest_is_the_digest(path: Path) -> None:
    data = path.read_bytes()
    plain = RawDigest(path.name, data)
    if isinstance(reader_for(plain), Problem):
        pytest.skip("no reader takes it")
    for packed in (gzip.compress(data), zipped({path.name: data}), attached(data, path.name)):
        inside = digests(opened(packed))
        assert [raw.data for raw in inside] == [data]
    for encoding in ("base64", "quoted-printable"):
        inside = digests(opened(mailed(data, encoding)))
        assert len(inside) == 1
        assert inside[0].data.endswith(data.replace(b"\r\n", b"\n"))
        assert inside[0].sent == "2025-03-14"


def test_a_digest_that_is_no_container_is_itself() -> None:
    raw = RawDigest("a.jsonl", LINE)
    assert list(unpacked(raw)) == [raw]


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.intake.containers.archives.MOST_PARTS", 1)
    monkeypatch.setattr("sitegen.intake.containers.mails.MOST_PARTS", 1)
    two = zipped({"a": LINE, "b": LINE})
    assert problems(opened(two, "a.zip")) == ["a.zip: error: 2 parts are more than the 1 that are read at once"]
    mail = attached(LINE, "a.jsonl")
    assert problems(opened(mail, "a.eml")) == ["a.eml: error: 2 parts are more than the 1 that are read at once"]


def test_the_sum_of_all_parts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.intake.containers.LARGEST", 4 * len(LINE))
    inner = zipped({"a": LINE, "b": LINE, "c": LINE})
    found = opened(gzip.compress(zipped({"a.zip": inner})), "x.gz")
    assert problems(found) == ["x.gz!a.zip: error: an archive or mail inside 2 others is not opened"]
    monkeypatch.setattr("sitegen.intake.containers.LARGEST", 700)
    found = opened(zipped({"a.zip": zipped({"a": LINE * 9}), "b.zip": zipped({"b": LINE * 9})}), "x.zip")
    assert [raw.name for raw in digests(found)] == ["x.zip!a.zip!a"]
    assert len(problems(found)) == 1


def test_bombs_are_not_unpacked() -> None:
    quine = bytearray(zipped({"a.jsonl": b"0" * 50_000_000}))
    assert "unpack to more than" in problems(opened(bytes(quine), "a.zip"))[0]
    quine[quine.index(b"PK\x01\x02") + 24 :][:4] = b"\x10\0\0\0"
    lying = bytes(quine).replace((50_000_000).to_bytes(4, "little"), (16).to_bytes(4, "little"))
    assert "Bad CRC-32" in problems(opened(lying, "a.zip"))[0]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.jsonl", LINE)
    assert problems(opened(file.getvalue(), "a.zip")) == [
        "a.zip!a.jsonl: error: the archive cannot be unpacked: it is not packed with deflate"
    ]
    twice = zipped({"a.jsonl": LINE * 1_000})
    at = twice.index(b"PK\x01\x02")
    size = twice.index(b"PK\x05\x06") - at
    end = bytearray(twice[at + size :])
    for place, value in ((8, 9), (10, 9)):
        end[place : place + 2] = value.to_bytes(2, "little")
    end[12:16] = (9 * size).to_bytes(4, "little")
    found = problems(opened(twice[:at] + twice[at : at + size] * 9 + bytes(end), "a.zip"))
    assert found == ["a.zip: error: the archive cannot be unpacked: its members overlap"]


def test_documents_are_not_archives_of_digests() -> None:
    document = zipped({"[Content_Types].xml": LINE, "word/a.xml": LINE})
    assert [raw.name for raw in digests(opened(document, "a.docx"))] == ["a.docx"]
    assert "See the file." in problems(opened(attached(document, "a.docx"), "a.eml"))[0]


def test_names_and_days_of_parts() -> None:
    inside = digests(opened(zipped({"a/b.jsonl": LINE, "2025-03-13-c.jsonl": LINE}), "in/2025-03-14.zip"))
    assert [(raw.stem, raw.name_date) for raw in inside] == [("c", "2025-03-13"), ("b", "2025-03-14")]
    assert [raw.short_name for raw in inside] == ["2025-03-14.zip!2025-03-13-c.jsonl", "2025-03-14.zip!a/b.jsonl"]
    assert (RawDigest("in/wow! 1.txt", b"").stem, RawDigest("in/wow!/1.txt", b"").short_name) == ("wow! 1", "1.txt")
    assert RawDigest("a.mbox#1", b"", part=Part(1, "1.eml")).stem == "1"


def test_the_day_of_a_folder_in_an_archive() -> None:
    names = ("2025-03-12/a/papers.json", "2025-03-12/2025-03-13/papers.json", "2025-03-12/2025-03-11.json", "x/b.json")
    inside = digests(opened(zipped(dict.fromkeys(names, LINE)), "2025-03-14.zip"))
    assert [raw.name_date for raw in inside] == ["2025-03-11", "2025-03-13", "2025-03-12", "2025-03-14"]


def test_shares_are_whole_and_lose_nothing() -> None:
    chance = random.Random(3)
    for _ in range(200):
        sizes = {str(number): chance.randrange(1, 1_000) for number in range(chance.randrange(1, 9))}
        total = chance.randrange(0, 3_000)
        assert sum(shares(sizes, total).values()) == total


@pytest.mark.parametrize("name", ["page.html", "mail.eml", "mails.mbox", "attached.eml", "page.zip"])
def test_a_page_too_deep_to_be_parsed_says_so(name: str) -> None:
    page = b"<html><body>" + b"<b><p>\n" * 1_300 + b"<a href='https://arxiv.org/abs/2503.00001'>A title</a>"
    data = {
        "page.html": page,
        "mail.eml": mailed(page, kind="text/html"),
        "mails.mbox": b"From a\n" + mailed(page, kind="text/html"),
        "attached.eml": attached(page, "page.html"),
        "page.zip": zipped({"a.html": page, "list.jsonl": LINE}),
    }[name]
    found = opened(data, name)
    kind = "mail-no-digest" if name == "attached.eml" else "page-deep"  # an attachment may be of any kind
    kinds = [kind, "mails-left"] if name == "mails.mbox" else [kind]
    assert [piece.code for piece in found if isinstance(piece, Problem)] == kinds
    assert len(digests(found)) == (name == "page.zip")


def test_a_mail_with_a_page_too_deep_and_a_digest_is_read() -> None:
    page = b"<html><body>" + b"<b><p>\n" * 1_300
    parts = (
        b"--x\nContent-Type: text/html\n\n" + page + b"\n--x\nContent-Type: application/json\n\n" + LINE + b"\n--x--\n"
    )
    data = b"From: a@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary=x\n\n" + parts
    assert [raw.data for raw in digests(opened(data))] == [LINE]

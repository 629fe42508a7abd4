"""Digests inside archives, mails and mailboxes."""

import base64
import email
import gzip
import io
import json
import quopri
import random
import time
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from sitegen import add
from sitegen.add.state import Options
from sitegen.intake import READERS, reader_for
from sitegen.intake.containers import mime, unpacked
from sitegen.intake.containers.html_text import texts
from sitegen.intake.containers.pieces import Piece, size_of
from sitegen.intake.raw import Part, RawDigest
from sitegen.intake.reading import Reader, account, shares
from sitegen.problems import Problem
from tests.conftest import ROOT, SHARED, shared

LINE = b'{"id": "2503.00001", "title": "A title", "abstract": "An abstract."}\n'
SAMPLE = sorted((ROOT / "sitegen" / "sample").iterdir())
CODED = ("base64", "quoted-printable")
OPTIONS = Options(today="2026-12-31", year="2025")


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def mailed(data: bytes, encoding: str = "base64", kind: str = "text/plain; charset=utf-8") -> bytes:
    body = base64.encodebytes(data) if encoding == "base64" else quopri.encodestring(data)
    headers = f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n"
    return b"From: a@example.org\nDate: Fri, 14 Mar 2025 10:00:00 +0000\nSubject: Papers\n" + headers.encode() + body


def attached(data: bytes, name: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Date"] = "a@example.org", "Fri, 14 Mar 2025 10:00:00 +0000"
    mail.set_content("See the file.")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


def opened(data: bytes, name: str = "x", format_: str = "") -> list[Piece]:
    """The pieces, whose sizes are checked, and that every digest's bytes are accounted for by its reader."""
    found = list(unpacked(RawDigest(name, data), format_))
    assert sum(map(size_of, found)) == len(data)
    for raw in digests(found):
        reader = reader_for(raw)
        if isinstance(reader, Reader):
            assert sum(account(raw, reader.read(raw)).values()) == raw.packed_size
    return found


def digests(found: list[Piece]) -> list[RawDigest]:
    return [piece for piece in found if isinstance(piece, RawDigest)]


def problems(found: list[Piece]) -> list[str]:
    return [str(piece).split("\n")[0] for piece in found if isinstance(piece, Problem)]


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


def test_forms_of_a_mail() -> None:
    """An alert as a page and as plain words: whichever a reader takes."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.org", "Lists"
    mail.set_content("Your mail program shows no pages.")
    mail.add_alternative("<p>" + LINE.decode().replace("A title", "A &amp; B") + "</p>", subtype="html")
    inside = digests(opened(bytes(mail), "a.eml"))
    assert [(raw.name, json.loads(raw.text)["title"], raw.stem) for raw in inside] == [("a.eml", "A & B", "Lists")]


def test_a_forwarded_mail_has_its_own_date() -> None:
    inner = email.message_from_bytes(mailed(LINE, "quoted-printable"))
    mail = EmailMessage()
    mail["From"], mail["Date"], mail["Subject"] = "b@example.org", "Mon, 17 Mar 2025 10:00:00 +0000", "Fwd"
    mail.set_content("Look:")
    mail.make_mixed()
    outer = bytes(mail).replace(b"--\n", b"--\n", 1)
    boundary = mail.get_boundary() or email.message_from_bytes(outer).get_boundary()
    part = f"\n--{boundary}\nContent-Type: message/rfc822\n\n".encode() + bytes(inner)
    end = f"--{boundary}--".encode()
    inside = digests(opened(outer.replace(end, part.lstrip() + b"\n" + end), "a.eml"))
    assert [(raw.sent, raw.stem) for raw in inside] == [("2025-03-14", "Papers")]


def test_a_mail_with_headers_that_a_reader_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of whole mails gets plain mails unchanged, and of encoded ones date, subject and text."""

    def is_whole(raw: RawDigest) -> bool:
        return raw.text.startswith(("From: ", "Date: ")) and "arXiv:" in raw.text

    monkeypatch.setitem(READERS, "arxiv-mail", Reader(is_whole, READERS["jsonl"].read))
    text = b"\\\\\narXiv:2503.00001\n"
    plain = b"From: a@example.org\nDate: Fri, 14 Mar 2025 10:00:00 +0000\nSubject: cs daily\n\n" + text
    assert [raw.data for raw in digests(opened(plain))] == [plain]
    box = digests(opened(b"From a Fri Mar 14\n" + plain + b"\n", "a.mbox"))
    assert [(raw.name, raw.data) for raw in box] == [("a.mbox#1", plain + b"\n")]
    coded = digests(opened(mailed(text)))
    assert [raw.data for raw in coded] == [b"Date: Fri, 14 Mar 2025 10:00:00 +0000\nSubject: Papers\n\n" + text]


def test_a_named_format_decides_alone() -> None:
    page = SAMPLE[-1].read_bytes()
    box = b"From a Fri Mar 14\n" + mailed(page)
    assert problems(opened(box, "a.mbox")) == ["a.mbox: warning: mails that are no digest: 1 of 1"]
    assert [raw.data for raw in digests(opened(box, "a.mbox", "page-text"))] == [page]


def test_thousands_of_mails() -> None:
    mail = b"From a Fri Mar 14\n" + mailed(LINE).replace(b"\n", b"\r\n") + b"\r\n"
    found = list(unpacked(RawDigest("a.mbox", mail * 3_000)))
    assert [raw.name for raw in digests(found)] == [f"a.mbox#{number}" for number in range(1, 3_001)]


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
    assert digests(opened(attached(document, "a.docx"), "a.eml"))[0].text.strip() == "See the file."


def test_names_and_days_of_parts() -> None:
    inside = digests(opened(zipped({"a/b.jsonl": LINE, "2025-03-13-c.jsonl": LINE}), "in/2025-03-14.zip"))
    assert [(raw.stem, raw.name_date) for raw in inside] == [("c", "2025-03-13"), ("b", "2025-03-14")]
    assert RawDigest("in/wow! 1.txt", b"").stem == "wow! 1"
    assert RawDigest("a.mbox#1", b"", Part(1, "1.eml")).stem == "1"


def test_shares_are_whole_and_lose_nothing() -> None:
    chance = random.Random(3)
    for _ in range(200):
        sizes = {str(number): chance.randrange(1, 1_000) for number in range(chance.randrange(1, 9))}
        total = chance.randrange(0, 3_000)
        assert sum(shares(sizes, total).values()) == total


def test_parts_are_those_that_python_finds() -> None:
    """Well-formed mails of public test suites: the same bodies, byte for byte."""
    compared = 0
    for data in _hostile("email"):
        mail = email.message_from_bytes(data)
        ours = [leaf for leaf in mime.leaves(data) if leaf.encoding in CODED]
        theirs = [
            part.get_payload(decode=True)
            for part in mail.walk()
            if not part.is_multipart() and str(part["content-transfer-encoding"]).strip().lower() in CODED
        ]
        if mail.defects or any(part.defects for part in mail.walk()) or len(ours) != len(theirs):
            continue
        for leaf, body in zip(ours, theirs, strict=True):
            compared += 1
            assert mime.decoded(data, leaf._replace(type="")) == body
    assert compared > 50


def test_hostile_mails_never_raise() -> None:
    header = b"From: %s\nTo: %s\nDate: %s\nSubject: %s\nContent-Type: %s\n\n" + LINE
    for data in (*_hostile("email"), *_hostile("email-address")):
        opened(data, "a.eml")
        opened(b"From a\n" + data, "a.mbox")
        opened(header % ((data.replace(b"\n", b" "),) * 5), "a.eml")


def _hostile(name: str) -> Iterator[bytes]:
    for line in gzip.decompress(shared(f"hostile/{name}.jsonl.gz").read_bytes()).splitlines():
        case = json.loads(line)
        text = case.get("payload") or "".join(part * times for part, times in case.get("parts", ()))
        yield base64.b64decode(case["payload_b64"]) if "payload_b64" in case else text.encode("utf-8", "surrogatepass")


def _samples() -> dict[str, bytes]:
    page = b"<p>" + SAMPLE[-1].read_bytes().replace(b"\n\n", b"</p><p>")
    mails = attached(LINE, "a.jsonl") + b"\nFrom b\n" + mailed(page, "quoted-printable", "text/html")
    return {
        "a.gz": gzip.compress(LINE * 3),
        "a.zip": zipped({"a": LINE, "b/c.gz": gzip.compress(LINE), "d.eml": mailed(LINE)}),
        "a.eml": attached(zipped({"a": LINE}), "a.zip"),
        "a.mbox": b"From a\n" + mails + b"\n\nFrom c\n" + mails,
    }


@pytest.mark.parametrize("name", list(_samples()))
def test_damaged_containers_lose_no_byte(name: str) -> None:
    chance, data = random.Random(7), _samples()[name]
    for _ in range(100):
        start, end = sorted(chance.choices(range(len(data)), k=2))
        new = chance.choice((b"", chance.randbytes(3), b"\n\n", data[start : start + 40] * 2, b"--", b"\xff\0"))
        opened(data[:start] + new + data[min(end, start + chance.choice((1, 9, len(data)))) :], name)


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Type: text/plain" + b";" * 1_000_000,
        b"Content-Type: multipart/mixed; boundary=" + b"a" * 1_000_000,
        b"Subject: " + b"=?utf-8?q?=41?= " * 60_000,
        b"Date: " + b"1" * 1_000_000,
        b"Date: x\n" * 120_000,
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 250_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=a%d\n\n--a%d\n" % (n, n) for n in range(17_000)),
        b"Content-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/x; boundary=b\n\n--b\n" * 17_000,
        b"Content-Type: message/rfc822\n\n" * 33_000,
        b"Content-Transfer-Encoding: base64\n\n" + b"=A" * 500_000,
        b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=\n" * 500_000,
        b"Content-Type: text/html\n\n" + b"<div>" * 200_000,
        b"Content-Type: text/html\n\n" + b"<b>" * 400 + b"<div></div>" * 90_000,
        b"Content-Type: text/html\n\n" + b"<a href=http://a.b>" * 50_000,
        b"Content-Type: text/html\n\n" + b"<p>" * 330_000,
        b"Content-Type: text/html\n\n" + b"<" * 1_000_000,
        b"x" * 1_000_000,
        b"\n" * 1_000_000,
        b"\n\nFrom a\n" * 100_000,
        b"\n\nFrom a\nFrom: b\nTo: c\n\n%b" % (b"x" * 80) * 10_000,
        b" \n" * 500_000,
    ],
    ids=lambda body: repr(body[:50] + body[-20:]),
)
def test_a_megabyte_takes_no_time(body: bytes) -> None:
    for data in (b"From: a\nTo: b\n" + body, b"From a\nFrom: a\nTo: b\n" + body):
        begun = time.process_time()
        assert sum(map(size_of, unpacked(RawDigest("a.eml", data)))) == len(data)
        assert time.process_time() - begun < 2


def test_a_megabyte_of_tiny_members_takes_no_time() -> None:
    begun = time.process_time()
    opened(gzip.compress(b"") * 50_000, "a.gz")
    opened(zipped({f"{number}.txt": b"" for number in range(9_000)}), "a.zip")
    assert time.process_time() - begun < 4


def test_texts_of_a_page() -> None:
    page = (
        "<title>no</title><style>no</style><h3>T<br>\n  wo</h3><ul><li>a <b>b</b><li>c &lt;d</ul><a href='no:x'>e</a>"
    )
    assert texts(page)[0] == "T\nwo\n\na b\n\nc <d\n\ne"
    assert texts("<div>" * 600 + "x") == ("", "")


def test_every_byte_of_every_container_is_printed(archive: Path) -> None:
    for name, data in _samples().items():
        report = add.add(archive / "content", [RawDigest(name, data)], OPTIONS)
        assert sum(report.used.values()) + sum(report.ignored.values()) == report.size == len(data)

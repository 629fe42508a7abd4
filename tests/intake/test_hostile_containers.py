"""Damaged and hostile archives and mails: none raises, none takes long, and no byte is lost."""

import gzip
import random
from pathlib import Path

import pytest

from sitegen import add
from sitegen.add.state import Options
from sitegen.intake.containers import unpacked
from sitegen.intake.containers.pieces import size_of
from sitegen.intake.raw import RawDigest
from tests.effort import at_once
from tests.intake.packed import LINE, SAMPLE, attached, hostile, mailed, opened, zipped

OPTIONS = Options(today="2026-12-31", year="2025")


def test_hostile_mails_never_raise() -> None:
    header = b"From: %s\nTo: %s\nDate: %s\nSubject: %s\nContent-Type: %s\n\n" + LINE
    for data in (*hostile("email"), *hostile("email-address")):
        opened(data, "a.eml")
        opened(b"From a\n" + data, "a.mbox")
        opened(header % ((data.replace(b"\n", b" "),) * 5), "a.eml")


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
        b"\n\nFrom a\nFrom: b\nTo: c\n\n%b" % (b"x" * 480) * 2_000,
        b" \n" * 500_000,
    ],
    ids=lambda body: repr(body[:50] + body[-20:]),
)
def test_a_megabyte_takes_no_time(body: bytes) -> None:
    for data in (b"From: a\nTo: b\n" + body, b"From a\nFrom: a\nTo: b\n" + body):
        with at_once():
            assert sum(map(size_of, unpacked(RawDigest("a.eml", data)))) == len(data)


def test_a_megabyte_of_tiny_members_takes_no_time() -> None:
    with at_once():
        opened(gzip.compress(b"") * 50_000, "a.gz")
        opened(zipped({f"{number}.txt": b"" for number in range(9_000)}), "a.zip")


def test_every_byte_of_every_container_is_printed(archive: Path) -> None:
    for name, data in _samples().items():
        report = add.add(archive / "content", [RawDigest(name, data)], OPTIONS)
        assert sum(report.used.values()) + sum(report.ignored.values()) == report.size == len(data)

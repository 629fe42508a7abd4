"""Digests packed into archives and mails, and what comes out of them again."""

import base64
import gzip
import io
import json
import quopri
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage

from sitegen.intake import reader_for
from sitegen.intake.containers import unpacked
from sitegen.intake.containers.pieces import Piece, size_of
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reader, account
from sitegen.problems import Problem
from tests.conftest import ROOT, shared

LINE = b'{"id": "2503.00001", "title": "A title", "abstract": "An abstract."}\n'
SAMPLE = sorted((ROOT / "sitegen" / "sample").iterdir())


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


def hostile(name: str) -> Iterator[bytes]:
    for line in gzip.decompress(shared(f"hostile/{name}.jsonl.gz").read_bytes()).splitlines():
        case = json.loads(line)
        text = case.get("payload") or "".join(part * times for part, times in case.get("parts", ()))
        yield base64.b64decode(case["payload_b64"]) if "payload_b64" in case else text.encode("utf-8", "surrogatepass")

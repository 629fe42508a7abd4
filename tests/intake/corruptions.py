"""Small digests of every format, taken from the golden cases, and what may happen to a file on its way."""

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from sitegen.intake import READERS
from sitegen.intake.containers import unpacked
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reader, account
from tests.conftest import ROOT, SHARED

LARGEST_SEED = 200_000


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.choices(range(len(data) + 1), k=2))
    return chance.choice((data[:start], data[end:], data[:start] + data[end:]))


def _swapped(data: bytes, chance: random.Random) -> bytes:
    first, second, third, fourth = sorted(chance.choices(range(len(data) + 1), k=4))
    return data[:first] + data[third:fourth] + data[second:third] + data[first:second] + data[fourth:]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.choices(range(len(data) + 1), k=2))
    return data[:end] + data[start:end] * chance.choice((1, 1, 30)) + data[end:]


def _other_byte(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    new = chance.choice((*b"\\\"'<>{}[]()\n\r\t,;:|$%&#@-=*", *chance.randbytes(8)))
    return data[:at] + bytes([new]) + data[at + chance.choice((0, 1)) :]


def _as_latin_1(data: bytes, _chance: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode("latin-1", "replace")


def _as_utf_16(data: bytes, _chance: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode("utf-16")


def _with_mark(data: bytes, _chance: random.Random) -> bytes:
    return b"\xef\xbb\xbf" + data


def _with_crlf(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b"")))


def _with_nuls(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + b"\0" * chance.choice((1, 5_000)) + data[at:]


DAMAGES = (_cut, _swapped, _doubled, _other_byte, _as_latin_1, _as_utf_16, _with_mark, _with_crlf, _with_nuls)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """`data` after one to four mishaps; no larger than twice a seed may be."""
    for damage in chance.choices(DAMAGES, k=chance.choice((1, 1, 2, 4))):
        data = damage(data, chance)[: 2 * LARGEST_SEED]
    return data


@cache
def seeds(name: str) -> tuple[RawDigest, ...]:
    """The files of the golden cases and the sample that a reader recognises."""
    return tuple(raw for raw in small_files() if READERS[name].recognises(raw))


@cache
def real_seeds(name: str) -> tuple[RawDigest, ...]:
    """The beginnings of the real digests that a reader recognises; none where there are none."""
    files = [path for path in sorted(SHARED.glob("digests/*/*")) if path.is_file() and path.name != "SOURCES.md"]
    page = SHARED / "trending-page.txt"
    found = (RawDigest(path.name, path.read_bytes()[:LARGEST_SEED]) for path in (*files, *[page] * page.is_file()))
    return tuple(raw for raw in found if not raw.is_binary and READERS[name].recognises(raw))


@cache
def small_files() -> tuple[RawDigest, ...]:
    """The files of the golden cases and the sample, unpacked."""
    return tuple(
        piece
        for name, data in _files()
        for piece in unpacked(RawDigest(name, data))
        if isinstance(piece, RawDigest) and piece.text.strip() and not piece.is_binary
    )


def _files() -> Iterator[tuple[str, bytes]]:
    for case in sorted(Path(ROOT, "tests", "cases", "add").glob("*.yml")):
        for name, data in (yaml.safe_load(case.read_text(encoding="utf-8")).get("files") or {}).items():
            yield name, data if isinstance(data, bytes) else data.encode()
    for path in sorted(Path(ROOT, "sitegen", "sample").iterdir()):
        yield path.name, path.read_bytes()


def read_whole(reader: Reader, raw: RawDigest) -> None:
    """Read it, and see that every byte is accounted for. Raises whatever the reader should not."""
    reader.recognises(raw)
    assert sum(account(raw, reader.read(raw)).values()) == len(raw.data)

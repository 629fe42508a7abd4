"""What every reader is asked: that no damage makes it raise, and that it accounts for every byte."""

import random
from collections.abc import Iterator

from sitegen import intake
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading, account
from tests.effort import at_once

PIECES = ["\n", "\r\n", "\\\\\n", "<", ">", "</", "&", '"', "\\", "]]>", "-" * 30 + "\n", "\x00", "\udcff", " " * 9]


def read(name: str, text: str | bytes, file: str = "digest.txt") -> Reading:
    """What the reader with that name makes of the text; every byte of it is accounted for."""
    raw = RawDigest(file, text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))
    reading = intake.READERS[name].read(raw)
    assert sum(account(raw, reading).values()) == len(raw.data)
    return reading


def recognised(data: str | bytes) -> str:
    """The name of the reader that is chosen for a file."""
    raw = RawDigest("digest.txt", data if isinstance(data, bytes) else data.encode())
    return next((name for name, reader in intake.READERS.items() if reader.recognises(raw)), "")


def damaged(text: str, seed: int, count: int) -> Iterator[str]:
    """The text with parts cut out, doubled, swapped or replaced."""
    chance = random.Random(seed)
    for _ in range(count):
        a, b, c = sorted(chance.randrange(len(text) + 1) for _ in range(3))
        piece = chance.choice(PIECES)
        yield chance.choice(
            [
                text[:a] + text[b:],
                text[:b] + text[a:],
                text[:a] + text[b:c] + text[a:b] + text[c:],
                text[:a] + piece + text[a:],
                text[:a] + piece + text[b:],
                text[:a],
                text[a:],
            ]
        )


def read_at_once(name: str, text: str) -> None:
    """Fails if recognising and reading a text takes long."""
    raw = RawDigest("digest.txt", text.encode())
    with at_once():
        for reader in intake.READERS.values():
            reader.recognises(raw)
        account(raw, intake.READERS[name].read(raw))

"""Reading a file of the shared test data as `sitegen add` would, every byte accounted for."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from sitegen.intake import READERS, reader_for
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reader, Reading, account
from sitegen.model import Record

Item = TypeVar("Item")


def read(file: Path, name: str) -> Reading:
    """The reading of the file by the reader `name`, which is the one that recognises it first."""
    raw = RawDigest(file.name, file.read_bytes())
    reader = reader_for(raw)
    assert isinstance(reader, Reader)
    assert reader is READERS[name]
    reading = reader.read(raw)
    assert sum(account(raw, reading).values()) == len(raw.data)
    return reading


def sample(items: Sequence[Item]) -> list[Item]:
    """Twenty of them, the same ones each time."""
    return random.Random(20).sample(list(items), min(20, len(items)))


def texts(record: Record, field: str) -> list[str]:
    """A field of a record that is a list; [] where it is absent."""
    return list(record.fields.get(field, ()))


def squeezed(text: str) -> str:
    return " ".join(text.split())

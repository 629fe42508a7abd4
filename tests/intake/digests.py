"""What tests of several readers share."""

from functools import cache
from typing import Any

import yaml

from sitegen.intake import READERS
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading, account
from sitegen.model import Record
from tests.conftest import ROOT, shared


def reading(format_name: str, data: bytes) -> Reading:
    """What a reader makes of a digest, every byte of which is accounted for."""
    raw = RawDigest("x", data)
    made = READERS[format_name].read(raw)
    assert sum(account(raw, made).values()) == len(data)
    return made


def shared_reading(format_name: str, file: str) -> tuple[bytes, Reading]:
    """A real digest and what its reader makes of it; the test is skipped where there are none."""
    data = shared(f"digests/{file}").read_bytes()
    return data, reading(format_name, data)


@cache
def small_digest(case: str) -> bytes:
    """The file of a golden case."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "cases" / "add" / f"{case}.yml").read_text("utf-8"))
    data = next(iter(found["files"].values()))
    return data if isinstance(data, bytes) else data.encode()


def fields(record: Record, *names: str) -> dict[str, object]:
    """Some of the record's fields, empty ones too."""
    return {name: record.fields.get(name, () if name in ("authors", "keywords") else "") for name in names}

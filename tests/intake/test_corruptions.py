"""No reader raises, whatever became of a file on its way, and no byte is lost.

SITEGEN_DAMAGES=10000 says how often every reader is tried, on small files of the golden cases and on the real digests
where these are. `python -m tests.bench.fuzz` tries one reader for as long as is wanted.
"""

import os
import random

import pytest

from sitegen.intake import READERS, containers
from sitegen.intake.containers.pieces import size_of
from sitegen.intake.raw import RawDigest
from tests.intake.corruptions import damaged, read_whole, real_seeds, seeds

TIMES = int(os.environ.get("SITEGEN_DAMAGES", "40"))
ASKED = "SITEGEN_DAMAGES" in os.environ


@pytest.mark.parametrize("name", READERS)
def test_every_reader_has_small_files(name: str) -> None:
    assert seeds(name), f"no golden case of tests/cases/add/ has a file for {name}"


@pytest.mark.parametrize("name", READERS)
def test_a_damaged_file_loses_no_byte(name: str) -> None:
    _damage(name, seeds(name))


@pytest.mark.skipif(not ASKED, reason="SITEGEN_DAMAGES is not set")
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("name", READERS)
def test_a_damaged_real_file_loses_no_byte(name: str) -> None:
    if not real_seeds(name):
        pytest.skip(f"no real digests for {name}")
    _damage(name, real_seeds(name))


def _damage(name: str, files: tuple[RawDigest, ...]) -> None:
    chance = random.Random(11)
    for number in range(TIMES):
        raw = RawDigest("2025-03-14-x", damaged(chance.choice(files).data, chance))
        try:
            read_whole(READERS[name], raw)
        except Exception as error:
            pytest.fail(f"number {number}: {type(error).__name__}: {error}; {raw.data[:2_000]!r}")


@pytest.mark.parametrize("name", READERS)
def test_a_file_of_another_format_loses_no_byte(name: str) -> None:
    """`--format` makes a reader read what is not meant for it."""
    for other in READERS:
        read_whole(READERS[name], min(seeds(other), key=lambda raw: len(raw.data)))


def test_what_is_damaged_can_be_asked_of_all() -> None:
    """Recognition of any bytes, and the opening of what looks like a container, never raise."""
    chance = random.Random(13)
    for name in READERS:
        for _ in range(TIMES // 4):
            raw = RawDigest("x", damaged(chance.choice(seeds(name)).data, chance))
            assert sum(map(size_of, containers.unpacked(raw))) == len(raw.data)
            for reader in READERS.values():
                reader.recognises(raw)

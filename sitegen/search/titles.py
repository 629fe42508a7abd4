"""Titles as a whole: whoever types one wants that paper, whatever its words are ("To be or not to be").

A title is looked up by a number for it, in a table that is cut by the numbers' first bits, so that it needs no
directory.
"""

from zlib import crc32

import numpy as np
import numpy.typing as npt

from sitegen.search import varints
from sitegen.search.words import words

# So many words are the beginning of a title.
STARTING_WORDS = 3
# How many numbers a title has.
NUMBERS = 3
# About so many are in one file.
IN_FILE = 128


def numbers(shown: str, written: str) -> tuple[int, int, int]:
    """Numbers for the whole title, as it is shown and as it is written, and for its first words (0 if it has no more).

    theme/assets/sitegen/search/titles.js makes the same of a query.
    """
    found = words(shown)
    whole = _number("=", "".join(found))
    as_written = whole if written == shown else _number("=", "".join(words(written)))
    start = _number("^", " ".join(found[:STARTING_WORDS])) if len(found) > STARTING_WORDS else 0
    return whole, as_written, start


def _number(mark: str, text: str) -> int:
    return crc32((mark + text).encode("utf-8", "surrogatepass"))


class Table:
    """Which documents have which numbers. titles: a row of `numbers` for each document."""

    def __init__(self, titles: npt.NDArray[np.uint32]) -> None:
        document = np.repeat(np.arange(len(titles), dtype=np.uint64), NUMBERS)
        pairs = np.unique(titles.reshape(-1).astype(np.uint64) << np.uint64(32) | document)
        self._pairs = pairs[pairs >> np.uint64(32) > 0]
        self.bits = max(0, (len(self._pairs) // IN_FILE).bit_length() - 1)

    def __len__(self) -> int:
        """The number of files: of `2 ** bits`, each has the numbers that begin with its own bits."""
        return 1 << self.bits

    def file(self, index: int) -> bytes:
        """How many there are; the gaps between the numbers; the documents. All of variable length."""
        shift = np.uint64(64 - self.bits)
        bounds = [np.uint64(each) << shift if self.bits else np.uint64(0) for each in (index, index + 1)]
        start = int(np.searchsorted(self._pairs, bounds[0])) if index else 0
        end = int(np.searchsorted(self._pairs, bounds[1])) if index + 1 < len(self) else len(self._pairs)
        chosen = self._pairs[start:end]
        number = (chosen >> np.uint64(32)).astype(np.uint32)
        document = (chosen & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        gaps = np.diff(number, prepend=np.uint32(0))
        return varints.encoded(np.concatenate([[np.uint32(len(chosen))], gaps, document]))[0].tobytes()

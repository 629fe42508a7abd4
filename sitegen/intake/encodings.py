"""How a digest's bytes are its text: UTF-8, UTF-16 with its mark, or Windows-1252. No byte is lost."""

import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

WINDOWS = "cp1252"
PIECE = 1 << 20
"""So many bytes are decoded at once: the whole text may take four times the bytes of the file."""
_UTF_16 = (
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Bytes that Windows-1252 has no character for: https://encoding.spec.whatwg.org/index-windows-1252.txt
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_WRONG = re.compile("[\udc80-\udcff]")
_OTHER = re.compile("[^\x00-\x7f\udc80-\udcff]")
# In a text of a Western language letters with accents stand alone or in pairs; alphabets and scripts fill words.
_LONGEST_RUN = 2
_MOST_LONG = 0.1
_MOST_UTF_8 = 0.1
"""Characters of UTF-8 to each byte that is none: a text of UTF-8 with damaged bytes has more, and stays one."""


class Encoding(NamedTuple):
    """mark: the byte order mark, which is no part of the text; errors: what is done with bytes that do not fit."""

    mark: bytes
    name: str
    errors: str

    def text(self, data: bytes) -> str:
        """The whole text."""
        return data[len(self.mark) :].decode(self.name, self.errors)

    def pieces(self, data: bytes) -> Iterator[str]:
        """The text piece by piece."""
        decoder = codecs.getincrementaldecoder(self.name)(self.errors)
        for start in range(len(self.mark), len(data), PIECE):
            yield decoder.decode(data[start : start + PIECE], final=start + PIECE >= len(data))

    def bytes_before(self, data: bytes, places: Iterable[int]) -> Iterator[int]:
        """For each of some places in the text, in ascending order: how many bytes the text before it was.

        Raises ValueError for a place that is not in the text, or before the last one.
        """
        pieces = self.pieces(data)
        piece, start, at, size = "", 0, 0, 0
        for place in places:
            while place > start + len(piece):
                size += len(piece[at:].encode(self.name, self.errors))
                start, at = start + len(piece), 0
                try:
                    piece = next(pieces)
                except StopIteration:
                    raise ValueError(f"the text ends at {start}, before {place}") from None
            if place < start + at:
                raise ValueError(f"{place} is before {start + at}")
            size += len(piece[at : place - start].encode(self.name, self.errors))
            at = place - start
            yield size


def encoding_of(data: bytes) -> Encoding:
    """How these bytes are read; a byte that is not UTF-8 is a lone surrogate in the text.

    >>> encoding_of("Café".encode()).name, encoding_of("Café".encode("cp1252")).name
    ('utf-8', 'cp1252')
    """
    for mark, name in _UTF_16:
        if data.startswith(mark):
            with suppress(UnicodeDecodeError):
                data[len(mark) :].decode(name)
                return Encoding(mark, name, "strict")
    # The mark goes even where a byte behind it is wrong: no format begins with it.
    if data.startswith(codecs.BOM_UTF8):
        return Encoding(codecs.BOM_UTF8, "utf-8", "surrogateescape")
    return Encoding(b"", WINDOWS, "strict") if is_windows(data) else Encoding(b"", "utf-8", "surrogateescape")


def begins_as_utf_16(data: bytes) -> bool:
    """Whether a byte order mark of UTF-16 stands first."""
    return data.startswith(tuple(mark for mark, _ in _UTF_16))


def bad_byte(text: str) -> tuple[str, int] | None:
    """The first byte of a text that did not fit the encoding, as "0xe9", and where it stands; or None."""
    if text.isascii():
        return None
    found = _WRONG.search(text)
    return (f"0x{ord(found[0]) - 0xDC00:02x}", found.start()) if found else None


def is_windows(data: bytes) -> bool:
    """Whether the bytes are no UTF-8, not even a damaged one, and may well be Windows-1252, which holds Latin-1.

    >>> is_windows("Café".encode("cp1252")), is_windows("Café".encode()), is_windows("Привет".encode("cp1251"))
    (True, False, False)
    """
    if data.isascii() or _is_utf_8(data) or _UNDEFINED.search(data):
        return False
    runs = [len(found[0]) for found in _HIGH.finditer(data)]
    if sum(size for size in runs if size > _LONGEST_RUN) > _MOST_LONG * sum(runs):
        return False
    wrong = good = 0
    for text in Encoding(b"", "utf-8", "surrogateescape").pieces(data):
        wrong += len(_WRONG.findall(text))
        good += len(_OTHER.findall(text))
    return good <= _MOST_UTF_8 * wrong


def _is_utf_8(data: bytes) -> bool:
    try:
        for _ in Encoding(b"", "utf-8", "strict").pieces(data):
            pass
    except UnicodeDecodeError:
        return False
    return True

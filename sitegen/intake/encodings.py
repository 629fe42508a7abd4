"""Which of the encodings of one byte a character a text has that is not UTF-8: Windows-1252, or nobody knows."""

import codecs
import re
from collections.abc import Iterator

WINDOWS = "cp1252"
_PIECE = 1 << 20
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
    for text in _decoded(data, "surrogateescape"):
        wrong += len(_WRONG.findall(text))
        good += len(_OTHER.findall(text))
    return good <= _MOST_UTF_8 * wrong


def _is_utf_8(data: bytes) -> bool:
    try:
        for _ in _decoded(data, "strict"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, errors: str) -> Iterator[str]:
    """The text piece by piece, for the whole may take four times the bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors)
    for start in range(0, len(data), _PIECE):
        yield decoder.decode(data[start : start + _PIECE], final=start + _PIECE >= len(data))

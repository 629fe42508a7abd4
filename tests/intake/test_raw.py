"""The text of a digest and the bytes that it was, decoded whole or piece by piece."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.intake import raw as module
from sitegen.intake.json_values import line_places
from sitegen.intake.raw import RawDigest

DATA = st.lists(
    st.sampled_from(
        [
            b"a",
            b"\n",
            b"\r\n",
            b"\r",
            b"\xe9",
            b"\xe2\x82",
            "é".encode(),
            "\u2028".encode(),
            "𝜅".encode(),
            b"\0",
            b"b\0",
        ]
    )
).map(b"".join)
MARKS = st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])


@given(MARKS, DATA, st.integers(0, 5))
def test_lines_are_those_of_the_text(mark: bytes, data: bytes, piece: int) -> None:
    raw = RawDigest("a", mark + data)
    expected = [(start, raw.text[start:end]) for start, end in line_places(raw.text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PIECE", piece)
        lines = [line for part in raw.slices() for line in part.lines()]
    assert lines == [(number, *line) for number, line in enumerate(expected, 1)]


@given(MARKS, DATA, st.integers(2, 5))
def test_bytes_are_counted_piece_by_piece(mark: bytes, data: bytes, piece: int) -> None:
    raw = RawDigest("a", mark + data)
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(mark if raw.bom_size == 2 else b"", "utf-8")
    sizes = [0, *accumulate(len(char.encode(encoding, "surrogateescape")) for char in raw.text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PIECE", piece)
        assert list(raw.bytes_before(range(len(raw.text) + 1))) == sizes
    assert raw.bom_size + sizes[-1] == len(raw.data)


@pytest.mark.parametrize("places", [[3], [1, 0]])
def test_places_outside_the_text_are_a_mistake(places: list[int]) -> None:
    with pytest.raises(ValueError, match=r"the text ends at 2, before 3|0 is before 1"):
        list(RawDigest("a", b"xy").bytes_before(places))

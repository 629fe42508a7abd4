"""The text of a digest and the bytes that it was, decoded whole or piece by piece."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.intake import encodings
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
        patch.setattr(encodings, "PIECE", piece)
        lines = [line for part in raw.slices() for line in part.lines()]
    assert lines == [(number, *line) for number, line in enumerate(expected, 1)]


@given(MARKS, DATA, st.integers(2, 5))
def test_bytes_are_counted_piece_by_piece(mark: bytes, data: bytes, piece: int) -> None:
    raw = RawDigest("a", mark + data)
    marked = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(mark if raw.bom_size == 2 else b"", "utf-8")
    encoding = "cp1252" if raw.guessed else marked
    sizes = [0, *accumulate(len(char.encode(encoding, "surrogateescape")) for char in raw.text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encodings, "PIECE", piece)
        assert list(raw.bytes_before(range(len(raw.text) + 1))) == sizes
    assert raw.bom_size + sizes[-1] == len(raw.data)


@pytest.mark.parametrize("places", [[3], [1, 0]])
def test_places_outside_the_text_are_a_mistake(places: list[int]) -> None:
    with pytest.raises(ValueError, match=r"the text ends at 2, before 3|0 is before 1"):
        list(RawDigest("a", b"xy").bytes_before(places))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("title;author\nCafé;José “Pepe” Muñoz – €5\n".encode("cp1252"), "title;author\nCafé;José “Pepe” Muñoz – €5\n"),
        (b"caf\xe9 \x81", "caf\udce9 \udc81"),  # a byte that Windows-1252 has no character for
        ("тест".encode("cp1251"), "\udcf2\udce5\udcf1\udcf2"),
        ("论文".encode("gbk"), "\udcc2\udcdb\udcce\udcc4"),
        (("é " * 9).encode() + b"\xe9", "é " * 9 + "\udce9"),  # UTF-8 with a damaged byte
        (b"\xef\xbb\xbfcaf\xe9", "caf\udce9"),
    ],
)
def test_the_encoding_is_decided_once(data: bytes, text: str) -> None:
    assert RawDigest("a", data).text == text

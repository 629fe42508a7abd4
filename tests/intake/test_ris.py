"""RIS as programs write it."""

import pytest

from tests.intake.digests import fields, reading


def _record(*lines: str) -> bytes:
    return "\r\n".join(("TY  - JOUR", "TI  - T", *lines, "ER  - ", "")).encode()


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (("PY  - 2006",), "2006"),
        (("Y1  - 2006/03/01/",), "2006-03-01"),
        (("PY  - 2006///", "DA  - 2006/03//"), "2006-03"),
        (("DA  - Mar 4", "PY  - 2006"), "2006"),
        (("DA  - 2006-03-01T10:00:00Z",), "2006-03-01"),
    ],
)
def test_dates(lines: tuple[str, ...], published: str) -> None:
    assert reading("ris", _record(*lines)).records[0].fields["published"] == published


def test_other_tags_for_the_same() -> None:
    people = b"A1  - One, Ann\nA1  - Two\n"
    data = (
        b"TY  - CHAP\nT1  - Title\n" + people + b"N2  - Said.\nKW  - a\nb\nAN  - arXiv:2401.10020\nC2  - PMC7\nER  -\n"
    )
    (record,) = reading("ris", data).records
    assert (record.id, record.also) == ("2401.10020", ("PMC7",))
    assert fields(record, "title", "authors", "abstract", "keywords") == {
        "title": "Title",
        "authors": ("Ann One", "Two"),
        "abstract": "Said.",
        "keywords": ("a", "b"),
    }


def test_a_record_that_does_not_end_is_one() -> None:
    made = reading("ris", b"TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nAB  - c")
    assert [record.title for record in made.records] == ["A", "B"]


def test_a_wrong_address_is_said() -> None:
    made = reading("ris", _record("UR  - javascript:alert(1)", "AB  - a"))
    assert [problem.code for problem in made.problems] == ["item-url"]

"""EndNote's own format as programs write it."""

import pytest

from tests.intake.digests import fields, reading


def _record(*lines: str) -> bytes:
    return "\n".join(("%0 Journal Article", "%T A title", *lines, "")).encode()


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (("%D 2024",), "2024"),
        (("%D 2024", "%8 Mar 1"), "2024-03-01"),
        (("%D 2024", "%8 1 March"), "2024-03-01"),
        (("%D 2024", "%8 March 1, 2023"), "2023-03-01"),
        (("%D 2024", "%8 2024/03/01/"), "2024-03-01"),
        (("%D 2024", "%8 Mar"), "2024-03"),
        (("%D 2024", "%8 03"), "2024"),
        (("%8 Mar 1",), ""),
        (("%D in press",), ""),
    ],
)
def test_dates(lines: tuple[str, ...], published: str) -> None:
    assert reading("endnote", _record(*lines)).records[0].fields.get("published", "") == published


def test_a_record_as_publishers_write_it() -> None:
    data = _record(
        "%A One, Ann B.",
        "%A Two",
        "%J Toys today",
        "%V 7",
        "%X We count.\n  And count.\n\nNone is left out.",
        "%K toys; counting",
        "%K R&amp;D; Alzheimer&#39;s disease",
        "%R https://doi.org/10.1234/TOY.1",
        "%M arXiv:2401.10020",
        "%2 PMC7",
        "%U https://toys.example/1",
        "%> internal-pdf://1/toys.pdf",
        "%Z A note",
    )
    made = reading("endnote", data)
    (record,) = made.records
    assert (record.id, record.also) == ("2401.10020", ("10.1234/toy.1", "PMC7"))
    assert record.fields["links.url"] == "https://toys.example/1"
    assert fields(record, "title", "authors", "abstract", "keywords") == {
        "title": "A title",
        "authors": ("Ann B. One", "Two"),
        "abstract": "We count. And count.\n\nNone is left out.",
        "keywords": ("toys", "counting", "R&amp;D", "Alzheimer&#39;s disease"),
    }
    assert {span.what for span in made.spans} == {"paper", "unused fields", "notes"}


def test_names_in_chinese_stay() -> None:
    made = reading("endnote", "%0 Journal Article\n%A 张三\n%A 李四\n%T 玩具的研究\n%K 玩具；研究\n".encode())
    assert fields(made.records[0], "authors", "keywords") == {"authors": ("张三", "李四"), "keywords": ("玩具", "研究")}


def test_a_percent_sign_in_an_abstract_is_no_tag() -> None:
    made = reading("endnote", _record("%X We win", "% 5 of the time,", "%of all."))
    assert made.records[0].fields["abstract"] == "We win % 5 of the time, %of all."


def test_each_record_ends_where_the_next_begins() -> None:
    made = reading("endnote", _record() + _record("%X a") + b"%0 Book\n\n%0 Book\n%A One, Ann\n")
    assert [record.title for record in made.records] == ["A title", "A title"]
    assert [item.problem.code for item in made.rejected] == ["item-no-title"]
    assert [span.what for span in made.spans if span.what != "paper"] == ["records without fields"]

"""Names of fields and what stands in them."""

from typing import get_args

import pytest

from sitegen.config import ListField
from sitegen.intake import field_names, field_values, fields, names
from tests.effort import at_once


def test_every_field_can_be_named_in_the_settings() -> None:
    assert list(get_args(ListField)) == list(field_names.NAMES)


def test_no_name_means_two_fields() -> None:
    every = [name for usual in field_names.NAMES.values() for name in usual]
    assert len(every) == len(set(every))
    assert all(field_names.plain_name(name) == name for name in every)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ann One, Bo Two, and Cy Three", ["Ann One", "Bo Two", "Cy Three"]),
        ("Ann One and Bo Two", ["Ann One", "Bo Two"]),
        ("One, Ann", ["Ann One"]),
        ("One, A., van Two, B.-C., Three, D E", ["A. One", "B.-C. van Two", "D E Three"]),
        ("One, A., Jr., Two, B. & Three, C.", ["A. One Jr.", "B. Two", "C. Three"]),
        ("A. One, MD, B. Two, MD", ["A. One", "MD", "B. Two", "MD"]),
        ("A. One; B. Two; and C. Three", ["A. One", "B. Two", "C. Three"]),
        ("Óne, Ann", ["Ann Óne"]),
        ("van Three, Cy; Óne, Ann; Two, Bo, Jr.", ["Cy van Three", "Ann Óne", "Bo Two Jr."]),
        ("Ann One, A. B. Two, Jr., Cy Three", ["Ann One", "A. B. Two, Jr.", "Cy Three"]),
        ("Ann One, MIT; Bo Two, Toy Lab", ["Ann One, MIT", "Bo Two, Toy Lab"]),
        ("王伟, 李娜", ["王伟", "李娜"]),
        ("Ann One|Bo Two", ["Ann One", "Bo Two"]),
        ("['Ann One', \"Bo O'Two\"]", ["Ann One", "Bo O'Two"]),
        ("Ann One et.al.", ["Ann One"]),
        ("Ann One; Bo Two; et al.", ["Ann One", "Bo Two"]),
        ("张三，李四 等", ["张三", "李四"]),
        (["Ann One", {"first": "Bo", "last": "Two"}, 5, None], ["Ann One", "Bo Two", "5"]),
        ("null", []),
        (None, []),
    ],
)
def test_people(written: object, expected: list[str]) -> None:
    assert names.in_value(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2401.10020v2", "2401.10020v2"),
        (2401.1002, "2401.10020"),
        ("10.1234/ABC", "10.1234/abc"),
        ("2020.acl-main.8", "2020.acl-main.8"),
        ("rkgO66VKDS", "rkgO66VKDS"),
        ("SJlpYJBKvH", "SJlpYJBKvH"),
        ("d2f91249f0", "d2f91249f0"),
        ("chen23a", ""),
        ("abbasi-yadkori17a", ""),
        ("main.12345678", ""),
        (123456789, ""),
        ("Proceedings", ""),
        (True, ""),
        (None, ""),
    ],
)
def test_ids_that_mean_the_same_paper_everywhere(written: object, expected: str) -> None:
    assert field_values.paper_id(written) == expected


def test_the_best_name_with_a_value_counts() -> None:
    found, used = fields.found_of({"year": 2019, "published": "", "date": "2019-02-03", "Paper": "x", "title": "T"}, {})
    assert (found.title, found.published) == ("T", "2019-02-03")
    assert used == {"title", "published", "date"}


def test_the_settings_come_first() -> None:
    found, _ = fields.found_of({"title": "Dr", "Titel": "T"}, {"title": "Titel"})
    assert found.title == "T"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("['half', 'an F', \"of'\", b'f']", ["half", "an F", "of'", b"f"]),
        ("[f'']", None),
        ("[rF'{1}']", None),
        ("[f'" + "{1}" * 300_000 + "']", None),
        ('["", fr"""' + "{1}" * 300_000 + '"""]', None),
    ],
)
def test_what_a_program_printed_is_read_in_no_time(written: str, value: object) -> None:
    with at_once():
        assert field_values.python_value(written) == value


@pytest.mark.parametrize(
    ("number", "also"), [("34282049", ["pmid:34282049"]), (34282049, ["pmid:34282049"]), ("x", [])]
)
def test_a_number_of_pubmed_is_told_by_its_column(number: object, also: list[str]) -> None:
    found, used = fields.found_of({"Title": "T", "PMID": number, "DOI": "10.1234/x"}, {})
    assert (found.id, [each for each in found.also if each != "x"]) == ("10.1234/x", also)
    assert "PMID" in used

"""CSV files against Python's own csv module."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.intake import csv_rows
from sitegen.intake.csv_table import read as read_csv
from sitegen.intake.csv_table import recognises
from sitegen.intake.raw import RawDigest
from tests.conftest import shared
from tests.intake.reads import read, sample, squeezed, texts


@pytest.mark.parametrize(("name", "papers"), [("acl2020_main_papers", 778), ("iclr2020_papers", 687)])
def test_every_paper_of_a_conference(name: str, papers: int) -> None:
    file = shared(f"digests/miniconf_csv/{name}.csv")
    reading = read(file, "csv")
    with file.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    assert len(reading.records) == len(rows) == papers
    assert not reading.rejected
    for row, record in sample(list(zip(rows, reading.records, strict=True))):
        assert record.title == squeezed(row["title"])
        assert squeezed(str(record.fields["abstract"])) == squeezed(row["abstract"])
        assert texts(record, "authors") == list(dict.fromkeys(map(squeezed, row["authors"].split("|"))))
        assert texts(record, "keywords") == [word for word in map(squeezed, row["keywords"].split("|")) if word]
        assert record.fields.get("links.pdf", "") == row.get("pdf_url", "")
        assert record.id in (row["UID"], f"2020.acl-{row['UID']}")


CELLS = st.text(st.sampled_from('ab"\n,;| \r'), max_size=6).filter(lambda text: "\r" not in text.replace("\r\n", ""))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=4), st.sampled_from(",;|"))
def test_rows_are_those_that_the_csv_module_wrote(table: list[list[str]], delimiter: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(table)
    found = [[cell.value for cell in row.cells or ()] for row in csv_rows.rows(written.getvalue(), delimiter)]
    assert found == [row for row in table if row]


def test_a_cell_of_a_megabyte() -> None:
    raw = RawDigest("a.csv", b'title,abstract\nT,"' + b"long " * 200_000 + b'"\n')
    assert len(str(read_csv(raw).records[0].fields["abstract"])) == 999_999


@pytest.mark.parametrize(
    ("header", "is_one"),
    [
        ("UID,title,authors", True),
        ("Paper Title;Year", True),
        ('"title"\t"abstract"', True),
        ("name,age,city", False),
        ("| Title | Authors |", False),
        ("Dear all, the title, the authors", False),
        ("", False),
    ],
)
def test_the_header_decides(header: str, is_one: bool) -> None:
    assert recognises(RawDigest("a", f"{header}\nx,y,z\n".encode())) is is_one


def test_a_list_of_a_german_spreadsheet() -> None:
    text = "Titel;Autoren;Jahr;DOI;Zusammenfassung\r\nÜber Bäume;Ann Öne;2024;10.1234/x;Wir sortieren Bäume.\r\n"
    (record,) = read_csv(RawDigest("x.csv", text.encode("cp1252"))).records
    assert (record.title, record.id, record.fields["published"]) == ("Über Bäume", "10.1234/x", "2024")
    assert (texts(record, "authors"), record.fields["abstract"]) == (["Ann Öne"], "Wir sortieren Bäume.")

"""What PubMed saves as text for people: citations in lines, and papers in paragraphs."""

import re

import pytest

from sitegen.intake import READERS
from sitegen.intake.raw import RawDigest
from tests.conftest import shared
from tests.intake.digests import fields, reading, shared_reading, small_digest


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("One A. Falls. Toys. 2024;1:2.", ("Falls.", ("A One",), "2024")),
        ("One A, et al. Falls. Toys. 2024 Mar-Apr;1:2.", ("Falls.", ("A One",), "2024-03")),
        (
            "One A; Toy Group; Oz Lab. Falls! Toys. 2024 Spring;1:2.",
            ("Falls!", ("A One", "Toy Group", "Oz Lab"), "2024"),
        ),
        (
            "Óne ÁB, Two-Three C 3rd. Falls. Toys. 1998 Dec-1999 Jan;1.",
            ("Falls.", ("ÁB Óne", "C Two-Three 3rd"), "1998-12"),
        ),
        (
            "One A. Falls. 2. The end. Toys (Oz). 2024 Mar 1:7. doi: 10.1234/t.",
            ("Falls. 2. The end.", ("A One",), "2024-03-01"),
        ),
        ("One A. [Falls.] Toys. 2024;1:2.", ("[Falls.]", ("A One",), "2024")),
        ("One A. Toys of 2020. A review. Toys. 2024;1:2.", ("Toys of 2020. A review.", ("A One",), "2024")),
        ("Toys that fall. Toys. 2024;1:2.", ("Toys that fall.", (), "2024")),
        ("Retraction in: a word. Toys. 2024;1:2.", ("Retraction in: a word.", (), "2024")),
        (
            "One A. Falls. Toys. 2024 Mar 1. doi: 10.1234/t. Online ahead of print.",
            ("Falls.", ("A One",), "2024-03-01"),
        ),
        ("One A. Falls.", ("Falls.", ("A One",), "")),
        ("[No authors listed]. Falls. Toys. 2024;1:2.", ("Falls.", (), "2024")),
        ("One A. Falls. 2023 May 1. In: Toys. Oz: Toys; 2024 Jan–.", ("Falls.", ("A One",), "2023-05-01")),
    ],
)
def test_citations(citation: str, expected: tuple[str, tuple[str, ...], str]) -> None:
    (record,) = reading("pubmed-text", f"1: {citation} PMID: 12.\n".encode()).records
    found = fields(record, "title", "authors", "published")
    assert (found["title"], found["authors"], found["published"]) == expected
    assert record.id == "PMID:12"


def test_citations_in_lines_that_were_broken_or_stand_close() -> None:
    text = (
        "1: One A. Falls.\nToys. 2024;1:2. PMID: 12.\n2: Two B. Rises. Toys. 2024;1:\n3: 4. PMID: 13.\n\n"
        "9: Three C. Lies. Toys. 2024;3.\n"
    )
    assert [record.title for record in reading("pubmed-text", text.encode()).records] == ["Falls.", "Rises.", "Lies."]


@pytest.mark.parametrize("blank", ["\n\n", "\n\n\n", "\r\n\r\n"])
def test_a_citation_without_its_number_loses_no_other(blank: str) -> None:
    text = f"1: One A. Falls. Toys. 2024;1:2.{blank}2: Two B. Rises. Toys. 2024;1:3. PMID: 13.\n"
    records = reading("pubmed-text", text.encode()).records
    assert [(record.title, record.id) for record in records] == [("Falls.", ""), ("Rises.", "PMID:13")]


def _paper(*paragraphs: str) -> bytes:
    return "\n\n".join(("1. Toys. 2024 Mar;1(2):3.", "Falls.", *paragraphs, "PMID: 12 [Indexed for MEDLINE]")).encode()


@pytest.mark.parametrize(
    ("line", "authors"), [("One A(#)(1), Two B(#)(2).", ("A One", "B Two")), ("[No authors listed]", ())]
)
def test_authors_with_marks_and_none_are_no_abstract(line: str, authors: tuple[str, ...]) -> None:
    (record,) = reading("pubmed-text", _paper(line, "Toys fall.")).records
    found = fields(record, "authors", "abstract")
    assert (found["authors"], found["abstract"]) == (authors, "Toys fall.")


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_lists_in_abstracts_begin_no_paper(end: bytes) -> None:
    data = _paper("One A(1).", "We saw:", "2. Toys that fall.", "3. And rise.") + b"\n\n\n2. Toys. 2023;1.\n\nRises.\n"
    made = reading("pubmed-text", data.replace(b"\n", end))
    assert [record.title for record in made.records] == ["Falls.", "Rises."]
    assert made.records[0].fields["abstract"] == "We saw:\n\n2. Toys that fall.\n\n3. And rise."


@pytest.mark.parametrize(
    ("paragraph", "what"),
    [
        ("Author information:\n(1)Oz.", "affiliations"),
        ("Collaborators: One B.", "affiliations"),
        ("Copyright © 2024 Toys.", "copyright notices"),
        ("Comment in\n    Toys. 2025;1:2.", "comments, corrections and retractions"),
        ("Publisher: Wir fallen.", "abstracts in other languages"),
        ("[Article in German]", "languages of articles"),
    ],
)
def test_what_is_no_abstract_is_named(paragraph: str, what: str) -> None:
    made = reading("pubmed-text", _paper("One A.", paragraph, "We fall."))
    assert made.records[0].fields["abstract"] == "We fall."
    assert [span.what for span in made.spans if span.what != "paper"] == [what]


def test_keywords_and_a_retraction() -> None:
    data = _paper("Retraction in\n    Toys. 2025;1:2.", "We fall.", "KEYWORDS: toys; falling.")
    (record,) = reading("pubmed-text", data).records
    assert record.fields["keywords"] == ("toys", "falling")
    assert record.fields["notice"] == ("retracted", "Retraction: Toys. 2025;1:2", "", "")


def test_two_files_in_one_are_counted_anew() -> None:
    made = reading("pubmed-text", _paper("We fall.") + b"\n\n" + _paper("We rise."))
    assert [record.fields["abstract"] for record in made.records] == ["We fall.", "We rise."]


def test_it_agrees_with_the_tagged_export_of_the_same_paper() -> None:
    tagged = b"PMID- 12\nTI  - Falls.\nFAU - One, A\nDP  - 2024 Mar\nAID - 10.1234/t [doi]\nPMC - PMC7\n"
    (first,) = reading("medline", tagged).records
    line = b"1: One A. Falls. Toys. 2024 Mar;1:2. doi: 10.1234/t. PMID: 12; PMCID: PMC7.\n"
    (second,) = reading("pubmed-text", line).records
    assert (first.id, first.also, first.fields) == (second.id, second.also, second.fields)


def test_a_beginning_that_is_cut_is_recognised() -> None:
    whole = small_digest("pubmed-text")
    assert READERS["pubmed-text"].recognises(RawDigest("x", b"\n" + whole[whole.index(b"2: ") :]))


def test_real_citations_in_a_line_say_what_their_fields_do() -> None:
    _, tagged = shared_reading("medline", "medline/pubmed_result2.txt")
    text = shared("digests/medline/pubmed_result2.txt").read_text("utf-8").replace("\r", "")
    lines = []
    for number, part in enumerate(re.split(r"\n(?=PMID- )", text.strip()), 1):
        said = {
            tag: [" ".join(value.split()) for value in re.findall(rf"^{tag} *- (.*(?:\n      .*)*)", part, re.M)]
            for tag in ("AU", "TI", "SO", "PMID")
        }
        citation = f"{', '.join(said['AU'])}. {said['TI'][0]} {said['SO'][0].rstrip('.')}."
        lines.append(f"{number}: {citation} PMID: {said['PMID'][0]}.")
    made = reading("pubmed-text", "\n\n".join(lines).encode())
    for found, expected in zip(made.records, tagged.records, strict=True):
        assert (found.id, found.title) == (expected.id, expected.title)
        assert str(expected.fields["published"])[:4] == str(found.fields["published"])[:4]
        families = [str(name).split()[-1] for name in expected.fields["authors"]]
        assert [str(name).split()[-1] for name in found.fields["authors"]] == families


@pytest.mark.parametrize(
    "abstract",
    ["Free radicals harm toys.", "Update on toys: we fall.", "Comment in toys is rare.", "Conflict of interest hurts."],
)
def test_an_abstract_may_begin_as_other_paragraphs_do(abstract: str) -> None:
    assert reading("pubmed-text", _paper("One A.", abstract)).records[0].fields["abstract"] == abstract


def test_a_line_of_an_abstract_begins_no_paper() -> None:
    (record,) = reading("pubmed-text", _paper("One A.", "We fall in groups 1 and\n2. We rose. 2019 was long.")).records
    assert record.fields["abstract"] == "We fall in groups 1 and 2. We rose. 2019 was long."


def test_what_is_said_of_another_paper_is_not_of_this_one() -> None:
    behind = "Comment in: Toys. 2025;2:3. doi: 10.1234/comment. Epub 2025 Jan 3. PMID: 7. PMID: 12."
    (record,) = reading("pubmed-text", f"1: One A. Update in toys. Toys. 2024;1:2. {behind}\n".encode()).records
    assert (record.id, record.also, record.title) == ("PMID:12", (), "Update in toys.")
    assert record.fields["published"] == "2024"
    assert "notice" not in record.fields


def test_authors_with_one_name_and_with_initials_of_two_letters() -> None:
    (record,) = reading("pubmed-text", b"1: Suharto, Petrov IuA. Falls. Toys. 2024;1:2. PMID: 12.\n").records
    assert (record.title, record.fields["authors"]) == ("Falls.", ("Suharto", "IuA Petrov"))


def test_a_citation_that_is_indented_is_not_recognised_as_it_would_be_lost() -> None:
    text = b"1: One A. Falls. Toys. 2024;1:2. PMID: 12.\n"
    assert READERS["pubmed-text"].recognises(RawDigest("x", b"\n \n" + text))
    assert not READERS["pubmed-text"].recognises(RawDigest("x", b"\n " + text))


def test_a_list_of_references_with_numbers_of_pubmed_in_lines_is_none_of_its_formats() -> None:
    text = b"1. One A. Falls. Toys. 2024;1:2.\nPMID: 12\n2. Two B. Rises. Toys. 2023;1:2.\nPMID: 13\n"
    assert not READERS["pubmed-text"].recognises(RawDigest("x", text))

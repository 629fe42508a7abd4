"""Ids, slugs and URLs, both ways with one table."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen import identity
from sitegen.model import Paper, Record
from sitegen.render import bibtex
from tests.effort import at_once

ARXIV = {
    "2401.10020": "2401.10020",
    "2401.10020v3": "2401.10020",
    "arXiv:2401.10020": "2401.10020",
    "https://arxiv.org/abs/2401.10020v1": "2401.10020",
    "http://www.arxiv.org/pdf/2401.10020v2.pdf": "2401.10020",
    "0704.0001": "0704.0001",
    "hep-th/9901001": "hep-th/9901001",
    "math.GT/0309136v2": "math/0309136",
    "https://arxiv.org/abs/cond-mat/9705155": "cond-mat/9705155",
    "iros2018-12345": "",
    "10.48550/arXiv.2401.10020": "2401.10020",
    "https://doi.org/10.48550/arxiv.hep-th/9901001": "hep-th/9901001",
    "https://alphaxiv.org/abs/2401.10020": "",
    "see 2401.10020": "",
    "2401.100201": "",
    "HEP-TH/9901001": "hep-th/9901001",
    "https://notarxiv.org/abs/2401.10020": "",
}


@pytest.mark.parametrize(("text", "found"), ARXIV.items())
def test_arxiv_ids(text: str, found: str) -> None:
    assert identity.arxiv_id(text) == found


def test_ids_of_a_record_the_best_first() -> None:
    record = Record({"title": "T", "links.doi": "https://doi.org/10.1/ABC"}, id="icra2020-7")
    assert identity.record_ids(record) == ("icra2020-7",)
    record = Record({"title": "T", "links.doi": "https://doi.org/10.1234/ABC"}, id="icra2020-7")
    assert identity.record_ids(record) == ("10.1234/abc", "icra2020-7")


DOIS = {
    "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2": (
        "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"
    ),
    "https://www.frontiersin.org/articles/10.3389/fnins.2020.00001/full": "10.3389/fnins.2020.00001",
    "https://link.springer.com/article/10.1007/s10994-020-01247-4#citeas": "10.1007/s10994-020-01247-4",
    "https://doi.org/10.1016/s0022(05)": "10.1016/s0022(05)",
    "(https://doi.org/10.1016/x).": "10.1016/x",
    "10.1234/abc.": "10.1234/abc",
    "10.1234/abc(5)),": "10.1234/abc(5)",
    "(doi:10.1234/abc).": "10.1234/abc",
    "“10.1234/abc”": "10.1234/abc",
    "10.1234/abc…?": "10.1234/abc",
    "[10.1234/abc[5]]": "10.1234/abc[5]",
    "https://publisher.org/10.1016/0022-0396(71)/full).": "10.1016/0022-0396(71)",
    "https://doi.org/10.1016/S0140-6736%2820%2930183-5": "10.1016/s0140-6736(20)30183-5",
    "https://doi.org/10.1145%2F123": "10.1145/123",
    "https://doi.org/10.1002/1097%3C1661::AID-SIM9%3E3.0.CO;2-2": "10.1002/1097<1661::aid-sim9>3.0.co;2-2",
    "https://doi.org/10.1234/a%0Ab%20c": "10.1234/a%0ab%20c",
    "no doi": "",
}


@pytest.mark.parametrize(("text", "found"), DOIS.items())
def test_dois(text: str, found: str) -> None:
    assert identity.doi(text) == found


def test_doi_and_url_of_the_acl_are_one_id() -> None:
    record = Record({"title": "T", "links.doi": "https://doi.org/10.18653/v1/2022.acl-long.1"})
    assert identity.record_ids(record) == ("2022.acl-long.1",)
    record = Record({"title": "T", "links.url": "https://aclanthology.org/2022.acl-long.1/"}, id="arXiv:2401.10020")
    assert identity.record_ids(record) == ("2401.10020", "2022.acl-long.1")


SCHEMES = {
    "2401.10020v3": ("arxiv", "2401.10020"),
    "10.48550/arXiv.2401.10020": ("arxiv", "2401.10020"),
    "2022.acl-long.1": ("acl", "2022.acl-long.1"),
    "https://aclanthology.org/2023.findings-emnlp.12.pdf": ("acl", "2023.findings-emnlp.12"),
    "https://www.aclweb.org/anthology/P19-1001": ("acl", "P19-1001"),
    "https://doi.org/10.3115/v1/P14-1001": ("acl", "P14-1001"),
    "10.18653/v1/w18-6301": ("acl", "W18-6301"),
    "https://aclanthology.org/volumes/2022.acl-long/": ("", ""),
    "p19-1001": ("", ""),
    "https://openreview.net/forum?id=rJ4km2R5t7": ("openreview", "openreview:rJ4km2R5t7"),
    "https://openreview.net/pdf?noteId=x&id=a_B-1": ("openreview", "openreview:a_B-1"),
    "https://openreview.net/group?id=ICLR.cc": ("", ""),
    "PMID:31452104": ("pmid", "pmid:31452104"),
    "pmid: 00123": ("pmid", "pmid:123"),
    "https://www.ncbi.nlm.nih.gov/pubmed/31452104": ("pmid", "pmid:31452104"),
    "31452104": ("", ""),
    "PMC7029158": ("pmcid", "pmc7029158"),
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC7029158/": ("pmcid", "pmc7029158"),
    "https://doi.org/10.1016/x": ("doi", "10.1016/x"),
    "icra2020-7": ("", ""),
    "": ("", ""),
}


@pytest.mark.parametrize(("text", "found"), SCHEMES.items())
def test_schemes(text: str, found: tuple[str, str]) -> None:
    assert identity.recognised(text) == found
    assert identity.recognised(found[1]) == found, "an id that is written as here is the same id"


NUMBERS = {
    "1710.0447399999998": "1710.04474",
    "708.4021": "0708.4021",
    "1109.423": "1109.4230",
    "704.0001": "0704.0001",
    "2401.1": "2401.10000",
    "1412.99999": "",
    "2413.1": "",
    "2401": "",
    "0.5": "",
    "1e3": "",
    "nan": "",
    "Infinity": "",
    "title": "",
    "9" * 1_000_000: "",
}


@pytest.mark.parametrize(("text", "found"), NUMBERS.items(), ids=lambda text: text[:20])
def test_arxiv_ids_that_were_taken_for_numbers(text: str, found: str) -> None:
    assert identity.arxiv_of_number(text) == found


@given(st.integers(7, 99), st.integers(1, 12), st.integers(1, 9999))
def test_an_arxiv_id_survives_a_float(year: int, month: int, serial: int) -> None:
    assume((year, month) >= (7, 4))  # since when ids have this form
    digits = 5 if (year, month) >= (15, 1) else 4
    paper_id = f"{year:02}{month:02}.{serial:0{digits}}"
    assert identity.arxiv_of_number(repr(float(paper_id))) == paper_id


def test_versions() -> None:
    texts = [
        "2401.10020v3",
        "https://arxiv.org/pdf/hep-th/9901001v12.pdf",
        "2401.10020",
        "10.48550/arXiv.2401.10020v2",
        "v3",
    ]
    assert [identity.arxiv_version(text) for text in texts] == ["3", "12", "", "2", ""]


PATHOLOGICAL = [
    "10.1000/" + ")" * 1_000_000,
    "https://doi.org/10.1000/" + "(" * 500_000 + ")" * 500_000,
    "10.1000/" + ".;" * 500_000,
    "10." * 300_000,
    "https://doi.org/10.1000/" + "/full" * 200_000 + "x",
    "a" * 1_000_000,
    "a-" * 500_000 + "/1234567",
    "arxiv.org/abs/" * 70_000,
    "arxiv.org/abs/" + "2401.10020." * 90_000,
    "2401.10020" + "." * 1_000_000,
    "aclanthology.org/" * 60_000,
    "10.18653/v1/2022." + "a-" * 500_000,
    "openreview.net/forum?" + "&id=" * 250_000,
    "pubmed.ncbi.nlm.nih.gov/" * 40_000,
    "pmc/articles/" * 70_000,
]


@pytest.mark.parametrize("text", PATHOLOGICAL, ids=lambda text: text[:24])
def test_no_text_takes_long(text: str) -> None:
    with at_once():
        for find in identity.SCHEMES.values():
            find(text)


FOLDERS = {
    "2503.10613": "2503.10613",
    "hep-th/9901001": "hep-th-9901001",
    "iros2018-7": "iros2018-7",
    "con": "con_",
    "../../etc/passwd": "etc-passwd_",
    "A": "a_",
    "a ": "a_",
    "hep-th-9901001": "hep-th-9901001_",
    "…": "id_",
    "x-01234567": "x-01234567",
    "P19-1001": "p19-1001",
    "p19-1001": "p19-1001_",
    "pmid:123": "pmid-123",
    "pmid-123": "pmid-123_",
}


@pytest.mark.parametrize(("paper_id", "start"), FOLDERS.items())
def test_folders(paper_id: str, start: str) -> None:
    folder = identity.folder(paper_id)
    assert folder == start if not start.endswith("_") else re.fullmatch(re.escape(start) + "[0-9a-f]{8}", folder)


@given(st.lists(st.text(min_size=1), min_size=2, max_size=10, unique=True))
def test_folders_are_safe_and_different(ids: list[str]) -> None:
    folders = [identity.folder(paper_id) for paper_id in ids]
    assert len(set(folders)) == len(ids)
    for folder in folders:
        assert re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,99}", folder)
        assert not folder.endswith(".")


@given(st.text())
def test_title_slugs_are_safe(title: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,99}", identity.title_slug(title))


def test_a_long_title_is_cut_at_a_word() -> None:
    assert identity.title_slug("many words " * 20) == "-".join(["many-words"] * 7)


def test_titles_that_collide_get_a_hash_of_what_was_said() -> None:
    assert identity.new_paper_id((), "Notes", lambda: "Others.", set().__contains__) == "notes"
    assert re.fullmatch(
        r"notes-[0-9a-f]{8}", identity.new_paper_id((), "Notes", lambda: "Others.", {"notes"}.__contains__)
    )


def test_a_new_paper_has_its_best_id() -> None:
    ids = ("icra2020-7", "10.1234/x", "2503.00001")
    assert identity.new_paper_id(ids, "Notes", str, set().__contains__) == "2503.00001"
    assert identity.new_paper_id(ids, "Notes", str, {"2503.00001", "10.1234/x"}.__contains__) == "icra2020-7"


def test_a_collection_is_never_taken_for_a_day() -> None:
    assert identity.digest_date(identity.digest_id("", "2025-03-14-list")) == ""
    assert identity.digest_date(identity.digest_id("2025-03-14", "list")) == "2025-03-14"


@given(st.text(), st.lists(st.text(), max_size=3))
def test_bibtex_braces_are_balanced(title: str, authors: list[str]) -> None:
    entry = bibtex.entry(Paper("x", title, tuple(authors)))
    depth = 0
    for char in re.sub(r"\\.", "", entry):
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0

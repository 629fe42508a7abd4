"""What tells a digest's day beside its text: the name of its file, the page that it is the text of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.intake import dates
from sitegen.intake.file_names import parted
from sitegen.intake.page_day import page_day


@pytest.mark.parametrize(
    ("name", "stem", "day"),
    [
        ("digest-2025-03-14.html", "digest", "2025-03-14"),
        ("digest_2025_03_14.csv.gz", "digest", "2025-03-14"),
        ("digest 2025.03.14.html", "digest", "2025-03-14"),
        ("digest2025-03-14", "digest", "2025-03-14"),
        ("papers_20250314.csv", "papers", "2025-03-14"),
        ("papers (20250314).csv", "papers (20250314)", ""),
        ("papers_20250314 (2).csv", "papers", "2025-03-14"),
        ("Trending 14 Mar 2025.txt", "Trending", "2025-03-14"),
        ("trending-march-14-2025.txt", "trending", "2025-03-14"),
        ("Trending, March 14, 2025.txt", "Trending", "2025-03-14"),
        ("Liste 14.03.2025.txt", "Liste", "2025-03-14"),
        ("14 Mar 2025.txt", "", "2025-03-14"),
        ("20250314.xml", "20250314", ""),
        ("papers_120250314.csv", "papers_120250314", ""),
        ("papers_20250230.csv", "papers_20250230", ""),
        ("papers_2025-0314.csv", "papers_2025-0314", ""),
        ("list 03-14-2025.txt", "list 03-14-2025", ""),
        ("list 14 Mar.txt", "list 14 Mar", ""),
        ("2503.10613v2.txt", "2503.10613v2", ""),
        ("part-2025-03-14-2.txt", "part-2025-03-14-2", ""),
        ("iclr2025.csv", "iclr2025", ""),
        ("", "", ""),
    ],
)
def test_the_day_at_the_end_of_a_name(name: str, stem: str, day: str) -> None:
    assert parted(name) == (stem, "", day)


def test_a_name_begins_with_its_day_on_purpose() -> None:
    assert parted("2025-03-14-list-2025-03-15.txt") == ("list-2025-03-15", "2025-03-14", "")
    assert parted("2025-02-30.txt") == ("", "2025-02-30", "")


@given(st.text(alphabet="12025-_. ()MarX", max_size=60))
def test_any_name_has_parts(name: str) -> None:
    found = parted(name)
    assert found.stem in name
    assert not found.last or dates.is_day(found.last)


@pytest.mark.parametrize("piece", ["_", "-", " ", "2025-", "20250314", "(1)", "Mar ", "1.", "\udc80"])
def test_a_name_of_a_megabyte_has_parts(piece: str) -> None:
    name = piece * (1_000_000 // len(piece))
    assert parted(name + "x").stem.startswith(piece)


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ('<meta property="article:published_time" content="2025-03-14T08:00:00Z">', "2025-03-14"),
        ('<META NAME="Date" CONTENT="14 March 2025">', "2025-03-14"),
        (
            '<p>Of <time datetime="2025-03-14 08:00">today</time>, <time datetime="2025-03-14">again</time>',
            "2025-03-14",
        ),
        ('<meta name="date" content="2025-03-13"><time datetime="2025-03-14">', "2025-03-13"),
        ('<meta name="date" content="soon"><time datetime="2025-03-14">', "2025-03-14"),
        ('<meta name="date" content="2025-03-13"><meta name="date" content="2025-03-14">', ""),
        ('<time datetime="03-14">', ""),
        ('<time datetime="2025-02-30">', ""),
        ("<time datetime>2025-03-14</time><meta content><meta name=date>", ""),
        ("\udc80\ufdd0", ""),
        ("", ""),
    ],
)
def test_the_day_of_a_page(page: str, day: str) -> None:
    found = page_day(page)
    assert (found.day if found else "") == day


@pytest.mark.parametrize(
    "piece", ["<time datetime=2025-03-14>", "<meta name=date content=x>", "<div>", "<!--", "<time "]
)
def test_a_page_of_a_megabyte_has_a_day_or_none(piece: str) -> None:
    found = page_day(piece * (1_000_000 // len(piece)))
    assert found is None or found.day == "2025-03-14"

r"""arXiv's mails, listings and .abs files."""

import email
import random
import re

import pytest

from sitegen.intake.raw import RawDigest
from sitegen.text import clean
from tests.conftest import shared
from tests.intake.damage import damaged, read, read_at_once, recognised

RULE = "-" * 78 + "\n"
NEW = r"""\\
arXiv:2303.00763v1
Date: Wed, 1 Mar 2023 19:00:02 GMT   (3197kb,D)

Title: A first title that is so long that it
  wraps
Authors: Ann One (Here), Bob Two (There
  (Far)) and Cy Three, Jr.
Categories: astro-ph.GA hep-ph
Comments: 3 pages
DOI: 10.1234/x
Foo-bar: baz
\\
  First words
of a paragraph.
  A second one.
\\ ( https://arxiv.org/abs/2303.00763 ,  3197kb)
"""
CROSS = r"""\\
arXiv:hep-th/9901001 (*cross-listing*)
Date: Fri, 1 Jan 1999 01:00:00 +0200   (10kb)

Title: A crossing
Author: D. Four
Categories: hep-th
\\
  Its abstract.
\\ ( https://arxiv.org/abs/hep-th/9901001 ,  10kb)
"""
REPLACED = r"""\\
arXiv:2211.00552
replaced with revised version Thu, 2 Mar 2023 18:05:58 GMT   (829kb,D)

Title: A replacement -- revised
Authors: E. Five
Categories: q-fin.ST
\\ ( https://arxiv.org/abs/2211.00552 ,  829kb)
"""
HEADER = "Date: Fri,  3 Mar 23 01:29:12 GMT\nSubject: astro-ph daily 1 new +  crosses received\n\nSend comments.\n"
MAIL = f"{HEADER}{RULE}{NEW}{RULE}{'%-' * 39}\n{CROSS}{'%%--' * 19}\n{REPLACED}{RULE}For help, see\nthere.\n"
LISTING = r"""------------------------------------------------------------------------------
\\
Paper (*cross-listing*): cond-mat/9712129
From: Six <x@example.com>
Date: Thu, 11 Dec 97 20:47:36 GMT   (14kb)
Date (revised v2): Sat, 30 May 1998 21:45:24 GMT   (16kb)

Title: No abstract here
Authors: Six
Categories: cond-mat.stat-mech
\\
------------------------------------------------------------------------------
\\
Paper: cond-mat/9712130
Date: Fri, 12 Dec 1997 20:47:36 GMT   (14kb)

Title: Nor here
Authors: Seven
Categories: cond-mat
\\
"""


PAGE = """Fri, 14 Mar 2025 (showing 1 of 1 entries )
[1] arXiv:2503.00001 [pdf, html, other]
    Title: One
    Ann One, Bo Two
    Subjects: Computation and Language (cs.CL)

Thu, 13 Mar 2025 (showing 1 of 1 entries )
[2] arXiv:2503.00002 [pdf]
    Title: Two
    Authors: Ann One
    Its abstract.

Fri, 14 Mar 2025 (continued, showing last 1 of 2 entries )
[3] arXiv:2503.00003 [pdf]
    Title: Three
    Ann One
"""


def test_the_three_kinds_of_items_of_a_mail() -> None:
    reading = read("arxiv-mail", MAIL)
    new, cross, replaced = reading.records
    assert (reading.date and reading.date.day, reading.source) == ("2023-03-03", "arxiv-astro-ph")
    assert (new.id, new.also, new.line) == ("2303.00763v1", ("10.1234/x",), 6)
    assert new.fields == {
        "title": "A first title that is so long that it wraps",
        "abstract": "First words of a paragraph.\n\nA second one.",
        "authors": ("Ann One", "Bob Two", "Cy Three, Jr."),
        "published": "2023-03-01",
        "keywords": ("astro-ph.GA", "hep-ph"),
        "links.arxiv": "https://arxiv.org/abs/2303.00763",
        "links.doi": "https://doi.org/10.1234/x",
    }
    assert (cross.id, cross.fields["published"]) == ("hep-th/9901001", "1998-12-31")
    assert (cross.fields["abstract"], cross.fields["authors"]) == ("Its abstract.", ("D. Four",))
    assert (replaced.id, replaced.title, "published" in replaced.fields) == (
        "2211.00552",
        "A replacement -- revised",
        False,
    )
    assert not reading.problems
    assert not reading.rejected


def test_a_listing_is_a_collection_without_abstracts() -> None:
    reading = read("arxiv-listing", LISTING, "math-ph_9712.txt")
    assert [(record.id, record.fields["published"]) for record in reading.records] == [
        ("cond-mat/9712129", "1997-12-11"),
        ("cond-mat/9712130", "1997-12-12"),
    ]
    assert (reading.date, reading.dated_records, reading.source) == (None, True, "arxiv-math-ph_9712")
    assert not reading.problems


def test_a_subject_that_is_no_utf8_is_read() -> None:
    reading = read("arxiv-mail", MAIL.encode().replace(b"Subject: astro-ph", "Subject: å".encode() + b"\x91\x97"))
    assert (len(reading.records), reading.source) == (3, "arxiv-å\ufffd\ufffd")


def test_an_item_that_breaks_off_costs_no_other() -> None:
    cut = MAIL.replace(r"\\ ( https://arxiv.org/abs/2303.00763 ,  3197kb)" + "\n" + RULE, "")
    assert [record.id for record in read("arxiv-mail", cut).records] == [
        "2303.00763v1",
        "hep-th/9901001",
        "2211.00552",
    ]
    untitled = MAIL.replace("Title: A crossing\n", "")
    reading = read("arxiv-mail", untitled)
    assert (len(reading.records), [item.problem.message for item in reading.rejected]) == (2, ["no title"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (MAIL, "arxiv-mail"),
        (MAIL.replace("\n", "\r\n"), "arxiv-mail"),
        (MAIL.removeprefix(HEADER), "arxiv-listing"),
        (LISTING, "arxiv-listing"),
        (RULE + NEW, "arxiv-abs"),
        ("Date: x\nSubject: y\n\nNo item stands here.\n", ""),
        ("Read arXiv:2303.00763\nDate: or not\n", ""),
    ],
)
def test_the_reader_is_chosen_by_the_content(text: str, name: str) -> None:
    assert recognised(text) == name
    if name:
        assert read(name, text).records


@pytest.mark.parametrize("name", ["arxiv-mail", "arxiv-listing", "arxiv-abs", "arxiv-page"])
def test_no_damage_makes_a_reader_raise(name: str) -> None:
    for text in damaged(PAGE if name == "arxiv-page" else MAIL + LISTING, seed=1, count=300):
        read(name, text)


def test_each_paper_of_a_page_has_the_day_above_it() -> None:
    reading = read("arxiv-page", PAGE)
    assert (reading.date, [record.fields["published"] for record in reading.records]) == (
        None,
        ["2025-03-14", "2025-03-13", "2025-03-14"],
    )


@pytest.mark.parametrize(
    "text",
    [
        "\\\\\n" * 350_000,
        "\\\\\narXiv:1\nDate: x\n" + "\n" * 1_000_000,
        "\\\\\narXiv:1\nDate: x\n" + "(" * 1_000_000,
        "\\\\\narXiv:1\nDate: " + "(a) " * 250_000,
        "\\\\\narXiv:1\nTitle: " + "x and " * 180_000,
        "\\\\\narXiv:1\nAuthors: " + ", " * 500_000,
        "\\\\\narXiv:1\nAuthors: " + "(" * 1_000_000,
        "\\\\\narXiv:1\nDate: x\n\\\\\n" * 15_000,
        HEADER.rstrip() + "\n X" * 300_000,
        "Date: x\nSubject: y\n" + "A:\n" * 350_000,
        "-" * 1_000_000 + "x",
        ("-" * 30 + " " * 100 + "x\n") * 8_000,
        "\\\\\narXiv:1\n\n" + " " * 1_000_000 + "x",
        "[1] arXiv:1\n" * 20_000,
        "[1] arXiv:1\nTitle: x\nSubjects: x\n" + "(a.b " * 200_000,
        "".join(f"1 Jan {n}\n[1] arXiv:1\nTitle: x\n" for n in range(1000, 9999)),
        "[1] arXiv:1\nTitle: x\n" + "Mon, 1 Jan\n" * 80_000,
    ],
    ids=range(17),
)
def test_a_hostile_megabyte_is_read_in_time(text: str) -> None:
    for name in ("arxiv-mail", "arxiv-listing", "arxiv-page"):
        read_at_once(name, text)


def _independent(text: str) -> list[dict[str, str]]:
    """id, title, authors, categories, DOI and abstract of each item, found by cutting at rules and separators."""
    found = []
    for part in re.split(r"^[%-]{70,}\n", text, flags=re.MULTILINE):
        pieces = re.split(r"^\\\\.*\n?", part, flags=re.MULTILINE)
        if len(pieces) < 2 or not re.search("^Title:", part, re.MULTILINE):
            continue
        head = re.sub(r"\n\s+(?=\S)", " ", "\n".join(line for line in pieces[1].split("\n") if line.strip()))
        head = re.sub(r"^(?:arXiv:|Paper[^:]*:\s*)(\S+).*", r"Id: \1", head)
        message = email.message_from_string("\n".join(re.findall(r"^[\w-]+:.*", head, re.MULTILINE)))
        fields = {name.lower(): str(value) for name, value in reversed(message.items())}
        found.append({**fields, "abstract": pieces[2] if len(pieces) > 2 else ""})
    return found


@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("arxiv_listing_email/astro-ph_new.txt", 97),
        ("arxiv_listing_email/astro-ph_new.EP.txt", 18),
        ("arxiv_listing_email/q-fin_new.TR.txt", 1),
        ("arxiv_monthly_listing/astro-ph_0704.txt", 884),
        ("arxiv_monthly_listing/astro-ph_9411.txt", 136),
        ("arxiv_monthly_listing/math-ph_9712.txt", 34),
        ("arxiv_abs/0704.0001.abs", 1),
        ("arxiv_abs/0704.0010.abs", 1),
        ("arxiv_abs/0704.0350.abs", 1),
    ],
)
def test_real_files_are_read_as_another_parser_reads_them(file: str, count: int) -> None:
    data = shared(f"digests/{file}").read_bytes()
    folder = file.partition("/")[0]
    name = {"arxiv_listing_email": "arxiv-mail", "arxiv_abs": "arxiv-abs"}.get(folder, "arxiv-listing")
    assert recognised(data) == name
    reading = read(name, data, file)
    records = {record.id: record for record in reading.records}
    expected = {fields["id"]: fields for fields in _independent(RawDigest(file, data).text)}
    assert list(records) == list(expected)
    assert (len(reading.records), len(reading.rejected), len(reading.problems)) == (count, 0, 0)
    for paper in random.Random(7).sample(list(expected), min(20, count)):
        record, fields = records[paper], expected[paper]
        assert record.title == clean.line(fields["title"])
        assert record.fields["keywords"] == tuple(fields["categories"].split())
        assert " ".join(str(record.fields.get("abstract", "")).split()) == " ".join(fields["abstract"].split())
        assert (record.also[0] if record.also else None) == (fields["doi"].lower() if "doi" in fields else None)
        bare = re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", fields["authors"]))
        parts = [part.strip() for part in re.split(r",|;|\band\b|&", bare.removeprefix("by "))]
        assert record.fields["authors"] == tuple(part for part in parts if part not in ("", "et al."))

"""Which sayings are of one paper: thousands of namesakes, and notices in hostile texts."""

import pytest

from sitegen.intake.notices import completed
from sitegen.matching.clusters import Saying, clusters, connected
from sitegen.matching.items import Item, New, tell
from sitegen.matching.match import evidence
from sitegen.matching.merge import said_of
from sitegen.matching.said import Said, Traits
from sitegen.model import Record, Value
from tests.effort import at_once


def _said(at: int, title: str, paper_id: str = "", *authors: str) -> Said:
    values: dict[str, Value] = {"title": title, "authors": authors}
    return Said(f"2025-03-{at % 28 + 1:02}-a", (paper_id,) if paper_id else (), {"title": str(at)}, values)


EDITORIALS = {
    "ids": lambda at: _said(at, "Editorial", f"10.1234/{at}"),
    "ids and one author": lambda at: _said(at, "Editorial", f"10.1234/{at}", "Wei Zhang"),
    "ids of two kinds": lambda at: _said(at, "Editorial", f"10.1234/{at}" if at % 2 else f"PMID:{at}", f"A{at} B{at}"),
    "titles alone": lambda at: _said(at, "Editorial"),
    "authors": lambda at: _said(at, "Editorial", "", f"A B{at}"),
    "rows": lambda at: _said(at, f"Editorial {at}", "1", "A B"),
}
PAPERS = {
    "ids": 5000,
    "ids and one author": 5000,
    "ids of two kinds": 5000,
    "titles alone": 1,
    "authors": 5000,
    "rows": 1,
}


@pytest.mark.parametrize("kind", EDITORIALS)
def test_thousands_of_one_title_do_not_take_long(kind: str) -> None:
    said = [EDITORIALS[kind](at) for at in range(5000)]
    with at_once(100):
        found = clusters([Saying(each.order, each.traits) for each in said])
    assert len(found) == PAPERS[kind]


def test_a_title_alone_goes_to_the_paper_that_was_seen_first() -> None:
    said = [_said(3, "Notes"), _said(2, "Notes", "2503.00002"), _said(1, "Notes", "2503.00001")]
    assert clusters([Saying(each.order, each.traits) for each in said]) == [[2, 0], [1]]


def test_a_title_with_authors_goes_to_the_paper_of_the_authors() -> None:
    said = [
        _said(3, "Notes", "", "Ann One"),
        _said(2, "Notes", "2503.00002", "One, A."),
        _said(1, "Notes", "2503.00001"),
    ]
    assert clusters([Saying(each.order, each.traits) for each in said]) == [[2], [1, 0]]


def test_a_chain_of_a_hundred_thousand() -> None:
    assert connected([{at, at + 1} for at in range(100_000)]) == [list(range(100_000))]


def test_evidence_in_words() -> None:
    title = frozenset(["notes"])
    assert evidence(Traits(frozenset(["10.1/x"])), Traits(frozenset(["10.1/x"]))) == "10.1/x"
    assert evidence(Traits(frozenset(["10.1234/x"])), Traits(frozenset(["10.1234/x"]))) == "DOI 10.1234/x"
    one = Traits(titles=title, families=frozenset(["one", "two"]))
    assert evidence(one, Traits(titles=title, families=frozenset(["two"]))) == "their title, and two among the authors"
    assert evidence(one, Traits(titles=title)) == "their title"


NOTICES = {
    ("[RETRACTED] A: B", ""): ("A: B", ("retracted", "", "", "")),
    ("(withdrawn) A", ""): ("A", ("withdrawn", "", "", "")),
    ("WITHDRAWN: A", ""): ("A", ("withdrawn", "", "", "")),
    ("RETRACTED ARTICLE: A", ""): ("A", ("retracted", "", "", "")),
    ("Withdrawn: a study of withdrawals", ""): ("Withdrawn: a study of withdrawals", None),
    ("[RETRACTED]", ""): ("[RETRACTED]", None),
    ("Superseded", "This paper has been cited."): ("Superseded", None),
    ("A", "This paper has been withdrawn."): ("A", ("withdrawn", "This paper has been withdrawn.", "", "")),
    ("A", "(This article was retracted by the editors. See below.)"): (
        "A",
        ("retracted", "This article was retracted by the editors.", "", ""),
    ),
    ("A", "We study why this paper has been withdrawn."): ("A", None),
}


@pytest.mark.parametrize(("told", "found"), NOTICES.items())
def test_notices_in_titles_and_abstracts(told: tuple[str, str], found: tuple[str, Value | None]) -> None:
    fields = completed(Record({"title": told[0], "abstract": told[1]})).fields
    assert (fields["title"], fields.get("notice")) == found


def test_a_notice_that_a_reader_gives() -> None:
    told = completed(
        Record({"title": "A", "notice": ("withdrawn", "an error", "", ""), "version": "2"}, id="2503.00001v3")
    )
    assert told.fields == {"title": "A", "notice": ("withdrawn", "an error", "", ""), "version": "2"}
    assert "notice" not in completed(Record({"title": "A", "notice": "lost"})).fields


@pytest.mark.parametrize(
    "text", ["[withdrawn" * 100_000, "this paper has been " * 50_000, " " * 1_000_000, "(" * 1_000_000]
)
def test_no_text_takes_long(text: str) -> None:
    with at_once(100):
        completed(Record({"title": text, "abstract": text, "notice": text}))


def _editorial(number: int, abstract: str, ids: tuple[str, ...]) -> Said:
    fields: dict[str, Value] = {"title": "Editorial", "authors": (f"Ann N{number}",), "abstract": abstract}
    return said_of(Record(fields, id=ids[0] if ids else ""), "2025-03-14-list")


@pytest.mark.parametrize("has_ids", [True, False])
def test_a_digest_says_thousands_of_one_title_again_in_no_time(has_ids: bool) -> None:
    ids = [(f"10.1234/x{number}",) if has_ids else () for number in range(5_000)]
    items = [Item((_editorial(number, "One.", each),), f"page-{number}") for number, each in enumerate(ids)]
    news = [New(_editorial(number, "Two.", each)) for number, each in enumerate(ids)]
    with at_once(100):
        told = tell(items, news)
    assert [each.at for each in told] == list(range(5_000))
    assert all(each.before and each.before.values["abstract"] == "One." for each in told)

"""A paper is a fold over its sightings."""

import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.matching import placing
from sitegen.matching.index import Index
from sitegen.matching.items import New
from sitegen.matching.match import keys_of_said
from sitegen.matching.merge import said_of, with_fields
from sitegen.matching.placing import Placed, place
from sitegen.model import Paper, Record, Value
from tests.conftest import entry

DIGESTS = ("collection", "2025-03-12-a", "2025-03-13-b", "2025-03-13-c")
texts = st.sampled_from(["one", "one two", "one …", "2times", "one two three four"])
records = st.fixed_dictionaries(
    {"title": texts},
    optional={
        "abstract": texts,
        "authors": st.lists(texts, min_size=1, max_size=5).map(tuple),
        "version": st.sampled_from(["1", "2"]),
        "keywords": st.lists(texts, min_size=1, max_size=2, unique=True).map(tuple),
        "links.code": st.sampled_from(["https://a.org", "https://b.org"]),
    },
)


def _told(papers: Iterable[Paper], record: Record, digest: str) -> Placed:
    """All that is known after `digest` said `record`, where the papers are those of an archive."""
    known = {paper.id: paper for paper in papers}
    index = Index([entry(paper) for paper in known.values()], lambda entry: known[entry.id])
    said = said_of(record, digest)
    (around,) = index.neighbourhoods([keys_of_said(said)])
    pages = [known[paper_id] for paper_id in around.papers]
    placed = place(pages, [New(said)], index.owner)
    others = [paper for paper in known.values() if paper not in pages]
    return placed._replace(papers=(*others, *placed.papers))


def _merged(said: list[tuple[str, dict[str, Value]]]) -> tuple[Paper, ...]:
    papers: tuple[Paper, ...] = ()
    for digest, fields in said:
        papers = _told(papers, Record(fields, id="2503.00001"), digest).papers
    return papers


@given(st.lists(records, min_size=2, max_size=4))
@settings(max_examples=100, deadline=None)
def test_the_order_of_digests_does_not_matter(said: list[dict[str, Value]]) -> None:
    pairs = list(zip(DIGESTS, said, strict=False))
    first, *others = (_merged(list(order)) for order in itertools.permutations(pairs))
    assert all(each == first for each in others)


@given(st.lists(records, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_a_digest_that_comes_again_changes_nothing(said: list[dict[str, Value]]) -> None:
    pairs = list(zip(DIGESTS, said, strict=False))
    paper = _merged(pairs)
    for digest, fields in pairs:
        placed = _told(paper, Record(fields, id="2503.00001"), digest)
        assert (placed.papers, placed.known) == (paper, frozenset({0}))


@given(
    records, st.sampled_from(["", "2503.00001v2", "row 1"]), st.sets(st.sampled_from(["one", "2503.00001", "row 1"]))
)
@settings(max_examples=200, deadline=None)
def test_a_saying_alone_is_placed_as_any_other(fields: dict[str, Value], paper_id: str, taken: set[str]) -> None:
    news = [New(said_of(Record(fields, id=paper_id, also=("10.1234/x",) if paper_id else ()), "2025-03-12-a"))]

    def owner(name: str) -> str:
        return "other" if name in taken else ""

    assert place([], news, owner) == placing._Neighbourhood([], news, owner).placed()


def _paper(fields: dict[str, Value], digest: str, paper_id: str = "") -> Paper:
    (paper,) = _told([], Record(fields, id=paper_id), digest).papers
    return paper


def test_the_last_digest_shows_and_the_others_are_kept() -> None:
    (paper,) = _merged([("2025-03-14-c", {"title": "late"}), ("2025-03-12-a", {"title": "early", "abstract": "A."})])
    assert (paper.title, paper.abstract, paper.listed) == ("late", "A.", "2025-03-12")
    assert paper.sightings[0].differs == {"title": "early"}


WHOLE = "We read 512 × 512 naïve lists of $\\mathcal{O}(n)$ words. Code is there."


DAMAGED = [
    "We read 512times512 naïve lists of mathcal{O}(n) words. Code is there.",
    "We read 512 × 512 naÃ¯ve lists of $\\mathcal{O}(n)$ words. Code is there.",
    "We read 512 \ufffd 512 naïve lists of $\\mathcal{O}(n)$ words. Code is there.",
]
CUT = [
    "We read 512 × 512 naïve lists of $\\mathcal{O}(n)$ words.",
    "We read 512 × 512 …",
    "We read 512 × 512 naïve lists of the letters of words...",
]


@pytest.mark.parametrize("damaged", DAMAGED + CUT)
def test_of_one_day_the_abstract_that_is_damaged_least_shows(damaged: str) -> None:
    said: list[tuple[str, dict[str, Value]]] = [
        ("2025-03-12-a", {"title": "one", "abstract": WHOLE}),
        ("2025-03-12-b", {"title": "two", "abstract": damaged}),
    ]
    for order in itertools.permutations(said):
        (paper,) = _merged(list(order))
        assert (paper.title, paper.abstract) == ("two", WHOLE)
        assert [each.differs for each in paper.sightings] == [{"title": "one"}, {"abstract": damaged}]
    (paper,) = _merged([*said, ("2025-03-13-a", {"title": "two", "abstract": damaged})])
    assert paper.abstract == (WHOLE if damaged in CUT else damaged)


def test_a_human_may_choose_the_other_one_of_a_day() -> None:
    (paper,) = _merged([("2025-03-12-a", {"title": "one", "abstract": WHOLE}), ("2025-03-12-b", {"title": "one..."})])
    edited = with_fields(paper, {"title": "one...", "abstract": WHOLE})
    placed = _told([edited], Record({"title": "one", "abstract": "Other."}, id="2503.00001"), "2025-03-12-c")
    assert placed.papers[0].title == "one..."


def test_a_hand_edit_stays_and_the_digest_is_kept_beside_it() -> None:
    paper = _paper({"title": "T", "abstract": "A."}, "2025-03-12-a")
    edited = with_fields(paper, {"title": "Mine"})
    said = Record({"title": "T", "abstract": "B."})
    placed = _told([edited], said, "2025-03-13-b")
    (merged,) = placed.papers
    assert (merged.title, merged.abstract, placed.kept) == ("Mine", "", {0: ("title", "abstract")})
    assert merged.sightings[1].differs == {"title": "T", "abstract": "B."}
    again = _told([merged], said, "2025-03-13-b")
    assert (again.papers, again.known, again.kept) == ((merged,), frozenset({0}), {})


def test_no_hand_edit_of_two_pages_that_are_joined_is_lost() -> None:
    older = with_fields(_paper({"title": "T"}, "2025-03-12-a", "2503.00001"), {"title": "Mine", "version": "2"})
    newer = with_fields(_paper({"title": "U"}, "2025-03-13-a", "10.1234/x"), {"title": "My *other*", "abstract": "A."})
    both = Record({"title": "V", "links.doi": "https://doi.org/10.1234/x"}, id="2503.00001")
    (merged,) = _told([older, newer], both, "2025-03-14-b").papers
    assert (merged.id, merged.aliases) == ("2503.00001", ("10.1234/x",))
    assert (merged.title, merged.version, merged.abstract) == ("Mine", "2", "A.")
    assert merged.notes == "title, as the page of 10.1234/x had it: My \\*other\\*"


def _known(paper_id: str, title: str, *authors: str) -> Paper:
    return Paper(paper_id, title, authors)


def _found(papers: Iterable[Paper], record: Record) -> str:
    """The id of the paper that the record is, "" for a new one."""
    placed = _told(papers, record, "2025-03-14-c")
    return "" if placed.paper_of[0] in placed.added else placed.paper_of[0]


def test_which_paper_a_record_is() -> None:
    papers = [_known("2503.00001", "Attention, please", "Ann One"), _known("second-thoughts", "Second thoughts")]
    assert _found(papers, Record({"title": "Other"}, id="2503.00001v3")) == "2503.00001"
    assert _found(papers, Record({"title": "ATTENTION — please"})) == "2503.00001"
    assert _found(papers, Record({"title": "Second Thoughts"}, id="2503.00002")) == "second-thoughts"
    assert _found(papers, Record({"title": "Attention please"}, id="2503.00002")) == ""
    assert _found(papers, Record({"title": "Attention, please", "authors": ("Cy Three",)})) == ""
    assert _found(papers, Record({"title": "…"})) == ""


def test_an_id_that_only_its_source_knows_does_not_join_two_papers() -> None:
    papers = [_paper({"title": "Attention is all you need", "authors": ("Ann One",)}, "2025-03-13-c", "1")]
    assert _found(papers, Record({"title": "Deep residual learning", "authors": ("Bo Two",)}, id="1")) == ""
    assert _found(papers, Record({"title": "Attention is all you need"}, id="1")) == "1"
    assert _found(papers, Record({"title": "Attention is all we need", "authors": ("One, A.",)}, id="1")) == "1"


def test_a_title_mended_by_hand_is_still_found() -> None:
    paper = _paper({"title": "Teh title", "abstract": "A."}, "2025-03-12-a")
    mended = with_fields(paper, {"title": "The right words", "abstract": "A."})
    assert _found([mended], Record({"title": "Teh title", "abstract": "A."})) == "teh-title"


def test_two_inputs_of_one_digest_add_up() -> None:
    paper = _paper({"title": "T", "abstract": "A.", "authors": ("Ann One",)}, "2025-03-12-a")
    (merged,) = _told([paper], Record({"title": "T", "keywords": ("k",)}), "2025-03-12-a").papers
    assert (merged.abstract, merged.authors, merged.keywords) == ("A.", ("Ann One",), ("k",))
    assert len(merged.sightings) == 1


def test_rows_of_two_inputs_of_one_digest_are_two_papers() -> None:
    papers = [_paper({"title": "On order", "authors": ("Ann One",)}, "2025-03-12-a", "1")]
    placed = _told(papers, Record({"title": "On chaos", "authors": ("Bo Two",)}, id="1"), "2025-03-12-a")
    assert sorted(paper.title for paper in placed.papers) == ["On chaos", "On order"]


def test_namesakes_need_more_than_a_first_name() -> None:
    papers = [_known("10.1234/x", "Introduction", "Wei Zhang")]
    assert _found(papers, Record({"title": "Introduction", "authors": ("Wei Li",)})) == ""
    assert _found(papers, Record({"title": "Introduction", "authors": ("Zhang, W.",)})) == "10.1234/x"


def test_ids_of_two_kinds_need_an_author_in_common() -> None:
    papers = [_known("10.1234/x", "Title", "Ann One")]
    assert _found(papers, Record({"title": "Title", "authors": ("One, Ann",)}, id="2503.00001")) == "10.1234/x"
    assert _found(papers, Record({"title": "Title"}, id="2503.00001")) == ""
    assert _found(papers, Record({"title": "Title", "authors": ("Bo Two",)}, id="2503.00001")) == ""


def test_code_that_a_digest_gives_counts_more_than_what_a_later_abstract_names() -> None:
    code = "https://github.com/a/b"
    title: dict[str, Value] = {"title": "one"}
    named: dict[str, Value] = {"abstract": "Code: https://github.com/c/d", "links.code": "https://github.com/c/d"}
    said = [(DIGESTS[1], {**title, "links.code": code}), (DIGESTS[2], {**title, **named})]
    for order in itertools.permutations(said):
        (paper,) = _merged(list(order))
        assert paper.link("code") == code
    (paper,) = _merged([*said, (DIGESTS[3], {**title, "links.code": "https://github.com/e/f"})])
    assert paper.link("code") == "https://github.com/e/f"
    (paper,) = _merged([(DIGESTS[1], {**title, **named})])
    assert paper.link("code") == "https://github.com/c/d"


def _code(digest: str, abstract: str, code: str) -> tuple[str, dict[str, Value]]:
    return digest, {"title": "one", "abstract": abstract, "links.code": code}


@pytest.mark.parametrize("abstract", ["Mended.", "Code: https://github.com/e/f", "Code: https://github.com/c/d."])
def test_an_abstract_that_a_human_mended_leaves_the_code_to_digests(abstract: str) -> None:
    given = _code(DIGESTS[1], "Lists.", "https://github.com/a/b")
    named = _code(DIGESTS[2], "Code: https://github.com/c/d", "https://github.com/c/d")
    later = _code(DIGESTS[3], "Code: https://github.com/g/h", "https://github.com/g/h")
    for said, code in (
        ([given, named], "https://github.com/a/b"),
        ([named], "https://github.com/c/d"),
        ([_code(DIGESTS[1], "Lists.", "https://github.com/c/d")], "https://github.com/c/d"),
    ):
        (paper,) = _merged(said)
        edited = with_fields(paper, {"title": "one", "abstract": abstract, "links.code": code})
        for digest, fields in said:
            placed = _told([edited], Record(fields, id="2503.00001"), digest)
            assert placed.papers[0].link("code") == code
        placed = _told([edited], Record(later[1], id="2503.00001"), later[0])
        assert placed.papers[0].link("code") == (code if given in said else "https://github.com/g/h")
        assert placed.kept[0] == ("abstract",)
        given_later = _code(DIGESTS[3], "Lists.", "https://github.com/i/j")
        placed = _told([edited], Record(given_later[1], id="2503.00001"), DIGESTS[3])
        assert (placed.papers[0].abstract, placed.papers[0].link("code")) == (abstract, "https://github.com/i/j")

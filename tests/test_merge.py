"""A paper is a fold over its sightings."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.intake import merge
from sitegen.intake.match import Index, may_be
from sitegen.model import Paper, Record, Value

DIGESTS = ("collection", "2025-03-12-a", "2025-03-13-b", "2025-03-14-c")
texts = st.sampled_from(["one", "two", "three"])
records = st.fixed_dictionaries(
    {"title": texts},
    optional={
        "abstract": texts,
        "authors": st.tuples(texts, texts),
        "keywords": st.lists(texts, min_size=1, max_size=2, unique=True).map(tuple),
        "links.code": st.sampled_from(["https://a.org", "https://b.org"]),
    },
)


def _index(*papers: Paper) -> Index:
    index = Index()
    for paper in papers:
        index.put(paper)
    return index


def _merged(said: list[tuple[str, dict[str, Value]]]) -> Paper:
    paper = merge.add(Record(said[0][1]), said[0][0], "id")
    for digest, fields in said[1:]:
        paper = merge.merge(paper, Record(fields), digest).paper
    return paper


@given(st.lists(records, min_size=2, max_size=4))
@settings(max_examples=100, deadline=None)
def test_the_order_of_digests_does_not_matter(said: list[dict[str, Value]]) -> None:
    pairs = list(zip(DIGESTS, said, strict=False))
    assert len({repr(_merged(list(order))) for order in itertools.permutations(pairs)}) == 1


@given(st.lists(records, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_a_digest_that_comes_again_changes_nothing(said: list[dict[str, Value]]) -> None:
    pairs = list(zip(DIGESTS, said, strict=False))
    paper = _merged(pairs)
    for digest, fields in pairs:
        assert merge.merge(paper, Record(fields), digest) == (paper, "unchanged", ())


def test_the_last_digest_shows_and_the_others_are_kept() -> None:
    paper = _merged([("2025-03-14-c", {"title": "late"}), ("2025-03-12-a", {"title": "early", "abstract": "A."})])
    assert (paper.title, paper.abstract, paper.listed) == ("late", "A.", "2025-03-12")
    assert paper.sightings[0].differs == {"title": "early"}


def test_a_hand_edit_stays_and_the_digest_is_kept_beside_it() -> None:
    paper = merge.add(Record({"title": "T", "abstract": "A."}), "2025-03-12-a", "id")
    edited = merge.with_fields(paper, {"title": "Mine"})
    merged = merge.merge(edited, Record({"title": "U", "abstract": "B."}), "2025-03-13-b")
    assert (merged.paper.title, merged.paper.abstract, merged.kept) == ("Mine", "", ("title", "abstract"))
    assert merged.paper.sightings[1].differs == {"title": "U", "abstract": "B."}
    assert merge.merge(merged.paper, Record({"title": "U", "abstract": "B."}), "2025-03-13-b").status == "unchanged"


def _known(paper_id: str, title: str, *authors: str) -> Paper:
    return Paper(paper_id, title, authors)


def test_which_paper_a_record_is() -> None:
    with_id = _known("2503.00001", "Attention, please", "Ann One")
    slug = _known("second-thoughts", "Second thoughts")
    index = _index(with_id, slug)
    assert index.find(Record({"title": "Other"}, id="2503.00001v3")) is with_id
    assert index.find(Record({"title": "ATTENTION — please"})) is with_id
    assert index.find(Record({"title": "Second Thoughts"}, id="2503.00002")) is slug
    assert index.find(Record({"title": "Attention please"}, id="2503.00002")) is None
    assert index.find(Record({"title": "Attention, please", "authors": ("Cy Three",)})) is None
    assert index.find(Record({"title": "…"})) is None


def test_an_id_that_only_its_source_knows_does_not_join_two_papers() -> None:
    index = _index(_known("1", "Attention is all you need", "Ann One"))
    assert index.find(Record({"title": "Deep residual learning", "authors": ("Bo Two",)}, id="1")) is None
    assert index.find(Record({"title": "Attention is all you need"}, id="1")) is not None


def test_a_title_mended_by_hand_is_still_found() -> None:
    paper = merge.add(Record({"title": "Teh title", "abstract": "A."}), "2025-03-12-a", "teh-title")
    mended = merge.with_fields(paper, {"title": "The right words", "abstract": "A."})
    assert _index(mended).find(Record({"title": "Teh title", "abstract": "A."})) is mended


def test_two_inputs_of_one_digest_add_up() -> None:
    paper = merge.add(Record({"title": "T", "abstract": "A.", "authors": ("Ann One",)}), "2025-03-12-a", "t")
    merged = merge.merge(paper, Record({"title": "T", "keywords": ("k",)}), "2025-03-12-a").paper
    assert (merged.abstract, merged.authors, merged.keywords) == ("A.", ("Ann One",), ("k",))


def test_namesakes_need_more_than_a_first_name() -> None:
    paper = _known("introduction", "Introduction", "Wei Zhang")
    assert not may_be(Record({"title": "Introduction", "authors": ("Wei Li",)}), paper)
    assert may_be(Record({"title": "Introduction", "authors": ("Zhang, W.",)}), paper)


def test_ids_of_two_kinds_need_an_author_in_common() -> None:
    paper = _known("10.1234/x", "Title", "Ann One")
    assert may_be(Record({"title": "Title", "authors": ("One, Ann",)}, id="2503.00001"), paper)
    assert not may_be(Record({"title": "Title"}, id="2503.00001"), paper)
    assert not may_be(Record({"title": "Title", "authors": ("Bo Two",)}, id="2503.00001"), paper)

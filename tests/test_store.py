"""Pages of content/: what is written is read back, what a human wrote stays."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import identity
from sitegen.matching.merge import folded, said_of
from sitegen.model import LINK_KINDS, Digest, Notice, Paper, Record, Sighting
from sitegen.store import digest_page, front_matter, paper_page
from sitegen.store.seen import read_sightings, write_sighting
from sitegen.text import clean

lines = st.text(max_size=40).map(clean.line)
titles = lines.filter(bool)
digest_ids = st.dates().map(lambda day: f"{day.isoformat()}-a") | titles.map(
    lambda title: identity.digest_id("", title)
)
ODD = tuple("""no on 1e3 --- ~ = null 0x1F ' " ` &amp; % @x # - !!python/name:os a\\nb""".split())  # noqa: SIM905
odd_titles = st.sampled_from([*ODD, "[RETRACTED] A: B", "# a", "- b", "<!-- x -->", "{a: b}"])
links = st.dictionaries(
    st.sampled_from(list(LINK_KINDS)), st.sampled_from(["https://a.org/b_c_", "https://x.y/?q=1&r=[2]"])
)
hashes = st.dictionaries(st.sampled_from(["title", "abstract", "authors"]), st.just("0123abcd"))
sightings = st.builds(
    Sighting,
    digest_ids,
    hashes,
    st.dictionaries(st.sampled_from(["title", "authors"]), titles | st.tuples(titles)),
    st.lists(titles | odd_titles, max_size=2).map(tuple),
)


def _paper(**fields: object) -> Paper:
    paper = Paper(**fields)  # type: ignore[arg-type]
    listed = min(filter(None, (identity.digest_date(each.digest) for each in paper.sightings)), default="")
    ordered = tuple((kind, dict(paper.links)[kind]) for kind in LINK_KINDS if kind in dict(paper.links))
    return replace(paper, listed=listed, links=ordered, path="papers/x.md")


papers = st.builds(
    _paper,
    id=titles | odd_titles,
    title=titles | odd_titles,
    authors=st.lists(titles | odd_titles, max_size=3).map(tuple),
    abstract=st.text(max_size=200).map(clean.paragraphs),
    published=st.sampled_from(["", "2025", "2025-03", "2025-03-14"]),
    keywords=st.lists(titles, max_size=3).map(tuple),
    links=links.map(lambda found: tuple(found.items())),
    aliases=st.lists(odd_titles, max_size=2).map(tuple),
    hand_tags=st.lists(odd_titles, max_size=2).map(tuple),
    notice=st.none() | st.just(Notice("retracted", "a: reason", "2025-03-14")),
    sightings=st.lists(sightings, max_size=2).map(tuple),
)


@given(papers)
@settings(max_examples=200, deadline=None)
def test_a_paper_survives_its_page(paper: Paper) -> None:
    text = paper_page.write_paper(paper)
    read, problems = paper_page.read_paper(text, paper.path)
    assert problems == []
    assert read == paper
    assert paper_page.write_paper(read) == text


@given(papers, papers)
@settings(max_examples=200, deadline=None)
def test_an_updated_page_reads_as_the_new_paper_and_keeps_what_a_human_wrote(old: Paper, new: Paper) -> None:
    human = paper_page.write_paper(old).replace("\n---\n", "\nmine: 5\n# a comment\n---\n", 1) + "\nMy *notes*.\n"
    before, problems = paper_page.read_paper(human, old.path)
    assert before is not None
    after = replace(new, notes=before.notes)
    text, lost = paper_page.update_paper(human, before, after)
    assert (problems, lost) == ([], [])
    assert paper_page.read_paper(text, old.path)[0] == after
    assert "\nmine: 5\n# a comment\n" in text
    assert text.endswith("\nMy *notes*.\n")


@given(st.lists(titles | odd_titles, min_size=1, max_size=5, unique_by=identity.folder), titles)
@settings(max_examples=100, deadline=None)
def test_a_digest_survives_its_page(ids: list[str], title: str) -> None:
    papers_ = {each: Paper(each, f"[{each}](x) *a* _b_") for each in ids}
    papers_ = {each: replace(paper, path=paper_page.paper_path(paper)) for each, paper in papers_.items()}
    digest = Digest("2025-03-14-a", "2025-03-14", "a", title, tuple(ids), ("0" * 64,), path="digests/2025/a.md")
    text = digest_page.write_digest(digest, papers_)
    by_path = {paper.path: paper.id for paper in papers_.values()}
    assert digest_page.read_digest(text, digest.path, by_path) == (digest, [])


@given(sightings)
def test_a_sighting_is_one_line_that_cannot_end_its_comment(sighting: Sighting) -> None:
    line = write_sighting(sighting)
    assert "--" not in line
    assert ">" not in line
    assert len(line.splitlines()) == 1
    assert read_sightings([line]) == (sighting,)


def test_line_ends_of_windows_stay() -> None:
    paper = folded(Paper("t", ""), [said_of(Record({"title": "T", "abstract": "A."}), "2025-03-14-a")], {})
    text = paper_page.write_paper(replace(paper, path="papers/t.md")).replace("\n", "\r\n")
    read, problems = paper_page.read_paper(text, "papers/t.md")
    assert problems == []
    assert read is not None
    changed, _ = paper_page.update_paper(text, read, replace(read, title="U"))
    assert changed == text.replace('"T"', '"U"')


def test_a_very_long_front_matter_is_not_parsed() -> None:
    page = front_matter.read("---\nid: " + "x" * (front_matter.LONGEST + 1) + "\n---\n", "a.md")
    assert [found.message for found in page.problems] == [
        "the front matter has 1000006 characters, at most 1000000 are read"
    ]

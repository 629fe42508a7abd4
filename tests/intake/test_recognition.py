"""Which reader takes which file, and which others would: the order of READERS decides, so every overlap is meant."""

import pytest

from sitegen.intake import READERS, reader_for
from sitegen.intake.raw import RawDigest
from tests.conftest import shared
from tests.intake.corruptions import small_files

# Reader -> those behind it that recognise what it takes, and would read it less well.
OVERLAPS = {
    "arxiv-mail": {"arxiv-listing", "page-text"},  # a listing with a header and abstracts
    "arxiv-abs": {"arxiv-listing", "page-text"},  # a listing of one item with its abstract
    "arxiv-listing": {"page-text"},  # blank lines stand between its items
    "arxiv-atom": {"feed"},  # Atom, whose entries hold arXiv's own elements
    "jats": {"oai"},  # the metadata that PubMed Central's server gives
    "newsletter-yaml": {"page-text"},  # a short field stands above each summary, which is one line
    "ris": {"page-text"},  # notes have several paragraphs
    "json": {"jsonl"},  # an object a line, with members that the house's format has not
    "post": {"markdown"},  # its front matter may hold lists of addresses
    "markdown": {"page-text"},  # headings and abstracts in turn
}
# Folder of real digests -> the readers that take its files.
FOLDERS = {
    "acl_xml": {"acl-xml"},
    "arxiv_abs": {"arxiv-abs"},
    "arxiv_atom_api": {"arxiv-atom"},
    "arxiv_listing_email": {"arxiv-mail"},
    "arxiv_monthly_listing": {"arxiv-listing"},
    "bibtex": {"bibtex"},
    "conference_json": {"json"},
    "front_matter_posts": {"post"},
    "hf_daily_api_json": {"hf-daily"},
    "jats_xml": {"jats"},
    "jsonl_daily": {"json"},
    "markdown_digests": {"markdown"},
    "medline": {"pubmed", "medline"},
    "miniconf_csv": {"csv"},
    "newsletter_yaml": {"newsletter-yaml"},
    "oai_pmh": {"oai"},
    "rss_atom_feeds": {"feed"},
}


def _recognising(raw: RawDigest) -> list[str]:
    """The readers that recognise the file; the first takes it."""
    return [name for name, reader in READERS.items() if reader.recognises(raw)]


def test_small_files_overlap_as_is_meant() -> None:
    taken = [names for raw in small_files() if (names := _recognising(raw))]
    assert {names[0] for names in taken} == set(READERS)
    for first, *others in taken:
        assert set(others) <= OVERLAPS.get(first, set()), (first, others)


def test_real_digests_are_taken_by_their_readers() -> None:
    for file in sorted(shared("digests").glob("*/*")):
        if file.name != "SOURCES.md":
            first, *others = _recognising(RawDigest(file.name, file.read_bytes())) or [""]
            assert first in FOLDERS[file.parent.name], file
            assert set(others) <= OVERLAPS.get(first, set()), file


def test_the_sample_page_is_taken_as_text_alone() -> None:
    assert _recognising(RawDigest("page.txt", shared("trending-page.txt").read_bytes())) == ["page-text"]


def test_a_stricter_reader_stands_before_those_that_it_overlaps() -> None:
    order = list(READERS)
    for name, others in OVERLAPS.items():
        assert all(order.index(name) < order.index(other) for other in others)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "<OAI-PMH><record><metadata><article><front><article-meta/></front></article></metadata></record>",
            "jats oai",
        ),
        ("<feed><id>http://arxiv.org/api/x</id><entry/></feed>", "arxiv-atom feed"),
        ("<feed><id>https://x.org</id><entry/></feed>", "feed"),
        ("<rss><channel><item/></channel></rss>", "feed"),
        ("<article><p>no front matter</p></article>", ""),
        ("<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>", "pubmed"),
        ("<collection id='a'><volume/></collection>", "acl-xml"),
    ],
)
def test_xml_is_told_by_its_root_and_its_own_elements(text: str, names: str) -> None:
    assert _recognising(RawDigest("x", text.encode())) == names.split()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_the_beginning_of_a_large_digest_tells_its_format(mark: bytes) -> None:
    lines = '{"title": "On order", "abstract": "𝜅"}\n' * 250_000
    raw = RawDigest("large.jsonl", mark + lines.encode("utf-16-le" if mark == b"\xff\xfe" else "utf-8"))
    assert reader_for(raw) is READERS["jsonl"]
    assert ("text" in vars(raw)) == (mark == b"\xff\xfe")  # which nobody has made, for it takes much memory


def test_a_paper_behind_megabytes_of_something_else_is_found() -> None:
    raw = RawDigest("large.json", b"[" + b" \n" * 4_500_000 + b'{"title": "On order", "abstract": "a"}]\n')
    assert reader_for(raw) is READERS["json"]


def test_a_paper_of_a_newsletter_is_no_item_of_arxiv() -> None:
    text = "**A headline**\n\nPaper: [A title of words](https://arxiv.org/abs/2503.00001)\n\nWords.\n"
    assert "arxiv-listing" not in _recognising(RawDigest("x", text.encode()))

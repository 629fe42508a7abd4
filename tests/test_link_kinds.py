"""What an address leads to, told by the address alone."""

import pytest

from sitegen.intake.link_kinds import kind_of, links_of
from sitegen.matching.own_code import code_in


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/a/b", "code"),
        ("https://www.github.com/a/b/tree/main/c", "code"),
        ("https://github.com/a", "url"),
        ("https://gitlab.inria.fr/a/b", "code"),
        ("https://a.github.io/b/", "project"),
        ("https://huggingface.co/a/b", "code"),
        ("https://huggingface.co/datasets/a/b", "data"),
        ("https://huggingface.co/spaces/a/b", "demo"),
        ("https://huggingface.co/papers/2401.10020", "url"),
        ("https://huggingface.co/learn/a-course", "url"),
        ("https://github.com/topics/sorting", "url"),
        ("https://github.com/orgs/a/repositories", "url"),
        ("https://gitlab.com/a", "url"),
        ("https://gitlab.com/a/b", "code"),
        ("https://a-b.hf.space", "demo"),
        ("https://zenodo.org/records/1", "data"),
        ("https://youtu.be/x", "video"),
        ("https://arxiv.org/abs/2401.10020v2", "arxiv"),
        ("https://arxiv.org/pdf/2401.10020", "pdf"),
        ("https://doi.org/10.1234/x", "doi"),
        ("https://x.org/a/PAPER.PDF", "pdf"),
        ("https://github.com.evil.example/a/b", "url"),
        ("https://x.org/github.com/a/b", "url"),
    ],
)
def test_kind(url: str, kind: str) -> None:
    assert kind_of(url) == kind


def test_the_first_of_a_kind_stays_and_ids_give_links() -> None:
    written = ["https://github.com/a/b", "https://github.com/c/d", "javascript:x", " ", "https://[x/y"]
    links, refused = links_of([("url", url) for url in written], ["2401.10020v3", "10.1234/AbC"])
    assert links == {
        "code": "https://github.com/a/b",
        "arxiv": "https://arxiv.org/abs/2401.10020",
        "doi": "https://doi.org/10.1234/abc",
    }
    assert refused == ["javascript:x", "https://[x/y"]


@pytest.mark.parametrize(
    ("written", "links"),
    [
        ("10.1234/AbC", {"doi": "https://doi.org/10.1234/abc"}),
        ("doi:10.1234/x", {"doi": "https://doi.org/10.1234/x"}),
        ("dx.doi.org/10.1234/x", {"doi": "https://dx.doi.org/10.1234/x"}),
        ("2401.10020v2", {"arxiv": "https://arxiv.org/abs/2401.10020"}),
        ("arxiv.org/abs/2401.10020v2", {"arxiv": "https://arxiv.org/abs/2401.10020"}),
        ("hep-th/9901001", {"arxiv": "https://arxiv.org/abs/hep-th/9901001"}),
        ("github.com/a/b", {"code": "https://github.com/a/b"}),
        ("WWW.x.org", {"url": "https://WWW.x.org"}),
        ("see www.x.org", {}),
        ("x.org/a", {}),
        ("files/2401.pdf", {}),
        ("paper.pdf", {}),
        ("P19-1001", {}),
        ("javascript:github.com/a/b", {}),
        ("ann@github.com/a/b", {}),
        ("none", {}),
        ("www.", {}),
    ],
)
def test_an_address_without_its_beginning(written: str, links: dict[str, str]) -> None:
    assert links_of([("url", written)]) == (links, [] if links else [written])


def test_the_address_of_a_paper_gives_its_page() -> None:
    assert links_of([("url", "https://arxiv.org/pdf/2401.10020v2")])[0]["arxiv"] == "https://arxiv.org/abs/2401.10020"
    assert links_of([("url", "https://huggingface.co/papers/2401.10020")])[0]["arxiv"].endswith("/abs/2401.10020")
    assert links_of([("url", "https://dl.acm.org/doi/10.1145/12.34")])[0]["doi"] == "https://doi.org/10.1145/12.34"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (r"Code (\url{https://github.com/a/b\_c}) is there.", "https://github.com/a/b_c"),
        ("https://github.com/a/b and, again, https://github.com/a/b.", "https://github.com/a/b"),
        ("https://github.com/a/b or https://github.com/a/c", ""),
        ("See https://github.com/a and https://x.org/b.", ""),
        ("javascript:x//github.com/a/b", ""),
        ("Lists are sorted (https://github.com/a/b).", "https://github.com/a/b"),
        ("Lists are sorted.\n\nhttps://github.com/a/b", "https://github.com/a/b"),
        ("The code used for our lists can be found at https://github.com/a/b.", "https://github.com/a/b"),
        ("A sorter based on heaps is available at https://github.com/a/b.", "https://github.com/a/b"),
        ("We use public lists, and release our code at https://github.com/a/b.", "https://github.com/a/b"),
        ("A ready-to-use tool: https://github.com/a/b.", "https://github.com/a/b"),
        ("https://github.com/a/b has our code.", "https://github.com/a/b"),
        # Others'.
        ("We build on https://github.com/a/b.", ""),
        ("Sorting is fast. It extends the open-source sorter (https://github.com/a/b), which is slow.", ""),
        ("Using the code from https://github.com/a/b, we sort lists.", ""),
        ("Our code, a fork of https://github.com/a/b, is fast.", ""),
        ("We sort the lists of https://github.com/a/b.", ""),
    ],
)
def test_a_text_names_the_code_if_it_names_one_repository(text: str, url: str) -> None:
    assert code_in(text) == url

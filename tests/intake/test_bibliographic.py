"""Bibliographic exports: recognised by content, never an exception, every byte accounted for, fast for any input."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.intake import READERS, reader_for
from sitegen.intake.raw import RawDigest
from tests.effort import at_once
from tests.intake.digests import reading, small_digest

FORMATS = ("acl-xml", "pubmed", "jats", "medline", "pubmed-text", "ris", "endnote", "bibtex")


@pytest.mark.parametrize("name", FORMATS)
def test_each_is_recognised_by_its_reader_first(name: str) -> None:
    raw = RawDigest("x", small_digest(name))
    assert reader_for(raw) is READERS[name]


@pytest.mark.parametrize(
    "text",
    [
        "# Papers\n\n```bibtex\n@misc{a,\n  title = {B}\n}\n```\n",
        "@media (max-width: 10px) { a { b: c } }",
        "@pytest.fixture(name='x')\ndef f(): ...",
        "<html><body><article>TY  - JOUR</article></body></html>",
        "<collection><paper/></collection>",
        "title: x\nPMID- 12",
        "%0 of them\nare toys",
        "1: One A. A title. Toys. 2024;1:2.",
        "1. Toys. 2024;1:2.\n\nA title\n\nWords.",
        "1. A list\n2. of things\n\nPMID: 12",
        "%0 Journal Article",
        "Words\n%0 Journal Article\n%T Toys\n",
        "",
    ],
)
def test_other_texts_are_not_taken(text: str) -> None:
    raw = RawDigest("x", text.encode())
    assert not [name for name in FORMATS if READERS[name].recognises(raw)]


_CUTS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5_000), st.integers(0, 400)), max_size=6)


def _corrupted(data: bytes, cuts: list[tuple[int, int, int]]) -> bytes:
    """Parts cut, doubled, swapped with their neighbours, or made into bytes that are no UTF-8."""
    for kind, start, size in cuts:
        before, part, rest = data[:start], data[start : start + size], data[start + size :]
        data = before + (rest, part + part + rest, rest[:size] + part + rest[size:], b"\xff" + rest)[kind]
    return data


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None)
@given(cuts=_CUTS)
def test_corrupted_digests_are_read(name: str, cuts: list[tuple[int, int, int]]) -> None:
    data = _corrupted(small_digest(name), cuts)
    READERS[name].recognises(RawDigest("x", data))
    reading(name, data)


_SIGNS = ["@a{", "@string{", "@comment(", "{", "}", "(", ")", '"', "#", "=", ",", "\\", "\n", "\r", " ", "$", "~"]
_WORDS = [
    "x",
    "1",
    "é",
    "and",
    "title",
    "author",
    "TY  - ",
    "ER  - ",
    "PMID- 1",
    "TI  - ",
    "AU  - ",
    "%0 Book",
    "%T ",
    "\ufeff",
    "\x00",
]


@pytest.mark.parametrize("name", ["bibtex", "ris", "endnote", "medline", "pubmed-text"])
@settings(deadline=None)
@given(parts=st.lists(st.sampled_from([*_SIGNS, *_WORDS]), max_size=40))
def test_any_row_of_signs_is_read(name: str, parts: list[str]) -> None:
    reading(name, "".join(parts).encode())


_XML = ('<collection id="1"><volume id="1"><paper><title>', "<PubmedArticleSet><PubmedArticle><ArticleTitle>")
_JATS = "<article><front><article-meta><title-group><article-title>"
_HOSTILE = [
    *(("acl-xml", _XML[0], part) for part in ("<", "<a>", "<paper>", "<sup>", "<!--", "&", "</paper>", "<paper")),
    *(("pubmed", _XML[1], part) for part in ("<m:mrow>", "<PubmedArticle>", "<![CDATA[", " ")),
    *(("jats", _JATS, part) for part in ("<front>", "<body>", "<sub>", "<alternatives>")),
    *(("medline", "PMID- 1\nTI  - ", part) for part in ("\n", " ", "PMID- 1\n", "TI  - x\n", "FAU - a,\n")),
    *(
        ("pubmed-text", "1: One A. ", part)
        for part in (". Update in: ", "A, ", "PMID: 1 ", "\n2: ", "(1)", "#", ". 2024", ". Epub 2024", "Iu", "doi: ")
    ),
    *(
        ("pubmed-text", "1. Toys. 2024;1.\n\nFalls.\n\n", part)
        for part in ("2. T. 2024\n\n", "Comment in\n", "x\n\n", "\n", " ", "PMID: 1\n", "One A, ")
    ),
    *(("ris", "TY  - JOUR\nTI  - ", part) for part in ("\r", "TY  - \n", "TY  - \nAU  - a\n", "UR  - ;http://\n")),
    *(
        ("endnote", "%0 Book\n%T ", part)
        for part in ("\r", "%0 \n", "%0 Book\n%A a\n", "%U ;http://\n", "%K ;", "%8 Mar 1\n")
    ),
    *(("bibtex", "@misc{a, title={", part) for part in ("@a{", "@a{\n", "{", "}", "{x", "\\", "$", "\n@string{a=a#a}")),
    *(("bibtex", "@misc{a, author=", part) for part in ("and ", "a and ", '"', "#", "a#", "{", ",", "=", "{a} # ")),
    *(("bibtex", "", part) for part in ("@", "@a(", "\n@a{b,c=", "\n", " ", "%\n", "a\n")),
]


@pytest.mark.parametrize(("name", "beginning", "part"), _HOSTILE)
def test_a_megabyte_of_signs_is_read_at_once(name: str, beginning: str, part: str) -> None:
    data = (beginning + part * (1_000_000 // len(part))).encode()
    with at_once():
        READERS[name].recognises(RawDigest("x", data))
        reading(name, data)


def test_macros_of_macros_do_not_grow_without_end() -> None:
    macros = "".join(f"@string{{m{n + 1} = m{n} # m{n}}}\n" for n in range(60))
    made = reading("bibtex", f"@string{{m0 = {{xx}}}}\n{macros}@misc{{a, title = m60 # m3}}".encode())
    assert len(str(made.records[0].fields["title"])) < 5_000


def test_an_entry_beyond_belief_goes_to_quarantine_alone() -> None:
    made = reading("bibtex", b"@misc{a, title = {" + b"x" * 400_000 + b"}}\n@misc{b, title = {B}}")
    assert (len(made.records), [item.problem.code for item in made.rejected]) == (1, ["item-broken"])

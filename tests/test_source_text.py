"""What a paper's page says of the repairs of its title and abstract."""

import lxml.html
import pytest

from sitegen.model import Paper
from sitegen.render.article import article_of
from tests.conftest import entry
from tests.search.made import tokens_of


def _block(title: str, abstract: str) -> str:
    paper = Paper("2503.00001", title, abstract=abstract)
    found = lxml.html.fromstring(article_of(paper, entry(paper)).bottom).xpath("//details[@class='sg-source']")
    return " ".join(found[0].text_content().split()) if found else ""


def test_repairs_stand_beside_the_source() -> None:
    text = _block("A 2times b", "Soft\u00adness, 3times.\n\nIt is 3times.")
    assert text == (
        "As the source has it"
        "TitleA 2times b“times” between or behind numbers is the sign ×: times → ×"
        "AbstractSoft\u00adness, 3times.It is 3times."
        "an invisible hyphen is a dash between spaces and nothing in a word: U+00AD → nothing"
        "“times” between or behind numbers is the sign ×: times → ×"
    )


@pytest.mark.parametrize(("title", "abstract"), [("A b", ""), ('T\\"ulu $x^2$', "Sometimes \\emph{so} &amp; so.")])
def test_texts_that_are_whole_have_no_block(title: str, abstract: str) -> None:
    assert _block(title, abstract) == ""


def test_the_block_is_closed_and_escaped() -> None:
    paper = Paper("2503.00001", "<script>x</script> 2times", abstract="mathbb{<img src=x onerror=y>} a\u0008")
    bottom = article_of(paper, entry(paper)).bottom
    block = lxml.html.fromstring(bottom).xpath("//details[@class='sg-source']")[0]
    assert "open" not in block.attrib
    assert {element.tag for element in block.iter()} == {"details", "summary", "p", "b", "ul", "li", "code"}
    assert "\u0008" not in bottom


def test_a_page_shows_the_text_mended() -> None:
    paper = Paper("2503.00001", "A 512times512 b", abstract="See https: //x.org/a .")
    article = article_of(paper, entry(paper))
    assert '<a href="https://x.org/a" rel="nofollow noopener">' in article.top
    assert "A 512×512 b" in article.head
    assert "512×512" in article.bottom


def test_search_finds_a_text_as_it_is_shown() -> None:
    paper = Paper(
        "1", "Soft\u00adness of 2times", abstract="A classi\ufb01er, naÃ¯ve, from scratchx2013even mathcal{O}."
    )
    assert {"wsoftness", "wclassifier", "wnaive", "wscratch", "weven"} <= set(tokens_of([paper]).keys)

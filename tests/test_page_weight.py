"""What a page weighs beside its content: a hundred thousand of them have to fit into GitHub Pages' 1 GB."""

import re
import shutil
import statistics
from collections import Counter

import pytest

from sitegen.build import build
from tests.conftest import ROOT

MOST_OF_FRAME = 2_400
MOST_OF_ENTRY = 330
OF_A_PAPER = re.compile(
    r"""<meta\ (?:name|property)="(?:description|citation_|og:)[^>]*>|<link\ rel="canonical"[^>]*>
    |(?<=<title>).*?(?=</title>)|(?<=\ id="content">).*(?=</div></div></div></main>)""",
    re.DOTALL | re.VERBOSE,
)
INLINE = re.compile(r"<svg\b.*?</svg>|<style\b.*?</style>|<script\b(?![^>]*\bsrc=)[^>]*>.*?</script>", re.DOTALL)
LIST = re.compile(r'<ol class="sg-papers">(.*?)</ol>', re.DOTALL)
TEXTS = re.compile(r"<a [^>]*>(.*?)</a>(?:<p>([^<]*?)(?: · )?(?:\d+ \w+ \d{4})?(?= ?<|$))?", re.DOTALL)
"""The title and the authors of an entry."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """URL -> HTML of the sample's pages, but for those that MkDocs makes itself."""
    folder = tmp_path_factory.mktemp("weighed")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "content", folder / "content")
    build(folder / "mkdocs.yml")
    site = folder / "site"
    found = {file.parent.relative_to(site).as_posix(): file.read_text() for file in site.rglob("index.html")}
    return {url: html for url, html in found.items() if url != "about"}


def test_the_frame_of_a_paper_is_light(pages: dict[str, str]) -> None:
    papers = {url: html for url, html in pages.items() if url.startswith("papers/") and "<article" in html}
    assert len(papers) == 109
    for url, html in papers.items():
        assert f'data-paper-id="{url.removeprefix("papers/")}"' in html
        frame, parts = OF_A_PAPER.subn("", html)
        assert parts >= 4, url
        assert len(frame.encode()) <= MOST_OF_FRAME, url


def test_no_page_repeats_what_pages_can_share(pages: dict[str, str]) -> None:
    inline = Counter(found for html in pages.values() for found in set(INLINE.findall(html)))
    assert [found for found, times in inline.items() if times > 1] == []


def test_entries_of_lists_are_light(pages: dict[str, str]) -> None:
    weights = [_weight(entry) for html in pages.values() for found in LIST.findall(html) for entry in _entries(found)]
    assert len(weights) > 400
    assert statistics.mean(weights) <= MOST_OF_ENTRY


def _entries(found: str) -> list[str]:
    before, *entries = re.split(r"\s*(?=<li data-paper-id=)", found.strip())
    assert before == ""
    return entries


def _weight(entry: str) -> int:
    """The bytes of an entry beyond its title and authors."""
    texts = TEXTS.search(entry)
    assert texts, entry
    return len(entry.encode()) - sum(len(text.encode()) for text in texts.groups() if text)

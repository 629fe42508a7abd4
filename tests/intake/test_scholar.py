"""Alerts of Google Scholar, made up in the form that its mails have."""

import lxml.html
import pytest

from sitegen.intake import scholar
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import account
from tests.effort import at_once
from tests.intake.corruptions import seeds

ITEM = (
    '<h3><span>[PDF]</span> <a class="gse_alrt_title" href="https://scholar.google.com/scholar_url?url={url}&amp;hl=de">'
    '{title}</a></h3><div style="color:#006621">{byline}</div><div class="gse_alrt_sni">Cut …</div>'
)


def read(text: str) -> list[dict[str, object]]:
    raw = RawDigest("a.html", text.encode())
    reading = scholar.read(raw)
    assert sum(account(raw, reading).values()) == len(raw.data)
    return [dict(record.fields) for record in reading.records]


def page(url: str = "https://a.org/1", title: str = "T", byline: str = "A One - V, 2024") -> str:
    return ITEM.format(url=url, title=title, byline=byline)


@pytest.mark.parametrize(
    ("byline", "authors", "year"),
    [
        ("A One, B Two - Journal of Maps, 2024", ("A One", "B Two"), "2024"),
        ("A One, B Two…&nbsp;- arXiv preprint arXiv:2503.1, 2025 - arxiv.org", ("A One", "B Two"), "2025"),
        ("AB Van-Two, Ö Ünal - 2023", ("AB Van-Two", "Ö Ünal"), "2023"),
        ("A One - Maps of 1999 towns", ("A One",), None),
        ("Journal of Maps", None, None),
        ("", None, None),
    ],
)
def test_the_line_below_a_title(byline: str, authors: tuple[str, ...] | None, year: str | None) -> None:
    (fields,) = read(page(byline=byline))
    assert (fields.get("authors"), fields.get("published")) == (authors, year)


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("https://arxiv.org/pdf/2503.00001", {"pdf", "arxiv"}),
        ("https%3A%2F%2Fa.org%2F%3Fid%3D1%26b%3D2", {"url"}),
        ("javascript:alert(1)", set()),
        ("", {"url"}),
    ],
)
def test_where_a_link_leads(url: str, links: set[str]) -> None:
    (fields,) = read(page(url=url))
    assert {name.removeprefix("links.") for name in fields if name.startswith("links.")} == links
    if url.startswith("https%3A"):
        assert fields["links.url"] == "https://a.org/?id=1&b=2"


def test_titles_are_those_that_another_parser_finds() -> None:
    for raw in (raw for raw in seeds("scholar") if raw.text.lstrip().startswith("<")):
        tree = lxml.html.fromstring(raw.text)
        titles = [" ".join(link.text_content().split()) for link in tree.find_class("gse_alrt_title")]
        assert [record.title for record in scholar.read(raw).records] == titles


def test_a_letter_with_a_link_is_no_alert() -> None:
    letter = "Dear all,\n\nsee https://scholar.google.com/scholar_url?url=https://a.org/1 please.\n"
    assert not scholar.recognises(RawDigest("a.txt", letter.encode()))
    assert not scholar.recognises(RawDigest("a.json", b'["' + page().replace('"', "'").encode() + b'"]'))


@pytest.mark.parametrize(
    "text",
    [
        page() * 3_000,
        "<a gse_alrt_title " * 60_000,
        "<a gse_alrt_title>" + "<div #006621" * 80_000,
        "<a gse_alrt_title>xxxxxxxxxxxxxxxxxxxxxxxxxxxx" * 22_000,
        "<a " + "x" * 1_000_000,
        page() + "<" * 1_000_000,
        "https://scholar.google.com/scholar_url?" * 25_000,
        "T\nhttps://scholar.google.com/scholar_url?u\nA - B\n\n" * 6_000,
        "https://scholar.google.com/scholar_url?u\n" + "1999 " * 200_000,
        "x \n" * 300_000,
        "x" + " " * 1_000_000,
    ],
    ids=lambda text: repr(text[:40] + text[-20:]),
)
def test_a_megabyte_takes_no_time(text: str) -> None:
    with at_once():
        raw = RawDigest("a", text.encode())
        scholar.recognises(raw)
        read(text)

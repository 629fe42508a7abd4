"""Web addresses in running text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.text import links
from sitegen.text.escape import safe_url

PIECES = st.sampled_from(
    [
        "https://x.org/",
        "http://",
        "https: //",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "\\url{",
        "\\_",
        "~",
        ".",
        ",",
        " ",
        "@",
        "é",
        "a",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=2), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("text", "covered", "url"),
    [
        ("at https://x.org/a.", "https://x.org/a", "https://x.org/a"),
        ("(https://x.org/a_(b)),", "https://x.org/a_(b)", "https://x.org/a_(b)"),
        ("[https://x.org/a]!", "https://x.org/a", "https://x.org/a"),
        ("<https://x.org>", "https://x.org", "https://x.org"),
        ("https://x.org/{https://y.org/}.", "https://x.org/", "https://x.org/"),
        ("at~https://x.org/~me", "https://x.org/~me", "https://x.org/~me"),
        (r"\url{https://x.org/a\_b}", r"\url{https://x.org/a\_b}", "https://x.org/a_b"),
        ("见https://x.org/a。然后", "https://x.org/a", "https://x.org/a"),
        ("HTTPS://X.org/é", "HTTPS://X.org/é", "HTTPS://X.org/%C3%A9"),
        ("“https://x.org/a”", "https://x.org/a", "https://x.org/a"),
        ("https://x.org/a?b=c&d=e#f;", "https://x.org/a?b=c&d=e#f", "https://x.org/a?b=c&d=e#f"),
    ],
)
def test_address_is_found(text: str, covered: str, url: str) -> None:
    start, end, found = links.find(text)[0]
    assert (text[start:end], found) == (covered, url)


@pytest.mark.parametrize(
    "text", ["no address", "ftp://x.org", "https://", "http:// x", "https: //x.org", "https://good@evil.org", "//x.org"]
)
def test_nothing_is_found(text: str) -> None:
    assert links.find(text) == []


def test_all_addresses_are_found_in_order() -> None:
    assert [url for _, _, url in links.find("https://x.org, https://y.org/{z} and \\url{http://w.org}")] == [
        "https://x.org",
        "https://y.org/",
        "http://w.org",
    ]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_spans_are_in_order_and_urls_are_safe(text: str) -> None:
    last = 0
    for start, end, url in links.find(text):
        assert last <= start < end <= len(text)
        assert url.lower().startswith(("http://", "https://"))
        assert safe_url(url) is not None
        last = end

"""HTML of feeds and mails as text."""

from contextlib import suppress

import pytest

from sitegen.intake.html_page import TooDeep, from_page, is_page
from sitegen.intake.html_text import from_html
from sitegen.intake.raw import RawDigest
from tests.effort import at_once


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<p>One\n  line</p>\n<p>Two</p>Three<br>Four<br/><br>Five", "One line\n\nTwo\n\nThree Four\n\nFive"),
        ("<ul><li>One<li>Two</ul>", "One\n\nTwo"),
        ("&lt;p&gt;Escaped &amp;lt; twice&lt;/p&gt;", "Escaped < twice"),
        ("plain $a<b$ &lt; $c>d$\n  wrapped", "plain $a<b$ &lt; $c>d$\n  wrapped"),
        ("<b>x</b><script>alert(1)</script><style>p{}</style><img src=x onerror=alert(1)>", "x"),
        ('<a href="https://x.org/a">Code</a>', "[Code](https://x.org/a)"),
        ('<a href="https://y.org">https://y.org</a>', "https://y.org"),
        ('at <a href="https://x.org/a">this https URL</a>', "at https://x.org/a"),
        ('<a href="javascript:alert(1)">Click</a> <a href="/here">here</a>', "Click here"),
        ('<a href="https://x.org/(a)">One</a>, <a href="https://x.org">[1]</a>', "One, [1]"),
        ('<a href="javascript:alert(1)">this https URL</a>', "this https URL"),
        ("<b>\x1e</b>x", "x"),
        ("<frameset><b>x</b></frameset>", ""),
    ],
)
def test_html_is_read_as_a_browser_shows_it(written: str, text: str) -> None:
    assert from_html(written) == text


@pytest.mark.parametrize(
    "part",
    ["<p>", "<br>", "<li>", "<div>", "<b></i>", "<b><i></b></i>", "<a x><b></a></b>", "<p x ", "&lt;", "<table><b>"],
)
def test_hostile_html_is_read_in_time(part: str) -> None:
    for size in (190_000, 1_000_000):
        for read in (from_html, from_page):
            with at_once(), suppress(TooDeep):
                read("<b>x</b>" + part * (size // len(part)))


def test_open_elements_that_each_block_opens_again_are_not_parsed() -> None:
    with at_once():
        hostile = "".join(f"<b id={number}>" for number in range(199)) + "<p>x" * 40_000
        with pytest.raises(TooDeep):
            from_page(hostile)
        assert from_html(hostile).split() == ["x"] * 40_000


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<h2></h2><p>One</p><ul><li></li></ul>Two", "One\n\nTwo"),
        ("<h2><div><b>One</b><br>two</div></h2><p>Three", "## One two\n\nThree"),
        ("<a href='https://x.org/a'><h3>One</h3><p>Two</p></a>", "## [One](https://x.org/a)\n\nTwo"),
        ("<b><a href='https://x.org/a'>One</a><br>Two</b> three", "**[One](https://x.org/a)**\n**Two** three"),
        ("<ul><li>One<ul><li>Two</ul><li><p>Three<p>Four</ul>", "- One\n\n  - Two\n\n- Three\n\n  Four"),
        ("<p><em>One, two</em></p><p>an <em>inner</em> word", "*One, two*\n\nan inner word"),
        ("<hr><hr><p>&#xfdd2;&#xfdd5;&#xfdd7;x", "---\n\n## x"),
        ("<a href='/here'>here</a> <a href='https://x.org/a'><img src=x></a>", "here"),
    ],
)
def test_a_page_as_markdown(page: str, text: str) -> None:
    assert from_page(page)[0] == text


@pytest.mark.parametrize(
    "part",
    [
        "<li><dd>",
        "<span><div></span></div>",
        "<div><!--</div>-->",
        "<div a='</div>'>",
        "<br a=b'><div>",
        "<div><textarea></div></textarea>",
        "<div><form><div></form></div>",
        "<noscript><li></noscript><dd>",
        "<select><title></select><li><dd>",
        "<li></td><dd>",
    ],
)
def test_what_stays_open_is_found_whatever_hides_it(part: str) -> None:
    with at_once(), pytest.raises(TooDeep):
        from_page("<p>x</p>" + part * (500_000 // len(part)))


def test_a_tag_of_many_attributes_is_not_parsed() -> None:
    with pytest.raises(TooDeep):
        from_page("<p " + " ".join(f"a{number}" for number in range(50_000)) + ">x")


def test_drawings_formulas_and_menus_keep_their_places() -> None:
    page = (
        "One <svg class=a/><math><mi>x</mi></math> <svg><title>Icon</title><path d=M0/></svg>two<template>x</template>"
    )
    assert from_page(page) == ("One x two", "One x two")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_page_is_known_in_every_encoding_that_is_read(encoding: str) -> None:
    assert is_page(RawDigest("a.html", "<!DOCTYPE html><p>x".encode(encoding)))
    assert not is_page(RawDigest("a.txt", "a < b".encode(encoding)))

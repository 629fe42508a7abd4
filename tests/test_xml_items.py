"""Items of XML files: places, namespaces, and what a broken file costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.intake.xml_items import Tag, items, root_of
from tests.effort import at_once

ENTRY = frozenset({"entry"})


def _texts(text: str) -> list[str | None]:
    return ["".join(item.element.itertext()) if item.element is not None else None for item in items(text, ENTRY)]


def test_each_item_has_its_place_and_its_ancestors() -> None:
    text = '<feed xmlns="http://a" day="1"><x/><entry>One</entry>\n<group n=\'2\'><entry/></group></feed>'
    first, second = items(text, ENTRY)
    assert text[first.start : first.end] == "<entry>One</entry>"
    assert first.element is not None
    assert first.element.tag == "{http://a}entry"
    assert second.path == (Tag("feed", {"xmlns": "http://a", "day": "1"}), Tag("group", {"n": "2"}))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<entry>a &amp; b</entry>", "a & b"),
        ("<entry>R&D</entry>", "R&D"),
        ("<entry>&eacute;&nosuch;</entry>", "é&nosuch;"),
        ("<entry>\x0b&#2;x</entry>", "\ufffd\ufffdx"),
        ("<entry><![CDATA[</entry> & &amp;]]></entry>", "</entry> & &amp;"),
        ("<entry><!-- </entry> -->x</entry>", "x"),
        ("<entry><dc:title>x</dc:title></entry>", "x"),
        ("<a:entry a:b='1'>x</a:entry>", "x"),
        ('<entry title="a>b">x</entry>', "x"),
    ],
)
def test_what_feeds_get_wrong_is_read(written: str, read: str) -> None:
    assert _texts(f"<feed>{written}</feed>") == [read]


@pytest.mark.parametrize(
    "text",
    [
        "<feed><entry>a<entry>b</entry></feed>",
        "<feed><group><entry>a</group><entry>b</entry></feed>",
        "<feed><entry><i>a</entry><entry>b</entry></feed>",
        "<feed><entry>a</b></i></entry>",
    ],
)
def test_a_broken_item_costs_no_other(text: str) -> None:
    *others, last = _texts(text + "<entry>c")
    assert last is None
    assert others[-1] in ("b", None)
    assert all(item.error for item in items(text, ENTRY) if item.element is None)


def test_entities_of_a_doctype_are_not_known() -> None:
    text = '<!DOCTYPE feed [<!ENTITY a "bomb"> <!-- ]> --> ]><feed><entry>&a;</entry></feed>'
    assert _texts(text) == ["&a;"]


@pytest.mark.parametrize("text", ["", "plain", "{}", "</feed>", "<!-- only -->", "x <feed>"])
def test_no_root(text: str) -> None:
    assert root_of(text) is None


def test_the_root_stands_behind_declaration_and_doctype() -> None:
    assert root_of('\ufeff<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n<!-- x --><o:a id="1">') == Tag(
        "a", {"id": "1"}
    )


_PARTS = [
    "<",
    ">",
    "/",
    "entry",
    "a",
    "&",
    ";",
    '"',
    "'",
    "=",
    " ",
    "<entry>",
    "</entry>",
    "<a>",
    "</a>",
    "<!--",
    "-->",
]


@given(st.lists(st.sampled_from(_PARTS), max_size=30))
def test_places_never_overlap(parts: list[str]) -> None:
    end, text = 0, "".join(parts)
    for item in items(text, ENTRY):
        assert end <= item.start < item.end <= len(text)
        end = item.end


@pytest.mark.parametrize(
    "part",
    [
        "<",
        "<a ",
        "<entry>",
        "</entry>",
        "<entry",
        "<!--",
        "<![CDATA[",
        "<a>",
        "<a b='",
        '"',
        "&",
        "<!DOCTYPE a [",
        "</a>",
        "<a></b></b></b>",
    ],
)
def test_a_megabyte_of_marks_is_read_at_once(part: str) -> None:
    with at_once(1_000):
        list(items("<feed>" + part * (1_000_000 // len(part)), ENTRY))

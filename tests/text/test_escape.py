"""One sink at a time: what goes in comes out as text, whatever it is."""

import gzip
import json
import re
from html import unescape
from xml.etree import ElementTree as ET

import markdown as python_markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sitegen.text import clean, escape
from sitegen.text.fold import WORDS, fold
from tests.conftest import shared

NO_SURROGATES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
ANY = st.text(max_size=60)
MARKS = st.sampled_from(
    [
        *list("ab1 .#>+-*_`[]()<>&$~^\\|=:!{}\"'/;%@,"), "&lt;", "&#36;", "&amp;", "http://a.b", "<http://a.b>",
        "--", "***", "===", "~~", "^^", "==", "1. ", "1) ", "- ", "+ ", "```", "[a]: b", "[^1]", "<!--", "<b>",
        "</script>", ": ", "| a |", "    ", "\t", "\n\n", "\n  ", "!!! note", "{: .x}",
    ]
)  # fmt: skip
CLEAN = st.lists(MARKS | st.text(max_size=2), max_size=14).map("".join).map(clean.paragraphs).map(escape.xml)

commonmark = MarkdownIt("commonmark")
github = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def paragraphs_of(html: str) -> str:
    """The text of an HTML fragment that holds nothing but paragraphs; anything else is an error."""
    root = ET.fromstring(f"<div>{html}</div>")
    assert {element.tag for element in root.iter()} <= {"div", "p"}
    return "\n\n".join("".join(paragraph.itertext()) for paragraph in root)


@given(ANY)
@settings(max_examples=100, deadline=None)
def test_html_is_the_text_again_for_a_browser(text: str) -> None:
    escaped = escape.html(text)
    assert not re.search("[<>\"']", escaped)
    assert unescape(escaped) == text


@given(ANY)
@settings(max_examples=100, deadline=None)
def test_xml_can_be_parsed(text: str) -> None:
    safe = escape.xml(text)
    assert len(safe) == len(text)
    element = ET.Element("a")
    element.text = safe
    assert (ET.fromstring(ET.tostring(element)).text or "") == re.sub("\r\n?", "\n", safe)


def test_xml_keeps_what_xml_holds() -> None:
    assert escape.xml("a\t\n <&> é 🏹") == "a\t\n <&> é 🏹"
    assert escape.xml("\x00\x0b\ufffe\ud800") == "����"


@given(NO_SURROGATES)
@settings(max_examples=200, deadline=None)
def test_yaml_scalar_loads_as_itself_in_both_loaders(text: str) -> None:
    source = f"field: {escape.yaml_scalar(text)}\nnext: 1\n"
    assert len(source.splitlines()) == 2
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        assert yaml.load(source, Loader=loader) == {"field": text, "next": 1}


@pytest.mark.parametrize(
    "text", ["no", "1e3", "---", "2024-01-01", "~", "=", "a: b", "# c", "\x85", "\u2028", "\x00", "\U0001f3f9"]
)
def test_yaml_scalar_keeps_text_text(text: str) -> None:
    source = escape.yaml_scalar(text)
    assert len(source.splitlines()) == 1
    assert yaml.load(source, Loader=yaml.CSafeLoader) == text


def test_yaml_scalar_of_hostile_texts() -> None:
    for text in payloads("yaml"):
        if not re.search("[\ud800-\udfff]", text):
            assert yaml.load(escape.yaml_scalar(text), Loader=yaml.CSafeLoader) == text


@pytest.mark.parametrize(
    "text",
    [
        "# a", "#1", "> a", "- a", "+ a", "* a", "1. a", "12) a", "===", "---", "***", "| a |", "~~~", "```",
        ": a", "[a]: b", "~~a~~", "*a*", "__a__", "_a_ b", "`a`", "[a](b)", "![a](b)", "<b>", "<!-- a -->", "&lt;",
        "&#35;", "a\\", r"\_ \* \.", "a\n\n===", "a\n\n: b", "[^1]: a", "https://x.org/a_b_c", "<https://x.org>",
        "a@x.org", "$x_1$ and $y_2$", "1.", "+", "-",
    ],
)  # fmt: skip
def test_markdown_of_what_means_something(text: str) -> None:
    source = escape.markdown(text)
    assert escape.unmarkdown(source) == text
    for html in (
        python_markdown.markdown(source, extensions=["extra"]),
        commonmark.render(source),
        github.render(source),
    ):
        assert paragraphs_of(html) == text


def test_markdown_strikes_nothing_out() -> None:
    """GitHub's renderer takes one tilde for what the specification says of two: https://github.github.com/gfm/#strikethrough-extension-"""
    assert escape.markdown("In Fig.~1 of Doe~and~Roe") == "In Fig.&#126;1 of Doe&#126;and&#126;Roe"
    assert escape.markdown("about ~1") == "about ~1"


@given(CLEAN)
@settings(max_examples=150, deadline=None)
def test_markdown_shows_the_text_in_every_renderer(text: str) -> None:
    source = escape.markdown(text)
    assert escape.unmarkdown(source) == text
    assert paragraphs_of(python_markdown.markdown(source)) == text
    assert paragraphs_of(commonmark.render(source)) == text
    assert paragraphs_of(github.render(source)) == text


@pytest.mark.parametrize("name", ["markdown", "html", "template", "text"])
def test_markdown_shows_hostile_texts(name: str) -> None:
    for payload in payloads(name, most=300):
        text = escape.xml(clean.paragraphs(payload))
        source = escape.markdown(text)
        assert escape.unmarkdown(source) == text
        assert paragraphs_of(python_markdown.markdown(source)) == text
        assert paragraphs_of(commonmark.render(source)) == text


@pytest.mark.parametrize("text", [r"T\"ulu", r"$x_1$ \& \\ y", "&lt;", r"\&lt; \#", "snake_case", "1. one", "#1"])
def test_markdown_round_trip(text: str) -> None:
    assert escape.unmarkdown(escape.markdown(text)) == text


@given(
    st.recursive(
        ANY | st.none() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(ANY, inner), max_leaves=5
    )
)
@settings(max_examples=100, deadline=None)
def test_json_in_html_cannot_leave_its_script(value: object) -> None:
    text = escape.json_in_html(value)
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text) == value


def test_json_in_html_of_a_closing_tag() -> None:
    assert escape.json_in_html({"a": "&</script><!--"}) == '{"a":"\\u0026\\u003c/script\\u003e\\u003c!--"}'


@given(ANY)
@settings(max_examples=100, deadline=None)
def test_terminal_is_printable(text: str) -> None:
    assert escape.terminal(text).isprintable()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é", "plain é"),
        ("a\x1b[2J", "a\\x1b[2J"),
        ("a\nb", "a\\nb"),
        ("\u202eb", "\\u202eb"),
        ("\ud800", "\\ud800"),
        ("\u200b", "\\u200b"),
    ],
)
def test_terminal_shows_controls_as_escapes(text: str, shown: str) -> None:
    assert escape.terminal(text) == shown


@given(st.dictionaries(st.text(), st.text() | st.lists(st.integers())))
@settings(max_examples=100, deadline=None)
def test_json_for_a_terminal(value: object) -> None:
    text = escape.terminal_json(value)
    assert text.isprintable()
    assert json.loads(text) == value


def test_json_for_a_terminal_is_utf8_and_drives_none() -> None:
    text = escape.terminal_json(["é", "a\x9b2J", "\u202eb\xa0", "\udcff", "\U000e0001"])
    assert text == r'["é", "a\u009b2J", "\u202eb\u00a0", "\udcff", "\udb40\udc01"]'


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://x.org/a?b=c&d#e", "https://x.org/a?b=c&d#e"),
        (" https://x.org/ü ", "https://x.org/%C3%BC"),
        ("https://x.org/%C3%BC", "https://x.org/%C3%BC"),
        ('https://x.org/"<>', "https://x.org/%22%3C%3E"),
        ("mailto:a@x.org", "mailto:a@x.org"),
        ("https://x.org/a\u202e\nb", "https://x.org/ab"),
    ],
)
def test_safe_url(url: str, safe: str) -> None:
    assert escape.safe_url(url) == safe
    assert escape.safe_url(safe) == safe


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "/a",
        "//x.org",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "JaVaScRiPt:x",
        "\x01javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://x.org",
        "https://good@evil.org",
        "https:///x",
        "https:x.org",
        "https://x.org\\@y",
        "https://x .org",
        "https://[",
        "https://x.org:port/",
        "mailto:",
        "&#106;avascript:x",
        "blob:https://x.org/1",
    ],
)
def test_unsafe_url(url: str) -> None:
    assert escape.safe_url(url) is None


def test_hostile_urls_keep_a_safe_scheme() -> None:
    for url in payloads("url"):
        safe = escape.safe_url(url)
        assert safe is None or re.fullmatch(r"(?i)(?:https?://[^/?#@\s]|mailto:)[!-~]*", safe)


@given(ANY)
@settings(max_examples=100, deadline=None)
def test_safe_url_is_ascii_and_stable(text: str) -> None:
    safe = escape.safe_url(f"https://x.org/{text}")
    assert safe is None or (safe.isascii() and not re.search('[\\s"<>]', safe) and escape.safe_url(safe) == safe)


@given(ANY | st.sampled_from([*WORDS, "C++ and C#", "İ", "ǅ", "ﬁ", "ϓ", "Σς"]))
@settings(max_examples=300, deadline=None)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Schrödinger", "SCHRODINGER"),
        ("Erdős", "erdo\u030bs"),
        ("ﬁne", "fine"),
        ("Łukasz", "lukasz"),
        ("x²", "x2"),
        ("𝒪", "o"),
    ],
)
def test_fold_makes_spellings_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def payloads(name: str, *, most: int = 1_500) -> list[str]:
    """Hostile texts of one kind, spread over the file; texts that are built from parts or bytes are left out."""
    lines = gzip.decompress(shared(f"hostile/{name}.jsonl.gz").read_bytes()).decode().splitlines()
    texts = [case["payload"] for case in map(json.loads, lines) if "payload" in case]
    return texts[:: max(1, len(texts) // most)]

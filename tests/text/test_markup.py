"""The sinks: golden readings, texts that stay as they are, and that nothing gets through as markup."""

import gzip
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.text import clean, escape, markup, repairs
from tests.conftest import shared
from tests.text.markup_rules import text_content, violations

HERE = Path(__file__).parent
READINGS = yaml.safe_load((HERE / "readings.yml").read_text(encoding="utf-8"))
UNCHANGED = yaml.safe_load((HERE / "unchanged.yml").read_text(encoding="utf-8"))
HTML_SINKS = [markup.to_html, markup.title_html, markup.abstract_html, markup.to_feed_html]
SAMPLE = 500

# Pieces that mean something, so that random texts meet in the middle of commands.
PIECES = st.sampled_from(
    [
        "\\",
        "{",
        "}",
        "$",
        "$$",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "&",
        "&lt;",
        "&#60;",
        "<",
        ">",
        '"',
        "'",
        "`",
        "``",
        "~",
        "--",
        "\\emph{",
        "\\textbf{",
        "{\\it ",
        "\\href{",
        "\\url{",
        "https://x.org/",
        "javascript:",
        "<a href='",
        "<br>",
        "\n\n",
        "\\begin{align}",
        "\\end{align}",
        "\\frac",
        "\\text{",
        "^",
        "_",
        "a",
        "1",
        " ",
        "\\textcolor{",
        "\\unicode{x3c}",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join)


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading["name"])
def test_reading(reading: dict[str, str]) -> None:
    assert markup.to_html(reading["source"]) == reading["html"]
    assert markup.to_plain(reading["source"]) == reading["plain"]


@pytest.mark.parametrize("text", UNCHANGED)
def test_text_that_means_itself_is_unchanged(text: str) -> None:
    assert markup.to_plain(text) == text
    assert markup.to_html(text) == escape.html(text)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_sink_is_well_formed_and_holds_only_what_is_allowed(text: str) -> None:
    for sink in HTML_SINKS:
        assert violations(str(sink(text))) == []


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\\${&`'\"~-/<[]\ufffe\uffff"), max_size=80
    ).filter(lambda text: not repairs.sure(text))
)
@settings(max_examples=100, deadline=None)
def test_plain_text_comes_through_whole(text: str) -> None:
    assert text_content(str(markup.to_html(text))) == text
    assert markup.to_plain(text) == text


def test_characters_that_xml_cannot_hold_are_shown_as_missing() -> None:
    assert markup.to_html("a\x00b\ud800c") == "a�b�c"
    assert markup.to_html("\\emph{a\x00}") == "<em>a�</em>"


def test_a_title_holds_no_link() -> None:
    assert markup.title_html(r"\emph{A} \href{https://x.org}{b} https://y.org") == "<em>A</em> b https://y.org"


def test_abstract_has_one_element_for_each_paragraph() -> None:
    assert (
        markup.abstract_html("One.\n\nTwo \\[x\\].") == '<p>One.</p><p>Two <math display="block"><mi>x</mi></math>.</p>'
    )
    assert markup.abstract_html("") == ""


def test_math_does_not_cross_paragraphs() -> None:
    assert markup.abstract_html("a $x\n\ny$ b") == "<p>a $x</p><p>y$ b</p>"


def test_feeds_get_no_mathml() -> None:
    html = markup.to_feed_html("So $x^2$.\n\nSee https://x.org")
    assert html == '<p>So <i>x²</i>.</p><p>See <a href="https://x.org" rel="nofollow noopener">https://x.org</a></p>'


@pytest.mark.parametrize("name", ["html", "latex", "markdown"])
def test_hostile_texts_become_no_markup(name: str) -> None:
    lines = gzip.decompress(shared(f"hostile/{name}.jsonl.gz").read_bytes()).decode().splitlines()
    payloads = [case["payload"] for case in map(json.loads, lines) if "payload" in case]
    for payload in payloads[:: max(1, len(payloads) // SAMPLE)]:
        for text in (
            payload,
            f"${payload}$",
            rf"\href{{{payload}}}{{x}} \textbf{{{payload}}}",
            clean.paragraphs(payload),
        ):
            for sink in HTML_SINKS:
                assert violations(str(sink(text))) == [], payload


def test_real_abstracts_are_allowed_markup() -> None:
    lines = gzip.decompress(shared("corpora/papers-1k.jsonl.gz").read_bytes()).decode().splitlines()
    for paper in map(json.loads, lines):
        assert violations(str(markup.abstract_html(clean.paragraphs(paper["abstract"] or "")))) == []
        assert violations(str(markup.title_html(clean.line(paper["title"])))) == []

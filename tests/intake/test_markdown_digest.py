"""Markdown digests against regular expressions that know one layout each."""

import re

import pytest

from sitegen.intake.markdown_digest import read as read_markdown
from sitegen.intake.markdown_digest import recognises
from sitegen.intake.raw import RawDigest
from sitegen.model import Record
from tests.conftest import shared
from tests.intake.digests import reading
from tests.intake.reads import read, sample, squeezed, texts

# (arXiv id, title, authors, abstract) of each paper, by the layout of its file.
BULLETS = re.compile(
    r"^- \*\*\[(?P<title>.*)\]\(https://arxiv.org/abs/(?P<id>[\d.]+)\)\*\*.*\n"
    r"  _(?P<authors>.*)_\n  <details><summary>Abstract</summary>\n(?P<abstract>(?s:.*?))\n  </details>",
    re.MULTILINE,
)
SECTIONS = re.compile(
    r"^### \[\d+\] \[(?P<title>.*)\]\(https://arxiv.org/abs/(?P<id>[\d.]+)\)\n"
    r"\*(?P<authors>.*)\*\n(?s:.*?)^Abstract: (?P<abstract>(?s:.*?))\n\n</details>",
    re.MULTILINE,
)
LABELS = re.compile(
    r"^# (?P<title>.*)\n\n\*\*Authors\*\*: (?P<authors>.*)\n\n"
    r"\*\*Link\*\*: \[PDF\]\(https://arxiv.org/pdf/(?P<id>[\d.]+)\).*\n\n"
    r"\*\*Abstract\*\*: (?P<abstract>(?s:.*?))\s*(?:^---|\Z)",
    re.MULTILINE,
)
TABLE = re.compile(
    r"^\| (?P<title>[^|]*?) \(Read more on \[arXiv\]\(https://arxiv.org/abs/(?P<id>[\d.]+)\)[^|]*\|"
    r" (?P<authors>[^|]*) \| (?P<abstract>[^|]*) \|$",
    re.MULTILINE,
)


@pytest.mark.parametrize(
    ("name", "layout", "papers"),
    [
        ("awesome-daily-AI-arxiv_README.md", BULLETS, 342),
        ("daily-arXiv-ai-enhanced_2026-03-14.md", SECTIONS, 171),
        ("Awesome-arXiv-Daily-Reporter_1-Apr-2025_IR.md", LABELS, 26),
        ("daily-ai-papers_2025-03-14.md", TABLE, 28),
        ("daily-ai-papers_2024-09-16.md", TABLE, 1),
    ],
)
def test_every_paper_of_a_digest(name: str, layout: re.Pattern[str], papers: int) -> None:
    file = shared(f"digests/markdown_digests/{name}")
    made = read(file, "markdown")
    found = list(layout.finditer(file.read_text()))
    assert len(made.records) == len(found) == papers
    assert not made.rejected
    for expected, record in sample(list(zip(found, made.records, strict=True))):
        authors = re.sub(r", et al\.$", "", expected["authors"].strip())
        assert record.id == expected["id"]
        assert record.title == squeezed(expected["title"])
        assert squeezed(str(record.fields["abstract"])) == squeezed(expected["abstract"])
        assert texts(record, "authors") == list(dict.fromkeys(map(squeezed, authors.split(","))))
        assert record.fields["links.arxiv"] == f"https://arxiv.org/abs/{expected['id']}"


def test_the_day_of_a_heading() -> None:
    made = read(shared("digests/markdown_digests/daily-ai-papers_2025-03-14.md"), "markdown")
    assert made.date
    assert made.date.day == "2025-03-14"


def _records(text: str) -> list[Record]:
    return list(read_markdown(RawDigest("a.md", text.encode())).records)


@pytest.mark.parametrize(
    "text",
    [
        "# Notes\n\nWe read [this one](https://arxiv.org/abs/2401.10020) and liked it very much.\n",
        "- We read [this](https://arxiv.org/abs/2401.10020) today.\n",
        "- [HF](https://huggingface.co/papers)\n- [Docs](https://x.org/a)\n",
        "| Category | Count |\n|---|---|\n| [A](#a) | 5 |\n",
        "```\n- [Title](https://arxiv.org/abs/2401.10020)\n```\n",
        "# A heading\n\nProse: with a colon.\n",
        "|\n|-|\n|**A**|[x](https://x.org)|\n",
    ],
)
def test_what_is_no_paper(text: str) -> None:
    assert _records(text) == []
    assert not recognises(RawDigest("a.md", text.encode()))


@pytest.mark.parametrize(
    ("line", "title", "authors"),
    [
        ("- [T: x](https://arxiv.org/abs/2401.10020)", "T: x", []),
        ("1. [T](https://arxiv.org/abs/2401.10020) - Ann One, Bo Two et al.", "T", ["Ann One", "Bo Two"]),
        ("- **T**, *Ann One, Bo Two*, [[pdf](https://arxiv.org/pdf/2401.10020)]", "T", ["Ann One", "Bo Two"]),
        ("- [ICML'24] T [[paper](https://arxiv.org/abs/2401.10020)]", "[ICML'24] T", []),
        ("- 2024-05 [A title of words](https://arxiv.org/abs/2401.10020)", "A title of words", []),
        ("* [x] [T](https://doi.org/10.1234/x)", "T", []),
        ("- T. [arXiv:2401.10020](https://arxiv.org/abs/2401.10020)", "T", []),
        ("- [A* search: $p^*$](https://arxiv.org/abs/2401.10020)", "A* search: $p^*$", []),
        ("1. A title of words (One et al., 2024) https://arxiv.org/abs/2401.10020", "A title of words", []),
        ("2. A title of words. One et al. arXiv:2401.10020", "A title of words", []),
        ("- A title of words, Ann One et al. [[pdf]](https://arxiv.org/pdf/2401.10020)", "A title of words", []),
        ('3. "A title of words", Ann One and Bo Two, doi:10.1234/x', "A title of words", ["Ann One", "Bo Two"]),
        ('- "A title?": words [pdf](https://arxiv.org/pdf/2401.10020)', '"A title?": words', []),
        ("- A title of words [https://arxiv.org/abs/2401.10020 ]", "A title of words", []),
    ],
)
def test_lines_of_lists(line: str, title: str, authors: list[str]) -> None:
    (record,) = _records(line + "\n")
    assert record.title == title
    assert texts(record, "authors") == authors


def test_a_pipe_in_a_cell_goes_to_the_abstract() -> None:
    (record,) = _records("|Title|Abstract|Date|\n|-|-|-|\n|T|We take |x| and go.|2025-03-14|\n")
    assert record.fields == {"title": "T", "abstract": "We take |x| and go.", "published": "2025-03-14"}


def test_the_column_of_titles_is_found_by_its_links() -> None:
    text = "|#|Work|\n|-|-|\n|1|[A](https://arxiv.org/abs/2401.10020)|\n|2|[B](https://arxiv.org/abs/2401.10021)|\n"
    assert [record.title for record in _records(text)] == ["A", "B"]


@pytest.mark.parametrize(
    ("below", "abstract", "authors"),
    [
        ("\nWe sort graphs.\nIt works.\n\nAnd trees, too.\n", "We sort graphs. It works.\n\nAnd trees, too.", []),
        ("Ann One and Bo Two\n\nICML 2024\n\nWe sort graphs.\n", "We sort graphs.", ["Ann One", "Bo Two"]),
        ("*Ann One*\n\n- We sort graphs.\n- We sort trees!!\n", "We sort graphs.\n\nWe sort trees!!", ["Ann One"]),
        ("> We sort **large** graphs. [Code](https://x.org)\n", "We sort large graphs. [Code](https://x.org)", []),
        ("\nWe sort graphs.\n\n**Abstract:** The true one.\n", "The true one.", []),
        ("\nWe sort graphs.\n\n---\n\nSomething else is said here.\n", "We sort graphs.", []),
        ("\nWe sort graphs.\n\nUnsubscribe from this list.\n\nIt is sent by us.\n", "We sort graphs.", []),
        ("\nICML 2024, Vienna\n\nBest Paper Award.\n", "", []),
        ("\n我们对图进行排序，并且证明它们可以学习。\n", "我们对图进行排序，并且证明它们可以学习。", []),
    ],
)  # fmt: skip
def test_prose_below_a_title_is_its_abstract(below: str, abstract: str, authors: list[str]) -> None:
    (record,) = _records(f"## A title\nhttps://arxiv.org/abs/2401.10020\n{below}")
    assert record.fields.get("abstract", "") == abstract
    assert texts(record, "authors") == authors


@pytest.mark.parametrize(
    ("below", "authors", "abstract"),
    [
        ("Ann One, Bo Two · [arXiv](https://arxiv.org/abs/2401.10020)\n\nWe sort.", ["Ann One", "Bo Two"], ""),
        ("Ann One, Bo Two <https://arxiv.org/abs/2401.10020>\n\nIt sorts them.", ["Ann One", "Bo Two"], ""),
        (
            "\nIt sorts graphs as well as trees ([paper](https://arxiv.org/abs/2401.10020v1)).\n",
            [],
            "It sorts graphs as",
        ),
        ("\nIt sorts graphs.\n\n[PDF](https://arxiv.org/pdf/2401.10020) and more\n", [], "It sorts graphs."),
    ],
)
def test_the_paper_is_linked_in_the_text_below_its_title(below: str, authors: list[str], abstract: str) -> None:
    (record,) = _records(f"## A title: of words\n{below}\n")
    assert (record.id, record.title, texts(record, "authors")) == ("2401.10020", "A title: of words", authors)
    assert str(record.fields.get("abstract", "")).startswith(abstract)


@pytest.mark.parametrize(
    "text",
    [
        "## Some more news\n\nOne of them sorts graphs ([paper](https://arxiv.org/abs/2401.10020)), "
        "one does not ([paper](https://arxiv.org/abs/2401.10021)).\n",
        "## Some more news\n\nWe sort as [others](https://arxiv.org/abs/2401.10020) do.\n",
        "## Reading group, 14 March\n\nWe read one of them again ([paper](https://arxiv.org/abs/2401.10020)).\n",
        "## News\n\nOne of them sorts all graphs ([paper](https://arxiv.org/abs/2401.10020)).\n",
    ],
)
def test_a_heading_over_links_to_papers_is_no_title(text: str) -> None:
    assert not _records(text)


def test_prose_names_other_papers_without_being_theirs() -> None:
    behind = "We sort as [others](https://arxiv.org/abs/2401.10020) do."
    (record,) = _records(f"- [T: x](https://doi.org/10.1234/x) - {behind}\n")
    assert record.fields["links.doi"] == "https://doi.org/10.1234/x"
    assert record.fields["abstract"] == behind


def test_a_headline_with_the_paper_at_the_end_of_its_text() -> None:
    text = (
        "Words on the week.\n\n**Graphs beat trees, says a lab:**\n\nThey sorted longer lists.\n\n"
        "**Why this matters much:** Lists are everywhere.\n\n"
        "**Read more:** [A title of words (arXiv)](https://arxiv.org/abs/2401.10020).\n\n***\n\n"
        "Paper: [Another title of words](https://doi.org/10.1234/x)\n"
    )
    first, second = _records(text)
    assert first.title == "A title of words"
    assert first.fields["abstract"] == "They sorted longer lists.\n\nWhy this matters much: Lists are everywhere."
    assert (second.title, second.fields["links.doi"]) == ("Another title of words", "https://doi.org/10.1234/x")


_SECTIONS = [
    "## Must read",
    "**Must read**",
    "# This week's top 5 papers",
    "## News",
    "## Fri, 14 March 2025",
    "- 🔥 Hot:",
]
_PAPER = "https://arxiv.org/abs/2401.10020"


@pytest.mark.parametrize("section", _SECTIONS)
@pytest.mark.parametrize("link", [_PAPER, f"<{_PAPER}>", f"[{_PAPER}]({_PAPER})", f"[PDF]({_PAPER}) of it"])
def test_the_heading_of_a_section_is_no_title_of_the_paper_below_it(section: str, link: str) -> None:
    text = f"{section}\n\n  {link}\n" if section.startswith("-") else f"{section}\n\n{link}\n"
    assert recognises(RawDigest("a.md", text.encode()))
    made = reading("markdown", text.encode())
    assert not made.records
    ((start, end, problem),) = [(item.start, item.end, item.problem) for item in made.rejected]
    assert (problem.code, problem.line) == ("item-no-title", 1)
    assert _PAPER in text[start:end]


@pytest.mark.parametrize("section", _SECTIONS[:-1])
@pytest.mark.parametrize(
    ("link", "title"),
    [
        (f"[A title of words]({_PAPER})", "A title of words"),
        (f"[Toy nets]({_PAPER}) by Ann One", "Toy nets"),
        (f"[Toyformer]({_PAPER}) | [code](https://github.com/a/b)", "Toyformer"),
        (f"- [Toy nets]({_PAPER})", "Toy nets"),
        (f"**Toy nets**\n\n[{_PAPER}]({_PAPER})", "Toy nets"),
    ],
)
def test_the_words_of_a_link_in_a_section_are_its_papers_title(section: str, link: str, title: str) -> None:
    (record,) = _records(f"{section}\n\n{link}\n")
    assert (record.title, record.id) == (title, "2401.10020")


def test_short_titles_in_a_section_are_papers_of_their_own() -> None:
    other = "https://arxiv.org/abs/2401.10021"
    text = f"## Must read\n\n[Toy nets]({_PAPER})\n\nThey fall as toys do.\n\n[Cars]({other})\n\nThey roll on and on.\n"
    found = [(record.title, record.id, record.fields["abstract"]) for record in _records(text)]
    assert found == [
        ("Toy nets", "2401.10020", "They fall as toys do."),
        ("Cars", "2401.10021", "They roll on and on."),
    ]


def test_a_section_ends_at_the_next_heading() -> None:
    text = f"## Must read\n\nWords.\n\n## Graphs that fall\n\n[Nature, 2024]({_PAPER})\n"
    assert [record.title for record in _records(text)] == ["Graphs that fall"]


@pytest.mark.parametrize("title", ["- **Graphs that fall**", "- Graphs that fall", "**Graphs that fall**"])
def test_a_short_link_below_a_title_in_a_section_is_no_title(title: str) -> None:
    text = f"## Papers\n\n{title}\n  [Nature 2024]({_PAPER})\n"
    assert [record.title for record in _records(text)] == ["Graphs that fall"]


def test_a_labelled_title_below_the_heading_of_a_section_counts() -> None:
    text = f"## Paper of the day\n\n**Title:** Toy nets\n\n**Link:** {_PAPER}\n"
    assert [record.title for record in _records(text)] == ["Toy nets"]

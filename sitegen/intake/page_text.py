"""The text of a "trending papers" page, as copied from a browser.

A masthead (sign-up line, date, often without a year), then titles and abstracts in turn, all separated by blank lines,
or, as some programs save a page, each on a line of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sitegen.intake import dates
from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, FoundDate, Reading, Span
from sitegen.problems import Problem, problem

WHITE_SPACE = "white space"
MASTHEAD = "masthead"
CONTROLS = "page controls"
# An abstract has at least so many words, or ends like a sentence.
FEWEST_WORDS = 12
LONG_ABSTRACT = 30
LONGEST_MASTHEAD = 20
LONGEST_TITLE = 40
# Marks of Markdown, and the ends of sentences and salutations.
_NO_TITLE = re.compile(r"^(?:[#>|*+=-]|```|\d+[.)]\s)|[.,;:]$")
# How letters, stories and manuals speak, and how nearly all abstracts do.
_PERSONAL = re.compile(r"\b(?:I|I'm|I’m|[Mm]y|[Mm]e|[Yy]ou|[Yy]our)\b")
_SAYS = re.compile(r"\b(?:we|our|us)\b|\bth(?:is|e) (?:paper|work|article|study|survey|report|thesis)\b", re.IGNORECASE)
_CONTROL = re.compile(
    r"(?:upvote|github|arxiv(?: page)?|project page|new|view all|load more|next|previous|\W?|[\d.,]+k?)", re.IGNORECASE
)
_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t\r]*\n))*", re.MULTILINE)
_LINE = re.compile(r"\S.*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    start: int
    end: int

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def is_sentence(self) -> bool:
        return self.text.rstrip("\"'’”)}] ").endswith((".", "…"))

    @property
    def is_prose(self) -> bool:
        """Surely an abstract: long, and a sentence."""
        return self.words >= LONG_ABSTRACT and (self.is_sentence or self.words >= 3 * LONG_ABSTRACT)


def recognises(raw: RawDigest) -> bool:
    """Whether the text has the shape of a page of papers near its top, which letters, stories and manuals have not:
    titles with abstracts, and a masthead's date, page controls or two long abstracts."""
    if raw.text.lstrip()[:1] in ("{", "[", "<", "@", "%"):
        return False
    head = _paragraphs(raw.text[:20_000])
    first = _first_title(head)
    if first is None:
        return False
    pairs = list(_pairs(head[first:]))
    papers = [abstract for title, abstract in pairs if title and abstract and _may_be_a_paper(title, abstract)]
    controls = sum(title is None for title, _ in pairs)
    says = sum(abstract[0].words >= LONG_ABSTRACT and bool(_SAYS.search(abstract[0].text)) for abstract in papers)
    dated = any(dates.written_day(paragraph.text) for paragraph in head[:first])
    shaped = dated or controls >= len(papers) or 2 * says >= len(papers) > 1
    return 0 < len(pairs) - controls <= 2 * len(papers) and shaped


def _may_be_a_paper(title: Paragraph, abstract: list[Paragraph]) -> bool:
    is_title = title.words <= LONGEST_TITLE and "\n" not in title.text and not _NO_TITLE.search(title.text)
    return is_title and not any(_PERSONAL.search(paragraph.text) for paragraph in abstract)


def _paragraphs(text: str) -> list[Paragraph]:
    blocks = _parts(_PARAGRAPH, text)
    return _parts(_LINE, text) if _has_titles_on_lines(blocks) else blocks


def _parts(pattern: re.Pattern[str], text: str) -> list[Paragraph]:
    found = (
        Paragraph(match[0].rstrip(), match.start(), match.start() + len(match[0].rstrip()))
        for match in pattern.finditer(text)
    )
    return [paragraph for paragraph in found if paragraph.text]


def _has_titles_on_lines(blocks: list[Paragraph]) -> bool:
    """Whether more abstracts stand directly below a title than alone. A line of a wrapped text is never as long."""
    below = alone = 0
    for block in blocks:
        first, *others = (Paragraph(line, 0, 0) for line in block.text.split("\n"))
        abstracts = sum(line.is_prose for line in others)
        if first.words >= LONG_ABSTRACT:
            alone += 1
        elif 0 < 2 * abstracts <= len(others) + 1:
            below += 1
    return below > alone


def _first_title(paragraphs: list[Paragraph]) -> int | None:
    """The index of the first paragraph that has an abstract below it, or that stands below the date of a masthead."""
    for index, (title, abstract) in enumerate(pairwise(paragraphs)):
        if index > LONGEST_MASTHEAD:
            return None
        if dates.written_day(title.text):
            return index + 1 if index + 2 < len(paragraphs) else None
        if not title.is_prose and not _is_control(title) and _looks_like_abstract(abstract):
            return index
    return None


def _looks_like_abstract(paragraph: Paragraph) -> bool:
    return paragraph.is_prose or (paragraph.words >= FEWEST_WORDS and paragraph.is_sentence)


def _is_control(paragraph: Paragraph) -> bool:
    return bool(_CONTROL.fullmatch(paragraph.text.strip()))


def read(raw: RawDigest) -> Reading:
    """Pairs of title and abstract; a title without an abstract is rejected, for it may be anything."""
    gathering = Gathering(raw)
    paragraphs = _paragraphs(raw.text)
    first = _first_title(paragraphs) or 0
    _ignore(gathering, paragraphs[:first], MASTHEAD)
    last: Paragraph | None = None
    for title, abstract in _pairs(paragraphs[first:]):
        last = None
        if title is None:
            _ignore(gathering, abstract, CONTROLS)
        elif not abstract:
            line = raw.line(title.start)
            alone = problem("title-alone", file=raw.name, line=line, field="abstract", value=title.text)
            gathering.reject(title.start, title.end, alone)
        elif _add(gathering, title, abstract):
            last = abstract[-1]
    gathering.problems += _cut(raw, last) if last else ()
    return gathering.reading("trending", "Trending papers", gap=WHITE_SPACE, date=_date(raw, paragraphs[:first]))


def _ignore(gathering: Gathering, paragraphs: list[Paragraph], what: str) -> None:
    for paragraph in paragraphs:
        gathering.ignore(paragraph.start, paragraph.end, what)


def _add(gathering: Gathering, title: Paragraph, abstract: list[Paragraph]) -> bool:
    found = Found(title=title.text, abstract="\n\n".join(paragraph.text for paragraph in abstract))
    spans = [Span(paragraph.start, paragraph.end, PAPER) for paragraph in (title, *abstract)]
    return gathering.paper(title.start, abstract[-1].end, found, spans)


def _date(raw: RawDigest, masthead: list[Paragraph]) -> FoundDate | None:
    for paragraph in masthead:
        if day := dates.written_day(paragraph.text):
            return FoundDate(paragraph.text, day, raw.line(paragraph.start))
    return None


def _pairs(paragraphs: list[Paragraph]) -> Iterator[tuple[Paragraph | None, list[Paragraph]]]:
    """(title, its abstract's paragraphs), or (None, page controls), in order."""
    title: Paragraph | None = None
    abstract: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if _is_control(paragraph) and (title is None or abstract):
            if title is not None:
                yield title, abstract
            title, abstract = None, []
            yield None, [paragraph]
        elif title is not None and _continues(paragraph, abstract, following):
            abstract.append(paragraph)
        else:
            if title is not None:
                yield title, abstract
            title, abstract = paragraph, []
    if title is not None:
        yield title, abstract


def _continues(paragraph: Paragraph, abstract: list[Paragraph], following: Paragraph | None) -> bool:
    """Whether a paragraph belongs to the abstract of the title above it."""
    if abstract:
        return paragraph.words >= FEWEST_WORDS and paragraph.is_sentence
    title_of_next = following is not None and following.is_prose and not paragraph.is_sentence
    return not title_of_next and (paragraph.words >= FEWEST_WORDS or paragraph.is_sentence)


def _cut(raw: RawDigest, paragraph: Paragraph) -> list[Problem]:
    """A warning when the last abstract breaks off inside a sentence."""
    if paragraph.text.rstrip("\"'’”)}]").endswith((".", "…", "!", "?")):
        return []
    words = paragraph.text[-60:]
    return [problem("digest-cut", file=raw.name, line=raw.line(paragraph.end), field="abstract", value=words)]

"""What PubMed saves as "Summary (text)", a citation a paragraph, and as "Abstract (text)", several paragraphs a paper:
https://pubmed.ncbi.nlm.nih.gov/help/#save

    1: Smith J, Doe A. A title. J Abbrev. 2024 Mar 1;12(3):45-50. doi: 10.1000/x. PMID: 12345678; PMCID: PMC1234567.

    1. J Abbrev. 2024 Mar 1;12(3):45-50. doi: 10.1000/x.

    A title.

    Smith J(1), Doe A(2).

    Author information: …

    The abstract …

    DOI: 10.1000/x
    PMID: 12345678 [Indexed for MEDLINE]
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from sitegen.intake import pubmed_citations as citations
from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.pubmed import NOTICES, PAGE, notice_of
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, Reading, Span

BETWEEN = "blank lines and text outside citations"
_NUMBER = re.compile(r"^(\d{1,6})([:.]) (?=\S)", re.MULTILINE)
_FIRST = re.compile(r"\s{0,100}^\d{1,6}([:.]) ", re.MULTILINE)
_PMID = re.compile(r"\bPMID: ?\d")
_IDS = re.compile(r"^PMID: ?\d{1,8}\b", re.MULTILINE)
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_LONGEST_CITATION = 400
_LONGEST_PAPER = 200_000
_SPACE = re.compile(r"\s+")
_NOTICE = re.compile(rf"{citations.NOTICE}(?::|[^\S\n]*\n)")
# How paragraphs begin that are no abstract -> what they are. Abstracts begin with "Free radicals", too.
_KINDS = {
    "KEYWORDS:": "keywords",
    "Author information:": "affiliations",
    "Collaborators:": "affiliations",
    "Conflict of interest statement": "statements of interest",
    "Copyright": "copyright notices",
    "©": "copyright notices",
    "(c)": "copyright notices",
    "Publisher:": "abstracts in other languages",
    **dict.fromkeys(("Free Article", "Free article", "Free PMC"), "marks of free articles"),
}
_OF_TRANSLATION = re.compile(r"\[Article in [^\[\]]{1,80}\]\.?")
# What is of use in a paper's paragraphs.
_CITATION, _TITLE, _AUTHORS, _TEXT, _NUMBERS, _KEYWORDS = "citation", "title", "authors", "abstract", "ids", "keywords"
_PARTS = {_CITATION, _TITLE, _AUTHORS, _TEXT, _NUMBERS, _KEYWORDS}
_TITLE_NOTES = "languages of articles"
_OTHER = "other paragraphs"


class _Item(NamedTuple):
    """`text[start:end]`; words: where it stands behind its number."""

    start: int
    words: int
    end: int


def recognises(raw: RawDigest) -> bool:
    """Whether the text begins with a numbered citation, and PubMed's number stands in it, or in a paragraph below."""
    text = raw.text[:_LONGEST_PAPER]
    first = _FIRST.match(text)
    if not first:
        return False
    paragraph = _PARAGRAPH.match(text, first.end())
    citation = _line(paragraph[0]) if paragraph else ""
    if first[1] == ":":
        return bool(_PMID.search(citation))
    return bool(paragraph and citations.CITED.search(citation) and _IDS.search(text, paragraph.end()))


def read(raw: RawDigest) -> Reading:
    """One record a number."""
    gathering = Gathering(raw)
    for item in _items(raw.text):
        mark = raw.text[item.words - 2]
        found, spans = _summary(raw.text, item) if mark == ":" else _abstract(raw.text, item)
        gathering.paper(item.start, item.end, found, spans)
    return gathering.reading("pubmed", "PubMed", gap=BETWEEN, dated_records=True)


def _items(text: str) -> Iterator[_Item]:
    """From a number to the next: one is the next where the paper before has PubMed's number, or else where it follows
    in the count, for abstracts have numbered lines, too. Among abstracts a blank line stands before it."""
    pmids = [found.start() for found in _PMID.finditer(text)]
    starts: list[re.Match[str]] = []
    for found in _NUMBER.finditer(text):
        if not starts or (found[2] == starts[0][2] and _is_next(text, starts[-1], found, pmids)):
            starts.append(found)
    for found, after in zip_longest(starts, starts[1:]):
        end = after.start() if after else len(text)
        yield _Item(found.start(), found.end(), found.end() + len(text[found.end() : end].rstrip()))


def _is_next(text: str, last: re.Match[str], found: re.Match[str], pmids: Sequence[int]) -> bool:
    at = bisect_left(pmids, last.end())
    is_whole = at < len(pmids) and pmids[at] < found.start()
    stands_apart = text.count("\n", max(0, found.start() - 3), found.start()) >= 2
    if found[2] == ":":
        return is_whole or (stands_apart and int(found[1]) == int(last[1]) + 1)
    paragraph = _PARAGRAPH.match(text, found.end(), found.end() + _LONGEST_CITATION)
    follows = is_whole or int(found[1]) > int(last[1])
    return bool(stands_apart and follows and paragraph and citations.CITED.search(paragraph[0]))


def _line(written: str) -> str:
    return _SPACE.sub(" ", written).strip()


def _summary(text: str, item: _Item) -> tuple[Found, list[Span]]:
    line = _line(text[item.words : item.end])
    cited = citations.cited(line)
    whole = Found(title=cited.title, abstract=None, authors=cited.authors, published=cited.published)
    return _found(whole, line, citations.parted(line)[1]), [Span(item.start, item.end, PAPER)]


def _abstract(text: str, item: _Item) -> tuple[Found, list[Span]]:
    parts = list(_PARAGRAPH.finditer(text, item.words, item.end))
    written: dict[str, list[str]] = {}
    spans: list[Span] = []
    for part in parts:
        kind = _kind(part[0], written)
        written.setdefault(kind, []).append(part[0])
        spans.append(Span(part.start() if spans else item.start, part.end(), kind))
    said = {kind: _line(" ".join(each)) for kind, each in written.items()}
    citation = f"{said[_CITATION]} {said.get(_NUMBERS, '')}"
    keywords = said.get(_KEYWORDS, "").removeprefix("KEYWORDS:").rstrip(". ").split(";")
    whole = Found(
        title=said.get(_TITLE, ""),
        abstract="\n\n".join(written.get(_TEXT, ())),
        authors=citations.authors(said.get(_AUTHORS, "")),
        published=citations.cited(citation).published,
        keywords=keywords,
    )
    found = _found(whole, citation, said.get(NOTICES, ""))
    used = _PARTS | {NOTICES} if found.notice else _PARTS
    return found, [replace(span, what=PAPER) if span.what in used else span for span in spans]


def _kind(written: str, before: Mapping[str, object]) -> str:
    """What a paragraph is, by how it begins and by what stands before it."""
    if _CITATION not in before:
        return _CITATION
    if _TITLE not in before:
        return _TITLE
    if _OF_TRANSLATION.fullmatch(_line(written)):
        return _TITLE_NOTES
    if kind := next((kind for beginning, kind in _KINDS.items() if written.startswith(beginning)), ""):
        return kind
    if _NOTICE.match(written):
        return NOTICES
    if _IDS.search(written):
        return _NUMBERS
    if _NUMBERS in before:
        return _OTHER
    are_authors = written.startswith(citations.NOBODY) or citations.authors(written)
    return _AUTHORS if are_authors and not {_AUTHORS, _TEXT} & before.keys() else _TEXT


def _found(found: Found, citation: str, notices: str) -> Found:
    """With the ids of the citation, and what notices say."""
    ids = citations.ids(citation)
    return replace(
        found,
        links=(("url", f"{PAGE}{ids.pmid}/" if ids.pmid else ""),),
        id=f"PMID:{ids.pmid}" if ids.pmid else "",
        also=ids.others,
        notice=notice_of(citations.references(notices), ()),
    )

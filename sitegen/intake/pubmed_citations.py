"""Citations as PubMed writes them in a line, and what can be read from them.

Smith J, de Two B Jr; Toy Group. Do toys fall? Toys Today. 2024 Mar;12(3):45-50. doi: 10.1234/toy. Epub 2024 Feb 2.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sitegen import identity
from sitegen.intake import dates
from sitegen.intake.pubmed import Reference

# What stands behind the pages: ids and other dates.
_BEHIND = re.compile(
    r"\A(?:doi|PMID): |(?<=[.?!;\]]) (?:doi: |Epub |eCollection |Online ahead of print|PMID: |PMCID: )"
)
NOTICE = (
    "(?:Comment|Erratum|Retraction|Update|Republished|Expression of concern|Summary for patients"
    "|(?:Corrected|Retracted) and republished) (?:in|on|for|of|from)"
)
"""A pattern of the words before another paper that tells of this one, or that this one tells of."""
# Without a colon they may be a title's: "Update in hospital medicine."
_NOTICES = re.compile(rf"(?<=[.?!;\]]) {NOTICE}: ")
_ISSUE = re.compile(r"\. (?P<date>[12]\d{3}(?: [^.;:]{1,24})?)(?=[.;:]|\Z)")
CITED = re.compile(r"[.?!\]]\s{1,3}[12]\d{3}\b")
"""That a line is a citation: a year begins behind the journal."""
_SENTENCE_END = re.compile(r"[.?!][\])\"'”’]{0,3} ")
_EPUB = re.compile(r"\bEpub ([12]\d{3}[^.;]{0,20})")
_DOI = re.compile(r"\bdoi: ?(\S{6,300})", re.IGNORECASE)
_PMID = re.compile(r"\bPMID: ?(\d{1,8})\b")
_PMC = re.compile(r"\bPMCID: ?(PMC\d{1,9})\b")
_REFERENCES = {
    "Retraction in": "RetractionIn", "Corrected and republished in": "CorrectedandRepublishedIn",
    "Update in": "UpdateIn", "Erratum in": "ErratumIn",
}  # fmt: skip
_REFERENCE = re.compile(rf"\b({'|'.join(_REFERENCES)}):? (.{{1,300}}?)(?=\. (?:PMID|doi): |\.?\s*\Z)")
# "de Two B Jr", also with the numbers of affiliations: "de Two B Jr(1)(2)".
_PERSON = re.compile(
    r"(?P<family>[^\W\d_][^\d,;:.()]{0,60}?) (?P<given>(?:I[au]|Y[au]|[^\W\d_a-z]){1,4})"
    r"(?: (?P<suffix>Jr|Sr|2nd|3rd|\dth|I{2,3}|IV))?"
)
_ONE_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]{1,40}")
_MARKS = re.compile(r"(?:\((?:\d{1,3}|#)\)|#|\*){1,20}(?=[,;.]|\Z)")
_MOST_WORDS = 5
_MOST_REFERENCES = 100  # a paper has a few


NOBODY = "[No authors listed]"
"""What stands in place of authors."""


class Cited(NamedTuple):
    """What a citation says. published: ISO, whole or in part."""

    authors: tuple[str, ...] = ()
    title: str = ""
    published: str = ""


class Ids(NamedTuple):
    pmid: str = ""
    others: tuple[str, ...] = ()


def cited(line: str) -> Cited:
    """The citation of a line without its number.

    >>> cited("One A, Two B. Do toys fall? Toys (Basel). 2024 Mar 1;12(3):45-50. doi: 10.1234/toy. PMID: 1.")
    Cited(authors=('A One', 'B Two'), title='Do toys fall?', published='2024-03-01')
    >>> cited("[No authors listed]. Toys fall. Toys. 2024;1:2. PMID: 1.").title
    'Toys fall.'
    >>> cited("Vitamin C. Toys. 2024;1:2."), cited("One A. Falls. 2023 May 1. In: Toys. Oz: T; 2024 Jan–.").title
    (Cited(authors=(), title='Vitamin C.', published='2024'), 'Falls.')
    """
    own, _ = parted(line)
    behind = _BEHIND.search(own)
    head = own[: behind.start()] if behind else own
    issue = max(_ISSUE.finditer(head), key=lambda found: found.start(), default=None)
    written = _EPUB.search(own) or issue
    published = dates.bibliographic(written.group(1)) if written else ""
    before = head[: issue.start() + 1] if issue else head
    if issue and not head.startswith(". In: ", issue.end()):
        before = before[: max((found.end() for found in _SENTENCE_END.finditer(before)), default=len(before))]
    before = before.strip().removeprefix(f"{NOBODY}. ")
    end = _SENTENCE_END.search(before)
    people = authors(before[: end.start() + 1]) if end else ()
    return Cited(people, before[end.end() :] if end and people else before, published)


def parted(line: str) -> tuple[str, str]:
    """(the citation itself, what names other papers behind it: their dates and ids are not its own)

    >>> parted("Update in toys. Toys. 2024;1:2. Comment in: Toys. 2025;2:3. doi: 10.1234/c. PMID: 7. PMID: 12.")
    ('Update in toys. Toys. 2024;1:2.', ' Comment in: Toys. 2025;2:3. doi: 10.1234/c. PMID: 7. PMID: 12.')
    """
    found = _NOTICES.search(line)
    return (line[: found.start()], line[found.start() :]) if found else (line, "")


def authors(written: str) -> tuple[str, ...]:
    """The names in a list of authors, first name first; () where the text is no such list.

    >>> authors("Smith J(#)(1), de Two AB Jr(1)(2); Toy Group(3)."), authors("We fall, and so do toys.")
    (('J Smith', 'AB de Two Jr', 'Toy Group'), ())
    >>> authors("Suhartono, Petrov IuA"), authors("Toys, Games.")
    (('Suhartono', 'IuA Petrov'), ())
    """
    people, _, groups = _MARKS.sub("", " ".join(written.split())).rstrip(". ").partition(";")
    parts = [part.strip() for part in people.split(",")]
    found = [name for part in parts if (name := _person(part) or _one_name(part))]
    if not any(map(_person, parts)) or len(found) < len(parts) - (parts[-1] == "et al"):
        return ()
    return (*found, *(group.strip() for group in groups.split(";") if group.strip()))


def _person(written: str) -> str:
    found = _PERSON.fullmatch(written)
    if not found or len(found["family"].split()) > _MOST_WORDS:
        return ""
    return " ".join(filter(None, found.group("given", "family", "suffix")))


def _one_name(written: str) -> str:
    """The name of a person who has only one, as it stands among others."""
    return written if _ONE_NAME.fullmatch(written) else ""


def ids(written: str) -> Ids:
    """PubMed's number, which stands last, and the DOI and PubMed Central's id.

    >>> ids("doi: 10.1234/TOY. Erratum in: Toys. doi: 10.1234/e. PMID: 7. PMID: 12; PMCID: PMC34.")
    Ids(pmid='12', others=('10.1234/toy', 'PMC34'))
    """
    pmids = _PMID.findall(written)
    doi = _DOI.search(parted(written)[0])
    found = (identity.doi(doi[1]) if doi else "", *_PMC.findall(written)[-1:])
    return Ids(pmids[-1] if pmids else "", tuple(filter(None, found)))


def references(written: str) -> Iterator[Reference]:
    """What tells of the paper that it was retracted, corrected or replaced.

    >>> list(references("Toys. 2024;1:2. Erratum in: Toys. 2025;2:3. doi: 10.1234/e. PMID: 7."))
    [Reference(type='ErratumIn', source='Toys. 2025;2:3', pmid='')]
    """
    for found in islice(_REFERENCE.finditer(written), _MOST_REFERENCES):
        yield Reference(_REFERENCES[found[1]], found[2], "")

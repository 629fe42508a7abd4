"""PubMed's XML: https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd

PubmedArticleSet or MedlineCitationSet → PubmedArticle (MedlineCitation, PubmedData), PubmedBookArticle, DeleteCitation.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sitegen.intake import dates
from sitegen.intake.gathering import Found, Gathering
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, Reading
from sitegen.intake.xml_items import Tag, root_of
from sitegen.intake.xml_records import MARKUP, OPENED, Layout, Paper, Source, gather
from sitegen.intake.xml_text import text_of
from sitegen.intake.xml_tree import child, children
from sitegen.model import Notice, NoticeKind

DELETED = "deleted citations"
NOTICES = "comments, corrections and retractions"
TYPES = "types of publication"
PAGE = "https://pubmed.ncbi.nlm.nih.gov/"
_ROOTS = {
    "PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", "PubmedArticle", "PubmedBookArticle",
    "MedlineCitation",
}  # fmt: skip
_LAYOUT = Layout(
    frozenset({"PubmedArticle", "PubmedBookArticle", "MedlineCitation"}),
    dict.fromkeys(("DeleteCitation", "DeleteDocument"), DELETED),
)
_OPENED = (
    "MedlineCitation", "PubmedData", "BookDocument", "PubmedBookData", "Article", "Journal", "JournalIssue", "Book",
)  # fmt: skip
_USED = (
    "PMID", "ArticleTitle", "VernacularTitle", "BookTitle", "Abstract", "OtherAbstract", "AuthorList", "ELocationID",
    "ArticleDate", "PubDate", "ContributionDate", "KeywordList", "MeshHeadingList", "ArticleIdList",
)  # fmt: skip
_KINDS = (
    dict.fromkeys(_OPENED, OPENED)
    | dict.fromkeys(_USED, PAPER)
    | {
        "CommentsCorrectionsList": NOTICES,
        "PublicationTypeList": TYPES,
    }
)
# Type of reference -> kind of notice and what it says in words, the worst first:
# https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html#commentscorrections
_REFERENCES: dict[str, tuple[NoticeKind, str]] = {
    "RetractionIn": ("retracted", "Retraction"),
    "CorrectedandRepublishedIn": ("superseded", "Corrected and republished"),
    "UpdateIn": ("superseded", "Update"),
    "ErratumIn": ("corrected", "Erratum"),
}
_TELLING = dict.fromkeys(("CommentsCorrectionsList", "PublicationTypeList"), PAPER)
_RETRACTED = "Retracted Publication"
# What NLM writes where there is no title in English.
_NO_TITLE = ("", "[Not Available].", "Not Available")


class Reference(NamedTuple):
    """A record that is about this one: Reference("RetractionIn", "Toys today. 2021;2:3", "90000009")."""

    type: str
    source: str
    pmid: str


def recognises(raw: RawDigest) -> bool:
    """Whether the root is one of PubMed's."""
    root = root_of(raw.text)
    return bool(root and root.name in _ROOTS)


def read(raw: RawDigest) -> Reading:
    """One record a citation; deleted ones are only counted."""
    gathering = Gathering(raw)
    gather(gathering, Source(raw.text), _LAYOUT, _paper)
    return gathering.reading("pubmed", "PubMed", gap=MARKUP, dated_records=True)


def _paper(item: Element, _path: tuple[Tag, ...]) -> Paper:
    found = _found(item)
    return Paper(found, _KINDS | _TELLING if found.notice else _KINDS)


def _found(item: Element) -> Found:
    citation = next(iter(children(item, "MedlineCitation", "BookDocument")), item)
    data = next(iter(children(item, "PubmedData", "PubmedBookData")), None)
    article = child(citation, "Article")
    article = citation if article is None else article
    pmid = text_of(child(citation, "PMID"))
    return Found(
        title=_title(article),
        abstract=_abstract(article, citation),
        authors=_authors(article),
        published=_published(article),
        keywords=_keywords(citation),
        links=(("url", f"{PAGE}{pmid}/" if pmid.isdecimal() else ""),),
        id=f"PMID:{pmid}" if pmid else "",
        also=tuple(_other_ids(article, data)),
        notice=notice_of(_references(citation), _types(article)),
    )


def _references(citation: Element) -> Iterator[Reference]:
    for references in children(citation, "CommentsCorrectionsList"):
        for each in references:
            yield Reference(each.get("RefType", ""), text_of(child(each, "RefSource")), text_of(child(each, "PMID")))


def _types(article: Element) -> list[str]:
    return [text_of(kind) for types in children(article, "PublicationTypeList") for kind in types]


def notice_of(references: Iterable[Reference], types: Iterable[str]) -> Notice | None:
    """The worst that references tell of the paper, else what its types of publication do.

    >>> notice_of([Reference("ErratumIn", "Toys. 2021;2:3", "90000009")], ["Journal Article"])
    Notice(kind='corrected', reason='Erratum: Toys. 2021;2:3', date='', by='')
    >>> notice_of([], ["Retracted Publication"]).kind, notice_of([Reference("CommentIn", "Toys", "")], [])
    ('retracted', None)
    """
    known = {reference.type: reference for reference in references}
    for name, (kind, words) in _REFERENCES.items():
        if reference := known.get(name):
            by = f"pmid:{reference.pmid}" if kind == "superseded" and reference.pmid.isdecimal() else ""
            return Notice(kind, f"{words}: {reference.source}".removesuffix(": "), by=by)
    return Notice("retracted") if _RETRACTED in types else None


def _title(article: Element) -> str:
    titles = (text_of(child(article, name)) for name in ("ArticleTitle", "VernacularTitle"))
    title = next((title for title in titles if title not in _NO_TITLE), "")
    return title or text_of(child(article, "Book", "BookTitle"))


def _abstract(article: Element, citation: Element) -> str:
    """The paragraphs, each with its label ("METHODS: …"); else those of an abstract of another kind."""
    for abstract in (*children(article, "Abstract"), *children(citation, "OtherAbstract")):
        parts = [_labelled(part) for part in children(abstract, "AbstractText")]
        if any(parts):
            return "\n\n".join(parts)
    return ""


def _labelled(part: Element) -> str:
    label, text = part.get("Label", "").strip(), text_of(part)
    return f"{label}: {text}" if label and text and label != "UNLABELLED" else text


def _authors(article: Element) -> Iterator[str]:
    """The list of authors, or of editors where there is no other; without wrong spellings."""
    lists = sorted(children(article, "AuthorList"), key=lambda names: names.get("Type") == "editors")
    for author in children(lists[0], "Author") if lists else ():
        if author.get("ValidYN") != "N":
            first = text_of(child(author, "ForeName")) or text_of(child(author, "Initials"))
            parts = (first, text_of(child(author, "LastName")), text_of(child(author, "Suffix")))
            yield text_of(child(author, "CollectiveName")) or " ".join(filter(None, parts))


def _published(article: Element) -> str:
    """The day of electronic publication, else the issue's: that is sometimes still to come."""
    places = (("ArticleDate",), ("Journal", "JournalIssue", "PubDate"), ("ContributionDate",), ("Book", "PubDate"))
    for place in places:
        date = child(article, *place)
        if date is not None and (written := _date(date)):
            return dates.bibliographic(written) or written
    return ""


def _date(date: Element) -> str:
    parts = (text_of(child(date, name)) for name in ("Year", "Month", "Day"))
    return " ".join(filter(None, parts)) or text_of(child(date, "MedlineDate"))


def _keywords(citation: Element) -> Iterator[str]:
    """Keywords of the authors, then the descriptors of MeSH, without their qualifiers."""
    for words in children(citation, "KeywordList"):
        yield from map(text_of, children(words, "Keyword"))
    for headings in children(citation, "MeshHeadingList"):
        yield from (text_of(child(heading, "DescriptorName")) for heading in headings)


def _other_ids(article: Element, data: Element | None) -> Iterator[str]:
    """DOIs, then the id of PubMed Central; not those of the references, which stand deeper."""
    for place in children(article, "ELocationID"):
        if place.get("EIdType") == "doi" and place.get("ValidYN") != "N":
            yield text_of(place)
    lists = (child(data, "ArticleIdList"), child(article, "ArticleIdList"))
    ids = [written for names in lists if names is not None for written in children(names, "ArticleId")]
    for kind in ("doi", "pmc"):
        yield from (text_of(written) for written in ids if written.get("IdType") == kind)

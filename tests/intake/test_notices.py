"""What sources say of withdrawals, retractions, corrections and versions in fields of their own."""

import pytest

from sitegen.intake.notices import of_comment
from sitegen.intake.reading import PAPER
from sitegen.model import Value
from tests.effort import at_once
from tests.intake.digests import reading

ACL = '<collection id="2022.toy"><volume id="main"><paper id="1"><title>T</title>{}</paper></volume></collection>'
PUBMED = "<PubmedArticle><MedlineCitation><Article><ArticleTitle>T</ArticleTitle>{}</MedlineCitation></PubmedArticle>"
REFERENCE = (
    '</Article><CommentsCorrectionsList><CommentsCorrections RefType="{}"><RefSource>Toys. 2021</RefSource>'
    "<PMID>90000009</PMID></CommentsCorrections></CommentsCorrectionsList>"
)
TYPES = "<PublicationTypeList><PublicationType>{}</PublicationType></PublicationTypeList></Article>"
MEDLINE = "PMID- 90000001\nTI  - T\n{}\n"
JATS = (
    '<article xmlns:xlink="x"><front><article-meta><title-group><article-title>T</article-title></title-group>'
    '<related-article related-article-type="{}" xlink:href="10.1234/r"/></article-meta></front></article>'
)
ATOM = (
    "<feed><id>http://arxiv.org/api/x</id><entry><id>http://arxiv.org/abs/2503.00001</id><title>T</title>"
    "<comment>{}</comment></entry></feed>"
)
OAI = "<OAI-PMH><record><metadata>{}</metadata></record></OAI-PMH>"
ABS = (
    "------------\n\\\\\nPaper: math/0101001\nFrom: A. One\nDate: Mon, 1 Jan 2001 10:00:00 GMT   (1kb)\n"
    "{}\nTitle: T\n\\\\\n"
)
WITHDRAWN = "This paper has been withdrawn by Ann One."


@pytest.mark.parametrize(
    ("name", "text", "notice"),
    [
        (
            "acl-xml",
            ACL.format('<retracted date="2023-01-02">We <i>erred</i>.</retracted>'),
            ("retracted", "We erred.", "2023-01-02", ""),
        ),
        ("acl-xml", ACL.format('<removed date="soon">Twice here.</removed>'), ("withdrawn", "Twice here.", "", "")),
        (
            "acl-xml",
            ACL.format('<erratum id="1" date="2023-01-02">2022.toy-main.1e1</erratum>'),
            ("corrected", "", "2023-01-02", ""),
        ),
        ("pubmed", PUBMED.format(REFERENCE.format("RetractionIn")), ("retracted", "Retraction: Toys. 2021", "", "")),
        ("pubmed", PUBMED.format(REFERENCE.format("ErratumIn")), ("corrected", "Erratum: Toys. 2021", "", "")),
        (
            "pubmed",
            PUBMED.format(REFERENCE.format("UpdateIn")),
            ("superseded", "Update: Toys. 2021", "", "pmid:90000009"),
        ),
        ("pubmed", PUBMED.format(REFERENCE.format("RetractionOf")), None),
        ("pubmed", PUBMED.format(TYPES.format("Retracted Publication")), ("retracted", "", "", "")),
        ("pubmed", PUBMED.format(TYPES.format("Journal Article")), None),
        (
            "medline",
            MEDLINE.format("RIN - Toys. 2021. PMID: 90000009"),
            ("retracted", "Retraction: Toys. 2021.", "", ""),
        ),
        ("medline", MEDLINE.format("EIN - Toys. 2021. PMID: 90000009"), ("corrected", "Erratum: Toys. 2021.", "", "")),
        (
            "medline",
            MEDLINE.format("UIN - Toys. 2021. PMID: 90000009"),
            ("superseded", "Update: Toys. 2021.", "", "pmid:90000009"),
        ),
        ("medline", MEDLINE.format("PT  - Retracted Publication"), ("retracted", "", "", "")),
        ("medline", MEDLINE.format("ROF - Toys. 2019"), None),
        ("jats", JATS.format("retraction-forward"), ("retracted", "10.1234/r", "", "")),
        ("jats", JATS.format("correction-forward"), ("corrected", "10.1234/r", "", "")),
        ("jats", JATS.format("retracted-article"), None),
        ("arxiv-atom", ATOM.format(WITHDRAWN), ("withdrawn", WITHDRAWN, "", "")),
        ("arxiv-atom", ATOM.format("3 pages"), None),
        (
            "oai",
            OAI.format(f"<arXiv><id>2503.00001</id><title>T</title><comments>{WITHDRAWN}</comments></arXiv>"),
            ("withdrawn", WITHDRAWN, "", ""),
        ),
        (
            "oai",
            OAI.format(f"<dc><title>T</title><description>Comment: {WITHDRAWN}</description></dc>"),
            ("withdrawn", WITHDRAWN, "", ""),
        ),
        ("arxiv-listing", ABS.format(f"Comments: {WITHDRAWN}"), ("withdrawn", WITHDRAWN, "", "")),
    ],
)
def test_notices(name: str, text: str, notice: Value | None) -> None:
    made = reading(name, text.encode())
    (record,) = made.records
    assert record.fields.get("notice") == notice
    used = "".join(text[span.start : span.end] for span in made.spans if span.what == PAPER)
    assert not notice or notice[1].partition(": ")[2] in used


@pytest.mark.parametrize(
    ("name", "text", "version"),
    [
        ("acl-xml", ACL.format('<revision id="1"/><revision id="10"/><revision id="2"/>'), "10"),
        ("acl-xml", ACL.format(""), None),
        ("oai", OAI.format('<arXivRaw><title>T</title><version version="v1"/><version version="v2"/></arXivRaw>'), "2"),
        ("arxiv-listing", ABS.format("Date (revised v2): Tue, 2 Jan 2001 10:00:00 GMT   (1kb)"), "2"),
        ("arxiv-listing", ABS.format("Date (revised): Tue, 2 Jan 2001 10:00:00 GMT   (1kb)"), None),
        ("arxiv-listing", ABS.format("replaced with revised version Tue, 2 Jan 2001 10:00:00 GMT   (1kb)"), None),
    ],
)
def test_versions(name: str, text: str, version: str | None) -> None:
    (record,) = reading(name, text.encode()).records
    assert record.fields.get("version") == version


@pytest.mark.parametrize("text", ["(" * 1_000_000, "this paper has been " * 50_000, "withdrawn " * 100_000])
def test_no_comment_takes_long(text: str) -> None:
    with at_once():
        of_comment(text)

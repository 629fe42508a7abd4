"""PubMed's XML against lxml, and its text against lines cut by hand."""

import re

import pytest
from lxml import etree

from tests.intake.digests import fields, reading, shared_reading


@pytest.mark.parametrize("file", ["pubmed1.xml", "pubmed7.xml"])
def test_real_citations_give_what_lxml_finds(file: str) -> None:
    data, made = shared_reading("pubmed", f"medline/{file}")
    articles = etree.fromstring(data).findall("PubmedArticle")
    assert (len(made.records), len(made.rejected)) == (len(articles), 0)
    for record, article in zip(made.records, articles, strict=True):
        people = [
            person.findtext("CollectiveName") or f"{person.findtext('ForeName')} {person.findtext('LastName')}"
            for person in article.findall(".//AuthorList/Author")
        ]
        words = article.xpath(".//Keyword/text() | .//DescriptorName/text()")
        assert record.id == f"PMID:{article.findtext('MedlineCitation/PMID')}"
        assert fields(record, "title", "authors") == {
            "title": " ".join(article.findtext(".//ArticleTitle").split()),
            "authors": tuple(people),
        }
        assert sorted(record.fields.get("keywords", ())) == sorted(set(words))
        dois = article.xpath("./PubmedData/ArticleIdList/ArticleId[@IdType='doi']/text()")
        assert record.fields.get("links.doi", "") == (f"https://doi.org/{dois[0].lower()}" if dois else "")
        sentences = " ".join(article.xpath("string(.//Abstract)").split())[:200]
        assert str(record.fields.get("abstract", "")).startswith(sentences)


def test_a_real_text_export_gives_what_its_lines_say() -> None:
    data, made = shared_reading("medline", "medline/pubmed_result2.txt")
    parts = [part.replace("\r", "") for part in re.split(r"\n(?=PMID- )", data.decode()) if part.strip()]
    assert len(made.records) == len(parts) == 4

    def said(part: str, tag: str) -> list[str]:
        found = re.findall(rf"^{tag} *- (.*(?:\n      .*)*)", part, re.MULTILINE)
        return [" ".join(value.split()) for value in found]

    for record, part in zip(made.records, parts, strict=True):
        names = [" ".join(reversed(name.split(", "))) for name in said(part, "FAU")]
        (year, *rest) = (said(part, "DEP") or said(part, "DP"))[0][:4], (said(part, "DEP") or [""])[0][4:]
        assert record.id == f"PMID:{said(part, 'PMID')[0]}"
        assert fields(record, "title", "abstract", "authors") == {
            "title": said(part, "TI")[0],
            "abstract": said(part, "AB")[0],
            "authors": tuple(names),
        }
        assert str(record.fields["published"]).replace("-", "").startswith(year + (rest[0] if rest else ""))
        assert len(record.fields["keywords"]) == len(said(part, "MH"))


def _citation(inside: str) -> bytes:
    return f"<MedlineCitationSet><MedlineCitation>{inside}</MedlineCitation></MedlineCitationSet>".encode()


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Über X.</VernacularTitle>", "Über X."),
        ("<ArticleTitle>α<sup>2+</sup> &lt; β<sub>max</sub></ArticleTitle>", "α²⁺ < β\\textsubscript{max}"),
        ("<ArticleTitle>R&amp;D</ArticleTitle>", "R&D"),
    ],
)
def test_titles(written: str, title: str) -> None:
    made = reading("pubmed", _citation(f"<PMID>1</PMID><Article>{written}</Article>"))
    assert [record.title for record in made.records] == [title]


def test_a_book_and_an_abstract_of_another_kind() -> None:
    made = reading(
        "pubmed",
        b"<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>2</PMID><Book><BookTitle>Toys</BookTitle><PubDate>"
        b"<Year>1999</Year></PubDate></Book><OtherAbstract><AbstractText>Plain.</AbstractText></OtherAbstract>"
        b"</BookDocument></PubmedBookArticle></PubmedArticleSet>",
    )
    assert fields(made.records[0], "title", "abstract", "published") == {
        "title": "Toys", "abstract": "Plain.", "published": "1999",
    }  # fmt: skip

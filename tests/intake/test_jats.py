"""JATS articles against lxml."""

import pytest
from lxml import etree

from tests.intake.digests import fields, reading, shared_reading


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("file", ["0034-8910-rsp-48-2-0331.xml", "7f8rqRq4vSnJ7B738VKMKqF.xml"])
def test_real_articles_give_what_lxml_finds(file: str) -> None:
    data, made = shared_reading("jats", f"jats_xml/{file}")
    meta = etree.fromstring(data.lstrip()).find("front/article-meta")
    language = meta.getroottree().getroot().get("{http://www.w3.org/XML/1998/namespace}lang")
    words = meta.xpath(f"kwd-group[@xml:lang='{language}']/kwd")
    people = meta.findall("contrib-group/contrib[@contrib-type='author']/name")
    doi = meta.findtext("article-id[@pub-id-type='doi']")
    (record,) = made.records
    assert record.id == doi
    assert fields(record, "title", "authors", "keywords", "links.doi") == {
        "title": _text(meta.find("title-group/article-title")),
        "authors": tuple(f"{name.findtext('given-names')} {name.findtext('surname')}" for name in people),
        "keywords": tuple(map(_text, words)),
        "links.doi": f"https://doi.org/{doi.lower()}",
    }
    paragraphs = [_text(paragraph) for paragraph in meta.find("abstract").iter("p")]
    said = str(record.fields["abstract"]).split("\n\n")
    assert len(said) == len(paragraphs)
    assert all(written.endswith(paragraph) for written, paragraph in zip(said, paragraphs, strict=True))
    assert str(record.fields["published"])[:4] == meta.findtext("pub-date/year")


def _article(meta: str) -> bytes:
    return f"<article><front><article-meta>{meta}</article-meta></front></article>".encode()


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ('<pub-date pub-type="ppub"><year>2020</year></pub-date><pub-date><year>2019</year></pub-date>', "2019"),
        ('<pub-date date-type="pub" iso-8601-date="2020-03-04"><year>2020</year></pub-date>', "2020-03-04"),
        ('<pub-date pub-type="nihms-submitted"><year>2021</year></pub-date>', "2021"),
        (
            '<pub-date publication-format="electronic" date-type="collection"><year>2021</year></pub-date>'
            '<pub-date publication-format="electronic" date-type="pub"><year>2020</year></pub-date>',
            "2020",
        ),
        ("<pub-date><month>March</month><year>2020</year></pub-date>", "2020-03"),
    ],
)
def test_dates(written: str, published: str) -> None:
    made = reading("jats", _article(f"<title-group><article-title>T</article-title></title-group>{written}"))
    assert made.records[0].fields["published"] == published


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("<name><surname>One</surname><given-names>Ann</given-names></name>", "Ann One"),
        (
            "<name-alternatives><name><surname>One</surname></name><string-name/></name-alternatives>",
            "One",
        ),
        ("<string-name><surname>One</surname>, <given-names>Ann</given-names></string-name>", "Ann One"),
        ("<string-name>Ann One</string-name>", "Ann One"),
        ("<collab>Group<contrib-group><contrib><name/></contrib></contrib-group></collab>", "Group"),
    ],
)
def test_names(written: str, name: str) -> None:
    title = "<title-group><article-title>T</article-title></title-group>"
    made = reading("jats", _article(f"{title}<contrib-group><contrib>{written}</contrib></contrib-group>"))
    assert made.records[0].fields["authors"] == (name,)


def test_an_article_without_an_abstract_of_its_own_has_a_translated_one() -> None:
    title = "<title-group><article-title>T</article-title></title-group>"
    others = [
        f'<trans-abstract xml:lang="{language}"><p>{text}</p></trans-abstract>'
        for language, text in (("de", "Deutsch."), ("en", "English."))
    ]
    made = reading("jats", _article(title + "".join(others)))
    assert made.records[0].fields["abstract"] == "English."


def test_several_articles_in_a_file() -> None:
    one = _article("<title-group><article-title>T</article-title></title-group>").decode()
    broken = "<article><front><article-meta></article>"
    made = reading("jats", f"<pmc-articleset>{one}{broken}{one}</pmc-articleset>".encode())
    assert (len(made.records), len(made.rejected)) == (2, 1)

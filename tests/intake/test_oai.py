"""Answers of OAI-PMH servers."""

import pytest
from lxml import etree

from tests.conftest import shared
from tests.intake.damage import damaged, read, read_at_once, recognised

HEADER = "<header><identifier>oai:arXiv.org:{}</identifier><datestamp>2020-01-01</datestamp></header>"
ARXIV = f"""<record>{HEADER.format("0704.0001")}<metadata>
 <arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>0704.0001</id><created>2007-04-02</created><updated>2007-07-24</updated>
 <authors><author><keyname>One</keyname><forenames>Ann B.</forenames><suffix>Jr</suffix></author>
 <author><keyname>The X Collaboration</keyname></author></authors><title>As arXiv
  writes it</title><categories>hep-ph cs.DL</categories><comments>3 pages</comments><doi>10.1234/x</doi>
 <abstract>  One
line.
  A paragraph.
</abstract></arXiv></metadata></record>
"""
RAW = f"""<record>{HEADER.format("0704.0002")}<metadata>
 <arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>0704.0002</id><submitter>Sub Mitter</submitter>
 <version version="v1"><date>Sat, 31 Mar 2007 02:26:18 GMT</date><size>10kb</size></version>
 <version version="v2"><date>Sat, 13 Dec 2008 17:26:00 GMT</date><size>11kb</size></version>
 <title>As arXivRaw writes it</title><authors>Ann One (Here) and Bob Two</authors><categories>math.CO</categories>
 <abstract>Text.</abstract></arXivRaw></metadata></record>
"""
DUBLIN_CORE = f"""<record>{HEADER.format("0704.0003")}<metadata>
 <oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <dc:title>As Dublin Core writes it</dc:title><dc:creator>One, Ann</dc:creator><dc:creator>Two, Bob</dc:creator>
 <dc:subject>Mathematics - Combinatorics</dc:subject><dc:description>Text.</dc:description>
 <dc:description>Comment: 3 pages</dc:description><dc:date>2007-03-30</dc:date><dc:date>2008-12-13</dc:date>
 <dc:identifier>http://arxiv.org/abs/0704.0003</dc:identifier><dc:identifier>doi:10.1234/Y</dc:identifier>
 </oai_dc:dc></metadata></record>
"""
DELETED = '<record><header status="deleted"><identifier>oai:x.org:1</identifier></header></record>\n'
OTHER = f"<record>{HEADER.format('0704.0004')}<metadata><marc>x</marc></metadata></record>\n"
ANSWER = f"""<?xml version="1.0"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2020-01-01T00:00:00Z</responseDate>
<request verb="ListRecords">http://x.org/oai</request><ListRecords>
{ARXIV}{RAW}{DUBLIN_CORE}{DELETED}{OTHER}<resumptionToken cursor="0">abc|1</resumptionToken>
</ListRecords></OAI-PMH>
"""


def test_the_three_kinds_of_metadata() -> None:
    reading = read("oai", ANSWER, "harvest.xml")
    arxiv, raw, dublin_core = reading.records
    assert (arxiv.id, raw.id, dublin_core.id) == ("0704.0001", "0704.0002", "0704.0003")
    assert (arxiv.also, dublin_core.also) == (("10.1234/x",), ("10.1234/y",))
    assert {name: value for name, value in arxiv.fields.items() if not name.startswith("links")} == {
        "title": "As arXiv writes it",
        "abstract": "One line.\n\nA paragraph.",
        "authors": ("Ann B. One Jr", "The X Collaboration"),
        "published": "2007-04-02",
        "keywords": ("hep-ph", "cs.DL"),
    }
    assert (raw.fields["authors"], raw.fields["published"]) == (("Ann One", "Bob Two"), "2007-03-31")
    assert (dublin_core.fields["authors"], dublin_core.fields["published"]) == (("Ann One", "Bob Two"), "2007-03-30")
    assert dublin_core.fields["abstract"] == "Text."
    assert [item.problem.message for item in reading.rejected] == [
        "the item cannot be read: expected metadata as arXiv, arXivRaw or oai_dc"
    ]


def test_what_is_left_out_is_named() -> None:
    left = {ANSWER[span.start : span.end]: span.what for span in read("oai", ANSWER).spans}
    assert left[DELETED.strip()] == "deleted records"
    assert left['<resumptionToken cursor="0">abc|1</resumptionToken>'] == "resumption tokens"
    assert left["<updated>2007-07-24</updated>"] == "dates of revisions"


def test_only_answers_are_recognised() -> None:
    assert recognised(ANSWER) == "oai"
    assert recognised("<records><record>x</record></records>") != "oai"


def test_no_damage_makes_the_reader_raise() -> None:
    for text in damaged(ANSWER, seed=4, count=300):
        read("oai", text)


@pytest.mark.parametrize(
    "text",
    [
        "<OAI-PMH>" + "<record>" * 15_000,
        "<OAI-PMH>" + "<record/>" * 5_000,
        "<OAI-PMH><record><metadata><arXiv><authors>" + "x and " * 160_000,
    ],
    ids=range(3),
)
def test_a_hostile_megabyte_is_read_in_time(text: str) -> None:
    read_at_once("oai", text)


@pytest.mark.parametrize(
    ("file", "count"), [("arxiv-physics-hep-ex.xml", 3), ("arxiv-single.xml", 1), ("sample_arxiv_record.xml", 12)]
)
def test_real_files_are_read_as_another_parser_reads_them(file: str, count: int) -> None:
    data = shared(f"digests/oai_pmh/{file}").read_bytes()
    assert recognised(data) == "oai"
    reading = read("oai", data, file)
    found = etree.fromstring(data).findall(".//{*}metadata/{*}arXiv")
    assert (len(reading.records), len(found), len(reading.rejected)) == (count, count, 0)
    for record, metadata in zip(reading.records, found, strict=True):
        value = {etree.QName(element).localname: element.text or "" for element in metadata}
        names = [
            " ".join(author.findtext(f"{{*}}{part}") or "" for part in ("forenames", "keyname", "suffix")).strip()
            for author in metadata.iter("{*}author")
        ]
        assert record.id == value["id"]
        assert record.title == " ".join(value["title"].split())
        assert " ".join(str(record.fields["abstract"]).split()) == " ".join(value["abstract"].split())
        assert record.fields["authors"] == tuple(dict.fromkeys(names))
        assert record.fields["published"] == value["created"]
        assert record.fields["keywords"] == tuple(value["categories"].split())
        assert record.also == tuple(filter(None, [value.get("doi", "").lower()]))

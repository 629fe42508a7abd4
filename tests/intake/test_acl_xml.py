"""ACL Anthology XML against lxml."""

import random

from lxml import etree

from tests.intake.digests import fields, reading, shared_reading


def _text(element: etree._Element | None) -> str:
    """The element's text with formulas in dollars and scripts left out of account."""
    if element is None:
        return ""
    for formula in element.iter("tex-math"):
        formula.text = f"${' '.join((formula.text or '').split())}$"
    return " ".join("".join(element.itertext()).split())


def test_a_real_volume_gives_what_lxml_finds() -> None:
    data, made = shared_reading("acl-xml", "acl_xml/2022.acl.xml")
    papers = [(volume, paper) for volume in etree.fromstring(data).iter("volume") for paper in volume.findall("paper")]
    assert (len(made.records), len(made.rejected)) == (len(papers), 0)
    for record, (volume, paper) in random.Random(1).sample(list(zip(made.records, papers, strict=True)), 20):
        paper_id = f"2022.acl-{volume.get('id')}.{paper.get('id')}"
        names = [(author.findtext("first") or "", author.findtext("last") or "") for author in paper.findall("author")]
        assert record.id == paper_id
        assert record.also == (paper.findtext("doi"),)
        assert fields(record, "title", "abstract", "authors", "published", "links.pdf", "links.url", "links.doi") == {
            "title": _text(paper.find("title")),
            "abstract": _text(paper.find("abstract")),
            "authors": tuple(f"{first} {last}".strip() for first, last in names),
            "published": "2022-05",
            "links.pdf": f"https://aclanthology.org/{paper.findtext('url')}.pdf",
            "links.url": f"https://aclanthology.org/{paper_id}/",
            "links.doi": f"https://doi.org/{paper.findtext('doi')}",
        }


def test_old_ids_and_addresses_elsewhere() -> None:
    data, made = shared_reading("acl-xml", "acl_xml/L06.xml")
    urls = [paper.findtext("url") for paper in etree.fromstring(data).iter("paper")]
    assert [record.id for record in made.records] == ["L06-1001", "L06-1060", "L06-1067", "L06-1471"]
    assert [record.fields["links.pdf"] for record in made.records] == urls


def test_the_month_is_that_of_the_papers_own_volume() -> None:
    metas = ("<meta><year>2001</year><month>May</month></meta>", "", "<meta><year>2003</year></meta>")
    volumes = "".join(
        f'<volume id="{number}">{meta}<paper id="1"><title>T{number}</title></paper></volume>'
        for number, meta in enumerate(metas)
    )
    made = reading("acl-xml", f'<collection id="X01">{volumes}</collection>'.encode())
    assert [record.fields.get("published", "") for record in made.records] == ["2001-05", "", "2003"]

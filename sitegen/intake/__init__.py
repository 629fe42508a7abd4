"""Digests in: a reader per format, which makes records of it; `sitegen.matching` finds which papers these are of.

A format is one file with `recognises` and `read`, and one line in READERS. What formats have in common:

- every reader: `raw` (text with places), `gathering` (from what a format calls its fields to records), `reading`
  (records, and what each byte is), `names`, `dates`, `notices`, `link_kinds`; ids are `sitegen.identity`'s;
- XML: `xml_records` gathers the items that `xml_items` finds in the text; `xml_tree` walks in one, `xml_text` and
  `mathml_tex` make text of it (acl_xml, arxiv_atom, feed, jats, oai, pubmed);
- named fields of lists (csv_table, json_papers, markdown_*, post, newsletter_yaml): `fields` makes a paper of them,
  by `field_names` and `field_values`; `json_*`, `csv_rows` and `yaml_*` say where each stands;
- lines with tags (endnote, medline, ris): `tagged`, and `reference_managers` for the two that these exchange;
- citations in lines (pubmed_text): `pubmed_citations`;
- arXiv's texts (arxiv_mail, arxiv_listing, arxiv_abs): `arxiv_items`;
- HTML inside feeds: `html_text`; pages as Markdown: `html_page`; neither is parsed before
  `html_depth` allows it; archives, mails, mailboxes and pages: `containers`.
"""

from sitegen.intake import (
    acl_xml,
    arxiv_abs,
    arxiv_atom,
    arxiv_listing,
    arxiv_mail,
    arxiv_page,
    bibtex,
    csv_table,
    endnote,
    feed,
    hf_daily,
    jats,
    json_lines,
    json_papers,
    markdown_digest,
    medline,
    newsletter_yaml,
    oai,
    page_text,
    post,
    pubmed,
    pubmed_text,
    ris,
    scholar,
)
from sitegen.intake.raw import LARGEST, RawDigest
from sitegen.intake.reading import Reader
from sitegen.problems import Problem, problem

# Asked in this order, so the strictest stand first; tests/intake/test_recognition.py lists which overlap, and why.
READERS = {
    "arxiv-mail": Reader(arxiv_mail.recognises, arxiv_mail.read),
    "arxiv-abs": Reader(arxiv_abs.recognises, arxiv_abs.read),
    "arxiv-listing": Reader(arxiv_listing.recognises, arxiv_listing.read),
    "arxiv-page": Reader(arxiv_page.recognises, arxiv_page.read),
    "arxiv-atom": Reader(arxiv_atom.recognises, arxiv_atom.read),
    "feed": Reader(feed.recognises, feed.read),
    "jats": Reader(jats.recognises, jats.read),
    "oai": Reader(oai.recognises, oai.read),
    "acl-xml": Reader(acl_xml.recognises, acl_xml.read),
    "pubmed": Reader(pubmed.recognises, pubmed.read),
    "medline": Reader(medline.recognises, medline.read),
    "pubmed-text": Reader(pubmed_text.recognises, pubmed_text.read),
    "ris": Reader(ris.recognises, ris.read),
    "endnote": Reader(endnote.recognises, endnote.read),
    "bibtex": Reader(bibtex.recognises, bibtex.read),
    "scholar": Reader(scholar.recognises, scholar.read),
    "hf-daily": Reader(hf_daily.recognises, hf_daily.read),
    "json": Reader(json_papers.recognises, json_papers.read),
    "jsonl": Reader(json_lines.recognises, json_lines.read, json_lines.read_by),
    "post": Reader(post.recognises, post.read),
    "newsletter-yaml": Reader(newsletter_yaml.recognises, newsletter_yaml.read),
    "csv": Reader(csv_table.recognises, csv_table.read),
    "markdown": Reader(markdown_digest.recognises, markdown_digest.read),
    "page-text": Reader(page_text.recognises, page_text.read),
}


def reader_for(raw: RawDigest, name: str = "") -> Reader | Problem:
    """The reader with that name, else the first that recognises the content; or why there is none.

    The text of a large digest may take four times its bytes, and where its beginning tells, it is not made.
    """
    if len(raw.data) > LARGEST:
        return problem("digest-large", file=raw.name, size=len(raw.data), most=LARGEST)
    found = _reader_for(raw.beginning, name)
    return _reader_for(raw, name) if isinstance(found, Problem) else found


def _reader_for(raw: RawDigest, name: str) -> Reader | Problem:
    if not raw.text or raw.text.isspace():
        return problem("digest-empty", file=raw.name, line=raw.first_line)
    if raw.is_binary:
        return problem("digest-binary", file=raw.name, line=raw.first_line)
    if name:
        return READERS[name]
    for reader in READERS.values():
        if reader.recognises(raw):
            return reader
    if columns := csv_table.unknown_columns(raw):
        return columns
    first = raw.text.strip().splitlines()[0]
    return problem("digest-unknown", file=raw.name, line=raw.first_line, value=first)

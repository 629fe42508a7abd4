"""A heading or list item of Markdown with the text below it, as a paper: labelled fields, links, authors, abstract."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sitegen.intake import dates, markdown_head, markdown_prose
from sitegen.intake import markdown_inline as inline
from sitegen.intake.field_names import LINKS, fields_of
from sitegen.intake.fields import found_of
from sitegen.intake.gathering import Found
from sitegen.intake.markdown_blocks import Line
from sitegen.intake.markdown_labels import Label, label_of
from sitegen.intake.markdown_sections import is_section
from sitegen.intake.paper_pages import leads_to_paper
from sitegen.intake.reading import PAPER, Span

UNUSED = "unused fields"
_SUMMARY = re.compile(r"<summary\b[^<>]*>(?P<name>[^<]*)</summary>", re.IGNORECASE)
_CLOSED = re.compile(r"</details>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:details|summary|p|br|div|span|a)\b[^<>]*>", re.IGNORECASE)
_ARXIV = re.compile(r"\barxiv:\s?(\d{4}\.\d{4,5}(?:v\d+)?)(?![\w.]*\d)", re.IGNORECASE)
_DOI = re.compile(r"\bdoi:\s?(10\.\d{4,9}/[^\s,;\[\]<>]*[^\s,;\[\]<>.)])", re.IGNORECASE)
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_SEVERAL = re.compile(r",| and | & |\bet al\b")
# Fields that are one line or paragraph; an abstract goes on until another begins.
_LONG = "abstract"
_TITLE_LINE = "title line"
_LINK_LINE = "link line"
_PROSE_LINE = "prose line"
# What a label for prose without one would be; no label of a digest is written so.
_PROSE = "abstract "


class Entry(NamedTuple):
    """found: the paper; spans: what the lines are."""

    found: Found
    spans: list[Span]


class _Body:
    """The fields of an entry while its lines are read."""

    def __init__(self, head: Line) -> None:
        self.head = head
        self.values: dict[str, list[str]] = {}
        self.links: list[tuple[str, str]] = []
        self.owners: list[str] = []
        """For each line the name of the field that it belongs to, or ""."""
        self.name = ""

    def put(self, name: str, text: str) -> None:
        field = field_of(name)
        if text and field:
            self.values.setdefault(name, []).append(text)
            if field in LINKS:
                self.links += [
                    (inline.kind_for(field, url) if kind == "url" else kind, url) for kind, url in inline.pairs(text)
                ]


@lru_cache(maxsize=4_096)
def field_of(name: str) -> str:
    """The field of a paper that a label names, or ""."""
    return next(iter(fields_of([name], {}).values()), "")


def entry_of(lines: list[Line], columns: Mapping[str, str]) -> Entry | None:
    """The paper that the lines are; None where nothing says that they are one: no paper's address, no abstract.

    It has no title where only the heading of a section stands above it.
    """
    if not any(":" in line.text or "：" in line.text or "<summary" in line.text for line in lines):
        return None  # no address and no label: most headings and list items of a long page
    head = markdown_head.head_of(lines[0].content)
    body = _Body(lines[0])
    for line in lines[1:]:
        source = "" if _leads(head.links) else markdown_head.source_in(line.text)
        head = markdown_head.head_of(source) if source else head
        body.owners.append(_TITLE_LINE if source else _owner(body, line))
    body.links[:0] = head.links
    ids, dois = ([found[1] for line in lines[:3] for found in each.finditer(line.text)][:1] for each in (_ARXIV, _DOI))
    body.links += [("doi", f"https://doi.org/{doi}") for doi in dois]
    if lines[0].kind != "item" and not _leads(body.links) and _may_be_title(head.title):
        body.links += markdown_prose.own_page("\n".join(line.text for line in lines[1:]))
    values: dict[str, Any] = {name: _joined(name, texts) for name, texts in body.values.items()}
    fields = set(fields_of(values, {}).values())
    in_section = "title" not in fields and is_section(head.title)
    if "title" not in fields and not in_section:
        values["title"] = head.title
    if "authors" not in fields and (authors := markdown_head.authors_in(head.rest)):
        values["authors"] = authors
    if ids:
        values["arxiv_id"] = ids[0]
    prose = _prose(lines, body, "" if "authors" in values else head.rest)
    if "abstract" not in fields and prose.text:
        values[_PROSE] = prose.text
    found, used = found_of({n: v for n, v in values.items() if field_of(n) not in LINKS}, columns, body.links)
    if not (found.title or in_section) or not _is_paper(found, fields):
        return None
    owners = [_PROSE if number in prose.lines else owner for number, owner in enumerate(body.owners, 1)]
    return Entry(found, list(_spans(lines, owners, used)))


def _may_be_title(heading: str) -> bool:
    """Whether it is neither a word, such as "News", nor of a day."""
    return " " in heading and not dates.day_in(heading)


def _prose(lines: list[Line], body: _Body, behind_title: str) -> markdown_prose.Prose:
    candidates = [number for number, owner in enumerate(body.owners, 1) if owner == _PROSE_LINE]
    return markdown_prose.prose_of(lines, candidates, behind_title)


def _is_paper(found: Found, fields: set[str]) -> bool:
    described = "abstract" in fields and ("authors" in fields or bool(found.links))
    return bool(found.id) or _leads(found.links) or described


def _leads(links: Iterable[tuple[str, str]]) -> bool:
    return any(leads_to_paper(url) for _, url in links)


def _joined(name: str, texts: list[str]) -> str:
    if field_of(name) == _LONG:
        return "\n".join(texts)
    return inline.unwrapped(" ".join(texts))


def _owner(body: _Body, line: Line) -> str:
    """Read one line; the name of the field that it belongs to."""
    text, closed = line.content, False
    if "<" in text:
        if summary := _SUMMARY.search(text):
            body.name = summary["name"].strip() if field_of(summary["name"]) else ""
        closed = bool(_CLOSED.search(text))
        text = _TAG.sub(" ", _SUMMARY.sub(" ", text)).strip()
    name = body.name
    if (label := label_of(text)) and not label.is_headline:
        name = _label(body, label)
    elif not text:
        _blank(body, line)
    elif body.name:
        body.put(body.name, text)
    else:
        name = _unlabelled(body, text, line)
    if closed:
        body.name = ""
    return name


def _label(body: _Body, label: Label) -> str:
    body.name = label.name
    # Of two texts with one label the first counts.
    if label.name in body.values and field_of(label.name) not in LINKS:
        body.name = f"{label.name} again:"
    body.put(body.name, label.value)
    return body.name


def _blank(body: _Body, line: Line) -> None:
    """A blank line ends every field that has begun but the abstract, where it ends a paragraph."""
    if line.kind == "blank" and body.name in body.values:
        if field_of(body.name) == _LONG:
            body.values[body.name].append("")
        else:
            body.name = ""


def _unlabelled(body: _Body, text: str, line: Line) -> str:
    """Authors below the title, in italics or several; links; or prose."""
    if not body.values and (authors := _authors(text)):
        body.values["authors"] = [authors]
        body.links += inline.pairs(text)
        return "authors"
    # A bare address at the margin is not part of a list item.
    inside = "](" in text or line.indent > 0 or body.head.kind != "item"
    if inside and inline.is_of_links(text):
        body.links += inline.pairs(text)
        return _LINK_LINE
    body.links += markdown_prose.links_in(text)
    return _PROSE_LINE


def _authors(text: str) -> str:
    """The authors that a line is: some in italics, or several names."""
    italic = inline.italic_of(text)
    if italic and italic == inline.unwrapped(text):
        return italic if "," in italic or markdown_head.are_people(italic) else ""
    names = _BY.sub("", inline.without_addresses(text))
    return names if _SEVERAL.search(names) and markdown_head.are_people(names) else ""


def _spans(lines: list[Line], owners: list[str], used: frozenset[str]) -> Iterator[Span]:
    for line, owner in zip(lines, [_TITLE_LINE, *owners], strict=True):
        if line.text.strip():
            kept = owner in (_TITLE_LINE, _LINK_LINE) or owner in used or field_of(owner) in LINKS
            yield Span(line.start, line.end, PAPER if kept else UNUSED)

"""BibTeX and BibLaTeX files: https://www.bibtex.org/Format/ and https://ctan.org/pkg/biblatex"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sitegen import identity
from sitegen.intake import dates
from sitegen.intake.bibtex_entries import MONTH_MACROS, Block, Field, blocks, fields, macro, value
from sitegen.intake.bibtex_text import address, names, unprotected, unwrapped
from sitegen.intake.gathering import Found, Gathering, named_after
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, Reading, Span
from sitegen.problems import problem

SYNTAX = "BibTeX syntax and text between entries"
UNUSED = "unused fields"
VOLUMES = "entries of whole volumes"
EMPTY = "entries without fields"
_NOTES = dict.fromkeys(("note", "annote", "annotation", "addendum"), "notes")
_NO_ENTRIES = {"comment": "comments", "string": "macros", "preamble": "macros"}
_VOLUMES = {"proceedings", "mvproceedings", "collection", "mvcollection", "periodical", "xdata", "set"}
_USED = frozenset(
    {"title", "subtitle", "author", "abstract", "date", "year", "month", "day", "published", "keywords", "crossref"}
    | {"url", "pdf", "howpublished", "doi", "eprint", "eprinttype", "archiveprefix"}
    | {"pmid", "pmcid", "code", "video", "openreview"}
)
_ENTRY = re.compile(r"^[ \t]*@(?:(?:string|preamble|comment)\s*[{(]|[a-z]+\s*[{(]\s*[^\s,{}()=\"]+\s*,)", re.M | re.I)
# What programs write above the first entry: comments, or a few lines in words.
_ABOVE = re.compile(r"%.*|[A-Za-z][^\t|<>{}`]{0,120}")
_MOST_ABOVE = 10
_KEY = re.compile(r"@\w+[ \t]*[{(]\s*([^\s,{}()]*)")
_ARXIV_WORD = re.compile(r"arxiv:\s*(\S+)|\babs/(\S+)", re.IGNORECASE)


class _Entry(NamedTuple):
    """An entry that could be read: its fields by name, and their places in it."""

    block: Block
    values: Mapping[str, str]
    fields: tuple[Field, ...]


def recognises(raw: RawDigest) -> bool:
    """Whether an entry stands above everything but comments and a few lines in words."""
    first = _ENTRY.search(raw.text[:200_000])
    if not first:
        return False
    above = [line.strip() for line in raw.text[: first.start()].splitlines() if line.strip()]
    words = [line for line in above if not line.startswith("%")]
    return len(words) <= _MOST_ABOVE and all(map(_ABOVE.fullmatch, words))


def read(raw: RawDigest) -> Reading:
    """One record an entry; what it does not say of its date, the entry of its volume does."""
    gathering = Gathering(raw)
    entries: list[_Entry] = []
    macros = dict(MONTH_MACROS)
    for block in blocks(raw.text):
        written = raw.text[block.start : block.end]
        if block.kind in _NO_ENTRIES and not block.error:
            gathering.ignore(block.start, block.end, _NO_ENTRIES[block.kind])
            macros |= macro(written, macros) if block.kind == "string" else {}
        elif "=" not in written:
            gathering.ignore(block.start, block.end, EMPTY)
        elif isinstance(found := block.error or fields(written), str):
            fault = problem("item-broken", file=raw.name, line=raw.line(block.start), error=found)
            gathering.reject(block.start, block.end, fault)
        else:
            values = {field.name: value(field.written, macros) for field in found}
            entries.append(_Entry(block, values, tuple(found)))
    _gather(gathering, entries)
    return gathering.reading(*named_after(raw), gap=SYNTAX, dated_records=True)


def _gather(gathering: Gathering, entries: list[_Entry]) -> None:
    keys = {_key(gathering.raw, entry.block): entry.values for entry in entries}
    keys[""] = _volume(entries)
    for entry in entries:
        start, end = entry.block.start, entry.block.end
        if entry.block.kind in _VOLUMES:
            gathering.ignore(start, end, VOLUMES)
        else:
            parent = keys.get(entry.values.get("crossref", "").strip().lower(), {})
            gathering.paper(start, end, _found(entry.values, parent), _spans(entry))


def _volume(entries: list[_Entry]) -> Mapping[str, str]:
    """The volume that all papers of a file are in, as in those of PMLR: it stands first, and no paper has its own date.

    https://proceedings.mlr.press/spec.html
    """
    if not entries or entries[0].block.kind not in _VOLUMES or any(_published(entry.values) for entry in entries[1:]):
        return {}
    return entries[0].values


def _key(raw: RawDigest, block: Block) -> str:
    """The name that other entries call the entry by."""
    found = _KEY.match(raw.text, block.start)
    return found[1].lower() if found else ""


def _spans(entry: _Entry) -> Iterator[Span]:
    start = entry.block.start
    for field in entry.fields:
        what = PAPER if field.name in _USED else _NOTES.get(field.name, UNUSED)
        yield Span(start + field.start, start + field.end, what)


def _found(values: Mapping[str, str], parent: Mapping[str, str]) -> Found:
    ids = tuple(filter(None, _ids(values)))
    parts = (unprotected(values.get(name, "")).strip() for name in ("title", "subtitle"))
    return Found(
        title=": ".join(filter(None, parts)),
        abstract=unwrapped(values.get("abstract", "")),
        authors=names(values.get("author", "")),
        published=_published(values) or _published(parent),
        keywords=_keywords(values.get("keywords", "")),
        links=tuple(_links(values)),
        id=ids[0] if ids else "",
        also=ids[1:],
    )


def _published(values: Mapping[str, str]) -> str:
    for name in ("date", "published"):
        if date := dates.bibliographic(values.get(name, "")):
            return date
    year = values.get("year", "").strip()
    month = dates.year_month(year, values.get("month", ""))
    day = values.get("day", "").strip()
    return dates.bibliographic(f"{month}-{day}") if day and len(month) > 4 else month or year


def _keywords(written: str) -> list[str]:
    return re.split(";" if ";" in written else ",", written)


def _ids(values: Mapping[str, str]) -> Iterator[str]:
    """arXiv's, the Anthology's and OpenReview's ids, the DOI, PubMed's; keys are only the file's own."""
    yield _arxiv_id(values)
    yield identity.acl_id(address(values.get("url", "")))
    if forum := values.get("openreview", "").strip():
        yield f"openreview:{forum}"
    yield identity.doi(address(values.get("doi", "")))
    if pmid := values.get("pmid", "").strip():
        yield f"PMID:{pmid}"
    yield values.get("pmcid", "").strip()


def _arxiv_id(values: Mapping[str, str]) -> str:
    """ "1706.03762" from `eprint`, or as people write it: `journal = {arXiv preprint arXiv:1706.03762}`."""
    if values.get("eprinttype", values.get("archiveprefix", "arxiv")).strip().lower() == "arxiv":
        eprint = values.get("eprint", "").strip()
        if identity.arxiv_id(eprint):
            return eprint
    for name in ("journal", "volume", "howpublished"):
        if found := _ARXIV_WORD.search(values.get(name, "")[:1_000]):
            return identity.arxiv_id((found[1] or found[2]).rstrip(".,;]})"))
    return ""


def _links(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, kind in (("url", "url"), ("pdf", "pdf"), ("code", "code"), ("video", "video")):
        yield kind, address(values.get(name, ""))
    if "http" in values.get("howpublished", ""):
        yield "url", address(values["howpublished"])

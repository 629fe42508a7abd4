"""What a reader has found so far, item by item: the one way from a format's fields to records.

gathering = Gathering(raw)
for start, end, … in …:
    gathering.paper(start, end, Found(title=…, abstract=…, id=…))
return gathering.reading("acl-anthology", "ACL Anthology", gap="XML markup", dated_records=True)
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sitegen import identity
from sitegen.intake import dates, field_values, names, notices
from sitegen.intake.encodings import bad_byte
from sitegen.intake.link_kinds import links_of
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import PAPER, FoundDate, Reading, Rejected, Span
from sitegen.model import Notice, Record, Value
from sitegen.problems import Problem, problem
from sitegen.text import clean

MOST_NAMED = 20
"""Papers without an abstract that are named one by one; of more there is one warning for all."""


@dataclass(frozen=True, slots=True)
class Found:
    """One paper as its digest writes it: raw texts, which are cleaned here.

    abstract: None where the format gives none, so that nobody misses it.
    published: ISO, whole or in part ("2025-03-13T…", "2025-03", "2025"). links: (kind, address) pairs, kind "url" where
    the address itself tells. id: the best id the source gives; also: its other ids (a DOI, an ACL id, "PMID:123").
    notice, version ("3"): where the source has a field for them; `notices.completed` finds those that its words tell.
    """

    title: str = ""
    abstract: str | None = ""
    authors: Iterable[str] = ()
    published: str = ""
    keywords: Iterable[str] = ()
    links: Sequence[tuple[str, str]] = ()
    id: str = ""
    also: Sequence[str] = ()
    notice: Notice | None = None
    version: str = ""


def record_of(found: Found, file: str, line: int) -> tuple[Record, list[Problem]] | Problem:
    """(the record, warnings), or why it is none: a paper without a title."""
    title = clean.line(found.title)
    if not title:
        return problem("item-no-title", file=file, line=line, field="title")
    also = tuple(dict.fromkeys(identity.doi(name) or name for name in map(clean.line, found.also) if name))
    paper_id = clean.line(found.id)
    links, refused = links_of(found.links, (paper_id, *also))
    fields: dict[str, Value] = {
        "title": title,
        "abstract": clean.paragraphs(field_values.text(found.abstract)),
        "authors": lines(map(names.without_others, lines(found.authors))),
        "published": dates.published(found.published),
        "keywords": tuple(map(sys.intern, lines(found.keywords))),  # the same few in 100,000 papers
        "notice": notices.value_of(_cleaned(found.notice)) if found.notice else "",
        "version": found.version if found.version.isdecimal() else "",
    }
    fields |= {f"links.{kind}": url for kind, url in links.items()}
    warnings = [problem("item-url", file=file, line=line, field="url", value=url) for url in refused]
    if found.abstract is not None and not fields["abstract"]:
        warnings.append(problem("item-no-abstract", file=file, line=line, field="abstract", value=title))
    if found.published.strip() and not fields["published"]:
        warnings.append(problem("item-date-left", file=file, line=line, field="date", value=found.published))
    kept = {name: value for name, value in fields.items() if value}
    return Record(kept, id=paper_id, line=line, also=also), warnings


def _cleaned(notice: Notice) -> Notice:
    reason = clean.line(notice.reason)[: notices.LONGEST_REASON]
    return replace(notice, reason=reason, date=dates.published(notice.date))


def lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Names or keywords, each cleaned, once, and none empty."""
    return tuple(dict.fromkeys(filter(None, map(clean.line, texts))))


def named_after(raw: RawDigest) -> tuple[str, str]:
    """(source, title) of a digest that does not say whose it is, from its file's name.

    >>> named_after(RawDigest("2025-03-14-my_papers.bib", b"")), named_after(RawDigest("-", b""))
    (('my_papers', 'My papers'), ('papers', 'Papers'))
    >>> named_after(RawDigest("2025-03-14.bib", b""))
    ('papers', 'Papers')
    """
    source = raw.stem if raw.stem.strip("-") else "papers"
    return source, clean.line(source.replace("-", " ").replace("_", " ")).capitalize() or "Papers"


class Gathering:
    """The records, spans and problems of one digest while it is read."""

    def __init__(self, raw: RawDigest) -> None:
        self.raw = raw
        self.records: list[Record] = []
        self.spans: list[Span] = []
        self.rejected: list[Rejected] = []
        self.problems: list[Problem] = []

    def paper(self, start: int, end: int, found: Found, spans: Iterable[Span] = ()) -> bool:
        """Add the paper that `text[start:end]` is, or reject it; whether it was added.

        spans: what its bytes are, where not all of them are the paper's; gaps between them are the reading's `gap`.
        """
        if bad := bad_byte(self.raw.text[start:end]):
            line = self.raw.line(start + bad[1])
            self.reject(start, end, problem("item-not-utf8", file=self.raw.name, line=line, byte=bad[0]))
            return False
        return self.put(start, end, record_of(found, self.raw.name, self.raw.line(start)), spans)

    def put(
        self, start: int, end: int, item: tuple[Record, list[Problem]] | Problem, spans: Iterable[Span] = ()
    ) -> bool:
        """As `paper`, where `text[start:end]` was made a record (`record_of`) and holds no bad byte."""
        if isinstance(item, Problem):
            self.reject(start, end, item)
            return False
        self.records.append(item[0])
        self.problems += item[1]
        self.spans += spans or (Span(start, end, PAPER),)
        return True

    def take(self, other: "Gathering") -> None:
        """Add what was gathered in a later part of the digest."""
        self.records += other.records
        self.spans += other.spans
        self.rejected += other.rejected
        self.problems += other.problems

    def reject(self, start: int, end: int, why: Problem) -> None:
        """`text[start:end]` is an item that cannot be added."""
        self.rejected.append(Rejected(start, end, why))

    def ignore(self, start: int, end: int, what: str) -> None:
        """`text[start:end]` is of a named kind that is not kept."""
        if end > start:
            self.spans.append(Span(start, end, what))

    def reading(
        self, source: str, title: str, *, gap: str, date: FoundDate | None = None, dated_records: bool = False
    ) -> Reading:
        """The whole; `gap` names what stands between all spans."""
        problems = self._without_flood()
        return Reading(source, title, self.records, self.spans, gap, self.rejected, date, dated_records, problems)

    def _without_flood(self) -> list[Problem]:
        missing = sum(found.code == "item-no-abstract" for found in self.problems)
        if missing <= MOST_NAMED:
            return self.problems
        every = problem("digest-no-abstracts", file=self.raw.name, missing=missing, papers=len(self.records))
        return [every, *(found for found in self.problems if found.code != "item-no-abstract")]

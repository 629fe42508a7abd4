"""Which paper of the archive a record is: by its ids, else by its title where nothing speaks against it."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from sitegen import identity
from sitegen.model import Entry, Paper, Record
from sitegen.text.fold import fold

_HASH = re.compile(r"-[0-9a-f]{8}$")
_KINDS_OF_IDS = {"arxiv": "arXiv id", "doi": "DOI"}


class Match(NamedTuple):
    """The paper that a record is, and what says so: "arXiv id 2503.00001", "same title, authors in common: zhang"."""

    paper: Paper
    evidence: str


class Index:
    """The papers of an archive by id, alias and title. Papers can be put in as they are added.

    entries: the papers that are there already; `open_paper` opens the page of one, which happens only to those that a
    record may be.
    """

    def __init__(self, entries: Iterable[Entry] = (), open_paper: Callable[[Entry], Paper] | None = None) -> None:
        self.papers: dict[str, Paper] = {}
        """Those that were put in or opened."""
        self._open = open_paper
        self._entries: dict[str, Entry] = {}
        self._owner: dict[str, str] = {}
        self._titles: dict[str, dict[str, None]] = {}
        for entry in entries:
            self._entries[entry.id] = entry
            self._know(entry.id, entry.aliases, entry.title_keys)

    def put(self, paper: Paper) -> None:
        """Add the paper, or the new state of one."""
        self.papers[paper.id] = paper
        self._know(paper.id, paper.aliases, identity.title_keys(paper))

    def _know(self, paper_id: str, aliases: Iterable[str], title_keys: Iterable[str]) -> None:
        self._owner[paper_id] = paper_id
        for name in aliases:
            self._owner.setdefault(name, paper_id)
        for key in title_keys:
            self._titles.setdefault(key, {})[paper_id] = None

    def paper(self, paper_id: str) -> Paper | None:
        """The paper with this id, opened if it was not yet."""
        if paper_id not in self.papers and paper_id in self._entries and self._open:
            self.papers[paper_id] = self._open(self._entries[paper_id])
        return self.papers.get(paper_id)

    def owner(self, name: str) -> str:
        """The id of the paper whose id or alias `name` is, or ""."""
        return self._owner.get(name, "")

    def match(self, record: Record) -> Match | None:
        """The paper that the record is, with the evidence; or None for a new one."""
        paper = self.find(record)
        return Match(paper, evidence(record, paper)) if paper else None

    def find(self, record: Record) -> Paper | None:
        """The paper that the record is, or None for a new one."""
        titled = self._titled(record)
        for paper_id in identity.record_ids(record):
            paper = self.paper(self.owner(paper_id))
            if paper and (identity.scheme(paper_id) or paper in titled or share_authors(record, paper)):
                return paper
        return min((paper for paper in titled if may_be(record, paper)), key=lambda paper: paper.id, default=None)

    def owners(self, record: Record) -> list[str]:
        """The papers that the record's arXiv id and DOI belong to: more than one, where the archive has it twice."""
        names = (name for name in identity.record_ids(record) if identity.scheme(name))
        return list(dict.fromkeys(filter(None, map(self.owner, names))))

    def _titled(self, record: Record) -> list[Paper]:
        """The papers that have, or that a digest gave, the record's title, whatever a human made of it since."""
        keys = identity.record_title_keys(record)
        found = dict.fromkeys(paper_id for key in keys for paper_id in self._titles.get(key, ()))
        return [paper for paper_id in found if (paper := self.paper(paper_id))]


def evidence(record: Record, paper: Paper) -> str:
    """What speaks for the record's being the paper: an id, else the title, and the authors that both name."""
    names = {paper.id, *paper.aliases}
    if shared := next((name for name in identity.record_ids(record) if name in names), ""):
        return f"{_KINDS_OF_IDS.get(identity.scheme(shared), 'id')} {shared}"
    authors = sorted(_family_names(record.fields.get("authors", ())) & _family_names(paper.authors))
    return "same title" + (f", authors in common: {', '.join(authors)}" if authors else "")


def share_authors(record: Record, paper: Paper) -> bool:
    """Whether an author of the one has the family name of an author of the other."""
    return bool(_family_names(record.fields.get("authors", ())) & _family_names(paper.authors))


def may_be(record: Record, paper: Paper) -> bool:
    """Whether a record with the same title can be the paper: no two ids of one kind, and authors in common.

    Different papers share titles ("Introduction"), so authors decide whenever both sides name them.
    """
    theirs = _ids(paper)
    ours = identity.record_ids(record)
    schemes = {identity.scheme(paper_id) for paper_id in theirs}
    if any(identity.scheme(paper_id) in schemes for paper_id in ours):
        return False
    authors = record.fields.get("authors", ())
    if authors and paper.authors:
        return share_authors(record, paper)
    return not (ours and theirs)


def _ids(paper: Paper) -> list[str]:
    """The paper's ids and aliases that are not just slugs of its titles."""
    slugs = {identity.title_slug(title) for title in identity.titles(paper)}
    return [name for name in (paper.id, *paper.aliases) if name not in slugs and not _is_hashed_slug(name, slugs)]


def _is_hashed_slug(name: str, slugs: set[str]) -> bool:
    stem = _HASH.sub("", name)
    return stem != name and any(slug.startswith(stem) for slug in slugs)


def _family_names(authors: Iterable[str]) -> set[str]:
    """{"zhang"} of "Wei Zhang" and of "Zhang, Wei"."""
    return {_family_name(fold(author)) for author in authors} - {""}


def _family_name(author: str) -> str:
    before, comma, _ = author.partition(",")
    return before.strip() if comma else author.rpartition(" ")[2]

"""Which paper of the archive a record is: by its ids, else by its title where nothing speaks against it."""

import re
from collections.abc import Iterable

from sitegen import identity
from sitegen.model import Paper, Record
from sitegen.text.fold import fold

# Before the hash of a title that a digest gave, so that it is no fingerprint.
_SAID = "#"
_HASH = re.compile(r"-[0-9a-f]{8}$")


class Index:
    """The papers of an archive by id, alias and title fingerprint. Papers can be put in as they are added."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self.papers: dict[str, Paper] = {}
        self._owner: dict[str, str] = {}
        self._titles: dict[str, dict[str, None]] = {}
        for paper in papers:
            self.put(paper)

    def put(self, paper: Paper) -> None:
        """Add the paper, or the new state of one."""
        self.papers[paper.id] = paper
        self._owner[paper.id] = paper.id
        for name in paper.aliases:
            self._owner.setdefault(name, paper.id)
        for key in _title_keys(paper):
            self._titles.setdefault(key, {})[paper.id] = None

    def owner(self, name: str) -> str:
        """The id of the paper whose id or alias `name` is, or ""."""
        return self._owner.get(name, "")

    def find(self, record: Record) -> Paper | None:
        """The paper that the record is, or None for a new one."""
        titled = self._titled(record)
        for paper_id in identity.record_ids(record):
            paper = self.papers.get(self.owner(paper_id))
            if paper and (identity.scheme(paper_id) or paper in titled or _share_authors(record, paper)):
                return paper
        return min((paper for paper in titled if may_be(record, paper)), key=lambda paper: paper.id, default=None)

    def owners(self, record: Record) -> list[str]:
        """The papers that the record's arXiv id and DOI belong to: more than one, where the archive has it twice."""
        names = (name for name in identity.record_ids(record) if identity.scheme(name))
        return list(dict.fromkeys(filter(None, map(self.owner, names))))

    def _titled(self, record: Record) -> list[Paper]:
        """The papers that have, or that a digest gave, the record's title, whatever a human made of it since."""
        keys = (identity.fingerprint(record.title), _SAID + identity.said_hash(record.title))
        found = dict.fromkeys(paper_id for key in keys for paper_id in self._titles.get(key, ()))
        return [self.papers[paper_id] for paper_id in found]


def _title_keys(paper: Paper) -> set[str]:
    said = {_SAID + sighting.said["title"] for sighting in paper.sightings if "title" in sighting.said}
    return said | {identity.fingerprint(title) for title in _titles(paper)}


def _share_authors(record: Record, paper: Paper) -> bool:
    return bool(_family_names(record.fields.get("authors", ())) & _family_names(paper.authors))


def _titles(paper: Paper) -> set[str]:
    said = (str(sighting.differs["title"]) for sighting in paper.sightings if "title" in sighting.differs)
    return {paper.title, *said}


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
        return _share_authors(record, paper)
    return not (ours and theirs)


def _ids(paper: Paper) -> list[str]:
    """The paper's ids and aliases that are not just slugs of its titles."""
    slugs = {identity.title_slug(title) for title in _titles(paper)}
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

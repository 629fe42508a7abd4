"""Which paper of the archive a record is: by its ids, else by its title where nothing speaks against it."""

import re
from collections.abc import Iterable

from sitegen import identity
from sitegen.model import Paper, Record
from sitegen.text.fold import fold


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
        for name in (paper.id, *paper.aliases):
            self._owner.setdefault(name, paper.id)
        for title in _titles(paper):
            self._titles.setdefault(identity.fingerprint(title), {})[paper.id] = None

    def owner(self, name: str) -> str:
        """The id of the paper whose id or alias `name` is, or ""."""
        return self._owner.get(name, "")

    @property
    def taken(self) -> set[str]:
        return set(self._owner)

    def find(self, record: Record) -> Paper | None:
        """The paper that the record is, or None for a new one."""
        for paper_id in identity.record_ids(record):
            if owner := self.owner(paper_id):
                return self.papers[owner]
        print_ = identity.fingerprint(record.title)
        candidates = [self.papers[paper_id] for paper_id in self._titles.get(print_, ())] if print_ else []
        fitting = [paper for paper in candidates if may_be(record, paper)]
        return min(fitting, key=lambda paper: paper.id, default=None)


def _titles(paper: Paper) -> set[str]:
    said = (str(sighting.differs["title"]) for sighting in paper.sightings if "title" in sighting.differs)
    return {paper.title, *said}


def may_be(record: Record, paper: Paper) -> bool:
    """Whether a record with the same title can be the paper: no two ids of one kind, and authors in common.

    Different papers share titles ("Introduction"), so authors decide whenever both sides name them and both have ids.
    """
    theirs = _ids(paper)
    ours = identity.record_ids(record)
    schemes = {identity.scheme(paper_id) for paper_id in theirs}
    if any(identity.scheme(paper_id) in schemes for paper_id in ours):
        return False
    authors = record.fields.get("authors", ())
    if authors and paper.authors:
        return bool(_family_names(authors) & _family_names(paper.authors))
    return not (ours and theirs)


def _ids(paper: Paper) -> list[str]:
    """The paper's ids and aliases that are not just slugs of its titles."""
    slugs = {identity.title_slug(title) for title in _titles(paper)}
    hashed = re.compile(r"-[0-9a-f]{8}$")
    return [
        name for name in (paper.id, *paper.aliases) if name not in slugs and not _is_hashed_slug(name, slugs, hashed)
    ]


def _is_hashed_slug(name: str, slugs: set[str], hashed: re.Pattern[str]) -> bool:
    stem = hashed.sub("", name)
    return stem != name and any(slug.startswith(stem) for slug in slugs)


def _family_names(authors: Iterable[str]) -> set[str]:
    return {name for author in authors for name in re.split(r"[\s,]+", fold(author)) if len(name) > 1}

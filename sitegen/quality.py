"""`sitegen build --report`: build, ask the site's search for the archive's own papers, build again with the figures."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sitegen import config
from sitegen.build import Built, build
from sitegen.catalogue import open_entry
from sitegen.model import Entry
from sitegen.problems import ProblemsFound
from sitegen.publish import Published
from sitegen.render.figures import Quality
from sitegen.search import known_items, measured
from sitegen.search.asked import answers
from sitegen.search.known_items import Item
from sitegen.stages import Stages
from sitegen.text.markup import to_plain

QUERIES = 100
"""At most so many of each kind."""
READ = 2_000
"""At most so many papers are opened to make them; how rare a word is shows in as many, too."""
_SEED = "report"


def build_with_quality(config_file: Path, stages: Stages | None = None) -> Built:
    """Build the site with the page on how good its search is. What it did is what both builds did.

    Raises ProblemsFound like `build`; and, with the site built without that page, if its search cannot be asked.
    """
    stages = stages or Stages()
    first = build(config_file, stages=stages)
    try:
        with stages("ask"):
            found = _quality(config_file, first.site.archive.papers)
    except ProblemsFound as stopped:
        raise ProblemsFound([*first.warnings, *stopped.problems]) from None
    second = build(config_file, quality=found, stages=stages)
    return replace(second, published=_together(first.published, second.published))


def _quality(config_file: Path, papers: Sequence[Entry]) -> Quality:
    place = config.load(config_file)
    items = [_item(place.content, entry) for entry in _some(papers)]
    queries = known_items.queries(items, known_items.known_of(items), _SEED, QUERIES)
    found = answers(place.site, [query.text for query in queries])
    titles = {paper.id: paper.title for paper in papers}
    return measured.quality([*zip(queries, found, strict=True)], titles)


def _some(papers: Sequence[Entry]) -> Sequence[Entry]:
    """All papers, or as many as are read, the same for the same papers."""
    in_order = sorted(papers, key=lambda paper: paper.id)
    chance = random.Random(_SEED)  # noqa: S311 (nothing is kept secret by it)
    return chance.sample(in_order, min(READ, len(in_order)))


def _item(content: Path, entry: Entry) -> Item:
    """A paper as readers see it, and so as they remember it: without TeX."""
    paper = open_entry(content, entry)
    return Item(entry.id, entry.title, tuple(map(to_plain, paper.authors)), to_plain(paper.abstract))


def _together(first: Published, second: Published) -> Published:
    """What two builds, one after the other, did. A file that both wrote counts once where it is new."""
    new = min(second.files, first.new + second.new)
    changed = min(second.files - new, first.changed + second.changed)
    return replace(
        second,
        new=new,
        changed=changed,
        reused=second.files - new - changed,
        removed=first.removed + second.removed,
        made=first.made + second.made,
    )

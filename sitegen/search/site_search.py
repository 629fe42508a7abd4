"""The search of a site, made again when any paper is another."""

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sitegen import search
from sitegen.cache import Cache
from sitegen.catalogue import open_paper
from sitegen.model import Entry
from sitegen.outputs import Output, finished
from sitegen.render.site import Site
from sitegen.search.made import Made, made_of
from sitegen.search.plain import plain
from sitegen.work import Progress, silent, spread

_NAME = "search"


def outputs(
    site: Site, lunr_js: str, cache: Cache, progress: Progress = silent, *, may_be_old: bool = False
) -> list[Output]:
    """The files of the search; those of the last build, where they may be old and there are any."""
    digest = hashlib.blake2b(repr(site.tag_pages).encode(), digest_size=16)
    for paper in site.archive.papers:
        digest.update(paper.stamp)
    key = digest.hexdigest()
    known, files = cache.load(_NAME) or ("", None)
    if files is None or (known != key and not may_be_old):
        make = partial(_made, site.common.content)
        papers: list[Made] = []
        for part in spread(make, site.archive.papers):
            papers += part
            progress(len(papers), len(site.archive.papers))
        files = search.outputs(papers, lunr_js, tag_pages=site.with_page)
        cache.save(_NAME, (key, files))
    return [finished(path, data) for path, data in files]


def _made(content: Path, papers: Sequence[Entry]) -> list[Made]:
    return [made_of(plain(open_paper(content, paper.path), paper.tags)) for paper in papers]

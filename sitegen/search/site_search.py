"""The search of a site: its files, and what is remembered of them from build to build."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache as remembered
from functools import partial
from pathlib import Path

from sitegen.cache import Cache
from sitegen.catalogue import open_entry
from sitegen.model import Entry
from sitegen.outputs import Output
from sitegen.problems import ProblemsFound, problem
from sitegen.render.site import Site
from sitegen.search import corpus, files
from sitegen.search.index import Index, index_of
from sitegen.search.tokens import Tokenizer, Tokens
from sitegen.work import Progress, silent, spread

_FILES, _WORDS = "search", "search-words"


def outputs(
    site: Site,
    lunr_js: str,
    cache: Cache,
    parts: Iterable[Tokens],
    progress: Progress = silent,
    *,
    may_be_old: bool = False,
) -> list[Output]:
    """The files of the search; those of the last build, where they may be old and there are any.

    parts: the tokens of papers that were read in this build.
    """
    # Numbers ascend with time, so that a year is a range, and a new paper leaves those of older ones alone.
    papers = site.archive.papers[::-1]
    key = _key(papers, site)
    known = cache.load(_FILES)
    if known and known[0] != key and may_be_old:
        return [Output(path, file_key, _gone) for path, file_key in known[2]]
    if known and known[0] == key:
        index = Index(*known[1])
        content = _later(partial(_corpus, papers, site, cache, parts, silent))
    else:
        found = _corpus(papers, site, cache, parts, progress)
        cache.save(_WORDS, tuple(corpus.packed(found)))
        index, content = index_of(found)
    made = [*files.outputs(papers, index, content, _names(site), lunr_js)]
    if not known or known[0] != key:
        cache.save(_FILES, (key, tuple(index), [(each.path, each.key) for each in made]))
    return made


def _key(papers: Sequence[Entry], site: Site) -> str:
    digest = hashlib.blake2b(repr(_names(site)).encode("utf-8", "surrogatepass"), digest_size=16)
    for paper in papers:
        digest.update(paper.stamp)
    return digest.hexdigest()


def _names(site: Site) -> dict[str, str]:
    """Slug -> name, the commonest tags first."""
    return {slug: site.archive.tag_names[slug] for slug in site.tag_pages}


def _gone() -> bytes:
    """The search may be old, and its files are not where they were."""
    raise ProblemsFound([problem("search-gone", file="")])


def _later(corpus_of: Callable[[], corpus.Corpus]) -> Callable[[str], bytes]:
    """What gives the files of an index that is made only if one of them is asked for."""
    made = remembered(lambda: index_of(corpus_of())[1])

    def content(name: str) -> bytes:
        return made()(name)

    return content


def _corpus(
    papers: Sequence[Entry], site: Site, cache: Cache, parts: Iterable[Tokens], progress: Progress
) -> corpus.Corpus:
    """The tokens of all papers: read in this build, or remembered, or read now."""
    known = cache.load(_WORDS)
    found = [*([Tokens(*known)] if known else []), *parts]
    stamps = [paper.stamp for paper in papers]
    have = {stamp for tokens in found for stamp in tokens.stamps}
    lacking = [paper for paper in papers if paper.stamp not in have]
    done = 0
    for part in spread(partial(_read, site.common.content), lacking):
        found.append(part)
        done += len(part.stamps)
        progress(done, len(lacking))
    return corpus.corpus_of(stamps, found)


def _read(content: Path, papers: Sequence[Entry]) -> Tokens:
    tokenizer = Tokenizer()
    for paper in papers:
        tokenizer.add(open_entry(content, paper), paper)
    return tokenizer.tokens()

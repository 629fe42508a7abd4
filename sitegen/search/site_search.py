"""The search of a site: its files, and what is remembered of them from build to build."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
from sitegen.work import aside

# What is remembered is so of one site: a preview's, which may be of the newest papers only, has its own.
_FILES, _WORDS = "search-", "search-words-"


@dataclass(frozen=True)
class Indexed:
    """An index, and the content of its files by name.

    remembered: paths and keys of all files of the last build's search, if the index is that one's; is_old: it is, and
    not of these papers.
    """

    index: Index
    content: Mapping[str, bytes]
    remembered: Sequence[tuple[str, bytes]] = ()
    is_old: bool = False


@contextmanager
def indexed(
    papers: Sequence[Entry],
    content: Path,
    cache: Cache,
    parts: Sequence[Tokens],
    *,
    target: str = "",
    may_be_old: bool = False,
) -> Iterator[Callable[[], Indexed]]:
    """The index of an archive, remembered, or being made in a process beside this one until it is called for.

    papers: newest first; parts: the tokens of those that were read in this build. target: stands for the site's folder.
    may_be_old: the index may be that of the last build into it.
    """
    key = _key(papers)
    known = cache.load(_FILES + target)
    if known and (known[0] == key or may_be_old):
        found = Indexed(Index(*known[1]), known[2], known[3], is_old=known[0] != key)
        yield lambda: found
        return
    with aside(partial(_made, papers, content, cache, parts, target)) as made:
        yield made


def outputs(site: Site, lunr_js: str, cache: Cache, found: Indexed, *, target: str = "") -> list[Output]:
    """The files of the search."""
    if found.is_old:
        kept = {files.path_of(found.index, name): data for name, data in found.content.items()}
        return [Output(path, key, partial(_kept, kept, path)) for path, key in found.remembered]
    papers = by_document(site.archive.papers)
    names = {slug: site.archive.tag_names[slug] for slug in site.tag_pages}
    made = [*files.outputs(papers, found.index, found.content, names, lunr_js)]
    listed = [(each.path, each.key) for each in made]
    if listed != found.remembered:
        cache.save(_FILES + target, (_key(site.archive.papers), tuple(found.index), found.content, listed))
    return made


def by_document(papers: Sequence[Entry]) -> Sequence[Entry]:
    """The papers, newest first, by the numbers of their documents.

    Numbers ascend with time, so that a year is a range, and a new paper leaves those of older ones alone.
    """
    return papers[::-1]


def _key(papers: Sequence[Entry]) -> str:
    return hashlib.blake2b(b"".join([paper.stamp for paper in papers]), digest_size=16).hexdigest()


def _kept(kept: Mapping[str, bytes], path: str) -> bytes:
    """A file of a search that is old, and that is not where it was."""
    if path not in kept:
        raise ProblemsFound([problem("search-gone", file="")])
    return kept[path]


def _made(papers: Sequence[Entry], content: Path, cache: Cache, parts: Sequence[Tokens], target: str) -> Indexed:
    known = cache.load(_WORDS + target)
    found = _corpus(by_document(papers), content, [*([Tokens(*known)] if known else []), *parts])
    index, content_of = index_of(found)
    cache.save(_WORDS + target, tuple(corpus.packed(found)))
    return Indexed(index, files.contents(index, content_of))


def _corpus(papers: Sequence[Entry], content: Path, found: Sequence[Tokens]) -> corpus.Corpus:
    """The tokens of all papers: read in this build, or remembered, or read now."""
    have = {stamp for tokens in found for stamp in tokens.stamps}
    tokenizer = Tokenizer()
    for paper in papers:
        if paper.stamp not in have:
            tokenizer.add(open_entry(content, paper), paper)
    return corpus.corpus_of([paper.stamp for paper in papers], [*found, tokenizer.tokens()])

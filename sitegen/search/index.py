"""The index as files, all of one generation: they follow from all papers, and a new one changes nearly all of them."""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from sitegen.search import postings, shards, titles, vocabulary
from sitegen.search.corpus import Corpus
from sitegen.search.version import version


class Index(NamedTuple):
    """What the head says of the index.

    generation: its folder. common: terms of very many papers. cuts, ending_cuts: the beginnings of the shards and of
    the pieces of endings. title_bits: see `titles.Table`.
    """

    generation: str
    common: tuple[str, ...]
    cuts: tuple[str, ...]
    ending_cuts: tuple[str, ...]
    title_bits: int

    def names(self) -> Iterator[str]:
        """The names of its files: postings, places, forms, words, endings, titles; each with a number."""
        shard_count = len(self.cuts)
        counts = {
            "p": shard_count,
            "l": shard_count,
            "f": shard_count,
            "w": -(-shard_count // vocabulary.SHARDS),
            "e": len(self.ending_cuts),
            "t": 1 << self.title_bits,
        }
        for kind, count in counts.items():
            yield from (f"{kind}{number}" for number in range(count))


def index_of(corpus: Corpus) -> tuple[Index, Callable[[str], bytes]]:
    """The index of a corpus, and what gives the content of a file by its name."""
    found = postings.postings_of(corpus)
    parts = shards.shards_of(found)
    cuts = tuple(shards.cuts(found.terms, parts))
    words = vocabulary.words_of(corpus, found)
    backwards = vocabulary.reversed_words(words)
    bounds, ending_bounds = vocabulary.pieces(words, cuts), vocabulary.endings(backwards)
    table = titles.Table(corpus.titles)
    make: dict[str, Callable[[int], bytes]] = {
        "p": lambda number: shards.postings_file(found, parts[number]),
        "l": lambda number: shards.places_file(found, parts[number]),
        "f": lambda number: shards.forms_file(found, parts[number]),
        "w": lambda number: words.file(*bounds[number]),
        "e": lambda number: backwards.file(*ending_bounds[number]),
        "t": table.file,
    }
    common = tuple(postings.common_terms(found, len(corpus.stamps)))
    index = Index(_generation(corpus, found, words), common, cuts, tuple(vocabulary.ending_cuts(backwards)), table.bits)
    return index, partial(_content, make)


def _content(make: dict[str, Callable[[int], bytes]], name: str) -> bytes:
    return make[name[0]](int(name[1:]))


def _generation(corpus: Corpus, found: postings.Postings, words: vocabulary.Words) -> str:
    """Stands for the bytes of all files, so that no browser mixes two indexes."""
    digest = hashlib.blake2b(version() + repr(len(corpus.stamps)).encode(), digest_size=6)
    for text in (found.terms, words.words, found.words):
        digest.update("\n".join(text).encode("utf-8", "surrogatepass"))
    for data in (found.blocks, found.block_ends, found.places, found.place_ends, found.forms, corpus.titles):
        digest.update(data.tobytes())
    digest.update(words.facts)
    return digest.hexdigest()

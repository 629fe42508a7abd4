"""The files of a search made of papers, without a site around them."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sitegen.model import Paper, Tag
from sitegen.render.shell import lunr_js
from sitegen.search import files
from sitegen.search.corpus import corpus_of
from sitegen.search.index import index_of
from sitegen.search.tokens import Tokenizer, Tokens
from tests.conftest import entry

Tags = Mapping[str, Sequence[Tag]]


def tokens_of(papers: Sequence[Paper], tags: Tags | None = None) -> Tokens:
    """The tokens of papers, numbered from the first."""
    tokenizer = Tokenizer()
    for number, paper in enumerate(papers):
        tokenizer.add(paper, entry(paper, (tags or {}).get(paper.id, ()))._replace(stamp=b"%d" % number))
    return tokenizer.tokens()


def search_files(papers: Sequence[Paper], tags: Tags | None = None, *, lunr: str = "") -> dict[str, bytes]:
    """Path -> content of each file. papers: the oldest first."""
    tokens = tokens_of(papers, tags)
    names = {tag.slug: tag.name for each in (tags or {}).values() for tag in each}
    index, content_of = index_of(corpus_of(tokens.stamps, [tokens]))
    content = files.contents(index, content_of)
    entries = [entry(paper, (tags or {}).get(paper.id, ())) for paper in papers]
    return {each.path: each.make() for each in files.outputs(entries, index, content, names, lunr or lunr_js())}


def write(made: Mapping[str, bytes], folder: Path) -> None:
    """Put the files in a folder."""
    for path, data in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def head(made: Mapping[str, bytes]) -> dict[str, Any]:
    """What head.bin says."""
    return json.loads(gzip.decompress(made["search/head.bin"]))  # type: ignore[no-any-return]

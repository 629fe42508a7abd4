"""The files of the search. head.bin names the others, whose names change with their content.

They are compressed inside, whatever a server does: a site counts as it stands towards what a host allows.
"""

import gzip
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import rjsmin

from sitegen.cache import code_version, stamp
from sitegen.model import Entry
from sitegen.outputs import Output, finished
from sitegen.search import facets, rows
from sitegen.search.head import head
from sitegen.search.index import Index
from sitegen.work import cores

# Of gzip: 9 takes ten times as long for 4 % less.
LEVEL = 6


def outputs(
    papers: Sequence[Entry],
    index: Index,
    content: Mapping[str, bytes],
    tag_names: Mapping[str, str],
    lunr_js: str,
) -> Iterator[Output]:
    """All files of the search.

    papers: by the numbers of their documents; content: that of the files of the index, compressed, by name; tag_names:
    slug -> name, the commonest first; lunr_js: the source of lunr.js.
    """
    yield finished("search/lunr.js", lunr_module(lunr_js))
    folders = rows.names(papers)
    tags_folder = facets.folder(folders, tag_names)
    yield finished("search/head.bin", compressed(head(index, papers, folders, tags_folder)))
    for name in index.names():
        yield _named(path_of(index, name), partial(content.__getitem__, name))
    for folder, start in zip(folders, range(0, len(papers), rows.CHUNK), strict=True):
        chunk = papers[start : start + rows.CHUNK]
        for number, first in enumerate(range(0, len(chunk), rows.IN_FILE)):
            few = chunk[first : first + rows.IN_FILE]
            yield _named(f"search/rows/{folder}/{number}.bin", partial(_rows, few))
    yield _named(f"search/tags/{tags_folder}/names.bin", partial(_tag_names, tag_names))
    for number, start in enumerate(range(0, len(papers), facets.IN_FILE)):
        part = papers[start : start + facets.IN_FILE]
        yield _named(f"search/tags/{tags_folder}/{number}.bin", partial(_tags, part, tag_names))


def contents(index: Index, content_of: Callable[[str], bytes]) -> dict[str, bytes]:
    """The content of the files of an index, compressed, by name."""
    names = [*index.names()]
    # zlib lets go of Python's lock.
    with ThreadPoolExecutor(cores()) as threads:
        return dict(zip(names, threads.map(lambda name: compressed(content_of(name)), names), strict=True))


def path_of(index: Index, name: str) -> str:
    """Where a file of the index stands."""
    return f"search/{index.generation}/{name}.bin"


def _named(path: str, content: Callable[[], bytes]) -> Output:
    """A file whose path stands for its content."""
    return Output(path, stamp(code_version(), path), content)


def _rows(papers: Sequence[Entry]) -> bytes:
    return compressed(rows.file(papers))


def _tag_names(tag_names: Mapping[str, str]) -> bytes:
    return compressed(facets.names_file(tag_names))


def _tags(papers: Sequence[Entry], tag_names: Mapping[str, str]) -> bytes:
    return compressed(facets.file(papers, tag_names))


def lunr_module(source: str) -> bytes:
    """lunr.js, minified, with its licence, as an ES module whose default export is `lunr`."""
    licence = re.match(r"\s*(/\*.*?\*/)", source, re.DOTALL)
    code = rjsmin.jsmin(source)
    notice = licence[1] if licence else ""
    wrapped = f"(function(module,exports,define){{{code}\n}})(m,m.exports);"
    return f"{notice}\nconst m={{exports:{{}}}};{wrapped}export default m.exports;\n".encode()


def compressed(data: bytes) -> bytes:
    """gzip, with neither time nor name."""
    return gzip.compress(data, LEVEL, mtime=0)

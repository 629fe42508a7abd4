"""The search: a Lunr index, and the few files that a browser needs to search it.

head.json names the others, whose names change with their content, so that no browser mixes two builds.
"""

import gzip
import hashlib
import io
import json
import re
from collections.abc import Sequence
from itertools import chain

import rjsmin

from sitegen.search import index
from sitegen.search.made import Made
from sitegen.search.stored import stored
from sitegen.search.words import IDEOGRAPHS, LONGEST_WORD
from sitegen.text.fold import LETTERS, WORDS

# Of gzip: 9 takes ten times as long for 4 % less.
LEVEL = 6


def outputs(
    papers: Sequence[Made], lunr_js: str, *, tag_pages: frozenset[str] = frozenset()
) -> list[tuple[str, bytes]]:
    """The files of the search, as (path relative to the site's root, content).

    papers: newest first. lunr_js: the source of lunr.js. tag_pages: slugs of the tags that have a page.
    Gives "search/lunr.js", "search/head.json", "search/index-<hash>.bin" and "search/stored-<hash>.bin".
    """
    # Numbers ascend with time, so that a new paper leaves those of older ones alone.
    oldest_first = papers[::-1]
    lunr_index = {
        **index.compact(each.counts for each in oldest_first),
        "completions": index.completions(chain.from_iterable(each.completions for each in oldest_first)),
        "titles": written_titles(oldest_first),
    }
    tags = dict(tag for each in oldest_first for tag in each.tags)
    shown = stored([each.row for each in oldest_first], tags, tag_pages)
    packed = {name: _json(data) for name, data in (("index", lunr_index), ("stored", shown))}
    names = {name: f"{name}-{_hash(data)}.bin" for name, data in packed.items()}
    head = {
        "papers": len(papers),
        "generation": _hash(*packed.values()),
        **names,
        "fields": index.FIELDS,
        "tagMark": index.TAG_MARK,
        "letters": LETTERS,
        "words": WORDS,
        "ideographs": IDEOGRAPHS,
        "longestWord": LONGEST_WORD,
    }
    return [
        ("search/lunr.js", lunr_module(lunr_js)),
        ("search/head.json", _json(head)),
        *((f"search/{names[name]}", _gzip(data)) for name, data in packed.items()),
    ]


def written_titles(papers: Sequence[Made]) -> dict[str, list[int]]:
    """Titles whose source reads differently from what is shown: joined words -> document numbers.

    A title that is shown as it was written is not here; the browser knows it from the stored fields.
    """
    found: dict[str, list[int]] = {}
    for number, each in enumerate(papers):
        if each.written:
            found.setdefault(each.written, []).append(number)
    return found


def lunr_module(source: str) -> bytes:
    """lunr.js, minified, with its licence, as an ES module whose default export is `lunr`."""
    licence = re.match(r"\s*(/\*.*?\*/)", source, re.DOTALL)
    code = rjsmin.jsmin(source)
    notice = licence[1] if licence else ""
    wrapped = f"(function(module,exports,define){{{code}\n}})(m,m.exports);"
    return f"{notice}\nconst m={{exports:{{}}}};{wrapped}export default m.exports;\n".encode()


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _hash(*data: bytes) -> str:
    return hashlib.sha256(b"".join(data)).hexdigest()[:12]


def _gzip(data: bytes) -> bytes:
    """The file's header holds neither time nor name."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=buffer, mtime=0) as file:
        file.write(data)
    return buffer.getvalue()

"""What a browser needs to know before it searches: which file has what."""

import json
from collections.abc import Sequence
from typing import Any

from sitegen.model import Entry
from sitegen.search import facets, rows, tokens, vocabulary
from sitegen.search.index import Index
from sitegen.search.words import IDEOGRAPHS, LONGEST_WORD
from sitegen.text.fold import LETTERS, WORDS


def head(index: Index, entries: Sequence[Entry], folders: Sequence[str], tags_folder: str) -> bytes:
    """head.bin before compression, a JSON object.

    entries: papers by document number; folders: `rows.names` of them; tags_folder: that of `facets`.
    """
    made: dict[str, Any] = {
        "generation": index.generation,
        "documents": len(entries),
        "fields": tokens.FIELDS,
        "common": " ".join(index.common),
        "cuts": "\n".join(index.cuts),
        "endings": "\n".join(index.ending_cuts),
        "shardsInPiece": vocabulary.SHARDS,
        "titleBits": index.title_bits,
        "rows": {"chunks": folders, "inChunk": rows.CHUNK, "inFile": rows.IN_FILE},
        "years": years(entries),
        "tags": {"folder": tags_folder, "inFile": facets.IN_FILE},
        "marks": {"tag": tokens.TAG, "has": {"code": tokens.CODE}, "is": tokens.NOTICES},
        "letters": LETTERS,
        "words": WORDS,
        "ideographs": IDEOGRAPHS,
        "longestWord": LONGEST_WORD,
    }
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def years(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    """Each year and its first document; documents are in the order of their dates.

    >>> years([])
    []
    """
    found: dict[str, int] = {}
    for number, entry in enumerate(entries):
        found.setdefault(entry.date[:4], number)
    return [*found.items()]

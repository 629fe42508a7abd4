"""Which tags papers have, cut by papers: how often each comes among hits is counted from the parts that have some.

Nothing of it is fetched before a reader opens the filters. Rarer tags, which have no page, are left out.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np

from sitegen.model import Entry
from sitegen.search import varints
from sitegen.search.version import version

# So many papers are a part: a few KB.
IN_FILE = 1024


def folder(folders: Sequence[str], tag_names: Mapping[str, str]) -> str:
    """The folder of all parts: stands for what they say. folders: `rows.names` of the papers."""
    said = json.dumps([folders, [*tag_names.items()]])
    return hashlib.blake2b(version() + said.encode(), digest_size=6).hexdigest()


def names_file(tag_names: Mapping[str, str]) -> bytes:
    """[[slug, name], …] as JSON, by the numbers that `file` uses. tag_names: the commonest first."""
    return json.dumps([*tag_names.items()], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def file(entries: Sequence[Entry], tag_names: Mapping[str, str]) -> bytes:
    """How many tags each of these papers has, and then their numbers, paper by paper."""
    numbers = {slug: number for number, slug in enumerate(tag_names)}
    found = [[numbers[tag.slug] for tag in entry.tags if tag.slug in numbers] for entry in entries]
    data, _ = varints.encoded(np.array([*map(len, found), *chain.from_iterable(found)], np.uint32))
    return data.tobytes()

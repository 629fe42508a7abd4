"""arXiv's .abs files: one item with its abstract. All of them are one collection."""

from sitegen.intake import arxiv_items
from sitegen.intake.gathering import Gathering
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading

_LARGEST = 1_000_000
_LONGEST_PREFACE = 100


def recognises(raw: RawDigest) -> bool:
    """Whether the file is one item that has an abstract."""
    if len(raw.text) > _LARGEST or not 0 <= arxiv_items.begins(raw.text) < _LONGEST_PREFACE:
        return False
    first, *others = arxiv_items.items(raw.text)
    return not others and bool(raw.text[first.abstract : first.closing].strip())


def read(raw: RawDigest) -> Reading:
    """The record, in the collection of all .abs files."""
    gathering = Gathering(raw)
    arxiv_items.gather(gathering)
    return gathering.reading("arxiv-abs", "arXiv papers", gap=arxiv_items.RULES, dated_records=True)

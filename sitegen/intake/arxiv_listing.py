"""arXiv's listings of a month or week: items without abstracts, each with its own date."""

from sitegen.intake import arxiv_items
from sitegen.intake.gathering import Gathering
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading

_LONGEST_PREFACE = 2_000


def recognises(raw: RawDigest) -> bool:
    """Whether an item stands near the beginning."""
    return 0 <= arxiv_items.begins(raw.text) < _LONGEST_PREFACE


def read(raw: RawDigest) -> Reading:
    """One record an item."""
    gathering = Gathering(raw)
    arxiv_items.gather(gathering)
    name = raw.stem.strip("-") or "listing"
    return gathering.reading(f"arxiv-{name}", f"arXiv {name}", gap=arxiv_items.RULES, dated_records=True)

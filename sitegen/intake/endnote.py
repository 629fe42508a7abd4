"""EndNote's own exchange format (.enw), as publishers, Google Scholar and CNKI give it.

`%0 Journal Article` begins a record: https://support.clarivate.com/Endnote/s/article/EndNote-EndNote-Import-Format
"""

import re

from sitegen.intake import reference_managers
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading
from sitegen.intake.reference_managers import Layout

_FIRST = re.compile(r"\s{0,100}%0 [A-Z][A-Za-z ()/&.-]{2,60}[ \t\r]*(?:\n[ \t\r]*)*\n%\S ")
_LAYOUT = Layout(
    tag=re.compile(r"[ \t]{0,8}%([0-9A-Z!@#$&()*+<=>?\[\]^~|])(?:[ \t]|\Z)"),
    first="0",
    titles=("T", "!"),
    abstracts=("X",),
    authors=("A",),
    dates=("D",),
    days="8",
    keywords="K",
    urls="U",
    files={">": "pdf"},
    accession="M",
    doi="R",
    pmc="2",
    named={"Z": "notes"},
)


def recognises(raw: RawDigest) -> bool:
    """Whether the first line that is not empty is `%0 ` and a type, and a tag follows."""
    return bool(_FIRST.match(raw.text[:2_000]))


def read(raw: RawDigest) -> Reading:
    """One record from a line `%0 ` to the next."""
    return reference_managers.read(raw, _LAYOUT)

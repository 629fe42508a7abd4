"""RIS, the exchange format of reference managers: https://en.wikipedia.org/wiki/RIS_(file_format)

`TY  - JOUR` begins a record and `ER  - ` ends it. Publishers disagree on tags, so that each field has several.
"""

import re

from sitegen.intake import reference_managers
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading
from sitegen.intake.reference_managers import LINES, Layout

_FIRST = re.compile(r"^TY {1,2}- ?[A-Z]{3,10}[ \t\r]*$", re.MULTILINE)
_LAYOUT = Layout(
    tag=re.compile(r"[ \t]{0,8}([A-Z][A-Z0-9]) {1,2}-(?: |\Z)"),
    first="TY",
    titles=("TI", "T1", "CT", "BT"),
    abstracts=("AB", "N2"),
    authors=("AU", "A1"),
    dates=("DA", "PY", "Y1"),
    keywords="KW",
    urls="UR",
    files={"L1": "pdf", "L2": "url"},
    accession="AN",
    doi="DO",
    pmc="C2",
    named={"ER": LINES, "N1": "notes"},
)


def recognises(raw: RawDigest) -> bool:
    """Whether a line `TY  - ` and a type stands at the beginning, or behind the few lines that databases put there."""
    return bool(_FIRST.search(raw.text[:2_000]))


def read(raw: RawDigest) -> Reading:
    """One record from a line `TY  - ` to the next."""
    return reference_managers.read(raw, _LAYOUT)

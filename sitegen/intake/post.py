"""A post whose front matter is a paper, as PMLR's proceedings and the sites of many groups keep them: one a file.

https://jekyllrb.com/docs/front-matter/
"""

import re
from typing import Any

from sitegen.intake.field_names import are_of_a_paper, fields_of
from sitegen.intake.fields import found_of
from sitegen.intake.gathering import Gathering
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading
from sitegen.intake.yaml_paper import BETWEEN, fields_at, spans_of, values_of
from sitegen.intake.yaml_values import LARGEST, names
from sitegen.problems import problem
from sitegen.text import clean

BODY = "text below the front matter"
_OPENING = re.compile(r"\s*---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_BARE_ID = re.compile(r"[\w-]{5,40}")


def recognises(raw: RawDigest) -> bool:
    """Whether the text begins with front matter whose fields are a paper's: an abstract, or authors and an address."""
    place = _front_matter(raw.text[: 2 * LARGEST])
    return place is not None and _are_of_a_post(names(raw.text[place[0] : place[1]]), raw)


def _front_matter(text: str) -> tuple[int, int] | None:
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    return (opening.end(), closing.start()) if opening and closing else None


def _are_of_a_post(given: list[str], raw: RawDigest) -> bool:
    fields = set(fields_of(given, raw.columns).values())
    known = "abstract" in fields or ("authors" in fields and bool(fields & {"pdf", "doi", "url", "id"}))
    return known and are_of_a_paper(given, raw.columns)


def read(raw: RawDigest) -> Reading:
    """One record. The date of a post is the paper's; that of the listing is in the file's name."""
    gathering = Gathering(raw)
    volume = ""
    if place := _front_matter(raw.text):
        start, end = place
        if fields := fields_at(gathering, start, end):
            values = values_of(fields)
            volume = clean.line(str(values.get("container-title", "")))
            found, used = found_of({**values, **_mended(values)}, raw.columns)
            gathering.paper(start, end, found, spans_of(fields, used))
        body = end + len(raw.text[end:].splitlines()[0])
        if raw.text[body:].strip():
            gathering.ignore(body, len(raw.text), BODY)
    else:
        gathering.reject(0, len(raw.text), problem("front-matter-missing", file=raw.name, line=1))
    return gathering.reading(volume or "posts", volume or "Posts", gap=BETWEEN, dated_records=True)


def _mended(values: dict[str, Any]) -> dict[str, str]:
    """The fields that mean something in their place alone: PMLR's key of a volume, OpenReview's bare id."""
    mended: dict[str, str] = {}
    if values.get("publisher") == "PMLR" and values.get("volume") and values.get("id"):
        # The key of PMLR's own BibTeX; "chen23a" alone stands in several volumes.
        mended["id"] = f"pmlr-v{values['volume']}-{values['id']}"
    if _BARE_ID.fullmatch(str(values.get("openreview", ""))):
        mended["openreview"] = f"https://openreview.net/forum?id={values['openreview']}"
    return mended

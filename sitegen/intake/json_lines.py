"""The plain format of the house: JSON Lines, one paper a line.

    {"id": "…", "title": "…", "abstract": "…", "authors": ["…"], "date": "YYYY[-MM[-DD]]", "url": "…", "tags": ["…"],
     "source": "…"}

Only `title` is needed. `source` says where the line came from and is not kept.
"""

import difflib
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from sitegen.intake import dates
from sitegen.intake.encodings import bad_byte
from sitegen.intake.gathering import Found, Gathering, named_after, record_of
from sitegen.intake.json_values import FAILURES, error_words, members
from sitegen.intake.raw import RawDigest, Slice
from sitegen.intake.reading import PAPER, Reading, Span
from sitegen.problems import Problem, problem
from sitegen.work import Crew

KNOWN = ("id", "title", "abstract", "authors", "date", "url", "tags", "source")
LINE_ENDS = "line ends"
UNUSED = "unused JSON members"


def recognises(raw: RawDigest) -> bool:
    """Whether the first lines that are not empty hold an object with a title (one damaged line may stand first)."""
    lines = [line for line in raw.text[:1_000_000].split("\n") if line.strip()][:3]
    if lines and lines[0].strip() == "[":
        return False
    return any(isinstance(_decoded(line), dict) and "title" in _decoded(line) for line in lines)


def _decoded(line: str) -> Any:
    try:
        return json.loads(line)
    except FAILURES:
        return None


def read(raw: RawDigest) -> Reading:
    """One record a line; a line that is no paper is rejected, the others go on."""
    return read_by(raw, Crew())


def read_by(raw: RawDigest, crew: Crew) -> Reading:
    """As `read`, done by a crew: a line needs no other."""
    gathering = Gathering(raw)
    for part in crew.map(partial(_gathered, raw.name), raw.slices()):
        gathering.take(part)
    return gathering.reading(*named_after(raw), gap=LINE_ENDS, dated_records=True)


def _gathered(name: str, part: Slice) -> Gathering:
    gathering = Gathering(RawDigest(name, b""))
    for number, start, text in part.lines():
        if not text.strip():
            continue
        end, data = start + len(text), _members(text, name, number)
        if isinstance(data, Problem):
            gathering.reject(start, end, data)
            continue
        spans = _spans(text, start, unused=any(member not in KNOWN for member in data))
        if gathering.put(start, end, record_of(_found(data), name, number), spans):
            gathering.problems += _misspelt(data, name, number)
    return gathering


def _spans(text: str, start: int, unused: bool) -> Iterator[Span]:
    if not unused:
        yield Span(start, start + len(text), PAPER)
        return
    at = 0
    for member in members(text, text.index("{")):
        if member.name not in KNOWN:
            yield Span(start + at, start + member.start, PAPER)
            yield Span(start + member.start, start + member.end, UNUSED)
            at = member.end
    yield Span(start + at, start + len(text), PAPER)


def _members(text: str, file: str, line: int) -> dict[str, Any] | Problem:
    """The members of the object that one line is, each of the right kind; or why it is no paper."""
    if bad := bad_byte(text):
        return problem("item-not-utf8", file=file, line=line, byte=bad[0])
    try:
        data = json.loads(text)
    except FAILURES as error:
        return problem("line-not-json", file=file, line=line, error=error_words(error))
    if not isinstance(data, dict):
        return problem("line-not-object", file=file, line=line, value=data)
    for name, value in data.items():
        if name in KNOWN and not _fits(name, value):
            expected = "a list of texts" if name in ("authors", "tags") else "a text"
            return problem("member-wrong", file=file, line=line, field=name, value=value, expected=expected)
    if data.get("date") and not dates.published(data["date"]):
        return problem("item-date", file=file, line=line, field="date", value=data["date"])
    return data


def _found(data: dict[str, Any]) -> Found:
    return Found(
        title=data.get("title") or "",
        abstract=data.get("abstract") or "",
        authors=data.get("authors") or (),
        published=data.get("date") or "",
        keywords=data.get("tags") or (),
        links=(("url", data.get("url") or ""),),
        id=data.get("id") or "",
    )


def _misspelt(data: dict[str, Any], file: str, line: int) -> Iterator[Problem]:
    for name in data:
        near = difflib.get_close_matches(name, KNOWN, n=1, cutoff=0.75) if name not in KNOWN else []
        if near and near[0] not in data:
            yield problem("member-misspelt", file=file, line=line, field=name[:40], value=name, known=near[0])


def _fits(name: str, value: Any) -> bool:
    if value is None:
        return True
    if name in ("authors", "tags"):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, str)

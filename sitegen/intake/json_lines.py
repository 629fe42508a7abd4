"""The plain format of the house: JSON Lines, one paper a line.

    {"id": "…", "title": "…", "abstract": "…", "authors": ["…"], "date": "YYYY[-MM[-DD]]", "url": "…", "tags": ["…"],
     "source": "…"}

Only `title` is needed. `source` says where the line came from and is not kept.
"""

import difflib
import json
from collections.abc import Iterator
from typing import Any

from sitegen import identity
from sitegen.intake import dates
from sitegen.intake.json_values import FAILURES, members
from sitegen.intake.raw import RawDigest, bad_byte
from sitegen.intake.reading import PAPER, Reading, Rejected, Span
from sitegen.model import Record, Value
from sitegen.problems import Problem, problem
from sitegen.text import clean
from sitegen.text.escape import safe_url

KNOWN = ("id", "title", "abstract", "authors", "date", "url", "tags", "source")
LINE_ENDS = "line ends"
UNUSED = "unused JSON members"


def recognises(raw: RawDigest) -> bool:
    """Whether the first lines that are not empty hold an object with a title (one damaged line may stand first)."""
    lines = [line for line in raw.text[:1_000_000].splitlines() if line.strip()][:3]
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
    records: list[Record] = []
    spans: list[Span] = []
    rejected: list[Rejected] = []
    problems: list[Problem] = []
    for number, (start, end) in enumerate(_lines(raw.text), 1):
        text = raw.text[start:end]
        if not text.strip():
            continue
        item = record(text, raw.name, number)
        if isinstance(item, Problem):
            rejected.append(Rejected(start, end, item))
            continue
        records.append(item[0])
        problems += item[1]
        spans += _spans(text, start, item[2])
    source = raw.stem if raw.name != "-" else "papers"
    return Reading(
        source=source,
        title=clean.line(source.replace("-", " ").replace("_", " ")).capitalize() or "Papers",
        records=records,
        spans=spans,
        gap=LINE_ENDS,
        rejected=rejected,
        dated_records=True,
        problems=problems,
    )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each line, ended by LF or CRLF only: U+2028 may stand in a string."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end - 1 if text[start:end].endswith("\r") else end
        start = end + 1


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


def record(text: str, file: str, line: int) -> tuple[Record, list[Problem], bool] | Problem:
    """(the record, warnings, whether members were left unused) of one line, or why it is none."""
    if bad := bad_byte(text):
        return problem("item-not-utf8", file=file, line=line, byte=bad[0])
    try:
        data = json.loads(text)
    except FAILURES as error:
        return problem("line-not-json", file=file, line=line, error=_words(error))
    if not isinstance(data, dict):
        return problem("line-not-object", file=file, line=line, value=data)
    return _record(data, file, line)


def _words(error: Exception) -> str:
    """Python's words, without the line, which is always 1: "Expecting value at column 34"."""
    return (
        f"{error.msg.removesuffix(' at')} at column {error.colno}"
        if isinstance(error, json.JSONDecodeError)
        else str(error)
    )


def _record(data: dict[str, Any], file: str, line: int) -> tuple[Record, list[Problem], bool] | Problem:
    for name, value in data.items():
        if name in KNOWN and not _fits(name, value):
            expected = "a list of texts" if name in ("authors", "tags") else "a text"
            return problem("member-wrong", file=file, line=line, field=name, value=value, expected=expected)
    title = clean.line(data.get("title") or "")
    if not title:
        return problem("item-no-title", file=file, line=line, field="title")
    date = dates.published(data.get("date") or "")
    if data.get("date") and not date:
        return problem("item-date", file=file, line=line, field="date", value=data["date"])
    warnings: list[Problem] = []
    fields: dict[str, Value] = {"title": title}
    abstract = clean.paragraphs(data.get("abstract") or "")
    if abstract:
        fields["abstract"] = abstract
    else:
        warnings.append(problem("item-no-abstract", file=file, line=line, field="abstract", value=title))
    fields |= _lists(data)
    if date:
        fields["published"] = date
    fields |= _link(data.get("url") or "", data.get("id") or "", warnings, file, line)
    warnings += _misspelt(data, file, line)
    unused = any(name not in KNOWN for name in data)
    return Record(fields, id=clean.line(data.get("id") or ""), line=line), warnings, unused


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


def _lists(data: dict[str, Any]) -> dict[str, Value]:
    lists = {"authors": data.get("authors") or [], "keywords": data.get("tags") or []}
    cleaned = {name: tuple(dict.fromkeys(filter(None, map(clean.line, items)))) for name, items in lists.items()}
    return {name: items for name, items in cleaned.items() if items}


def _link(url: str, paper_id: str, warnings: list[Problem], file: str, line: int) -> dict[str, Value]:
    if not url:
        return {}
    safe = safe_url(url)
    if not safe:
        warnings.append(problem("item-url", file=file, line=line, field="url", value=url))
        return {}
    if identity.arxiv_id(safe) and identity.arxiv_id(safe) == (identity.arxiv_id(paper_id) or identity.arxiv_id(safe)):
        return {"links.arxiv": f"https://arxiv.org/abs/{identity.arxiv_id(safe)}"}
    return {"links.doi" if "doi.org/" in safe else "links.url": safe}

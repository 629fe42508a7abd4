"""A paper is a fold over its sightings: what several digests and a human said of it, as one value per field.

Where digests disagree, the last by (date, digest id) shows; keywords add up. A value on the page that no digest said
is a hand edit and stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from sitegen import identity
from sitegen.model import LINK_KINDS, Paper, Record, Sighting, Value

UNKNOWN = None
Status = Literal["added", "merged", "unchanged"]


class Merged(NamedTuple):
    """kept: fields where a hand edit stands against what the digest says now."""

    paper: Paper
    status: Status
    kept: tuple[str, ...] = ()


def fields_of(paper: Paper) -> dict[str, Value]:
    """What the page shows, by field name; empty fields are absent."""
    fields: dict[str, Value] = {
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": paper.authors,
        "published": paper.published,
        "keywords": paper.keywords,
    }
    fields |= {f"links.{kind}": url for kind, url in paper.links}
    return {name: value for name, value in fields.items() if value}


def with_fields(paper: Paper, fields: Mapping[str, Value]) -> Paper:
    """The paper with these fields; `fields_of` is its inverse."""
    kinds = [kind for kind in LINK_KINDS if f"links.{kind}" in fields]
    return replace(
        paper,
        title=str(fields.get("title", "")),
        abstract=str(fields.get("abstract", "")),
        published=str(fields.get("published", "")),
        authors=_texts(fields.get("authors", ())),
        keywords=_texts(fields.get("keywords", ())),
        links=tuple((kind, str(fields[f"links.{kind}"])) for kind in kinds),
    )


def _texts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def add(record: Record, digest: str, paper_id: str) -> Paper:
    """The new paper that one record makes."""
    said = {name: identity.said_hash(value) for name, value in record.fields.items()}
    paper = Paper(paper_id, record.title, sightings=(Sighting(digest, said),), listed=identity.digest_date(digest))
    return with_fields(paper, record.fields)


def merge(paper: Paper, record: Record, digest: str) -> Merged:
    """The paper after `digest` said `record` of it (again, if it had said something before)."""
    shown = fields_of(paper)
    before = {sighting.digest: said_by(sighting, shown) for sighting in paper.sightings}
    after: dict[str, Mapping[str, Value | None]] = {**before, digest: {**before.get(digest, {}), **record.fields}}
    order = sorted(after, key=identity.digest_order)
    names = dict.fromkeys(name for said in (shown, *after.values()) for name in said)
    result: dict[str, Value] = {}
    kept: list[str] = []
    for name in names:
        old_values = [said[name] for said in (before[d] for d in order if d in before) if name in said]
        if is_hand_edit(name, shown.get(name), old_values):
            value = shown.get(name)
            new = record.fields.get(name)
            if new is not None and new != value and not _repeats(paper, digest, name, new):
                kept.append(name)
        else:
            value = fold(name, [said[name] for said in (after[d] for d in order) if name in said])
        if value:
            result[name] = value
    sightings = tuple(_sighting(d, after[d], result, paper) for d in order)
    listed = min(filter(None, map(identity.digest_date, order)), default="")
    merged = replace(with_fields(paper, result), sightings=sightings, listed=listed)
    return Merged(merged, "unchanged" if merged == paper else "merged", tuple(kept))


def said_by(sighting: Sighting, shown: Mapping[str, Value]) -> dict[str, Value | None]:
    """What the digest said, by field; UNKNOWN where only a hash is left because a human changed the page since."""
    values: dict[str, Value | None] = {}
    for name, digest_hash in sighting.said.items():
        if name in sighting.differs:
            values[name] = sighting.differs[name]
        else:
            value = shown.get(name)
            values[name] = value if value is not None and identity.said_hash(value) == digest_hash else UNKNOWN
    return values


def is_hand_edit(name: str, shown: Value | None, said: Sequence[Value | None]) -> bool:
    """Whether what the page shows is not what the digests make of it."""
    if any(value is UNKNOWN for value in said):
        return True
    return (fold(name, said) if said else None) != shown


def fold(name: str, said: Sequence[Value | None]) -> Value | None:
    """One value from what digests said, oldest first."""
    values = [value for value in said if value is not UNKNOWN]
    if name == "keywords":
        return tuple(dict.fromkeys(word for value in values for word in _texts(value)))
    return values[-1] if values else None


def _repeats(paper: Paper, digest: str, name: str, value: Value) -> bool:
    """Whether the digest says only what it has said before."""
    return any(s.digest == digest and s.said.get(name) == identity.said_hash(value) for s in paper.sightings)


def _sighting(digest: str, said: Mapping[str, Value | None], shown: Mapping[str, Value], paper: Paper) -> Sighting:
    hashes: dict[str, str] = {}
    differs: dict[str, Value] = {}
    old = next((s.said for s in paper.sightings if s.digest == digest), {})
    for name, value in said.items():
        hashes[name] = old[name] if value is UNKNOWN else identity.said_hash(value)
        if value is not UNKNOWN and value != shown.get(name):
            differs[name] = value
    return Sighting(digest, hashes, differs)


def combine(first: Record, second: Record) -> Record | None:
    """One record of two that a digest has for the same paper; None when they contradict each other."""
    fields = dict(first.fields)
    for name, value in second.fields.items():
        if name == "keywords":
            fields[name] = tuple(dict.fromkeys((*_texts(fields.get(name, ())), *_texts(value))))
        elif fields.setdefault(name, value) != value:
            return None
    also = tuple(dict.fromkeys((*identity.record_ids(first), *identity.record_ids(second))))
    return Record(fields, id=first.id or second.id, line=first.line, also=also)

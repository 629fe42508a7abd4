"""A paper is a fold over its sightings: what several digests and a human said of it, as one value per field.

Where digests disagree, `choice` says which value shows. A value on the page that no digest said is a hand edit and
stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sitegen import identity
from sitegen.intake.notices import notice_of, value_of
from sitegen.matching.choice import chosen, is_inferred, texts_of, with_lost_abstracts
from sitegen.matching.own_code import FIELD
from sitegen.matching.said import Said
from sitegen.model import LINK_KINDS, Paper, Record, Sighting, Value

Edits = dict[str, Value | None]
"""Fields that a human changed: what the page shows now, None where the human took the field away."""


def fields_of(paper: Paper) -> dict[str, Value]:
    """What the page shows, by field name; empty fields are absent."""
    fields: dict[str, Value] = {
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": paper.authors,
        "published": paper.published,
        "version": paper.version,
        "keywords": paper.keywords,
        "notice": value_of(paper.notice) if paper.notice else "",
    }
    fields |= {f"links.{kind}": url for kind, url in paper.links}
    return {name: value for name, value in fields.items() if value}


def with_fields(paper: Paper, fields: Mapping[str, Value], **others: Any) -> Paper:
    """The paper with these fields; `fields_of` is its inverse. others: attributes of a Paper that are no fields."""
    kinds = [kind for kind in LINK_KINDS if f"links.{kind}" in fields]
    return replace(
        paper,
        title=str(fields.get("title", "")),
        abstract=str(fields.get("abstract", "")),
        published=str(fields.get("published", "")),
        version=str(fields.get("version", "")),
        notice=notice_of(fields.get("notice", "")),
        authors=texts_of(fields.get("authors", ())),
        keywords=texts_of(fields.get("keywords", ())),
        links=tuple((kind, str(fields[f"links.{kind}"])) for kind in kinds),
        **others,
    )


def said_of(record: Record, digest: str) -> Said:
    """What `digest` says with this record."""
    fields = record.fields
    values = fields if all(fields.values()) else {name: value for name, value in fields.items() if value}
    hashes = {name: identity.said_hash(value) for name, value in values.items()}
    return Said(digest, identity.record_ids(record), hashes, values)


def said_again(before: Said, now: Said) -> Said:
    """What a digest said of a paper, after it said something of it again: fields that it names no more stay, and
    addresses that it gave, where it names others only by an id or in an abstract."""
    anew = {
        name: value
        for name, value in now.values.items()
        if name not in before.values or not is_inferred(name, now) or is_inferred(name, before)
    }
    hashes = {name: now.hashes[name] for name in anew}
    ids = tuple(dict.fromkeys((*before.ids, *now.ids)))
    return replace(before, ids=ids, hashes={**before.hashes, **hashes}, values={**before.values, **anew})


def unfolded(paper: Paper) -> tuple[tuple[Said, ...], Edits]:
    """What digests said of the paper, and what a human made of it; `folded` is its inverse."""
    shown = fields_of(paper)
    hashes = {name: identity.said_hash(value) for name, value in shown.items()}
    known = tuple(_said(sighting, shown, hashes) for sighting in paper.sightings)
    said = with_lost_abstracts(known, shown.get(FIELD))
    names = dict.fromkeys(name for fields in (shown, *(each.hashes for each in said)) for name in fields)
    return said, {name: shown.get(name) for name in names if _is_edited(name, shown.get(name), said)}


def _said(sighting: Sighting, shown: Mapping[str, Value], shown_hashes: Mapping[str, str]) -> Said:
    values = {name: shown[name] for name, said in sighting.said.items() if shown_hashes.get(name) == said}
    return Said(sighting.digest, sighting.ids, sighting.said, {**values, **sighting.differs})


def _is_edited(name: str, shown: Value | None, said: Sequence[Said]) -> bool:
    """Whether what the page shows is not what the digests make of it."""
    saying = [each for each in said if name in each.hashes]
    return any(name not in each.values for each in saying) or chosen(name, saying) != shown


def folded(paper: Paper, said: Sequence[Said], edits: Edits) -> Paper:
    """The paper with what digests said of it and a human made of it; id, notes, tags and so on stay as they are."""
    ordered = sorted(said, key=lambda each: each.order) if len(said) > 1 else said
    shown = _shown(ordered, edits)
    listed = min(filter(None, (identity.digest_date(each.digest) for each in ordered)), default="")
    sightings = tuple(_sighting(each, shown) for each in ordered)
    return with_fields(paper, shown, sightings=sightings, listed=listed)


def _shown(said: Sequence[Said], edits: Edits) -> Mapping[str, Value]:
    values = said[0].values if len(said) == 1 else {}
    if values and not edits and values.keys() == said[0].hashes.keys() and all(values.values()):  # nearly all are new
        keywords = chosen("keywords", said)
        return {**values, "keywords": keywords} if keywords else values
    names = dict.fromkeys(name for fields in (edits, *(each.hashes for each in said)) for name in fields)
    found = {name: edits[name] if name in edits else chosen(name, said) for name in names}
    return {name: value for name, value in found.items() if value}


def _sighting(said: Said, shown: Mapping[str, Value]) -> Sighting:
    differs = {name: value for name, value in said.values.items() if value != shown.get(name)}
    return Sighting(said.digest, said.hashes, differs, said.ids)


def combine(first: Record, second: Record) -> Record | None:
    """One record of two that a digest has for the same paper; None when they contradict each other.

    Of versions the later counts, of notices the first.
    """
    fields = dict(first.fields)
    for name, value in second.fields.items():
        if name == "keywords":
            known = texts_of(fields.get(name, ()))
            fields[name] = (*known, *(word for word in dict.fromkeys(texts_of(value)) if word not in known))
        elif name == "version":
            fields[name] = max(fields.get(name, ""), value, key=lambda text: (len(text), text))
        elif fields.setdefault(name, value) != value and name != "notice":
            return None
    also = tuple(dict.fromkeys((*identity.record_ids(first), *identity.record_ids(second))))
    return Record(fields, id=first.id or second.id, line=first.line, also=also)

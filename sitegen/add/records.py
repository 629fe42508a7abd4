"""The records of a digest, each paper once; what cannot be believed or contradicts itself goes to quarantine."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from sitegen.add.state import Arrived, State
from sitegen.intake.notices import completed
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading
from sitegen.matching import merge
from sitegen.matching.clusters import Saying, clusters, connected
from sitegen.matching.match import evidence, keys_of_said
from sitegen.matching.own_code import with_code
from sitegen.matching.said import Said, Traits
from sitegen.model import Record
from sitegen.problems import Problem, problem
from sitegen.work import Crew

LONGEST_TITLE = 5_000
LARGEST_RECORD = 400_000


class _Heard(NamedTuple):
    """What one record alone tells. fault: why it cannot be believed, and then all else is empty.

    record: with all that its words tell, None where it is as it was. ids, hashes: as in what is said; keys:
    `match.keys_of_said` of it.
    """

    fault: Problem | None = None
    record: Record | None = None
    ids: tuple[str, ...] = ()
    hashes: Mapping[str, str] = {}
    keys: tuple[str, ...] = ()


def arrived(raw: RawDigest, reading: Reading, digest: str, state: State, crew: Crew) -> list[Arrived]:
    """What the digest says of each paper, in the digest's order."""
    believed, said, keys = [], [], []
    hear = partial(_all_heard, raw.name, digest, state.options.today)
    heard = chain.from_iterable(crew.spread(hear, reading.records))
    for record, found in zip(reading.records, heard, strict=True):
        if found.fault:
            state.report.problems.append(found.fault)
            state.quarantine(_kept(record, found.fault), raw, digest, record)
        else:
            believed.append(found.record or record)
            said.append(Said(digest, found.ids, found.hashes, believed[-1].fields))
            keys.append(found.keys)
    source = str(len(state.arrived))
    arrived = []
    for at, *others in _by_paper(said, keys):
        record = believed[at]
        # Traits are made when they are asked for and kept: most papers stand once in a digest and need none.
        if others:
            record = _combined([(believed[each], said[each].traits) for each in (at, *others)], raw, digest, state)
        # Not before they are combined: what only an abstract names contradicts nothing.
        complete = with_code(record)
        told = said[at] if complete is believed[at] else merge.said_of(complete, digest)
        told_keys = tuple(keys_of_said(told)) if others else keys[at]
        arrived.append(Arrived(told, told_keys, record, state.report.imports[-1], raw.name, source))
    return arrived


def _all_heard(file: str, digest: str, today: str, records: Sequence[Record]) -> list[_Heard]:
    return [_heard(file, digest, today, record) for record in records]


def _heard(file: str, digest: str, today: str, record: Record) -> _Heard:
    if fault := _implausible(record, file, today):
        return _Heard(fault)
    complete = completed(record)
    said = merge.said_of(complete, digest)
    changed = None if complete is record else complete
    return _Heard(None, changed, said.ids, said.hashes, tuple(keys_of_said(said)))


def _by_paper(said: Sequence[Said], keys: Sequence[Collection[str]]) -> list[list[int]]:
    """The sayings of each paper, as places in `said`, in order; only what has neighbours is compared."""
    found: list[list[int]] = []
    for part in connected(keys):
        near = clusters([Saying(at, said[at].traits) for at in part]) if len(part) > 1 else [[0]]
        found += ([part[place] for place in places] for places in near)
    return sorted(found)


def _combined(told: Sequence[tuple[Record, Traits]], raw: RawDigest, digest: str, state: State) -> Record:
    """What a digest says of a paper a second time is merged into the first; what contradicts it is quarantined."""
    (record, traits), *others = told
    for other, its_traits in others:
        both = merge.combine(record, other)
        reason = f"{evidence(traits, its_traits)}, at line {record.line} of this digest"
        # A list by categories repeats papers as they are: there is nothing to look at.
        if both and both.fields == record.fields:
            state.say(other, "merged", reason=reason)
        else:
            _say_twice(raw, other, record.line, digest, state, merged=reason if both else "")
        if both:
            record, traits = both, traits.with_(its_traits)
    return record


def _say_twice(raw: RawDigest, record: Record, first: int, digest: str, state: State, *, merged: str) -> None:
    """merged: why it was merged; "" if it was not."""
    code = "paper-twice" if merged else "paper-twice-differs"
    found = problem(code, file=raw.name, line=record.line, field="title", value=record.title, first=first)
    state.report.problems.append(found)
    if merged:
        state.say(record, "merged", reason=merged)
    else:
        state.quarantine(_kept(record, found), raw, digest, record)


def _implausible(record: Record, file: str, today: str) -> Problem | None:
    published = str(record.fields.get("published", ""))
    size = sum(len(value) if isinstance(value, str) else sum(map(len, value)) for value in record.fields.values())
    if size > LARGEST_RECORD or len(record.title) > LONGEST_TITLE:
        return problem("item-large", file=file, line=record.line, size=size, most=LARGEST_RECORD)
    if published[:10] > today[: len(published)]:
        return problem("item-future", file=file, line=record.line, field="date", value=published)
    return None


def _kept(record: Record, fault: Problem) -> dict[str, Any]:
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in record.fields.items()}
    return {**fault.as_json(), "record": {"id": record.id, **fields}}

"""`sitegen add`: digests in, pages in content/ changed, every byte and every paper accounted for."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sitegen import catalogue, files, identity, store
from sitegen.add import again, days, import_report, journal, papers, records, suspicions
from sitegen.add.changes import changes_of
from sitegen.add.packing import Packing, packing
from sitegen.add.state import Import, Options, Report, State
from sitegen.cache import Cache
from sitegen.files import Change
from sitegen.intake import dates, reader_for
from sitegen.intake.containers import unpacked
from sitegen.intake.containers.pieces import LEFT, Ignored
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading, account
from sitegen.model import Digest, Record
from sitegen.problems import Problem, ProblemsFound, problem
from sitegen.store import digest_page
from sitegen.text import clean
from sitegen.work import Crew, crew, without_collector

LONGEST_NAME = 120
# Digests of fewer bytes are added before other processes have started.
SEVERAL = 1_000_000


@without_collector()
def add(content: Path, inputs: Iterable[RawDigest], options: Options, *, dry_run: bool = False) -> Report:
    """Add digests to the archive in `content`.

    inputs: who gives an iterator, and keeps none of the digests, has their memory back once they are read.
    A digest or an item that cannot be added is in the report's problems, and the rest goes on.
    Raises ProblemsFound, and changes nothing, when pages of content/ are broken (papers in them might come twice).
    """
    cache = Cache(content.parent)
    waiting = deque(inputs)
    much = sum(len(raw.data) for raw in waiting) > SEVERAL
    asking = again.asked(content, waiting, options) if much and not dry_run else None
    if asking and (report := again.answer(cache, asking)):
        journal.pass_over(content)
        return report
    known = catalogue.read(content, cache)
    errors = [found for found in known.problems if found.severity == "error"]
    if errors:
        raise ProblemsFound(errors)
    state = State(known.archive, lambda entry: catalogue.open_paper(content, entry.path), options)
    with crew(much=much, free=waiting.clear) as others, packing(content, keep=options.keep_raw) as packed:
        beside = _Beside(others, packed)
        while waiting:
            _add_input(waiting.popleft(), state, beside)  # its bytes go then, and its text, which is larger still
        seen = papers.known(state)
        looked = suspicions.begin(state, seen, others)
        papers.place_all(state, seen)
        pairs = suspicions.begin_near(state, others)
        state.report.pages = {paper.id: paper.path for paper in state.index.papers.values()}
        changes = chain(packed.changes(), changes_of(content, state, others), _reports(content, state, looked, pairs))
        if dry_run:
            deque(changes, maxlen=0)
        else:
            steps = _make(content, state.report.digests, changes, others)
    state.report.problems += store.within(content, state.problems_of_pages)
    if asking and state.lasting and not state.problems_of_pages:
        again.remember(cache, asking, steps, state.report)
    return state.report


class _Beside(NamedTuple):
    """Who works beside this process."""

    crew: Crew
    packing: Packing


def _reports(
    content: Path, state: State, looked: Sequence[suspicions.Looking], pairs: suspicions.Pairs
) -> Iterator[Change]:
    """The import reports, with what was found meanwhile."""
    suspicions.find(state, looked, pairs)
    yield from import_report.changes(content, state.report.imports, state.report.pages)


def _make(content: Path, digests: Sequence[str], changes: Iterable[Change], crew: Crew) -> list[journal.Step]:
    """Make the changes, and write down before the first of them how to take them back."""
    steps: list[journal.Step] = []

    def noted() -> Iterator[Change]:
        for path, data in changes:
            steps.append(journal.step(content, path, data))
            yield path, data

    files.replace_all(content, noted(), lambda: journal.begin(content, digests, steps), crew.map)
    (journal.finish if steps else journal.pass_over)(content)
    return steps


def _add_input(raw: RawDigest, state: State, beside: _Beside) -> None:
    """Add the digests of a file. The bytes of one of which nothing can be read are not counted, be it packed or not."""
    left: list[Ignored] = []
    read = False
    for piece in unpacked(raw, state.options.format):
        if isinstance(piece, Problem):
            state.report.problems.append(piece)
        elif isinstance(piece, Ignored):
            left.append(piece)
        elif fault := _add_digest(piece, state, beside):
            state.report.problems.append(fault)
            left.append(Ignored(LEFT, piece.packed_size))
        else:
            read = True
    for piece in left if read else ():
        _ignore(piece.what, piece.size, state.report)


def _ignore(what: str, size: int, report: Report) -> None:
    if size:
        report.ignored[what] = report.ignored.get(what, 0) + size
        report.size += size


def _add_digest(raw: RawDigest, state: State, beside: _Beside) -> Problem | None:
    """Add the papers of one digest; or why nothing of it can be added."""
    reader = reader_for(replace(raw), state.options.format)  # a copy: not every reader needs the whole text
    if isinstance(reader, Problem):
        return reader
    reading = reader.read_by(raw, beside.crew) if reader.read_by else reader.read(raw)
    found = days.listing_day(raw, reading, state.options)
    if state.options.format and not reading.records:
        found = problem("format-wrong", file=raw.name, value=state.options.format)
    if isinstance(found, Problem):
        return found
    before = len(state.report.problems)
    if guessed := raw.guessed:
        words, line = guessed
        state.report.problems.append(problem("digest-windows", file=raw.name, line=line, value=words))
    if found.doubt:
        state.report.problems.append(found.doubt)
    digest = _digest(raw, reading, found.day, state)
    imported = Import(raw.short_name, raw.sha256, digest.id)
    state.report.imports.append(imported)
    if reading.records or reading.rejected:
        beside.packing.begin(raw)
    arrived = records.arrived(raw, reading, digest.id, state, beside.crew)
    if arrived or digest.id in state.digests:
        state.arrived += arrived
        state.digests[digest.id] = digest
        state.digest_of[raw.sha256, digest.date] = digest.id
        state.report.digests.append(digest.id)
    _keep_rejected(raw, reading, digest.id, state)
    imported.sizes = account(raw, reading)
    _account(raw, imported.sizes, state.report)
    imported.problems = [replace(found, file=imported.name) for found in state.report.problems[before:]]
    return None


def _digest(raw: RawDigest, reading: Reading, day: str, state: State) -> Digest:
    """The digest as it is so far: the one with the same bytes and day, else with the same id, else a new one."""
    known = state.digests.get(state.digest_of.get((raw.sha256, day), ""))
    if known and not state.options.source:
        return known
    source = clean.line(state.options.source or reading.source)[:LONGEST_NAME]
    title = clean.line(state.options.source or reading.title)[:LONGEST_NAME]
    digest_id = identity.digest_id(day, source)
    if known := state.digests.get(digest_id):
        return replace(known, raw=tuple(dict.fromkeys((*known.raw, raw.sha256))))
    titled = f"{title}, {dates.in_words(day)}" if day else title
    return Digest(digest_id, day, source, titled, (), (raw.sha256,), path=digest_page.digest_path(digest_id))


def _keep_rejected(raw: RawDigest, reading: Reading, digest: str, state: State) -> None:
    state.quarantined.setdefault(digest, {}).setdefault(raw.sha256, [])
    for item in reading.rejected:
        state.report.problems.append(item.problem)
        text = raw.text[item.start : item.end].encode("utf-8", "backslashreplace").decode()
        nameless = Record({}, line=item.problem.line)
        state.quarantine({**item.problem.as_json(), "text": text}, raw, digest, nameless)
    state.report.problems += reading.problems


def _account(raw: RawDigest, sizes: Mapping[str, int], report: Report) -> None:
    kept = {"paper", "quarantined"}
    for name, size in sizes.items():
        totals = report.used if name in kept else report.ignored
        totals[name] = totals.get(name, 0) + size
    report.size += raw.packed_size

"""`sitegen add`: digests in, pages in content/ changed, every byte and every paper accounted for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sitegen import catalogue, files, identity, store
from sitegen.add import days, import_report, journal, suspicions
from sitegen.add.changes import changes_of
from sitegen.add.state import Import, Options, Report, State
from sitegen.cache import Cache
from sitegen.intake import dates, merge, reader_for
from sitegen.intake.containers import unpacked
from sitegen.intake.containers.pieces import LEFT, Ignored, Piece
from sitegen.intake.match import Index
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import Reading, account
from sitegen.model import Digest, Paper, Record
from sitegen.problems import Problem, ProblemsFound, problem
from sitegen.store import digest_page, paper_page
from sitegen.text import clean
from sitegen.work import without_collector

LONGEST_NAME = 120
LONGEST_TITLE = 5_000
LARGEST_RECORD = 400_000


@without_collector()
def add(content: Path, inputs: Sequence[RawDigest], options: Options, *, dry_run: bool = False) -> Report:
    """Add digests to the archive in `content`.

    A digest or an item that cannot be added is in the report's problems, and the rest goes on.
    Raises ProblemsFound, and changes nothing, when pages of content/ are broken (papers in them might come twice).
    """
    known = catalogue.read(content, Cache(content.parent))
    errors = [found for found in known.problems if found.severity == "error"]
    if errors:
        raise ProblemsFound(errors)
    state = State(known.archive, lambda entry: catalogue.open_paper(content, entry.path), options)
    for raw in inputs:
        for piece in unpacked(raw, options.format):
            _add_piece(piece, state)
    suspicions.find(state)
    changes = changes_of(content, state)
    state.report.pages = {paper.id: paper.path for paper in state.index.papers.values()}
    changes |= import_report.changes(content, state.report.imports, state.report.pages)
    state.report.problems += store.within(content, state.problems_of_pages)
    if changes and not dry_run:
        journal.begin(content, state.report.digests, changes)
        files.replace_all(content, changes)
        journal.finish(content)
    return state.report


def _add_piece(piece: Piece, state: State) -> None:
    if isinstance(piece, Problem):
        state.report.problems.append(piece)
    elif isinstance(piece, Ignored):
        _ignore(piece.what, piece.size, state.report)
    elif fault := _add_digest(piece, state):
        state.report.problems.append(fault)
        if piece.part:
            _ignore(LEFT, piece.part.size, state.report)


def _ignore(what: str, size: int, report: Report) -> None:
    if size:
        report.ignored[what] = report.ignored.get(what, 0) + size
        report.size += size


def _add_digest(raw: RawDigest, state: State) -> Problem | None:
    """Add the papers of one digest; or why nothing of it can be added."""
    reader = reader_for(raw, state.options.format)
    if isinstance(reader, Problem):
        return reader
    reading = reader.read(raw)
    day = days.listing_day(raw, reading, state.options)
    if state.options.format and not reading.records:
        day = problem("format-wrong", file=raw.name, value=state.options.format)
    if isinstance(day, Problem):
        return day
    before, pages_before = len(state.report.problems), len(state.problems_of_pages)
    if reading.date and not day.endswith(reading.date.day):
        state.report.problems.append(days.other_date(raw, reading.date, day))
    digest = _digest(raw, reading, day, state)
    imported = Import(Path(raw.name).name, raw.sha256, digest.id)
    state.report.imports.append(imported)
    listed = [_add_record(raw, record, digest.id, state) for record in _combined(raw, reading, digest.id, state)]
    papers = tuple(dict.fromkeys((*digest.papers, *filter(None, listed))))
    if papers:
        state.digests[digest.id] = replace(digest, papers=papers)
        state.digest_of[raw.sha256, digest.date] = digest.id
        state.report.digests.append(digest.id)
    _keep_rejected(raw, reading, digest.id, state)
    if papers or state.quarantine[digest.id][raw.sha256]:
        state.raw[raw.sha256] = raw.data
    imported.sizes = account(raw, reading)
    _account(raw, imported.sizes, state.report)
    imported.problems = [replace(found, file=imported.name) for found in state.report.problems[before:]]
    imported.problems += state.problems_of_pages[pages_before:]
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


def _combined(raw: RawDigest, reading: Reading, digest: str, state: State) -> list[Record]:
    """The records, each paper once.

    What a digest says of a paper a second time is merged into the first, or, where it contradicts it, quarantined.
    """
    index = Index()
    combined: dict[str, Record] = {}
    for record in reading.records:
        match = index.match(record)
        key = match.paper.id if match else identity.new_paper_id(record, index.owner)
        both = merge.combine(combined[key], record) if match else record
        if match:
            said = f"{match.evidence}, at line {combined[key].line} of this digest"
            # A list by categories repeats papers as they are: there is nothing to look at.
            if both and both.fields == combined[key].fields:
                state.say(record, "merged", reason=said)
            else:
                _say_twice(raw, record, combined[key].line, digest, state, merged=said if both else "")
        if both:
            combined[key] = both
            index.put(replace(merge.add(both, "", key), aliases=identity.record_ids(both)))
    return list(combined.values())


def _say_twice(raw: RawDigest, record: Record, first: int, digest: str, state: State, *, merged: str) -> None:
    """merged: why it was merged; "" if it was not."""
    code = "paper-twice" if merged else "paper-twice-differs"
    found = problem(code, file=raw.name, line=record.line, field="title", value=record.title, first=first)
    state.report.problems.append(found)
    if merged:
        state.say(record, "merged", reason=merged)
    else:
        _quarantine(_kept_record(record, found), raw, digest, state, record)


def _quarantine(item: dict[str, Any], raw: RawDigest, digest: str, state: State, record: Record) -> None:
    state.say(record, "quarantined", reason=item["message"])
    kept = {**item, "file": Path(item["file"]).name, "raw": raw.sha256}
    state.quarantine.setdefault(digest, {}).setdefault(raw.sha256, []).append(kept)


def _add_record(raw: RawDigest, record: Record, digest: str, state: State) -> str | None:
    """Add or merge one record; the paper's id, or None when it went to quarantine."""
    report = state.report
    if fault := _implausible(record, raw, state.options):
        report.problems.append(fault)
        _quarantine(_kept_record(record, fault), raw, digest, state, record)
        return None
    match = state.index.match(record)
    if len(owners := state.index.owners(record)) > 1:
        both = ", ".join(owners)
        report.problems.append(problem("ids-of-two", file=raw.name, line=record.line, field="id", papers=both))
    if match is None:
        paper_id = identity.new_paper_id(record, state.index.owner)
        paper = _with_aliases(merge.add(record, digest, paper_id), record, state.index)
        paper = replace(paper, path=paper_page.paper_path(paper))
        state.say(record, "added", paper.id)
    else:
        found = match.paper
        merged = merge.merge(found, record, digest)
        paper = _with_aliases(merged.paper, record, state.index)
        state.problems_of_pages += [
            problem("hand-edit-kept", file=found.path, field=name, value=str(record.fields[name]), digest=digest)
            for name in merged.kept
        ]
        state.say(record, "unchanged" if paper == found else "merged", paper.id, match.evidence)
    state.index.put(paper)
    report.papers.append(paper.id)
    return paper.id


def _implausible(record: Record, raw: RawDigest, options: Options) -> Problem | None:
    published = str(record.fields.get("published", ""))
    size = sum(len(value) if isinstance(value, str) else sum(map(len, value)) for value in record.fields.values())
    if size > LARGEST_RECORD or len(record.title) > LONGEST_TITLE:
        return problem("item-large", file=raw.name, line=record.line, size=size, most=LARGEST_RECORD)
    if published[:10] > options.today[: len(published)]:
        return problem("item-future", file=raw.name, line=record.line, field="date", value=published)
    return None


def _with_aliases(paper: Paper, record: Record, index: Index) -> Paper:
    """The paper with the names that the record brings: its other ids, and its title's slug when it has no id."""
    names = identity.record_ids(record) or (identity.title_slug(record.title),)
    new = [name for name in names if name not in (paper.id, *paper.aliases) and not index.owner(name)]
    return replace(paper, aliases=(*paper.aliases, *new)) if new else paper


def _kept_record(record: Record, fault: Problem) -> dict[str, Any]:
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in record.fields.items()}
    return {**fault.as_json(), "record": {"id": record.id, **fields}}


def _keep_rejected(raw: RawDigest, reading: Reading, digest: str, state: State) -> None:
    state.quarantine.setdefault(digest, {}).setdefault(raw.sha256, [])
    for item in reading.rejected:
        state.report.problems.append(item.problem)
        text = raw.text[item.start : item.end].encode("utf-8", "backslashreplace").decode()
        nameless = Record({}, line=item.problem.line)
        _quarantine({**item.problem.as_json(), "text": text}, raw, digest, state, nameless)
    state.report.problems += reading.problems


def _account(raw: RawDigest, sizes: Mapping[str, int], report: Report) -> None:
    kept = {"paper", "quarantined"}
    for name, size in sizes.items():
        totals = report.used if name in kept else report.ignored
        totals[name] = totals.get(name, 0) + size
    report.size += raw.packed_size

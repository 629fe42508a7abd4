"""All that has arrived to its papers, and the papers to their digests."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sitegen.add.state import Arrived, Outcome, State
from sitegen.matching.items import New
from sitegen.matching.match import seen_key
from sitegen.matching.placing import Placed, place
from sitegen.matching.said import Said
from sitegen.model import Paper, Sighting
from sitegen.problems import problem
from sitegen.store import paper_page

Moved = Mapping[tuple[str, str], tuple[str, ...]]


def known(state: State) -> dict[int, str]:
    """Place of what has arrived -> id of the paper on whose page it stands already, as it was said."""
    if not (state.entries or state.index.papers):
        return {}
    found = ((at, state.index.with_key(seen_key(each.said))) for at, each in enumerate(state.arrived))
    return {at: papers[0] for at, papers in found if papers}


def place_all(state: State, known: Mapping[int, str]) -> None:
    """Bring all that has arrived to its papers at once, so that its order does not matter. known: as `known` finds."""
    outcomes = {at: Outcome(state.arrived[at].record, "unchanged", paper) for at, paper in known.items()}
    todo = [at for at in range(len(state.arrived)) if at not in known]
    moved: dict[tuple[str, str], tuple[str, ...]] = {}
    for papers, news in state.index.neighbourhoods([state.arrived[at].keys for at in todo]):
        pages = [paper for paper_id in papers if (paper := state.index.paper(paper_id))]
        here = [state.arrived[todo[place]] for place in news]
        placed = place(pages, [New(each.said, each.source) for each in here], state.index.owner)
        state.index.replace([page.id for page in pages], map(_with_path, placed.papers))
        outcomes.update(zip([todo[place] for place in news], _outcomes(here, placed), strict=True))
        moved |= placed.moved
        _tell(placed, here, pages, state)
    _list([outcomes[at] for at in range(len(state.arrived))], moved, state)
    state.arrived.clear()  # a fifth of all memory, which writing the pages needs


def _with_path(paper: Paper) -> Paper:
    return paper if paper.path else replace(paper, path=paper_page.paper_path(paper))


def _outcomes(arrived: Sequence[Arrived], placed: Placed) -> Iterator[Outcome]:
    """What became of the new sayings of a neighbourhood; the first of a new paper is what added it."""
    new = set(placed.added)
    for at, (each, paper, why) in enumerate(zip(arrived, placed.paper_of, placed.why, strict=True)):
        if at in placed.known:
            yield Outcome(each.record, "unchanged", paper)
        elif paper in new:
            yield Outcome(each.record, "added", paper)
        else:
            yield Outcome(each.record, "merged", paper, why)
        new.discard(paper)


def _tell(placed: Placed, arrived: Sequence[Arrived], pages: Sequence[Paper], state: State) -> None:
    """What a human wants to know: pages that were joined or parted, and hand edits that stand against a digest."""
    state.lasting &= not (placed.joined or placed.parted or placed.kept)
    for new, papers, why in placed.joined:
        words = {"papers": ", ".join(papers), "why": why, "paper": papers[0]}
        _warn(arrived[new], "papers-joined", words, state)
    for new, papers in placed.parted:
        _warn(arrived[new], "papers-parted", {"paper": papers[0], "papers": ", ".join(papers)}, state)
    paths = {page.id: page.path for page in pages}
    for new, names in placed.kept.items():
        said, imported = arrived[new].said, arrived[new].imported
        path = paths[placed.paper_of[new]]
        for name in names:
            value = str(said.values[name])
            found = problem("hand-edit-kept", file=path, field=name, value=value, digest=said.digest)
            state.problems_of_pages.append(found)
            imported.problems.append(found)


def _warn(arrived: Arrived, code: str, words: Mapping[str, str], state: State) -> None:
    found = problem(code, file=arrived.file, line=arrived.record.line, field="id", **words)
    state.report.problems.append(found)
    arrived.imported.problems.append(replace(found, file=arrived.imported.name))


def _list(outcomes: Sequence[Outcome], moved: Moved, state: State) -> None:
    """List the papers in their digests, the new ones and those whose pages were joined or parted."""
    listed: dict[str, list[str]] = {}
    for each, outcome in zip(state.arrived, outcomes, strict=True):
        now = _now(outcome.paper, each.said.digest, moved)
        listed.setdefault(each.said.digest, []).extend(now)
        state.report.papers.append(now[0])
        if paper := state.index.papers.get(now[0]):
            state.lasting &= any(_is_said(each.said, sighting) for sighting in paper.sightings)
        each.imported.outcomes.append(outcome if outcome.paper == now[0] else outcome._replace(paper=now[0]))
    for digest in list(state.digests.values()) if moved else [state.digests[name] for name in listed]:
        before = [paper for old in digest.papers for paper in _now(old, digest.id, moved)]
        papers = tuple(dict.fromkeys((*before, *listed.get(digest.id, ()))))
        state.digests[digest.id] = replace(digest, papers=papers)


def _is_said(said: Said, sighting: Sighting) -> bool:
    return (said.digest, said.ids, said.hashes) == (sighting.digest, sighting.ids, sighting.said)


def _now(paper: str, digest: str, moved: Moved) -> tuple[str, ...]:
    """The papers that the digest means today by what was the page of `paper`."""
    return moved.get((paper, digest)) or moved.get((paper, "")) or (paper,)

"""What may be wrong with what an import brought: nothing of it stops anything, all of it is in the import report.

Only papers that were added or changed are looked at, so that a digest that is added again says nothing twice.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from statistics import median
from typing import NamedTuple

from sitegen.add import damage
from sitegen.add.addresses import LOST, what_is_odd
from sitegen.add.near_titles import near_titles
from sitegen.add.series import USUAL, missing_days
from sitegen.add.state import Import, Outcome, State
from sitegen.intake import dates
from sitegen.intake.gathering import MOST_NAMED
from sitegen.matching.said import family_names
from sitegen.model import Record
from sitegen.problems import Problem, problem
from sitegen.text import links
from sitegen.text.markup import to_plain
from sitegen.work import Crew

# Of 10,000 papers one in a thousand has a title or an abstract that is shorter than the usual by this factor.
SHORT = 15
# A digest whose texts are this short by themselves, as a list of names, says nothing of what is usual.
USUAL_AT_LEAST = {"title": 20, "abstract": 200}
# arXiv takes abstracts of up to 1,920 characters; the longest title of those 10,000 has 269.
LONG = {"title": 400, "abstract": 6_000}


Pairs = Callable[[], Iterable[tuple[str, str]]]
"""What waits for (id of an added paper, id of one whose title is nearly the same)."""


class _Looked(NamedTuple):
    """What may be wrong with one record, what may be meant otherwise than it is written, and which rules mend it."""

    odd: tuple[Problem, ...]
    proposed: tuple[Problem, ...]
    mended: tuple[str, ...]


class Looking(NamedTuple):
    """Records of one import, and what is found in each, which is there when it is asked for."""

    records: list[Record]
    found: Iterator[_Looked]


def begin(state: State, known: Collection[int], crew: Crew) -> list[Looking]:
    """Begin to look at what has arrived with each import, but for what stands on a page already (`known`, by places).

    A record tells by itself what may be wrong with it, so a crew can look while papers are placed.
    """
    places: dict[int, list[int]] = {id(each): [] for each in state.report.imports}
    for at, each in enumerate(state.arrived):
        places[id(each.imported)].append(at)
    return [_begin(each, places[id(each)], state, known, crew) for each in state.report.imports]


def _begin(imported: Import, places: Sequence[int], state: State, known: Collection[int], crew: Crew) -> Looking:
    arrived = [state.arrived[at].record for at in places]
    look = partial(_look, _usual([*(outcome.record for outcome in imported.outcomes), *arrived]), imported.name)
    new = [record for at, record in zip(places, arrived, strict=True) if at not in known]
    return Looking(new, chain.from_iterable(crew.begin(look, new)))


def find(state: State, looking: Sequence[Looking], pairs: Pairs) -> None:
    """Put what may be wrong with what the import brought into the report's imports.

    looking: what `begin` began; pairs: what `begin_near` began.
    """
    near = _near(state, pairs())
    for each, begun in zip(state.report.imports, looking, strict=True):
        news = each.news
        lines = {outcome.record.line for outcome in news}
        said = [*_missing_days(each, state)]
        said += [found for found in each.problems if found.code == "item-url" and found.line in lines]
        said += _no_abstracts(each, state)
        looked = [*_of(news, begun)]
        for outcome, found in zip(news, looked, strict=True):
            said += found.odd
            said += near.get(outcome.paper, []) if outcome.status == "added" else []
            said += found.proposed
        each.suspicious = said
        each.mended = damage.counted(rule for found in looked for rule in found.mended)


def _of(news: Iterable[Outcome], looking: Looking) -> Iterator[_Looked]:
    """What was found in the records of the news, which are some of those that were looked at, in the same order."""
    looked = zip(looking.records, looking.found, strict=True)
    for outcome in news:
        yield next(found for record, found in looked if record is outcome.record)


def _look(usual: dict[str, float], file: str, records: Sequence[Record]) -> list[_Looked]:
    return [
        _Looked(
            (*_texts(record, usual, file), *_addresses(record, file)),
            (*damage.proposals(record, file),),
            (*damage.mended(record),),
        )
        for record in records
    ]


def _usual(records: Sequence[Record]) -> dict[str, float]:
    """Field -> the usual length in a digest, for fields with texts of ordinary length."""
    sizes = {
        name: [len(str(record.fields[name])) for record in records if name in record.fields] for name in USUAL_AT_LEAST
    }
    found = {name: median(lengths) for name, lengths in sizes.items() if lengths}
    return {name: usual for name, usual in found.items() if usual >= USUAL_AT_LEAST[name]}


def _texts(record: Record, usual: dict[str, float], file: str) -> Iterator[Problem]:
    say = partial(problem, file=file, line=record.line)
    for name, most in LONG.items():
        text = str(record.fields.get(name, ""))
        if text and len(text) * SHORT < usual.get(name, 0):
            yield say("length-odd", field=name, value=text, size=len(text), usual=round(usual[name]))
        elif len(text) > most:
            yield say("length-long", field=name, value=text, size=len(text), usual=most)


def _addresses(record: Record, file: str) -> Iterator[Problem]:
    abstract = str(record.fields.get("abstract", ""))
    found = [(f"links.{kind}", url, kind) for kind, url in _links(record)]
    found += [("abstract", url, "") for _, _, url in links.find(abstract)]
    for name, url, kind in found:
        if why := what_is_odd(url, kind):
            yield problem("address-odd", file=file, line=record.line, field=name, value=url, why=why)
    for lost in LOST.finditer(abstract) if "http" in abstract.lower() else ():
        yield problem("address-odd", file=file, line=record.line, field="abstract", value=lost[0], why="a part is lost")


def _links(record: Record) -> Iterable[tuple[str, str]]:
    for name, url in record.fields.items():
        if name.startswith("links."):
            yield name.removeprefix("links."), str(url)


def _no_abstracts(imported: Import, state: State) -> list[Problem]:
    """Where no other digest and no human has given the paper an abstract; a list of titles is told of once."""
    papers = ((outcome.record, state.index.paper(outcome.paper)) for outcome in imported.news)
    without = [record for record, paper in papers if paper and not paper.abstract]
    say = partial(problem, file=imported.name)
    if len(without) > MOST_NAMED:
        return [say("digest-no-abstracts", missing=len(without), papers=len(imported.outcomes))]
    return [say("item-no-abstract", line=record.line, field="abstract", value=record.title) for record in without]


def begin_near(state: State, crew: Crew) -> Pairs:
    """Begin to look for papers whose titles are nearly those of papers that were added, which are on their pages."""
    titles = {paper_id: record.title for paper_id, (_, record) in _added(state).items()}
    known = [(entry.id, entry.title) for entry in state.entries] if titles else []
    return crew.start(partial(_near_pairs, titles, known))


def _added(state: State) -> dict[str, tuple[str, Record]]:
    """Id of an added paper -> (name of the import, what was said of it)."""
    return {outcome.paper: (each.name, outcome.record) for each in state.report.imports for outcome in each.of("added")}


def _near_pairs(titles: dict[str, str], known: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [*near_titles({paper_id: to_plain(title) for paper_id, title in titles.items()}, known)]


def _near(state: State, pairs: Iterable[tuple[str, str]]) -> dict[str, list[Problem]]:
    """Id of an added paper -> that its title is another's, or nearly so, and nothing speaks against their being one."""
    added = _added(state)
    found: dict[str, list[Problem]] = {}
    for paper_id, other_id in pairs:
        name, record = added[paper_id]
        other = state.index.paper(other_id)
        ours, theirs = family_names(record.fields.get("authors", ())), family_names(other.authors if other else ())
        if other and (not ours or not theirs or ours & theirs):
            code = "title-same" if record.title == other.title else "title-near"
            say = partial(problem, code, file=name, line=record.line, field="title")
            found[paper_id] = [say(value=record.title, name=other.title, paper=other_id)]
    return found


def _missing_days(imported: Import, state: State) -> Iterator[Problem]:
    digest = state.digests.get(imported.digest)
    if digest is None or not imported.news or not dates.is_day(digest.date):
        return
    days = {each.date for each in state.digests.values() if each.source == digest.source and dates.is_day(each.date)}
    if missing := missing_days(digest.date, days):
        listed = missing[0] if len(missing) == 1 else f"{missing[0]} to {missing[-1]}"
        yield problem("day-missing", file=imported.name, field="date", name=digest.source, usual=USUAL, days=listed)

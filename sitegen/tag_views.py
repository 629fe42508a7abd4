"""`sitegen tags`: which tags there are, why a paper has its own, and what other rules would change. Nothing is written.

Each function gives lines of text, which hold text of digests as it is: whoever prints them makes them safe.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sitegen import catalogue, config, identity, tags
from sitegen.cache import Cache
from sitegen.model import Archive, Entry, Paper, Tag
from sitegen.problems import ProblemsFound, problem
from sitegen.tags.giving import Given, given_by_rules
from sitegen.work import spread

# So many papers are named where other rules give or take a tag.
SAMPLE = 10
# So many characters are shown before and behind the words that gave a tag.
AROUND = 30


def counts(config_file: Path) -> Iterator[str]:
    """A line for each tag, most papers first: count, address, name, and what kept it from having a page of its own.

    Tags of the vocabulary that no paper has stand at the end. Raises ProblemsFound where pages or rules are broken.
    """
    place = config.load(config_file)
    archive, vocabulary = _read(place.content)
    with_pages = set(tags.with_pages(archive, place.settings.tag_threshold))
    unused = [slug for slug in vocabulary.rules if slug not in archive.by_tag]
    names = {**{slug: rule.name for slug, rule in vocabulary.rules.items()}, **archive.tag_names}
    for slug in (*archive.by_tag, *unused):
        count = len(archive.by_tag.get(slug, ()))
        note = "" if slug in with_pages else "  (too rare for a page)" if count else "  (no paper has it)"
        yield f"{count:7,}  {slug}  {names[slug]}{note}"


def explain(config_file: Path, wanted: str) -> Iterator[str]:
    """All tags of one paper, each with the rule, keyword or hand that gave it, and the words where they stand.

    wanted: the paper's id, an alias, its arXiv or DOI address, or the path of its page. Raises ProblemsFound when there
    is no such paper.
    """
    content = config.load(config_file).content
    archive, vocabulary = _read(content)
    entry = next((each for each in archive.papers if _is_called(each, wanted)), None)
    if entry is None:
        raise ProblemsFound([problem("paper-unknown", file=content.name, value=wanted)])
    paper = catalogue.open_entry(content, entry)
    yield f"{paper.id}: {entry.title}"
    yield f"{content.name}/{paper.path}"
    rules = {given.rule.slug: given for given in given_by_rules(paper, vocabulary)}
    for tag in entry.tags:
        yield f"{tag.name} ({tag.slug}): {_origin(tag, vocabulary, f'{content.name}/{tags.FILE}')}"
        if tag.source == "rule":
            yield from _words(rules[tag.slug])
    yield from _taken(paper)


def _is_called(entry: Entry, wanted: str) -> bool:
    names = {wanted, identity.arxiv_id(wanted), identity.doi(wanted)} - {""}
    return not names.isdisjoint((entry.id, entry.path, *entry.aliases)) or wanted.endswith(f"/{entry.path}")


def _origin(tag: Tag, vocabulary: tags.Vocabulary, file: str) -> str:
    rule = vocabulary.rules.get(tag.slug)
    if tag.source == "hand":
        return "by hand"
    if tag.source == "rule":
        return f"by its rule, {file}:{rule.line if rule else 0}"
    if rule and rule in vocabulary.of_keyword(tag.reason):
        return f"by the keyword {tag.reason}, as its rule says, {file}:{rule.line}"
    return f"by the keyword {tag.reason}, which no rule knows"


def _words(given: Given) -> Iterator[str]:
    """Each place with its words between angle brackets, and some of the text around it."""
    text = given.text.plain
    for start, end in given.places:
        before = "…" * (start > AROUND) + text[max(0, start - AROUND) : start]
        after = text[end : end + AROUND] + "…" * (end + AROUND < len(text))
        yield f"    {given.where}, character {start + 1}: {before}<{text[start:end]}>{after}".replace("\n", " ")


def _taken(paper: Paper) -> Iterator[str]:
    for name in paper.hand_tags:
        if name.startswith("-"):
            yield f"{name[1:].strip()}: taken away by hand"


class _Change(NamedTuple):
    paper: str
    title: str
    more: tuple[str, ...]
    less: tuple[str, ...]


def diff(config_file: Path, file: Path) -> Iterator[str]:
    """What the tags of all papers would gain and lose with the rules of another file, the most changed tags first.

    Raises ProblemsFound where pages or rules are broken.
    """
    content = config.load(config_file).content
    archive, _ = _read(content)
    rules, problems = tags.read(file, str(file))
    if problems:
        raise ProblemsFound(problems)
    found = [each for part in spread(partial(_changes, content, rules), archive.papers) for each in part]
    more = _by_tag((change, change.more) for change in found)
    less = _by_tag((change, change.less) for change in found)
    changed = sorted({*more, *less}, key=lambda slug: (-len(more.get(slug, ())) - len(less.get(slug, ())), slug))
    for slug in changed:
        gains, losses = more.get(slug, ()), less.get(slug, ())
        yield f"{slug}  +{len(gains):,} -{len(losses):,}"
        yield from (*_sample("+", gains), *_sample("-", losses))
    yield f"Tags that would change: {len(changed):,}, on {len(found):,} of {len(archive.papers):,} papers"


def _sample(sign: str, changes: Sequence[_Change]) -> Iterator[str]:
    yield from (f"    {sign} {each.paper}  {each.title}" for each in changes[:SAMPLE])
    if len(changes) > SAMPLE:
        yield f"    {sign} … and {len(changes) - SAMPLE:,} more"


def _changes(content: Path, rules: tags.Vocabulary, entries: Sequence[Entry]) -> list[_Change]:
    """The papers whose tags would be others."""
    found = []
    for entry in entries:
        new = {tag.slug for tag in tags.tags_of(catalogue.open_entry(content, entry), rules)}
        old = {tag.slug for tag in entry.tags}
        if new != old:
            found.append(_Change(entry.id, entry.title, tuple(sorted(new - old)), tuple(sorted(old - new))))
    return found


def _by_tag(changes: Iterable[tuple[_Change, tuple[str, ...]]]) -> dict[str, list[_Change]]:
    found: dict[str, list[_Change]] = {}
    for change, slugs in changes:
        for slug in slugs:
            found.setdefault(slug, []).append(change)
    return found


def _read(content: Path) -> tuple[Archive, tags.Vocabulary]:
    archive = catalogue.read(content, Cache(content.parent)).whole()
    return archive, tags.load(content)[0]

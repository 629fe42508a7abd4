"""Tags of papers and why they have them: from the curator's hand, from the rules in tags.yml, from digests' keywords.

A rule of content/tags.yml:

    diffusion-models:
      name: Diffusion models
      description: Generative models that learn to undo noise.
      patterns: [diffusion, denoising, text-to-image]
      keywords: [diffusion model]

A pattern is words: a space or hyphen in it matches a space, a hyphen or nothing between them, a `*` at a word's end
matches any ending, and a pattern with a capital letter asks for just these capitals (`GAN`, `LoRA`). A paper gets the
tag when a pattern stands in its title, or its patterns stand in two places of its abstract (`abstract: N` in a rule
asks for N).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import Any

import yaml
from ahocorasick_rs import AhoCorasick

from sitegen import identity
from sitegen.cache import stamp
from sitegen.model import Archive, Entry, Paper, Tag
from sitegen.problems import Problem, problem
from sitegen.text.markup import to_plain

# libyaml's loader is ten times as fast; a PyYAML that was built without it has only the other.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FILE = "tags.yml"
KEYS = ("name", "description", "patterns", "keywords", "abstract")
HITS_IN_ABSTRACT = 2
# Each space of a pattern doubles its spellings; a pattern of more words than this is searched with a regex.
MOST_WORDS = 6
_WORD = re.compile(r"\w+")
# What may stand between words: also the two Unicode hyphens, and the en dash of "image–text".
_BETWEEN = re.compile(r"[\s‐‑–-]")
_SEPARATORS = [chr(code) for code in range(0x10000) if _BETWEEN.match(chr(code)) and chr(code) != " "]
# A text, which `translate` reads faster than a dict.
_ASCII_SPACED = "".join(" " if _BETWEEN.match(chr(code)) else chr(code) for code in range(128))


@dataclass(frozen=True, slots=True)
class Text:
    """A text to search.

    lower: as long as `plain`, so that places agree; spaced, lower_spaced: the same with a space for all that may stand
    between words.
    """

    plain: str
    lower: str
    spaced: str
    lower_spaced: str


def _text(plain: str) -> Text:
    lower = plain.replace("İ", "I").lower()
    return Text(plain, lower, _spaced(plain), _spaced(lower))


def _spaced(text: str) -> str:
    if text.isascii():
        return text.translate(_ASCII_SPACED)
    for separator in _SEPARATORS:
        text = text.replace(separator, " ")
    return text


@dataclass(frozen=True, slots=True)
class Pattern:
    """One spelling of a pattern.

    spelling: its words, with or without spaces between them; open_end: whether any letters may follow. regex: its
    source instead, for the few patterns that are long or have a `*` elsewhere; their `spelling` is the word they begin
    with, or "".
    """

    spelling: str
    open_end: bool
    any_case: bool
    regex: str = ""

    def place(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """[(start, end)] of the words that begin where the spelling stands, or [] if it is part of longer ones."""
        if start and _WORD.match(text, start - 1):
            return []
        rest = _WORD.match(text, end)
        if rest and not self.open_end:
            return []
        return [(start, rest.end() if rest else end)]

    def search(self, text: Text) -> list[tuple[int, int]]:
        """(start, end) of all that fits the regex."""
        return [found.span() for found in _regex(self.regex).finditer(text.lower if self.any_case else text.plain)]


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds all spellings in one pass. patterns: number -> pattern; numbers: by number of a spelling."""

    patterns: Mapping[int, Pattern]
    numbers: Sequence[Sequence[int]]
    spellings: AhoCorasick

    def places(self, text: Text, searched: str) -> Iterator[tuple[int, tuple[int, int]]]:
        """(number of a pattern, what fits it) in no order."""
        for spelling, start, end in self.spellings.find_matches_as_indexes(searched, overlapping=True):
            for number in self.numbers[spelling]:
                pattern = self.patterns[number]
                found = pattern.search(text) if pattern.regex else pattern.place(searched, start, end)
                for place in found:
                    yield number, place


def _finder(patterns: Mapping[int, Pattern]) -> _Finder:
    numbers: dict[str, list[int]] = {}
    for number, pattern in patterns.items():
        numbers.setdefault(pattern.spelling, []).append(number)
    return _Finder(patterns, [*numbers.values()], AhoCorasick([*numbers]))


@dataclass(frozen=True)
class Rule:
    """One tag of the vocabulary. keywords: in lower case."""

    slug: str
    name: str
    description: str = ""
    patterns: tuple[Pattern, ...] = ()
    keywords: frozenset[str] = frozenset()
    abstract: int = HITS_IN_ABSTRACT


@dataclass(frozen=True)
class Vocabulary:
    """The tags that tags.yml knows, by slug."""

    rules: Mapping[str, Rule] = field(default_factory=dict)

    @cached_property
    def by_keyword(self) -> dict[str, list[Rule]]:
        """Keyword in lower case -> the rules that name it."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules.values():
            for word in rule.keywords:
                found.setdefault(word, []).append(rule)
        return found

    @cached_property
    def stamp(self) -> bytes:
        """Stands for the tags that papers get by it; their descriptions are not part of that."""
        rules = self.rules.values()
        return stamp(*[(rule.slug, rule.name, rule.patterns, sorted(rule.keywords), rule.abstract) for rule in rules])

    def named(self, slug: str, name: str) -> str:
        """The vocabulary's name of a tag, else `name`."""
        return self.rules[slug].name if slug in self.rules else name

    @cached_property
    def _rule_of(self) -> list[int]:
        """Number of a pattern -> number of its rule."""
        return [number for number, rule in enumerate(self.rules.values()) for _ in rule.patterns]

    @cached_property
    def _finders(self) -> tuple[_Finder, _Finder, Mapping[int, Pattern]]:
        """For patterns in any case, for those in their own, and those that begin with no word."""
        patterns = dict(enumerate(pattern for rule in self.rules.values() for pattern in rule.patterns))
        any_case = {number: each for number, each in patterns.items() if each.spelling and each.any_case}
        own_case = {number: each for number, each in patterns.items() if each.spelling and not each.any_case}
        others = {number: each for number, each in patterns.items() if not each.spelling}
        return _finder(any_case), _finder(own_case), others

    def places(self, text: Text) -> dict[int, list[tuple[int, int]]]:
        """Number of a rule -> (start, end) of what fits its patterns, by pattern, then by place."""
        any_case, own_case, others = self._finders
        found = {*any_case.places(text, text.lower_spaced), *own_case.places(text, text.spaced)}
        found.update((number, place) for number, pattern in others.items() for place in pattern.search(text))
        by_rule: dict[int, list[tuple[int, int]]] = {}
        for number, place in sorted(found):
            by_rule.setdefault(self._rule_of[number], []).append(place)
        return by_rule


@cache
def _regex(source: str) -> re.Pattern[str]:
    """Compiled when a text holds the word that the pattern begins with."""
    return re.compile(source)


def load(content: Path) -> tuple[Vocabulary, list[Problem]]:
    """Read content/tags.yml (none: an empty vocabulary). A broken rule is a problem, the others go on."""
    file = content / FILE
    if not file.is_file():
        return Vocabulary(), []
    try:
        text = file.read_text(encoding="utf-8")
        data = yaml.load(text, Loader=_LOADER) or {}  # noqa: S506 (a safe loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return Vocabulary(), [problem("tags-broken", file=FILE, line=line, error=error.problem or "")]
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Vocabulary(), [problem("page-not-utf8", file=FILE, line=line, byte=f"0x{error.object[error.start]:02x}")]
    except Exception as error:  # PyYAML raises much besides YAMLError: for odd tags, 2025-13-45, [[[[…
        return Vocabulary(), [problem("tags-broken", file=FILE, error=(str(error).splitlines() or [""])[0])]
    if not isinstance(data, dict):
        return Vocabulary(), [problem("tags-not-mapping", file=FILE, line=1)]
    rules: dict[str, Rule] = {}
    problems: list[Problem] = []
    for slug, entry in data.items():
        line = _line(text, str(slug))
        found = _faults(str(slug), entry, line)
        problems += found
        if not found:
            rules[str(slug)] = _rule(str(slug), entry)
    return Vocabulary(rules), problems


def _line(text: str, slug: str) -> int:
    found = re.search(rf"^[\"']?{re.escape(slug)}[\"']?\s*:", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _faults(slug: str, entry: Any, line: int) -> list[Problem]:
    def fault(code: str, field: str, **values: object) -> Problem:
        return problem(code, file=FILE, line=line, field=field, **values)

    if slug != identity.tag_slug(slug):
        return [fault("tag-slug", slug, value=slug, expected=identity.tag_slug(slug))]
    if not isinstance(entry, dict):
        return [fault("tag-not-rule", slug, value=entry)]
    faults = [fault("tag-key", slug, value=key, known=", ".join(KEYS)) for key in entry if key not in KEYS]
    texts = [key for key in ("name", "description") if not isinstance(entry.get(key, ""), str)]
    lists = [key for key in ("patterns", "keywords") if not _is_texts(entry.get(key, []))]
    faults += [fault("tag-text", f"{slug}.{key}", value=entry[key]) for key in texts]
    faults += [fault("tag-list", f"{slug}.{key}", value=entry[key]) for key in lists]
    number = entry.get("abstract", 1)
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        faults.append(fault("tag-number", f"{slug}.abstract", value=number))
    return faults


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and _WORD.search(item) for item in value)


def _rule(slug: str, entry: Mapping[str, Any]) -> Rule:
    return Rule(
        slug,
        entry.get("name") or slug.replace("-", " ").capitalize(),
        entry.get("description", ""),
        tuple(each for pattern in entry.get("patterns", []) for each in _compiled(pattern)),
        frozenset(word.lower() for word in entry.get("keywords", [])),
        entry.get("abstract", HITS_IN_ABSTRACT),
    )


def _compiled(pattern: str) -> Iterable[Pattern]:
    """The pattern in all its spellings."""
    any_case = not any(char.isupper() for char in pattern)
    words = re.split(r"[\s-]+", pattern.strip())
    last = words[-1].removesuffix("*")
    pieces = [*words[:-1], last]
    if len(pieces) <= MOST_WORDS and all(piece and "*" not in piece and not _BETWEEN.search(piece) for piece in pieces):
        for between in product((" ", ""), repeat=len(pieces) - 1):
            spelling = pieces[0] + "".join(space + piece for space, piece in zip(between, pieces[1:], strict=True))
            yield Pattern(spelling, last != words[-1], any_case)
        return
    regex = rf"(?<!\w){f'(?:{_BETWEEN.pattern})?'.join(map(_word, words))}(?!\w)"
    letters = _WORD.match(words[0])
    yield Pattern(letters[0] if letters else "", False, any_case, regex)


def _word(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*")


def names(papers: Iterable[Entry]) -> dict[str, str]:
    """Slug -> name; of several spellings in digests the one most papers have, then the first of the alphabet."""
    uses = Counter((tag.slug, tag.name) for paper in papers for tag in paper.tags)
    return dict(sorted(uses, key=lambda use: (-uses[use], use), reverse=True))


def descriptions(vocabulary: Vocabulary) -> dict[str, str]:
    """Slug -> description, of the tags that have one."""
    return {rule.slug: rule.description for rule in vocabulary.rules.values() if rule.description}


def tags_of(paper: Paper, vocabulary: Vocabulary) -> tuple[Tag, ...]:
    """The paper's tags, each once: set by hand, then by rules, then by keywords; `-name` by hand takes one away."""
    removed = {identity.tag_slug(name[1:]) for name in paper.hand_tags if name.startswith("-")}
    found: dict[str, Tag] = {}
    for tag in (*_by_hand(paper, vocabulary), *_by_rule(paper, vocabulary), *_by_keyword(paper, vocabulary)):
        if tag.slug not in removed:
            found.setdefault(tag.slug, tag)
    return tuple(found.values())


def _by_hand(paper: Paper, vocabulary: Vocabulary) -> Iterable[Tag]:
    for name in paper.hand_tags:
        if not name.startswith("-"):
            slug = identity.tag_slug(name)
            yield Tag(slug, vocabulary.named(slug, name), "hand")


def _by_rule(paper: Paper, vocabulary: Vocabulary) -> Iterable[Tag]:
    title, abstract = _text(to_plain(paper.title)), _text(to_plain(paper.abstract))
    in_title, in_abstract = vocabulary.places(title), vocabulary.places(abstract)
    rules = list(vocabulary.rules.values())
    for number in sorted(in_title.keys() | in_abstract.keys()):
        rule = rules[number]
        reason = _in_title(in_title.get(number, ()), title)
        if reason := reason or _in_abstract(in_abstract.get(number, ()), abstract, rule.abstract):
            yield Tag(rule.slug, rule.name, "rule", reason)


def _in_title(places: Sequence[tuple[int, int]], title: Text) -> str:
    """The words that gave the tag, as "title: Diffusion"; or ""."""
    return f"title: {title.plain[places[0][0] : places[0][1]]}" if places else ""


def _in_abstract(places: Sequence[tuple[int, int]], abstract: Text, least: int) -> str:
    """The words that gave the tag, as "abstract: denoising, diffusion"; or ""."""
    if len(places) < least or len(places := _apart(places)) < least:
        return ""
    return "abstract: " + ", ".join(dict.fromkeys(abstract.lower[start:end] for start, end in places))


def _apart(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places without those that overlap one before, for two patterns can fit the same words."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _by_keyword(paper: Paper, vocabulary: Vocabulary) -> Iterable[Tag]:
    for word in paper.keywords:
        mapped = vocabulary.by_keyword.get(word.lower(), ())
        for rule in mapped:
            yield Tag(rule.slug, rule.name, "digest", word)
        if not mapped:
            slug = identity.tag_slug(word)
            yield Tag(slug, vocabulary.named(slug, word), "digest", word)


def with_pages(archive: Archive, threshold: int) -> Sequence[str]:
    """Slugs of the tags that have a page and feeds: from `threshold` papers on or set by hand; most papers first."""
    by_hand = {tag.slug for paper in archive.papers for tag in paper.tags if tag.source == "hand"}
    return [slug for slug, papers in archive.by_tag.items() if len(papers) >= threshold or slug in by_hand]

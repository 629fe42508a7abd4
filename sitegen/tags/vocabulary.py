"""The tags that an archive knows, and what gives them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from sitegen.cache import stamp
from sitegen.tags.categories import category_named
from sitegen.tags.patterns import Finder, Pattern, Text, finder_of, text_of

HITS_IN_ABSTRACT = 2
# A rule that asks for so many places in an abstract means that only titles count.
TITLES_ONLY = 99
# So many keywords are remembered with what they lead to; an archive of 100,000 papers has 20,000.
MOST_KEYWORDS = 100_000


@dataclass(frozen=True)
class Rule:
    """One tag of the vocabulary. keywords: in lower case; line: where the rule begins in its file."""

    slug: str
    name: str
    description: str = ""
    patterns: tuple[Pattern, ...] = ()
    keywords: frozenset[str] = frozenset()
    abstract: int = HITS_IN_ABSTRACT
    line: int = 0


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
    def of_keyword(self) -> Callable[[str], tuple[Rule, ...]]:
        """The rules that a keyword of a digest leads to; none makes it a tag of its own.

        Those that name it, or its parts ("I.2.7; I.2.6", as arXiv joins them), or the category of arXiv whose name it
        is; else those whose patterns stand in it, but for those that look at titles alone.
        """
        return lru_cache(maxsize=MOST_KEYWORDS)(self._of_keyword)

    def _of_keyword(self, word: str) -> tuple[Rule, ...]:
        parts = (word.lower(), *(part.strip() for part in word.lower().split(";")), category_named(word).lower())
        named = dict.fromkeys(rule.slug for part in parts for rule in self.by_keyword.get(part, ()))
        if named:
            return tuple(self.rules[slug] for slug in named)
        rules = list(self.rules.values())
        fitting = (rules[number] for number in sorted(self.places(text_of(word))))
        return tuple(rule for rule in fitting if rule.abstract < TITLES_ONLY)

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
    def _finders(self) -> tuple[Finder, Finder, Mapping[int, Pattern]]:
        """For patterns in any case, for those in their own, and those that begin with no word."""
        patterns = dict(enumerate(pattern for rule in self.rules.values() for pattern in rule.patterns))
        any_case = {number: each for number, each in patterns.items() if each.spelling and each.any_case}
        own_case = {number: each for number, each in patterns.items() if each.spelling and not each.any_case}
        others = {number: each for number, each in patterns.items() if not each.spelling}
        return finder_of(any_case), finder_of(own_case), others

    def places(self, text: Text) -> dict[int, list[tuple[int, int]]]:
        """Number of a rule -> (start, end) of what fits its patterns, by pattern, then by place."""
        any_case, own_case, others = self._finders
        found = {*any_case.places(text, text.lower_spaced), *own_case.places(text, text.spaced)}
        found.update((number, place) for number, pattern in others.items() for place in pattern.search(text))
        by_rule: dict[int, list[tuple[int, int]]] = {}
        for number, place in sorted(found):
            by_rule.setdefault(self._rule_of[number], []).append(place)
        return by_rule

"""Which tags a paper gets, and why."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sitegen import identity
from sitegen.model import Paper, Tag
from sitegen.tags.categories import category_named
from sitegen.tags.patterns import Text, text_of
from sitegen.tags.vocabulary import Rule, Vocabulary
from sitegen.text.markup import to_plain


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


class Given(NamedTuple):
    """A rule that gives a tag, and where it found its words: where "title" or "abstract", [(start, end)] in `text`."""

    rule: Rule
    where: str
    text: Text
    places: Sequence[tuple[int, int]]

    @property
    def reason(self) -> str:
        """The words, as "title: Diffusion" or "abstract: denoising, diffusion"."""
        if self.where == "title":
            start, end = self.places[0]
            return f"title: {self.text.plain[start:end]}"
        return "abstract: " + ", ".join(dict.fromkeys(self.text.lower[start:end] for start, end in self.places))


def given_by_rules(paper: Paper, vocabulary: Vocabulary) -> Iterator[Given]:
    """The rules that give the paper a tag, in the order of their file."""
    title, abstract = text_of(to_plain(paper.title)), text_of(to_plain(paper.abstract))
    in_title, in_abstract = vocabulary.places(title), vocabulary.places(abstract)
    rules = list(vocabulary.rules.values())
    for number in sorted(in_title.keys() | in_abstract.keys()):
        rule = rules[number]
        if number in in_title:
            yield Given(rule, "title", title, in_title[number])
        elif len(in_abstract[number]) >= rule.abstract and len(apart := _apart(in_abstract[number])) >= rule.abstract:
            yield Given(rule, "abstract", abstract, apart)


def _by_rule(paper: Paper, vocabulary: Vocabulary) -> Iterable[Tag]:
    for given in given_by_rules(paper, vocabulary):
        yield Tag(given.rule.slug, given.rule.name, "rule", given.reason)


def _apart(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places without those that overlap one before, for two patterns can fit the same words."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _by_keyword(paper: Paper, vocabulary: Vocabulary) -> Iterable[Tag]:
    for word in paper.keywords:
        mapped = vocabulary.of_keyword(word)
        for rule in mapped:
            yield Tag(rule.slug, rule.name, "digest", word)
        if not mapped:
            name = category_named(word) or word
            slug = identity.tag_slug(name)
            yield Tag(slug, vocabulary.named(slug, name), "digest", word)

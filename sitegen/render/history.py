"""What changed in a paper from digest to digest: earlier titles and abstracts, with the words that went and came."""

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from sitegen import identity
from sitegen.matching.choice import ever_counting
from sitegen.matching.merge import fields_of, unfolded
from sitegen.matching.said import Said
from sitegen.model import Paper
from sitegen.render import views
from sitegen.text import escape
from sitegen.text.markup import to_plain

# Longer texts are shown as they were: what they have in common is not looked for.
LONGEST_DIFF = 5_000
# So are texts of many words that have less in common, as a summary and an abstract: their mixture cannot be read.
MANY_WORDS = 30
LEAST_ALIKE = 0.4
_FIELDS = {"version": "Version", "title": "Title", "abstract": "Abstract"}


class Change(NamedTuple):
    """An earlier value. digest: the source that first gave it; date: in words; field: in words; html: the value, with
    `<del>` around the words that went when the next value came, and `<ins>` around those that came."""

    digest: str
    url: str
    date: str
    field: str
    html: Markup


def changes(paper: Paper) -> list[Change]:
    """The earlier values of a paper's title, abstract and version, each field's oldest first.

    A note of another digest, or an excerpt, is no change of the paper: only values that count are told of.
    """
    if not any(sighting.differs.keys() & _FIELDS.keys() for sighting in paper.sightings):
        return []
    said, _ = unfolded(paper)
    return [change for name in _FIELDS for change in _of_field(name, said, str(fields_of(paper).get(name, "")))]


def _of_field(name: str, said: Sequence[Said], shown: str) -> Iterator[Change]:
    def order(each: Said) -> tuple[str, bool, object]:
        """Of one day's values, the one that shows is the last (`sitegen.matching.choice`)."""
        return identity.digest_date(each.digest), each.values.get(name) == shown, each.order

    values: list[tuple[str, str]] = []
    for each in sorted(ever_counting(name, said), key=order):
        text = to_plain(str(each.values.get(name, "")))
        if text and (not values or values[-1][1] != text):
            values.append((each.digest, text))
    following = [*(text for _, text in values), to_plain(shown)][1:]
    for (digest, text), later in zip(values, following, strict=False):
        if text != later:
            date = views.when(identity.digest_date(digest))
            yield Change(
                identity.digest_source(digest), identity.digest_url(digest), date, _FIELDS[name], word_diff(text, later)
            )


def word_diff(old: str, new: str) -> Markup:
    """The old text as HTML, with what became of it in the new one; of texts that are very long or have little in
    common the old one alone.

    >>> word_diff("A small model", "A very small model")
    Markup('A <ins>very</ins> small model')
    """
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > LONGEST_DIFF:
        return _escaped(before)
    # Words that stand in every other place are no anchors (autojunk), which keeps hostile texts from taking minutes.
    matcher = difflib.SequenceMatcher(None, before, after)
    if len(before) > MANY_WORDS and matcher.ratio() < LEAST_ALIKE:
        return _escaped(before)
    return Markup(" ").join(part for step in matcher.get_opcodes() for part in _parts(step, before, after))


def _parts(step: tuple[str, int, int, int, int], before: Sequence[str], after: Sequence[str]) -> Iterator[Markup]:
    kind, start, end, new_start, new_end = step
    if kind == "equal":
        yield _escaped(before[start:end])
        return
    if start < end:
        yield Markup("<del>{}</del>").format(_escaped(before[start:end]))
    if new_start < new_end:
        yield Markup("<ins>{}</ins>").format(_escaped(after[new_start:new_end]))


def _escaped(words: Sequence[str]) -> Markup:
    return Markup(escape.html(escape.xml(" ".join(words))))  # noqa: S704 (escaped here)

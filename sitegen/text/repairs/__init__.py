"""What the source of a text broke, and how it is mended: every change has its place, its rule and its way back.

`content/` keeps a text as its digest said it. Sure repairs are made where a reader sees it (`sitegen.text.inline`);
proposed ones are for the curator.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from sitegen.text.repairs.protected import Protected
from sitegen.text.repairs.repair import Repair, apply, composed, undo
from sitegen.text.repairs.rule import Rule
from sitegen.text.repairs.rules import RULES

__all__ = ["RULES", "Repair", "apply", "needs_none", "proposed", "repairs", "sure", "undo", "visible"]

# A repair may uncover another (an encoding read wrong twice). A text that is not whole after so many rounds is left.
MOST_ROUNDS = 6
# A paragraph with more damage than this is no text.
MOST_REPAIRS = 1_000
# A title and an abstract are asked for several times while their page is made.
KEPT = 64
PARAGRAPH = "\n\n"

_SURE = {name: rule for name, rule in RULES.items() if rule.sure}
_PROPOSED = {name: rule for name, rule in RULES.items() if not rule.sure}
_ALL_SIGNS = {sign: None for rule in _SURE.values() for sign in rule.signs}
# `mathcal{` need not be looked for where `{` is.
_SIGNS = tuple(sign for sign in _ALL_SIGNS if not any(other != sign and other in sign for other in _ALL_SIGNS))
_ASCII_SIGNS = tuple(sign for sign in _SIGNS if sign.isascii())
_OTHER_SIGNS = tuple(sign for sign in _SIGNS if not sign.isascii())


def needs_none(source: str) -> bool:
    """Whether `source` certainly has nothing that `sure` would mend: a quick look for the signs of damage."""
    for sign in _ASCII_SIGNS:
        if sign in source:
            return False
    return source.isascii() or not any(sign in source for sign in _OTHER_SIGNS)


def repairs(source: str) -> tuple[Repair, ...]:
    """Sure and proposed repairs together, in order; they do not overlap."""
    return tuple(sorted((*sure(source), *proposed(source)), key=lambda repair: repair.start))


@lru_cache(maxsize=KEPT)
def sure(source: str) -> tuple[Repair, ...]:
    """The repairs that are made for the reader, in order; they do not overlap. Never raises; linear in the length.

    >>> sure("512times512")
    (Repair(start=3, end=8, before='times', after='×', rule='times'),)
    """
    return () if needs_none(source) else tuple(_by_paragraph(source, _sure_in))


def proposed(source: str) -> tuple[Repair, ...]:
    """The repairs that only a human can decide on, beside the sure ones.

    >>> [repair.before for repair in proposed("for m gg n and epsilon")]
    ['m gg ', 'epsilon']
    """
    found = tuple(_by_paragraph(source, _proposed_in))
    return tuple(repair for repair in found if not _meets(repair, sure(source))) if found else ()


def visible(source: str) -> str:
    """What `sitegen.text.inline` reads: `source` with its sure repairs.

    >>> visible("at https: //x.org , 2times faster")
    'at https://x.org , 2× faster'
    """
    return apply(source, sure(source))


def _by_paragraph(source: str, find: Callable[[str], Sequence[Repair]]) -> Iterator[Repair]:
    """No repair knows of another paragraph, so that a text and its paragraphs are mended alike."""
    if PARAGRAPH not in source:
        yield from find(source)
        return
    offset = 0
    for paragraph in source.split(PARAGRAPH):
        for repair in find(paragraph):
            yield replace(repair, start=repair.start + offset, end=repair.end + offset)
        offset += len(paragraph) + len(PARAGRAPH)


def _sure_in(source: str) -> tuple[Repair, ...]:
    found: tuple[Repair, ...] = ()
    text = source
    for _ in range(MOST_ROUNDS):
        further = _found(text, _SURE)
        if not further:
            return found
        found = composed(source, found, further)
        text = apply(text, further)
    return ()


def _proposed_in(text: str) -> list[Repair]:
    return _found(text, _PROPOSED)


def _found(text: str, rules: dict[str, Rule]) -> list[Repair]:
    """What the rules find in one look, without what is protected, each place once."""
    found = list(islice(_candidates(text, rules), MOST_REPAIRS + 1))
    if not found or len(found) > MOST_REPAIRS:
        return []
    protected = Protected(text)
    kept: list[Repair] = []
    # Sorting is stable: at one place the first rule wins.
    for repair in sorted(found, key=lambda repair: repair.start):
        free = not kept or kept[-1].end <= repair.start
        if free and (rules[repair.rule].everywhere or (repair.start, repair.end) not in protected):
            kept.append(repair)
    return kept


def _candidates(text: str, rules: dict[str, Rule]) -> Iterator[Repair]:
    for name, rule in rules.items():
        if _shows_sign(text, rule.signs):
            for start, end, after in rule.find(text):
                yield Repair(start, end, text[start:end], after, name)


def _shows_sign(text: str, signs: Sequence[str]) -> bool:
    for sign in signs:  # noqa: SIM110 (`any` with a generator takes three times as long)
        if sign in text:
            return True
    return False


def _meets(repair: Repair, others: Sequence[Repair]) -> bool:
    before = bisect_left(others, repair.end, key=lambda other: other.start)
    return before > 0 and others[before - 1].end > repair.start

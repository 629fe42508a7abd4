"""A repair as a value, and what can be done with a list of them: apply, take back, put one list behind another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Repair:
    """`source[start:end]` is `before` and should be `after`, because of the rule with that name.

    Repair(3, 10, "2times", "2×", "times"); before is never empty, after may be.
    """

    start: int
    end: int
    before: str
    after: str
    rule: str


def apply(source: str, repairs: Sequence[Repair]) -> str:
    """`source` with the repairs made; they are in order and do not overlap.

    >>> apply("a 2times b", [Repair(2, 8, "2times", "2×", "times")])
    'a 2× b'

    Raises ValueError when they overlap or when `source` is not the text that they were found in.
    """
    return _replaced(source, [(repair.start, repair.before, repair.after) for repair in repairs])


def undo(text: str, repairs: Sequence[Repair]) -> str:
    """The source that `apply` made `text` from, to the byte.

    >>> undo("a 2× b", [Repair(2, 8, "2times", "2×", "times")])
    'a 2times b'

    Raises ValueError when they overlap or when `text` is not what `apply` made.
    """
    moved = zip(repairs, _shifts(repairs), strict=True)
    return _replaced(text, [(repair.start + shift, repair.after, repair.before) for repair, shift in moved])


def _shifts(repairs: Sequence[Repair]) -> Iterator[int]:
    """How far each repair has moved by those before it."""
    shift = 0
    for repair in repairs:
        yield shift
        shift += len(repair.after) - len(repair.before)


def _replaced(text: str, changes: Sequence[tuple[int, str, str]]) -> str:
    parts: list[str] = []
    position = 0
    for start, old, new in changes:
        if start < position or not text.startswith(old, start):
            raise ValueError(f"{old!r} does not stand at {start}, behind {position}")
        parts += (text[position:start], new)
        position = start + len(old)
    return "".join((*parts, text[position:]))


def composed(source: str, first: Sequence[Repair], second: Sequence[Repair]) -> tuple[Repair, ...]:
    """The repairs of `source` that do at once what `first` does to it and `second` to the result.

    Repairs of the two that touch become one, which has the rule of the later.

    >>> composed("Ã¢â‚¬", [Repair(0, 2, "Ã¢", "â", "m"), Repair(2, 5, "â‚¬", "€", "m")], [Repair(0, 2, "â€", "”", "m")])
    (Repair(start=0, end=5, before='Ã¢â‚¬', after='”', rule='m'),)
    """
    between = apply(source, first)
    moved = zip(first, _shifts(first), strict=True)
    spans = [_Span(r.start + shift, r.start + shift + len(r.after), r, later=False) for r, shift in moved]
    spans += [_Span(r.start, r.end, r, later=True) for r in second]
    found: list[Repair] = []
    shift = 0
    for group in _touching(sorted(spans, key=lambda span: span[:2])):
        earlier = [span.repair for span in group if not span.later]
        growth = sum(len(repair.after) - len(repair.before) for repair in earlier)
        if len(earlier) == len(group):
            found += earlier
        else:
            found += _joined(source, between, group, shift, growth)
        shift += growth
    return tuple(found)


class _Span(NamedTuple):
    """Where the text between the two lists has what the repair left (of an earlier one) or will find (of a later)."""

    start: int
    end: int
    repair: Repair
    later: bool


def _touching(spans: Sequence[_Span]) -> Iterator[list[_Span]]:
    group: list[_Span] = []
    reach = 0
    for span in spans:
        if group and span.start > reach:
            yield group
            group = []
        group.append(span)
        reach = max(reach, span.end)
    if group:
        yield group


def _joined(source: str, between: str, group: Sequence[_Span], shift: int, growth: int) -> Iterator[Repair]:
    """One repair of `source` for the whole group, none when the later ones only take the earlier ones back."""
    start, end = group[0].start, max(span.end for span in group)
    later = [span.repair for span in group if span.later]
    inside = [(repair.start - start, repair.before, repair.after) for repair in later]
    before, after = source[start - shift : end - shift - growth], _replaced(between[start:end], inside)
    if before != after:
        yield Repair(start - shift, end - shift - growth, before, after, later[-1].rule)

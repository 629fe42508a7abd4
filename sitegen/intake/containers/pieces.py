"""What comes out of a container: digests, problems, and bytes that are neither."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from sitegen.intake.raw import LARGEST, RawDigest
from sitegen.problems import Problem, problem

PACKING = "compression"
HEADERS = "mail headers"
PARTS_LEFT = "mail parts that are no digest"
MAILS_LEFT = "mails that are no digest"
LEFT = "parts that could not be added"
MOST_PARTS = 10_000
# Digests are packed to a tenth, seldom to a fiftieth; a bomb to a thousandth.
MOST_RATIO = 200


@dataclass(frozen=True, slots=True)
class Ignored:
    """So many bytes of the container are of this named kind."""

    what: str
    size: int


Piece = RawDigest | Problem | Ignored
"""The sizes of digests and ignored bytes add up to the size of their container."""

Test = Callable[[RawDigest], bool]


class Known(NamedTuple):
    """What is a digest.

    form: it has the form of one; prose: its words are surely no letter; mail: it is one with its mail's headers.
    papers: how many there are in one.
    """

    form: Test
    prose: Test
    mail: Test
    papers: Callable[[RawDigest], int]


class Refused(Exception):
    """This container cannot be opened; others beside it can."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class Bomb(Refused):
    """The file was made to fill the memory: nothing more of it is opened."""


def bomb(raw: RawDigest) -> Bomb:
    return Bomb(problem("container-bomb", file=raw.name, size=len(raw.data), ratio=MOST_RATIO, most=LARGEST))


def size_of(piece: Piece) -> int:
    """How many bytes of its container a piece is; a problem is none."""
    return 0 if isinstance(piece, Problem) else piece.size if isinstance(piece, Ignored) else piece.packed_size


def within(raw: RawDigest, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces of `raw.data`, with sizes that add up to what it takes in its own container."""
    before = after = 0
    for piece in pieces:
        before += size_of(piece)
        end = before * raw.packed_size // len(raw.data)
        yield _resized(piece, end - after)
        after = end


def _resized(piece: Piece, size: int) -> Piece:
    if isinstance(piece, Ignored):
        return Ignored(piece.what, size)
    if isinstance(piece, RawDigest) and piece.part:
        return replace(piece, part=replace(piece.part, size=size))
    return piece

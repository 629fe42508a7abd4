"""Files that hold digests: archives, mails, mailboxes, pages. They are opened here, once; no reader ever sees one.

To add one, write a test and a generator of pieces in a new file and add a line to CONTAINERS.

Every byte of a container is accounted for: as the packed or encoded bytes of a digest, which are shared out among what
the digest says of its own bytes, or as a named kind of ignored bytes.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sitegen.intake import READERS, reader_for
from sitegen.intake.containers import archives, mails, pages
from sitegen.intake.containers.pieces import LEFT, Bomb, Ignored, Known, Piece, Refused, Test, bomb, size_of, within
from sitegen.intake.raw import LARGEST, RawDigest
from sitegen.problems import Problem, problem

DEEPEST = 2
"""Containers inside each other; a mailbox and its mails count as one."""
# Readers that take a mail with its headers, and readers that take a letter, too, for what they read.
OF_MAIL = {"arxiv-mail"}
OF_PROSE = {"page-text"}
SHORTEST_ABSTRACT = 30
"""Words; paragraphs of letters are shorter, some of them."""


class Container(NamedTuple):
    """How a container is recognised by its content, and what it holds."""

    recognises: Test
    pieces: Callable[[RawDigest, Known], Iterator[Piece]]


CONTAINERS = {
    "gzip": Container(archives.is_gzip, archives.gzip_pieces),
    "zip": Container(archives.is_zip, archives.zip_pieces),
    "mbox": Container(mails.is_mailbox, mails.mailbox_pieces),
    "mail": Container(mails.is_mail, mails.mail_pieces),
}


def unpacked(raw: RawDigest, format_: str = "") -> Iterator[Piece]:
    """The digests that a file holds, what is wrong with it, and its bytes that are no digest's; itself, where it is no
    container.

    format_: the reader that the user named, who then decides alone what is a digest.
    """
    if len(raw.data) > LARGEST:
        yield raw
        return
    done = spread = 0
    try:
        for piece in _opened(raw, _known(format_), DEEPEST):
            if isinstance(piece, RawDigest):
                spread += len(piece.data)
            if spread > LARGEST:
                raise bomb(raw)
            done += size_of(piece)
            yield piece
    except Bomb as found:
        yield found.problem
        yield Ignored(LEFT, len(raw.data) - done)


def _opened(raw: RawDigest, known: Known, depth: int) -> Iterator[Piece]:
    container = next((each for each in CONTAINERS.values() if each.recognises(raw)), None)
    if container is None or mails.is_whole(raw, known):
        yield from _readable(raw, known)
    elif not depth:
        yield problem("container-deep", file=raw.name, most=DEEPEST)
        yield Ignored(LEFT, raw.packed_size)
    else:
        for piece in within(raw, _pieces(container, raw, known)):
            if isinstance(piece, RawDigest):
                yield from _opened(piece, known, depth - 1)
            else:
                yield piece


def _readable(raw: RawDigest, known: Known) -> Iterator[Piece]:
    try:
        yield pages.readable(raw, known)
    except Refused as refused:
        yield refused.problem
        yield Ignored(LEFT, raw.packed_size)


def _pieces(container: Container, raw: RawDigest, known: Known) -> Iterator[Piece]:
    done = 0
    try:
        for piece in container.pieces(raw, known):
            done += size_of(piece)
            yield piece
    except Bomb:
        raise
    except Refused as refused:
        yield refused.problem
        yield Ignored(LEFT, len(raw.data) - done)


def _known(format_: str) -> Known:
    readers = {format_: READERS[format_]} if format_ else READERS
    return Known(
        form=_any_of(reader.recognises for name, reader in readers.items() if name not in OF_PROSE),
        prose=_any_of([_is_text] if format_ else [_is_list_of_papers]),
        mail=_any_of(reader.recognises for name, reader in readers.items() if name in OF_MAIL),
        papers=lambda raw: _papers(raw, format_),
    )


def _papers(raw: RawDigest, format_: str) -> int:
    reader = reader_for(raw, format_)
    return 0 if isinstance(reader, Problem) else len(reader.read(raw).records)


def _any_of(tests: Iterable[Test]) -> Test:
    known = tuple(tests)
    return lambda raw: not raw.is_binary and any(test(raw) for test in known)


def _is_text(raw: RawDigest) -> bool:
    return bool(raw.text) and not raw.text.isspace()


def _is_list_of_papers(raw: RawDigest) -> bool:
    """Whether prose is surely no letter: papers, hardly anything beside them, and a date or long abstracts."""
    reader = next((READERS[name] for name in sorted(OF_PROSE) if READERS[name].recognises(raw)), None)
    if reader is None:
        return False
    reading = reader.read(raw)
    papers = len(reading.records)
    shortest = min((len(str(record.fields["abstract"]).split()) for record in reading.records), default=0)
    return papers > 1 and 4 * len(reading.rejected) <= papers and bool(reading.date or shortest >= SHORTEST_ABSTRACT)

"""Mails and mailboxes: which of their parts is a digest."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from sitegen.intake.containers import archives, html_text, mime
from sitegen.intake.containers.pieces import (
    HEADERS,
    MAILS_LEFT,
    MOST_PARTS,
    PARTS_LEFT,
    Ignored,
    Known,
    Piece,
    Refused,
    within,
)
from sitegen.intake.raw import Part, RawDigest
from sitegen.problems import Problem, problem

# "From sender date" and a header: behind a blank line no other line of a mailbox looks like that (RFC 4155).
_FROM = re.compile(rb"^From [^\n]*\n(?=[!-9;-~]+:|>From )", re.MULTILINE)
_ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


class _Form(NamedTuple):
    """One way to read a part of a mail; marked: by its marks, as prose it makes no sense."""

    raw: RawDigest
    marked: bool


def is_mail(raw: RawDigest) -> bool:
    return mime.begins_mail(raw.data)


def is_mailbox(raw: RawDigest) -> bool:
    """Whether it is an mbox file, which begins with a line "From …" and a mail."""
    return bool(_FROM.match(raw.data))


def is_plain(raw: RawDigest) -> bool:
    """Whether what follows the mail's headers is its text, as it was written."""
    parts = list(islice(mime.leaves(raw.data), 2))
    return len(parts) == 1 and parts[0].type == "text/plain" and parts[0].encoding in ("", "7bit", "8bit", "binary")


def mail_pieces(raw: RawDigest, known: Known) -> Iterator[Piece]:
    """The digests in a mail; where there is none, its text, so that somebody says what is wrong with it.

    Raises Refused for a mail with too many parts.
    """
    found = list(_pieces(raw, known))
    if not any(isinstance(piece, RawDigest) for piece in found):
        leaf, text = _text(raw)
        found = [_digest(raw, leaf, text), Ignored(HEADERS, len(raw.data) - (leaf.end - leaf.start))]
    yield from found


def mailbox_pieces(raw: RawDigest, known: Known) -> Iterator[Piece]:
    """The digests in the mails of a mailbox. Letters are left, and their number is said."""
    starts = [at for at in map(re.Match.start, _FROM.finditer(raw.data)) if _is_behind_blank_line(raw.data, at)]
    left = 0
    for number, (start, end) in enumerate(pairwise([*starts, len(raw.data)]), 1):
        found = list(_mail_of_box(raw, number, start, end, known))
        left += not any(isinstance(piece, RawDigest) for piece in found)
        yield from found
    if left:
        yield problem("mails-left", file=raw.name, left=left, all=len(starts))


def _is_behind_blank_line(data: bytes, at: int) -> bool:
    return not at or data[max(0, at - 3) : at].replace(b"\r", b"").endswith(b"\n\n")


def _mail_of_box(raw: RawDigest, number: int, start: int, end: int, known: Known) -> Iterator[Piece]:
    first_line = raw.data.index(b"\n", start) + 1
    data = _ESCAPED_FROM.sub(rb"\1", raw.data[first_line:end])
    mail = replace(raw, name=f"{raw.name}#{number}", data=data, part=Part(end - first_line, f"{number}.eml"))
    if known.mail(mail):
        yield Ignored(HEADERS, first_line - start)
        yield mail
        return
    try:
        found = list(_pieces(mail, known._replace(prose=_never)))
    except Refused as refused:
        found = [refused.problem]
    if any(isinstance(piece, RawDigest) for piece in found):
        yield Ignored(HEADERS, first_line - start)
        yield from within(mail, found)
    else:
        yield from (piece for piece in found if isinstance(piece, Problem))
        yield Ignored(MAILS_LEFT, end - start)


def _never(_raw: RawDigest) -> bool:
    return False


def _pieces(raw: RawDigest, known: Known) -> Iterator[Piece]:
    """Digests and ignored bytes: of alternatives the first that is a digest, of other parts every one."""
    leaves = list(islice(mime.leaves(raw.data), MOST_PARTS + 1))
    if len(leaves) > MOST_PARTS:
        raise Refused(problem("container-many", file=raw.name, size=len(leaves), most=MOST_PARTS))
    for _, group in groupby(leaves, key=lambda leaf: leaf.group):
        yield from _of_group(raw, list(group), known)
    yield Ignored(HEADERS, len(raw.data) - sum(leaf.end - leaf.start for leaf in leaves))


def _of_group(raw: RawDigest, leaves: list[mime.Leaf], known: Known) -> Iterator[Piece]:
    forms = {leaf: list(_forms(raw, leaf)) for leaf in leaves}
    chosen = next(_known(forms, known), None)
    for leaf in leaves:
        if chosen and leaf is chosen[0]:
            yield chosen[1]
        else:
            yield Ignored(PARTS_LEFT, leaf.end - leaf.start)


def _known(forms: dict[mime.Leaf, list[_Form]], known: Known) -> Iterator[tuple[mime.Leaf, RawDigest]]:
    """What is a digest, the surest first."""
    for leaf, of_leaf in forms.items():
        for form in of_leaf:
            if archives.is_gzip(form.raw) or archives.is_zip(form.raw) or known.form(form.raw):
                yield leaf, form.raw
    for leaf, of_leaf in forms.items():
        yield from ((leaf, form.raw) for form in of_leaf if not form.marked and known.prose(form.raw))


def _forms(raw: RawDigest, leaf: mime.Leaf) -> Iterable[_Form]:
    """A part as it is; a page also as its text, with and without the addresses of its links."""
    data = mime.decoded(raw.data, leaf)
    if leaf.type != "text/html":
        return [_Form(_digest(raw, leaf, data), marked=False)]
    linked, plain = html_text.texts(data.decode("utf-8", "replace"))
    return [
        _Form(_digest(raw, leaf, data), marked=True),
        _Form(_digest(raw, leaf, linked.encode()), marked=True),
        _Form(_digest(raw, leaf, plain.encode()), marked=False),
    ]


def _text(raw: RawDigest) -> tuple[mime.Leaf, bytes]:
    """The first plain text of a mail, else its first page as text, else its first part; nothing of an empty mail."""
    leaves = list(islice(mime.leaves(raw.data), MOST_PARTS))
    order = ("text/plain", "text/html")
    leaf = min(leaves, key=lambda leaf: order.index(leaf.type) if leaf.type in order else 2, default=None)
    if leaf is None:
        end = len(raw.data)
        return mime.Leaf(end, end, "text/plain", "", "", "", end, mime.Envelope()), b""
    data = mime.decoded(raw.data, leaf)
    if leaf.type == "text/html":
        data = html_text.texts(data.decode("utf-8", "replace"))[1].encode()
    return leaf, data


def _digest(raw: RawDigest, leaf: mime.Leaf, data: bytes) -> RawDigest:
    sent, subject = leaf.envelope
    size = leaf.end - leaf.start
    if leaf.name:
        return replace(raw, name=f"{raw.name}!{leaf.name}", data=data, part=Part(size, leaf.name, sent))
    return replace(raw, data=data, part=Part(size, raw.part.name if raw.part else "", sent, subject))

"""Mails and mailboxes: which of their parts is a digest."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from sitegen.intake import html_page
from sitegen.intake.containers import archives, mime
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
from sitegen.intake.raw import TEXT_OF, Part, RawDigest
from sitegen.problems import Problem, problem

# "From sender date" and a header: behind a blank line no other line of a mailbox looks like that (RFC 4155).
_FROM = re.compile(rb"^From [^\n]*\n(?=[!-9;-~]+:|>From )", re.MULTILINE)
_ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


class _Form(NamedTuple):
    """One way to read a part of a mail; marked: by its marks, as prose it makes no sense."""

    raw: RawDigest
    marked: bool


class _Place(NamedTuple):
    """Where a mail stands in its mailbox: `data[start:end]`, from `line` on; number: of all mails, from 1."""

    number: int
    line: int
    start: int
    end: int


class _Part(NamedTuple):
    leaf: mime.Leaf
    forms: list[_Form]

    @property
    def is_too_deep(self) -> bool:
        """Whether it is a page that was not parsed, and so has no text."""
        return self.leaf.type == "text/html" and len(self.forms) == 1


def is_mail(raw: RawDigest) -> bool:
    return mime.begins_mail(raw.data)


def is_mailbox(raw: RawDigest) -> bool:
    """Whether it is an mbox file, which begins with a line "From …" and a mail."""
    return bool(_FROM.match(raw.data))


def is_whole(raw: RawDigest, known: Known) -> bool:
    """Whether it is a digest with its headers, and what follows them is its text as it was written."""
    if not is_mail(raw) or not known.mail(raw):
        return False
    parts = list(islice(mime.leaves(raw.data), 2))
    return len(parts) == 1 and parts[0].type == "text/plain" and parts[0].encoding in ("", "7bit", "8bit", "binary")


def mail_pieces(raw: RawDigest, known: Known) -> Iterator[Piece]:
    """The digests in a mail. Raises Refused for a mail without any, for a page too deep, and for too many parts."""
    parts = _parts(raw)
    found = _found(raw, parts, known)
    if not _has_digest(found):
        begins = _text(parts).partition("\n")[0]
        raise Refused(problem("mail-no-digest", file=raw.name, value=begins))
    yield from found


def mailbox_pieces(raw: RawDigest, known: Known) -> Iterator[Piece]:
    """The digests in the mails of a mailbox. Letters are left, and their number is said."""
    starts = [at for at in map(re.Match.start, _FROM.finditer(raw.data)) if _is_behind_blank_line(raw.data, at)]
    left = 0
    lines = raw.lines_at(starts)
    for number, (line, (start, end)) in enumerate(zip(lines, pairwise([*starts, len(raw.data)]), strict=True), 1):
        found = list(_mail_of_box(raw, _Place(number, line, start, end), known))
        left += not _has_digest(found)
        yield from found
    if left:
        yield problem("mails-left", file=raw.name, left=left, all=len(starts))


def _is_behind_blank_line(data: bytes, at: int) -> bool:
    return not at or data[max(0, at - 3) : at].replace(b"\r", b"").endswith(b"\n\n")


def _mail_of_box(raw: RawDigest, place: _Place, known: Known) -> Iterator[Piece]:
    start, end = raw.data.index(b"\n", place.start) + 1, place.end
    data = _ESCAPED_FROM.sub(rb"\1", raw.data[start:end])
    part = Part(end - start, f"{place.number}.eml", line=place.line + 1)
    mail = replace(raw, name=f"{raw.name}#{place.number}", data=data, part=part)
    if is_whole(mail, known):
        yield Ignored(HEADERS, start - place.start)
        yield mail
        return
    try:
        found = _found(mail, _parts(mail), known)
    except Refused as refused:
        found = [refused.problem]
    if _has_digest(found):
        yield Ignored(HEADERS, start - place.start)
        yield from within(mail, found)
    else:
        yield from (piece for piece in found if isinstance(piece, Problem))
        yield Ignored(MAILS_LEFT, end - place.start)


def _parts(raw: RawDigest) -> list[_Part]:
    leaves = list(islice(mime.leaves(raw.data), MOST_PARTS + 1))
    if len(leaves) > MOST_PARTS:
        raise Refused(problem("container-many", file=raw.name, size=len(leaves), most=MOST_PARTS))
    lines = raw.lines_at(leaf.start for leaf in leaves)
    return [_Part(leaf, _forms(raw, leaf, line)) for leaf, line in zip(leaves, lines, strict=True)]


def _found(raw: RawDigest, parts: list[_Part], known: Known) -> list[Piece]:
    """What is in a mail. Raises Refused where no part is a digest, and a page too deep may be one."""
    found = list(_pieces(raw, parts, known))
    if any(part.is_too_deep for part in parts) and not _has_digest(found):
        raise Refused(problem("page-deep", file=raw.name))
    return found


def _has_digest(found: Iterable[Piece]) -> bool:
    return any(isinstance(piece, RawDigest) for piece in found)


def _pieces(raw: RawDigest, parts: list[_Part], known: Known) -> Iterator[Piece]:
    """Digests and ignored bytes: of alternatives the digest with most papers, of other parts every one."""
    for _, same in groupby(parts, key=lambda part: part.leaf.group):
        group = list(same)
        chosen = _chosen(group, known)
        for leaf, _ in group:
            if chosen and leaf is chosen[0]:
                yield chosen[1]
            else:
                yield Ignored(PARTS_LEFT, leaf.end - leaf.start)
    yield Ignored(HEADERS, len(raw.data) - sum(leaf.end - leaf.start for leaf, _ in parts))


def _chosen(group: list[_Part], known: Known) -> tuple[mime.Leaf, RawDigest] | None:
    """Which of the alternatives is the digest. The text of a newsletter may leave out what its page links to, and the
    page may say no more than "your mail program shows none": the one with most papers, the first of equals."""
    formed = [(leaf, raw) for leaf, forms in group if (raw := _formed(leaf, forms, known))]
    if len(formed) > 1:
        return max(formed, key=lambda each: known.papers(each[1]))
    prose = ((leaf, form.raw) for leaf, forms in group for form in forms if not form.marked and known.prose(form.raw))
    return formed[0] if formed else next(prose, None)


def _formed(leaf: mime.Leaf, forms: list[_Form], known: Known) -> RawDigest | None:
    """The first form of a part that has that of a digest."""
    headed = _headed(forms[0].raw, leaf.envelope)
    if leaf.type == "text/plain" and known.mail(headed):
        return headed
    raws = (form.raw for form in forms)
    return next((raw for raw in raws if archives.is_gzip(raw) or archives.is_zip(raw) or known.form(raw)), None)


def _headed(raw: RawDigest, envelope: mime.Envelope) -> RawDigest:
    """A mail's text with the headers that its reader asks for; its lines keep their numbers."""
    headers = f"Date: {envelope.date}\nSubject: {envelope.subject}\n\n"
    part = raw.part and replace(raw.part, line=raw.part.line - headers.count("\n"))
    return replace(raw, data=headers.encode("utf-8", "replace") + raw.data, part=part)


def _forms(raw: RawDigest, leaf: mime.Leaf, line: int) -> list[_Form]:
    """A part as it is; a page also as Markdown and, last, as its words alone."""
    page = _digest(raw, leaf, line)
    if leaf.type != "text/html":
        return [_Form(page, marked=False)]
    try:
        linked, plain = (_text_of_page(page, text) for text in html_page.from_page(replace(page).text))
    except html_page.TooDeep:
        return [_Form(page, marked=True)]
    return [_Form(page, marked=True), _Form(linked, marked=True), _Form(plain, marked=False)]


def _text_of_page(page: RawDigest, text: str) -> RawDigest:
    subject = page.part.subject if page.part else ""
    found = html_page.text_of(page, text)
    name, part = page.name.removesuffix(TEXT_OF) + TEXT_OF, found.part and replace(found.part, subject=subject)
    return replace(found, name=name, part=part)


def _text(parts: list[_Part]) -> str:
    """The first plain text of a mail, else its first page as text."""
    texts = {part.leaf.type: part.forms[-1].raw.text.strip() for part in reversed(parts)}
    return texts.get("text/plain") or texts.get("text/html", "")


def _digest(raw: RawDigest, leaf: mime.Leaf, line: int) -> RawDigest:
    """line: the one of the mail's file which the part begins in. Lines of what was encoded, and of a file that is
    attached, are those of what is there when it is decoded."""
    data = mime.decoded(raw.data, leaf)
    size, sent = leaf.end - leaf.start, leaf.envelope.day
    if leaf.name:
        return replace(raw, name=f"{raw.name}!{leaf.name}", data=data, part=Part(size, leaf.name, sent))
    name = raw.part.name if raw.part else ""
    if leaf.is_encoded:
        return replace(raw, name=raw.name + TEXT_OF, data=data, part=Part(size, name, sent, leaf.envelope.subject))
    return replace(raw, data=data, part=Part(size, name, sent, leaf.envelope.subject, line))

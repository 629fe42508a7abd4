"""The parts of a mail, each with its place: MIME (RFC 2045, RFC 2046) read once from its marks, in linear time.

Python's own parser of whole mails knows no places, and takes hours for a header of a megabyte; its functions for the
value of one header are used here, on values of a bounded length.
"""

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate
from typing import NamedTuple

from sitegen.intake import dates

DEEPEST = 8
"""Multiparts inside each other; a forwarded alert takes three."""
LONGEST_HEADER = 2_000
_HEADER = re.compile(
    rb"^(content-type|content-transfer-encoding|content-disposition|date|subject):([^\n]*(?:\n[ \t][^\n]*)*)",
    re.IGNORECASE | re.MULTILINE,
)
_NAMES = re.compile(rb"^([!-9;-~]+)[ \t]*:", re.MULTILINE)
_DELIMITER = re.compile(rb"^--([^\n]*)(?:\n|\Z)", re.MULTILINE)
_END_OF_HEADERS = re.compile(rb"\n\r?(?:\n|\Z)")
_OF_MAIL = {
    b"from", b"to", b"date", b"subject", b"received", b"message-id", b"mime-version", b"content-type", b"return-path",
    b"delivered-to", b"reply-to", b"sender",
}  # fmt: skip
# Names that an item of a listing has, which may have a "From" and a "Date" as well.
_OF_PAPERS = {b"title", b"authors", b"abstract", b"arxiv", b"paper"}
# Charsets that are sets of characters; Python's others are escapes, or slow.
_CHARSET = re.compile(
    r"(?:iso-?|latin-?|windows-?|cp|koi8|gb|big5|shift|euc|utf-?16|mac|ms)[\w-]*|us-ascii|utf-?8", re.IGNORECASE
)
# What Python's functions for headers raise on hostile values, though they should not.
_FAILURES = (MessageError, ValueError, LookupError, TypeError, AttributeError)


class Envelope(NamedTuple):
    """What a mail's headers say of it; date: as written."""

    date: str = ""
    subject: str = ""

    @property
    def day(self) -> str:
        """The day it was sent as its sender's clock had it, or "".

        >>> Envelope("Fri, 14 Mar 2025 23:30:00 -0500").day
        '2025-03-14'
        """
        try:
            parsed = parsedate(self.date)
        except (*_FAILURES, OverflowError):
            return ""
        day = "{:04}-{:02}-{:02}".format(*parsed[:3]) if parsed else ""
        return day if dates.is_day(day) else ""


class Leaf(NamedTuple):
    """`data[start:end]` is the body of a part that has no parts itself.

    group: the same for all parts of one multipart/alternative, which say the same in several ways.
    """

    start: int
    end: int
    type: str
    encoding: str
    charset: str
    name: str
    group: int
    envelope: Envelope

    @property
    def is_encoded(self) -> bool:
        """Whether its lines are not those of the mail."""
        return self.encoding in ("base64", "quoted-printable")


def begins_mail(data: bytes) -> bool:
    """Whether the data begin with the headers of a mail (RFC 5322): a header, and two of those that only mails have."""
    head = data[:100_000].removeprefix(b"\xef\xbb\xbf")
    end = _END_OF_HEADERS.search(head)
    head = head[: end.start()] if end else head
    names = {name.lower() for name in _NAMES.findall(head)}
    return bool(_NAMES.match(head)) and len(names & _OF_MAIL) >= 2 and not names & _OF_PAPERS


class _Inside(NamedTuple):
    """Where a part stands. group: that of the alternatives it is one of, or -1; depth: how much deeper it may go."""

    envelope: Envelope = Envelope()
    group: int = -1
    depth: int = DEEPEST


def leaves(data: bytes) -> Iterator[Leaf]:
    """The parts of the mail that `data` is, in order; one that is not well-formed is what can be made of it."""
    yield from _leaves(data, 0, len(data), _Inside())


def _leaves(data: bytes, start: int, end: int, inside: _Inside) -> Iterator[Leaf]:
    headers, body = _headers(data, start, end)
    kind, boundary = _content_type(headers)
    deeper = inside._replace(depth=inside.depth - 1)
    if inside.depth and kind == "message/rfc822":
        yield from _leaves(data, body, end, deeper._replace(group=-1, envelope=Envelope()))
    elif inside.depth and kind.startswith("multipart/") and boundary:
        alternatives = inside.group < 0 and kind == "multipart/alternative"
        deeper = deeper._replace(envelope=_envelope(headers, inside), group=start if alternatives else inside.group)
        for part_start, part_end in _parts(data, body, end, boundary):
            yield from _leaves(data, part_start, part_end, deeper)
    elif body < end:
        encoding = (headers["content-transfer-encoding"] or "").strip().lower()
        charset, name = _parameters(headers)
        group = inside.group if inside.group >= 0 else body
        yield Leaf(body, end, kind, encoding, charset, name, group, _envelope(headers, inside))


def _envelope(headers: Message, inside: _Inside) -> Envelope:
    """Of the mail a part stands in, whose headers come first."""
    if any(inside.envelope):
        return inside.envelope
    return Envelope(headers["date"] or "", _words(headers["subject"] or ""))


def _headers(data: bytes, start: int, end: int) -> tuple[Message, int]:
    """The headers that matter here, and where the body begins."""
    headers = Message()
    if data[start : start + 2].lstrip(b"\r").startswith(b"\n"):
        return headers, data.index(b"\n", start) + 1
    found = _END_OF_HEADERS.search(data, start, end)
    body = found.end() if found else end
    for name, value in _HEADER.findall(data[start:body]):
        written = value[:LONGEST_HEADER]
        try:
            text = written.decode()
        except UnicodeDecodeError:
            text = written.decode("latin-1")
        headers[name.decode()] = " ".join(text.split())
    return headers, body


def _parts(data: bytes, start: int, end: int, boundary: str) -> Iterator[tuple[int, int]]:
    """(start, end) of what stands between the lines `--boundary`; the line end before one belongs to it."""
    opens = boundary.encode("utf-8", "replace")
    at = -1
    for found in _DELIMITER.finditer(data, start, end):
        mark = found[1].rstrip()
        if mark not in (opens, opens + b"--"):
            continue
        line_end = 2 if data[max(start, found.start() - 2) : found.start()] == b"\r\n" else 1
        if at >= 0 and data[at : found.start()].strip():
            yield at, max(at, found.start() - line_end)
        at = found.end()
        if mark != opens:
            return
    if at >= 0:
        yield at, end


def _content_type(headers: Message) -> tuple[str, str]:
    if headers["content-type"] is None:
        return "text/plain", ""
    try:
        return headers.get_content_type(), headers.get_boundary() or ""
    except _FAILURES:
        return "text/plain", ""


def _parameters(headers: Message) -> tuple[str, str]:
    """(charset, file name)"""
    try:
        return headers.get_content_charset() or "", _words(headers.get_filename() or "")
    except _FAILURES:
        return "", ""


def _words(text: str) -> str:
    """A header's text with its encoded words (RFC 2047) decoded, where they can be."""
    try:
        return str(make_header(decode_header(text)))
    except _FAILURES:
        return text


def decoded(data: bytes, leaf: Leaf) -> bytes:
    """The body of a part without its transfer encoding; a text as UTF-8 with plain line ends."""
    body = data[leaf.start : leaf.end]
    if leaf.is_encoded:
        coded = Message()
        coded["Content-Transfer-Encoding"] = leaf.encoding
        coded.set_payload(body.decode("ascii", "surrogateescape"))
        body = bytes(coded.get_payload(decode=True))
    if leaf.type.startswith("text/"):
        body = _as_utf8(body, leaf.charset).replace(b"\r\n", b"\n")
    return body


def _as_utf8(body: bytes, charset: str) -> bytes:
    if not _CHARSET.fullmatch(charset):
        return body
    try:
        return body.decode(charset).encode()
    except (ValueError, LookupError):
        return body

"""gzip and zip. Names of members are only names: nothing is ever written under them."""

import gzip
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from sitegen.intake.containers.pieces import LEFT, MOST_PARTS, MOST_RATIO, PACKING, Ignored, Known, Piece, Refused, bomb
from sitegen.intake.file_names import parted
from sitegen.intake.raw import LARGEST, Part, RawDigest
from sitegen.problems import Problem, problem

# So many bytes are unpacked whatever they were packed to.
FREE = 10 * 1024 * 1024
_GZIP = b"\x1f\x8b\x08"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Office documents and books are zip files, too; in them these come first.
_DOCUMENT = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|mimetype|_rels/|META-INF/)", re.DOTALL)
# Others unpack a few bytes to gigabytes in one step.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FAILURES = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
)  # fmt: skip


def is_gzip(raw: RawDigest) -> bool:
    return raw.data.startswith(_GZIP)


def is_zip(raw: RawDigest) -> bool:
    """Whether it is a zip file, and not a document that is one inside."""
    return raw.data.startswith(_ZIP) and not _DOCUMENT.match(raw.data)


def gzip_pieces(raw: RawDigest, _known: Known) -> Iterator[Piece]:
    """The one digest of a gzip file (RFC 1952), under the name of the file.

    Raises Refused where the file is damaged, Bomb where it is one.
    """
    try:
        data = _gunzipped(raw)
    except _FAILURES as error:
        raise Refused(problem("container-broken", file=raw.name, error=str(error))) from None
    name = raw.part.name if raw.part else ""
    yield replace(raw, data=data, part=Part(len(raw.data), name, raw.sent))


def _gunzipped(raw: RawDigest) -> bytes:
    data = bytearray()
    with gzip.GzipFile(fileobj=BytesIO(raw.data)) as file:
        while some := file.read(FREE):
            data += some
            _check_ratio(raw, len(data), len(raw.data))
    return bytes(data)


def zip_pieces(raw: RawDigest, _known: Known) -> Iterator[Piece]:
    """The files of a zip archive, sorted by name; folders, hidden files and packing are ignored bytes.

    Raises Refused where the archive cannot be opened, Bomb where it is one.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(raw.data))
    except _FAILURES as error:
        raise Refused(problem("container-broken", file=raw.name, error=str(error))) from None
    members = sorted((each for each in archive.infolist() if not each.is_dir()), key=lambda each: each.filename)
    if len(members) > MOST_PARTS:
        raise Refused(problem("container-many", file=raw.name, size=len(members), most=MOST_PARTS))
    packed = sum(member.compress_size for member in members)
    if packed > len(raw.data):
        raise Refused(problem("container-broken", file=raw.name, error="its members overlap"))
    _check_ratio(raw, sum(member.file_size for member in members), packed)
    for member in members:
        yield from _member(raw, archive, member)
    yield Ignored(PACKING, len(raw.data) - packed)


def _member(raw: RawDigest, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Piece]:
    name = f"{raw.name}!{member.filename}"
    data: bytes | Problem | None = None
    if not _is_hidden(member.filename):
        data = _unzipped(archive, member, name)
    if isinstance(data, bytes):
        part = Part(member.compress_size, _dated(raw, member.filename), raw.sent)
        yield replace(raw, name=name, data=data, part=part)
        return
    if data:
        yield data
    yield Ignored(LEFT, member.compress_size)


def _unzipped(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes | Problem:
    if stat.S_ISLNK(member.external_attr >> 16):
        return problem("symlink", file=name)
    if member.flag_bits & 1:
        return problem("member-encrypted", file=name)
    if member.compress_type not in _METHODS:
        return problem("container-broken", file=name, error="it is not packed with deflate")
    try:
        return archive.read(member)
    except _FAILURES as error:
        return problem("container-broken", file=name, error=str(error))


def _dated(raw: RawDigest, name: str) -> str:
    """A member without a day in its name has that of the folder it is in, or of the archive."""
    *folders, base = name.replace("\\", "/").split("/")
    own = parted(base)
    if own.first or own.last:
        return base
    days = (parted(folder).first for folder in reversed(folders))
    day = next(filter(None, days), raw.name_date)
    return f"{day}-{base}" if day else base


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in re.split(r"[/\\]", name) if part.strip("."))


def _check_ratio(raw: RawDigest, size: int, packed: int) -> None:
    if size > LARGEST or (size > FREE and size > MOST_RATIO * packed):
        raise bomb(raw)

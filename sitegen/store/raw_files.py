"""content/raw/: digests as they came, compressed, each once, under the SHA-256 of its bytes."""

import zlib
from io import BytesIO
from pathlib import Path

from sitegen.files import Change

FOLDER = "raw"
_GZIP = 31  # zlib's name for "with the header of a gzip file"
_SYSTEM = 9  # the byte of that header that says which system wrote it: https://www.rfc-editor.org/rfc/rfc1952
_UNKNOWN = 255
_LEVEL = 4  # half the time of the usual 6, for a twentieth more bytes
_PIECE = 1 << 20  # bytes that are packed at once: one is not copied again and again, as all would be


def raw_path(sha256: str) -> str:
    """Where a digest with this hash is kept, relative to content/.

    >>> raw_path("7d0c77afab")
    'raw/7d/7d0c77afab.gz'
    """
    return f"{FOLDER}/{sha256[:2]}/{sha256}.gz"


def compressed(data: bytes) -> bytes:
    """A gzip file that says neither when nor on what system it was made.

    >>> compressed(b"a")[:10].hex()
    '1f8b08000000000000ff'
    """
    packed = BytesIO()
    packer = zlib.compressobj(_LEVEL, wbits=_GZIP)
    for start in range(0, len(data), _PIECE):
        packed.write(packer.compress(memoryview(data)[start : start + _PIECE]))
    packed.write(packer.flush())
    packed.getbuffer()[_SYSTEM] = _UNKNOWN
    return packed.getvalue()


def changes(content: Path, sha256: str, data: bytes) -> list[Change]:
    """The file that keeps the digest; none where it is kept already, for another zlib would give other bytes."""
    path = raw_path(sha256)
    return [] if (content / path).is_file() else [(path, compressed(data))]

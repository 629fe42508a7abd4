"""A digest as it came: bytes, decoded so that no byte is lost, with lines and byte counts."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from sitegen.intake import encodings
from sitegen.intake.encodings import Encoding
from sitegen.intake.file_names import FileName, parted

LARGEST = 512 * 1024 * 1024
_BEGINNING = 8 * encodings.PIECE  # bytes
TEXT_OF = "!text"
"""What stands behind the name of a file that was encoded, or a page, where lines are those of its text."""
_NOT_ASCII = re.compile(r"\w{0,20}[^\x00-\x7f]\w{0,20}")


@dataclass(frozen=True, slots=True)
class Part:
    """Where a digest came out of another file: an archive, a mail, a mailbox.

    size: how many bytes of that file it took there, packed or encoded. name: its own file name in there, "" where that
    of the whole tells as much. sent: the day its mail was sent, or "". subject: the mail's, where this is its text.
    line: of that file, which it begins in, where its lines are lines of that file.
    """

    size: int
    name: str = ""
    sent: str = ""
    subject: str = ""
    line: int = 1


class Slice(NamedTuple):
    """Whole lines of a digest. start: where they stand in its text; line: the number of the first, from 1."""

    start: int
    line: int
    text: str

    def lines(self) -> Iterator[tuple[int, int, str]]:
        """(number, where it stands in the digest's text, the line without its end), ended by LF or CRLF alone: U+2028
        may stand in one.

        >>> list(Slice(0, 1, "a\\r\\nb\\n").lines())
        [(1, 0, 'a'), (2, 3, 'b')]
        """
        start = self.start
        for number, line in enumerate(self.text.removesuffix("\n").split("\n"), self.line):
            yield number, start, line.removesuffix("\r")
            start += len(line) + 1


@dataclass(frozen=True)
class RawDigest:
    """A file, or a part of one.

    name: as the user typed it ("inbox/2025-03-14-trending.txt", "-"), a part's behind it ("day.zip!a.json"); data: its
    bytes, unpacked; part: where it is not a file by itself. columns: what the archive's settings say that lists call
    their fields, as in {"title": "Paper Title"}. page: the page of HTML of which `data` is the text.
    """

    name: str
    data: bytes
    part: Part | None = None
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)
    page: bytes = b""

    @property
    def kept(self) -> bytes:
        """What the archive keeps of it, nothing taken away."""
        return self.page or self.data

    @cached_property
    def sha256(self) -> str:
        """Of what is kept."""
        return hashlib.sha256(self.kept).hexdigest()

    @cached_property
    def _encoding(self) -> Encoding:
        return encodings.encoding_of(self.data)

    @cached_property
    def guessed(self) -> tuple[str, int] | None:
        """Where the encoding is a guess, Windows-1252 as spreadsheets write it: (words that show whether it is right,
        the line of the first)."""
        came = replace(self, data=self.page, page=b"") if self.page else self
        found = list(islice(_NOT_ASCII.finditer(self.text), 3)) if came._encoding.name == encodings.WINDOWS else []
        return (", ".join(word[0] for word in found), self.line(found[0].start())) if found else None

    @cached_property
    def text(self) -> str:
        """The text without its byte order mark. A byte that is not UTF-8 is a lone surrogate in it."""
        return self._encoding.text(self.data)

    def slices(self) -> Iterator[Slice]:
        """The text, cut at the ends of lines into pieces of about a million bytes, which are decoded one by one: the
        whole text may take four times the bytes of the file."""
        mark, encoding, errors = self._encoding
        if encoding.startswith("utf-16"):
            yield from (Slice(0, self.first_line, text) for text in [self.text] if text)
            return
        place, line, end = 0, self.first_line, len(mark)
        while end < len(self.data):
            start, end = end, self.data.find(b"\n", end + encodings.PIECE) + 1 or len(self.data)
            text = self.data[start:end].decode(encoding, errors)
            yield Slice(place, line, text)
            place += len(text)
            line += text.count("\n")

    @property
    def begins_as_utf_16(self) -> bool:
        """Whether a byte order mark of UTF-16 stands first."""
        return encodings.begins_as_utf_16(self.data)

    @property
    def beginning(self) -> "RawDigest":
        """What nearly always tells its format: some megabytes of whole lines, where there are more; else all of it."""
        if len(self.data) <= _BEGINNING or self.begins_as_utf_16:
            return self
        return replace(self, data=self.data[: self.data.rfind(b"\n", 0, _BEGINNING) + 1 or _BEGINNING])

    @cached_property
    def is_binary(self) -> bool:
        """NUL bytes, or more than a third of other control characters, in the first 4 KB."""
        head = self.text[:4096]
        controls = sum(char < " " and char not in "\t\n\r\f" for char in head)
        return "\0" in head or controls * 3 > len(head)

    def bytes_before(self, places: Iterable[int]) -> Iterator[int]:
        """For each of some places in the text, in ascending order: how many bytes of the file the text before it was.

        Raises ValueError for a place that is not in the text, or before the last one.
        """
        return self._encoding.bytes_before(self.data, places)

    @property
    def bom_size(self) -> int:
        return len(self._encoding.mark)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    @property
    def first_line(self) -> int:
        """The number of its first line."""
        return self.part.line if self.part else 1

    def line(self, offset: int) -> int:
        """The line, from `first_line`, that `text[offset]` stands in."""
        return max(1, self.first_line - 1 + bisect_right(self._line_starts, offset))

    def lines_at(self, places: Iterable[int]) -> Iterator[int]:
        """For each of some places in its bytes, in ascending order: the line it stands in."""
        line, at = self.first_line, 0
        for place in places:
            line, at = line + self.data.count(b"\n", at, place), place
            yield line

    @property
    def packed_size(self) -> int:
        """How many bytes of a file of the user it is."""
        return self.part.size if self.part else len(self.data)

    @property
    def sent(self) -> str:
        """The day its mail was sent, or ""."""
        return self.part.sent if self.part else ""

    @property
    def short_name(self) -> str:
        """Its name without the folders of the user's machine: "day.zip!a/b.json"."""
        outer, mark, inner = self.name.partition("!") if self.part else (self.name, "", "")
        return outer.replace("\\", "/").rsplit("/", 1)[-1] + mark + inner

    @cached_property
    def _file_name(self) -> FileName:
        name = (self.part and self.part.name) or self.name.removesuffix(TEXT_OF)
        return parted(name.replace("\\", "/").rsplit("/", 1)[-1])

    @property
    def stem(self) -> str:
        """The file's name without folder, ending and day: "trending"; the subject where a mail is a digest."""
        return (self.part and self.part.subject) or self._file_name.stem

    @property
    def name_date(self) -> str:
        """The day at the beginning of the file's name, or ""."""
        return self._file_name.first

    @property
    def last_name_date(self) -> str:
        """The day at the end of the file's name, or ""."""
        return self._file_name.last

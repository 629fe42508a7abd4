"""YAML front matter, read with python-frontmatter and written by ourselves.

(`frontmatter.dumps` sorts keys and drops comments; a page belongs to the human who edits it.)
"""

import datetime
import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import frontmatter

from sitegen.problems import Problem, plain, problem
from sitegen.store.plain_yaml import plain_fields
from sitegen.text.escape import safe_url, yaml_scalar

Field = str | tuple[str, ...] | dict[str, str]
LONGEST = 1_000_000
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:")
# python-frontmatter's own pattern swallows the blank lines behind a fence, which belong to the body.
_FENCE = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_HANDLER = frontmatter.default_handlers.YAMLHandler()


@dataclass(frozen=True)
class Page:
    """A page taken apart: `header` (YAML text between the `---` lines), its `data`, and the `body` below."""

    text: str
    header: str = ""
    body: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, part: str) -> int:
        """The line (from 1) where `part` first stands, or 0."""
        at = self.text.find(part)
        return self.text.count("\n", 0, at) + 1 if at >= 0 else 0

    def line_of_key(self, key: str) -> int:
        """The line (from 1) of a key of the front matter, or 1 when it is not there."""
        found = re.search(rf"^{re.escape(key)}\s*:", self.header, re.MULTILINE)
        return self.header.count("\n", 0, found.start()) + 2 if found else 1

    @property
    def keys(self) -> list[str]:
        return [str(key) for key in self.data]


def read(text: str, path: str) -> Page:
    """Take a page apart; what is wrong with its front matter as a whole is in `problems`."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    opening = _FENCE.match(text)
    if not opening:
        return Page(text, problems=[problem("front-matter-missing", file=path, line=1)])
    # The pattern looks at every line; the first three hyphens at the beginning of one are found faster without it.
    closing = _FENCE.search(text, max(opening.end(), text.find("\n---", opening.end() - 1) + 1))
    if not closing:
        return Page(text, problems=[problem("front-matter-open", file=path, line=1)])
    header, body = text[opening.end() : closing.start()], text[closing.end() :]
    if len(header) > LONGEST:
        return Page(text, problems=[problem("front-matter-long", file=path, line=1, size=len(header), most=LONGEST)])
    if (written := plain_fields(header)) is not None:
        return Page(text, header, body, written)
    try:
        data = _HANDLER.load(header)
    except Exception as error:  # PyYAML raises much besides YAMLError for odd tags
        return Page(text, header, body, problems=[_broken(error, path)])
    if not isinstance(data, dict):
        return Page(text, header, body, problems=[problem("front-matter-not-fields", file=path, line=2)])
    return Page(text, header, body, data)


def _broken(error: Exception, path: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 2 if mark else 1
    said = getattr(error, "problem", None) or str(error)
    return problem("front-matter-broken", file=path, line=line, error=said)


class Fields:
    """Typed access to a page's front matter; whatever does not fit is collected in `problems`."""

    def __init__(self, page: Page, path: str) -> None:
        self._page = page
        self._path = path
        self.problems: list[Problem] = []

    def complain(self, code: str, key: str, **values: object) -> None:
        """Add the problem `code` at the line of `key`."""
        line = self._page.line_of_key(key)
        self.problems.append(problem(code, file=self._path, line=line, field=key, **values))

    def misspelt(self, known: Sequence[str]) -> list[Problem]:
        """Warnings for keys that are nearly a known one; other keys are a human's own."""
        found = []
        for key in [key for key in self._page.keys if key not in known]:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.75)
            if near and near[0] not in self._page.data:
                line = self._page.line_of_key(key)
                found.append(problem("field-misspelt", file=self._path, line=line, field=plain(key), known=near[0]))
        return found

    def text(self, key: str, *, required: bool = False) -> str:
        """A text; "" when it is absent. An unquoted number, date or yes/no is a problem, never guessed back."""
        value = self._page.data.get(key)
        if value is None or value == "":
            if required:
                self.complain("field-missing", key)
            return ""
        if not isinstance(value, str):
            self.complain("field-not-text", key, value=value)
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; () when it is absent. One text alone is a problem: authors are not split at commas."""
        value = self._page.data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.complain("field-not-list", key, value=value)
            return ()
        for item in value:
            if not isinstance(item, str):
                self.complain("field-not-text", key, value=item)
                return ()
        return tuple(value)

    def date(self, key: str) -> str:
        """ "YYYY", "YYYY-MM" or "YYYY-MM-DD", quoted or not; "" when it is absent."""
        value = self._page.data.get(key)
        if value is None or value == "":
            return ""
        if isinstance(value, datetime.date):
            return value.isoformat()[:10]
        written = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
        if is_date(written):
            return written
        self.complain("field-not-date", key, value=value)
        return ""

    def mapping(self, key: str, known: Sequence[str]) -> dict[str, str]:
        """A mapping of texts with known keys; {} when it is absent."""
        value = self._page.data.get(key)
        if value is None:
            return {}
        fits = isinstance(value, dict) and all(isinstance(k, str) and isinstance(v, str) for k, v in value.items())
        if not fits:
            self.complain("field-not-mapping", key, value=value)
            return {}
        for name in value:
            if name not in known:
                self.complain("field-unknown-key", key, value=name, known=", ".join(known))
        return {name: value[name] for name in value if name in known}

    def links(self, key: str, kinds: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """(kind, URL) pairs in the order of `kinds`; a URL must be http(s)."""
        pairs = self.mapping(key, tuple(kinds))
        for url in pairs.values():
            if not safe_url(url):
                self.complain("field-not-url", key, value=url)
        return tuple((kind, pairs[kind]) for kind in kinds if kind in pairs)


@lru_cache(maxsize=1_000)
def is_date(written: str) -> bool:
    """Whether it is "YYYY", "YYYY-MM" or "YYYY-MM-DD", and a real one."""
    if not _DATE.fullmatch(written):
        return False
    try:
        datetime.date.fromisoformat((written + "-01-01")[:10])
    except ValueError:
        return False
    return True


def write(fields: Mapping[str, Field]) -> str:
    """Front matter for these fields, every text in double quotes."""
    return "".join(_block(key, value) for key, value in fields.items())


def _block(key: str, value: Field) -> str:
    if isinstance(value, str):
        return f"{key}: {yaml_scalar(value)}\n"
    if isinstance(value, dict):
        return f"{key}:\n" + "".join(f"  {name}: {yaml_scalar(text)}\n" for name, text in value.items())
    return f"{key}:\n" + "".join(f"  - {yaml_scalar(item)}\n" for item in value)


def update(header: str, old: Mapping[str, Field], new: Mapping[str, Field]) -> tuple[str, list[str]]:
    """The header with the blocks of changed fields rewritten, and the comments inside them that are lost by it.

    Keys of a human, comments between keys and the order of keys stay.
    """
    blocks = _blocks(header)
    lost: list[str] = []
    for key in [*old, *(key for key in new if key not in old)]:
        if old.get(key) == new.get(key):
            continue
        at = next((index for index, (name, _) in enumerate(blocks) if name == key), None)
        block = [(key, _block(key, new[key]))] if key in new else []
        if at is None:
            at = _place(blocks, key, list(new))
            blocks[at:at] = block
        else:
            lost += _comments(blocks[at][1])
            blocks[at : at + 1] = block
    return "".join(text for _, text in blocks), lost


def _blocks(header: str) -> list[tuple[str, str]]:
    """(key, its lines) in order; comments and blank lines before a key are blocks of their own, with key ""."""
    blocks: list[tuple[str, str]] = []
    for line in header.splitlines(keepends=True):
        key = _KEY.match(line)
        between = line.startswith("#") or not line.strip()
        if key:
            blocks.append((key[1], line))
        elif between or not blocks:
            blocks.append(("", line))
        elif blocks[-1][0] == "" and len(blocks) > 1 and line.startswith((" ", "-")):
            # An indented line after a comment still belongs to the key above the comment.
            _rejoin(blocks, line)
        else:
            blocks[-1] = (blocks[-1][0], blocks[-1][1] + line)
    return blocks


def _rejoin(blocks: list[tuple[str, str]], line: str) -> None:
    tail = line
    while blocks and blocks[-1][0] == "" and len(blocks) > 1:
        tail = blocks.pop()[1] + tail
    blocks[-1] = (blocks[-1][0], blocks[-1][1] + tail)


def _comments(block: str) -> list[str]:
    return [
        found.strip()
        for found in re.findall(r"^\s*(#.*)$|[\"'\]}]\s+(#.*)$", block, re.MULTILINE)
        for found in found
        if found
    ]


def _place(blocks: list[tuple[str, str]], key: str, order: Sequence[str]) -> int:
    """Where a new key goes: behind the last key that comes before it in `order`."""
    before = set(order[: order.index(key)]) if key in order else set()
    positions = [index for index, (name, _) in enumerate(blocks) if name in before]
    return positions[-1] + 1 if positions else len(blocks)

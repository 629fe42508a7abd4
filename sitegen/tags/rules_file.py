"""tags.yml as a Vocabulary, and all that may be wrong with it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from sitegen import identity
from sitegen.problems import Problem, problem
from sitegen.tags.patterns import WORD, compiled
from sitegen.tags.vocabulary import HITS_IN_ABSTRACT, Rule, Vocabulary

# libyaml's loader is ten times as fast; a PyYAML that was built without it has only the other.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FILE = "tags.yml"
KEYS = ("name", "description", "patterns", "keywords", "abstract")


def load(content: Path) -> tuple[Vocabulary, list[Problem]]:
    """Read content/tags.yml (none: an empty vocabulary). A broken rule is a problem, the others go on."""
    file = content / FILE
    return read(file, FILE) if file.is_file() else (Vocabulary(), [])


def read(file: Path, name: str) -> tuple[Vocabulary, list[Problem]]:
    """Read a file of rules, which messages call `name`. A broken rule is a problem, the others go on."""
    try:
        text = file.read_text(encoding="utf-8")
        data = yaml.load(text, Loader=_LOADER) or {}  # noqa: S506 (a safe loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return Vocabulary(), [problem("tags-broken", file=name, line=line, error=error.problem or "")]
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Vocabulary(), [problem("page-not-utf8", file=name, line=line, byte=f"0x{error.object[error.start]:02x}")]
    except Exception as error:  # PyYAML raises much besides YAMLError: for odd tags, 2025-13-45, [[[[…
        return Vocabulary(), [problem("tags-broken", file=name, error=(str(error).splitlines() or [""])[0])]
    if not isinstance(data, dict):
        return Vocabulary(), [problem("tags-not-mapping", file=name, line=1)]
    rules: dict[str, Rule] = {}
    problems: list[Problem] = []
    for slug, entry in data.items():
        line = _line_of(text, str(slug))
        found = _faults(str(slug), entry, name, line)
        problems += found
        if not found:
            rules[str(slug)] = _rule(str(slug), entry, line)
    return Vocabulary(rules), problems


def _line_of(text: str, slug: str) -> int:
    found = re.search(rf"^[\"']?{re.escape(slug)}[\"']?\s*:", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _faults(slug: str, entry: Any, file: str, line: int) -> list[Problem]:
    def fault(code: str, field: str, **values: object) -> Problem:
        return problem(code, file=file, line=line, field=field, **values)

    if slug != identity.tag_slug(slug):
        return [fault("tag-slug", slug, value=slug, expected=identity.tag_slug(slug))]
    if not isinstance(entry, dict):
        return [fault("tag-not-rule", slug, value=entry)]
    faults = [fault("tag-key", slug, value=key, known=", ".join(KEYS)) for key in entry if key not in KEYS]
    texts = [key for key in ("name", "description") if not isinstance(entry.get(key, ""), str)]
    lists = [key for key in ("patterns", "keywords") if not _is_texts(entry.get(key, []))]
    faults += [fault("tag-text", f"{slug}.{key}", value=entry[key]) for key in texts]
    faults += [fault("tag-list", f"{slug}.{key}", value=entry[key]) for key in lists]
    number = entry.get("abstract", 1)
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        faults.append(fault("tag-number", f"{slug}.abstract", value=number))
    return faults


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and WORD.search(item) for item in value)


def _rule(slug: str, entry: Mapping[str, Any], line: int) -> Rule:
    return Rule(
        slug,
        entry.get("name") or slug.replace("-", " ").capitalize(),
        entry.get("description", ""),
        tuple(each for pattern in entry.get("patterns", []) for each in compiled(pattern)),
        frozenset(word.lower() for word in entry.get("keywords", [])),
        entry.get("abstract", HITS_IN_ABSTRACT),
        line,
    )

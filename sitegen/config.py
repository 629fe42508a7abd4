"""Settings: the `sitegen` plugin's section of mkdocs.yml, typed. An unknown key is an error."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from yaml_env_tag import construct_env_tag

from sitegen.problems import Problem, ProblemsFound, problem

ListField = Literal[
    "title", "abstract", "authors", "date", "keywords", "id", "doi", "pdf", "code", "project", "data", "demo", "video",
    "url",
]  # fmt: skip
"""What a column of a list can be."""


class Fetch(BaseModel):
    """One list that `sitegen fetch` asks for."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    source: str
    """hf, arxiv, oai or feed."""
    what: str = ""
    """The category, the set or the address."""
    base: str = ""
    """The address of a mirror of the source."""


class Settings(BaseModel):
    """What can be set under `plugins: - sitegen:` in mkdocs.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    tag_threshold: int = Field(3, ge=1)
    """A tag that rules or digests gave gets a page and feeds from so many papers on; rarer ones lead to the search."""
    papers_per_page: int = Field(50, ge=1)
    """Papers on one page of a list."""
    feed_papers: int = Field(50, ge=1)
    """A feed holds at least this many papers …"""
    feed_digests: int = Field(3, ge=1)
    """… and at least all papers of this many newest digests."""
    columns: dict[ListField, str] = Field(default_factory=dict)
    """What your CSV and JSON files call a field, as in {"title": "Paper Title"}, where it is not found by its name."""
    keep_raw: bool = True
    """Whether `add` keeps each digest as it came, compressed, in content/raw/."""
    fetch: list[Fetch] = []
    """What `sitegen fetch` asks for when no source is named."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an archive is: its mkdocs.yml, its content folder, its own part of the theme, and where the site goes."""

    root: Path
    config_file: Path
    content: Path
    pages: Path
    custom_theme: Path | None
    site: Path
    site_url: str
    settings: Settings


class _TolerantLoader(yaml.SafeLoader):
    """MkDocs' own tags (`!ENV`, `!!python/name:…`) mean nothing to us, and must not stop us."""


_TolerantLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)
_TolerantLoader.add_constructor("!ENV", construct_env_tag)


def load(config_file: Path) -> Place:
    """Read mkdocs.yml.

    Raises ProblemsFound when the file is missing, is not YAML, or a setting of ours is unknown or does not fit.
    """
    name = config_file.name
    if not config_file.is_file():
        raise ProblemsFound([problem("no-archive", file=str(config_file))])
    text = config_file.read_text(encoding="utf-8", errors="replace")
    try:
        data = yaml.load(text, Loader=_TolerantLoader)  # noqa: S506 (a SafeLoader that skips unknown tags)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ProblemsFound([problem("settings-broken", file=name, line=line, error=error.problem or "")]) from None
    except Exception as error:  # control characters, 2025-13-45, odd tags
        raise ProblemsFound([problem("settings-broken", file=name, error=str(error).splitlines()[0])]) from None
    data = data if isinstance(data, dict) else {}
    root = config_file.parent
    pages = root / str(data.get("docs_dir", "docs"))
    theme = data["theme"] if isinstance(data.get("theme"), dict) else {}
    return Place(
        root=root,
        config_file=config_file,
        content=pages.parent,
        pages=pages,
        custom_theme=root / str(theme["custom_dir"]) if theme.get("custom_dir") else None,
        site=root / str(data.get("site_dir", "site")),
        site_url=str(data.get("site_url") or ""),
        settings=_settings(_section(data.get("plugins")), name, text),
    )


def _section(plugins: Any) -> dict[str, Any]:
    """Our section of `plugins:`, which MkDocs allows as a list or as a mapping."""
    entries = [plugins] if isinstance(plugins, dict) else plugins if isinstance(plugins, list) else []
    for entry in entries:
        if isinstance(entry, dict) and isinstance(entry.get("sitegen"), dict):
            return {str(key): value for key, value in entry["sitegen"].items()}
    return {}


def _settings(section: dict[str, Any], name: str, text: str) -> Settings:
    try:
        return Settings(**section)
    except ValidationError as error:
        raise ProblemsFound(_problems(error, name, text)) from None


def _problems(error: ValidationError, name: str, text: str) -> Iterator[Problem]:
    for detail in error.errors():
        section, *inside = detail["loc"]
        key = str(section)
        found = re.search(rf"^\s*{re.escape(key)}\s*:", text, re.MULTILINE)
        line = text.count("\n", 0, found.start()) + 1 + found[0].count("\n") if found else 0
        if detail["type"] == "extra_forbidden":
            known = ", ".join(Fetch.model_fields if inside else Settings.model_fields)
            unknown = str(detail["loc"][-1])
            yield problem("setting-unknown", file=name, line=line, field=f"sitegen.{key}", value=unknown, known=known)
        else:
            said = detail["msg"]
            yield problem(
                "setting-wrong", file=name, line=line, field=f"sitegen.{key}", value=detail["input"], error=said
            )

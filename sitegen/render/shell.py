"""The frame of every page: Material's own template, rendered by MkDocs once per section and depth, cut at slots.

Digest text never reaches MkDocs or Material's templates, which do not escape: a page is the frame's constant strings
joined with fragments that our own autoescaped templates made.
"""

import logging
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen import resources
from sitegen.problems import Problem, ProblemsFound, problem
from sitegen.render import slim
from sitegen.render.pure import is_pure

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

SLOTS = ("meta", "title", "head", "content")
SECTIONS = ("digests", "dates", "tags", "search", "feeds")
"""Lists that have an entry in the navigation; each has a page "<name>.md" that MkDocs can link to."""
DEPTHS = {
    "home": (0,),
    "digests": (1, 2, 4),
    "dates": (1, 2, 3, 4, 5),
    "tags": (1, 2, 4),
    "search": (1, 2),
    "feeds": (1,),
}
"""How many folders deep the pages of each section stand: "tags/ai/page/2/" stands 4 deep."""

# Material's own files, whose names hold a hash.
_BUNDLE = "assets/javascripts/bundle.*.min.js"
_STYLES = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
# Nu HTML checker: `autocomplete` is not allowed on a checkbox.
_INVALID = (' type="checkbox" id="__drawer" autocomplete="off"', ' type="checkbox" id="__search" autocomplete="off"')


@dataclass(frozen=True)
class Frame:
    """A page's constant strings, around `slots`, which are names of SLOTS in the order in which they come."""

    strings: tuple[str, ...]
    slots: tuple[str, ...]

    def fill(self, values: dict[str, str]) -> str:
        """The whole page. The values are HTML."""
        parts = [self.strings[0]]
        for slot, string in zip(self.slots, self.strings[1:], strict=True):
            parts += (values[slot], string)
        return "".join(parts)


@dataclass(frozen=True)
class Shell:
    """What MkDocs brings: the site's name and address, the frames of pages, hand-written pages, the theme's files.

    site_url: absolute, with a trailing slash. frames: by section and depth. hand_written: "about.md" -> HTML;
    urls: of all hand-written pages that are not an introduction to a list of ours. extensions: of Markdown, with their
    settings. is_pure: nothing but settings, pages and theme went into it. assets: (path, bytes) of what frames share;
    files: of all that MkDocs wrote. warnings: what it had to say.
    """

    site_name: str
    description: str
    site_url: str
    frames: Mapping[tuple[str, int], Frame]
    hand_written: Mapping[str, str]
    urls: tuple[str, ...]
    extensions: tuple[str, ...]
    extension_configs: Mapping[str, Any]
    is_pure: bool
    assets: tuple[tuple[str, bytes], ...]
    files: tuple[tuple[str, bytes], ...] = ()
    warnings: tuple[Problem, ...] = ()


class Host:
    """MkDocs while it builds, as our plugin sees it: filled by the plugin, read by `shell`."""

    def __init__(self) -> None:
        self.config: MkDocsConfig
        self.site_name = ""
        self.nav: Navigation
        self.files: Files
        self.env: Any = None
        self.hand_written: dict[str, str] = {}

    def shell(self) -> Shell:
        """All that pages of ours need of MkDocs."""
        config = self.config
        lists = {"index.md", *(f"{section}.md" for section in SECTIONS)}
        return Shell(
            site_name=self.site_name,
            description=str(config.site_description or ""),
            site_url=str(config.site_url or "http://127.0.0.1:8000/").rstrip("/") + "/",
            frames={(name, depth): self._frame(name, depth) for name, depths in DEPTHS.items() for depth in depths},
            hand_written=dict(self.hand_written),
            urls=tuple(page.url for page in self.files.documentation_pages() if page.src_uri not in lists),
            extensions=tuple(config["markdown_extensions"]),
            extension_configs=config["mdx_configs"] or {},
            is_pure=is_pure(config),
            assets=((slim.SCRIPT, self._script()), (slim.STYLES, self._styles())),
        )

    def _frame(self, section: str, depth: int) -> Frame:
        """The frame of a page `depth` folders deep, with `section` as the active entry of the navigation."""
        return cut(slim.squeeze(self._rendered("frame.html", depth, section=section, bundle=self._asset(_BUNDLE))))

    def _rendered(self, template: str, depth: int, **values: str) -> str:
        from mkdocs.commands.build import get_context

        context = get_context(self.nav, self.files, self.config, self._slot_page(depth))
        return str(self.env.get_template(template).render(context, **values))

    def _script(self) -> bytes:
        shared = slim.squeeze(self._rendered("shared.html", 0))
        return slim.script(shared, (resources.theme_dir() / slim.SCRIPT).read_text(encoding="utf-8"))

    def _styles(self) -> bytes:
        names = [*map(self._asset, _STYLES), "assets/sitegen/archive.css"]
        return slim.styles(self._theme_file(name).read_text(encoding="utf-8") for name in names)

    def _asset(self, pattern: str) -> str:
        """The path of a file of the theme whose name holds a hash."""
        found = next(path for folder in self.config.theme.dirs for path in Path(folder).glob(pattern))
        return found.relative_to(next(d for d in self.config.theme.dirs if found.is_relative_to(d))).as_posix()

    def _theme_file(self, name: str) -> Path:
        return next(path for folder in self.config.theme.dirs if (path := Path(folder) / name).is_file())

    def _slot_page(self, depth: int) -> Any:
        from mkdocs.structure.files import File
        from mkdocs.structure.pages import Page

        file = File.generated(self.config, "x/" * depth + "index.md", content="")
        page = Page("", file, self.config)
        page.meta = {"hide": ["navigation", "toc"]}
        return page


def marker(slot: str) -> str:
    """What stands in the template's output where the slot is."""
    return f"@@sitegen:{slot}@@"


def cut(html: str) -> Frame:
    """The frame of a page that holds each marker once."""
    order = sorted(SLOTS, key=lambda slot: html.index(marker(slot)))
    strings = []
    for slot in order:
        string, html = html.split(marker(slot))
        strings.append(string)
    return Frame((*strings, html), tuple(order))


def mend(html: str) -> str:
    """Without what the Nu HTML checker rejects in Material's base template."""
    for invalid in _INVALID:
        html = html.replace(invalid, invalid.removesuffix(' autocomplete="off"'))
    return html


def mkdocs_build(config_file: Path, site_url: str = "") -> Shell:
    """Let MkDocs build content/pages/ into a temporary folder.

    site_url: where the site will stand, instead of what mkdocs.yml says. Raises ProblemsFound with what MkDocs reports.
    """
    from jinja2 import TemplateError
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    override = {"site_url": site_url} if site_url else {}
    with tempfile.TemporaryDirectory(prefix="sitegen-") as folder, _log() as log:
        try:
            config = load_config(str(config_file), site_dir=folder, **override)
            plugin = config.plugins.get("sitegen")
            if plugin is None:
                raise ProblemsFound([problem("plugin-missing", file=config_file.name, field="plugins")])
            plugin.embedded = True
            build(config)
        except (MkDocsException, Abort, TemplateError, UnicodeDecodeError) as error:
            if not log.lines:
                log.add(str(error))
            raise ProblemsFound(log.problems(config_file.name)) from None
        warnings = tuple(log.problems(config_file.name, "mkdocs-warning"))
        host: Host = plugin.host
        return replace(host.shell(), files=tuple(_files(Path(folder))), warnings=warnings)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files MkDocs made, but for the sitemap, which has to list our pages too."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and not path.startswith("sitemap.xml"):
            yield path, file.read_bytes()


class _Log(logging.Handler):
    """Collects what MkDocs logs as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.add(record.getMessage())

    def add(self, line: str) -> None:
        if line and line not in self.lines:
            self.lines.append(line)

    def problems(self, file: str, code: str = "mkdocs") -> list[Problem]:
        return [problem(code, file=file, said=line) for line in self.lines]


@contextmanager
def _log() -> Iterator[_Log]:
    """MkDocs' log, kept from the terminal."""
    handler, logger = _Log(), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    propagate, logger.propagate = logger.propagate, False
    yield handler
    logger.propagate = propagate
    logger.removeHandler(handler)


def lunr_js() -> str:
    """The source of lunr.js that comes with MkDocs."""
    from mkdocs.contrib import search

    return (Path(search.__file__).parent / "templates" / "search" / "lunr.js").read_text(encoding="utf-8")


def theme_dir() -> str:
    """Our part of the theme, for MkDocs' list of theme folders."""
    return str(resources.theme_dir())

"""The thin adapter: `mkdocs build`, `mkdocs serve` and `mkdocs gh-deploy` give the same site as `sitegen build`."""

from pathlib import Path
from typing import Any

from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from sitegen import build
from sitegen import config as settings
from sitegen.cache import Cache
from sitegen.problems import ProblemsFound
from sitegen.render import shell
from sitegen.stages import Stages
from sitegen.text.escape import html

log = get_plugin_logger("sitegen")


class SitegenPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Collects what the frame of our pages needs, and writes our files after MkDocs' own.

    embedded: `sitegen build` runs MkDocs and writes the files itself.
    """

    # MkDocs only needs their names: `config.load` checks the values.
    config_scheme = tuple((name, option.Optional(option.Type(object))) for name in settings.Settings.model_fields)

    def __init__(self) -> None:
        self.host = shell.Host()
        self.embedded = False

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Our theme folder comes before Material's and behind the user's own."""
        if shell.theme_dir() not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, shell.theme_dir())
        # Instant loading would take parts of our pages before frame.js has completed them, from any page.
        features = config.theme.get("features") or []
        config.theme["features"] = [name for name in features if not str(name).startswith("navigation.instant")]
        # Material's templates print the name as it is: for them it has to be HTML.
        self.host.site_name = str(config.site_name)
        config.site_name = html(self.host.site_name)
        self.host.config = config
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Each list of ours is a page that the navigation can name; what a human writes there is its introduction."""
        for section in shell.SECTIONS:
            if files.get_file_from_path(f"{section}.md") is None:
                file = File.generated(config, f"{section}.md", content=f"# {section.capitalize()}\n")
                file.inclusion = InclusionLevel.NOT_IN_NAV
                files.append(file)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self.host.nav, self.host.files = nav, files
        return nav

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if page.file.generated_by is None:
            self.host.hand_written[page.file.src_uri] = html
        return html

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        self.host.env = env
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        return shell.mend(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        return shell.mend(output_content)

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """`mkdocs serve` watches docs_dir only; papers stand beside it."""
        server.watch(str(Path(config.docs_dir).parent))
        return server

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Under plain MkDocs: write our files into its site folder."""
        if self.embedded:
            return
        try:
            place = settings.load(Path(str(config.config_file_path)))
            cache = Cache(place.root)
            found = build.read(place, cache)
            made = build.derive(found, place, self.host.shell, cache, Stages())
        except ProblemsFound as stopped:
            for each in stopped.problems:
                log.error(str(each))
            raise Abort("sitegen found problems") from None
        for warning in (*found.catalogue.problems, *made.warnings):
            log.warning(str(warning))
        site = Path(config.site_dir)
        for output in made.outputs:
            file = site / output.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(output.make())
        (site / "sitemap.xml.gz").unlink(missing_ok=True)

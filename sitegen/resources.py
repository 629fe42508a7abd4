"""Where the files that are not Python are: beside the package in a wheel, at the top level in a checkout."""

from functools import cache
from importlib import metadata
from pathlib import Path

DISTRIBUTION = "paper-sitegen"

_PACKAGE = Path(__file__).parent


@cache
def data_dir() -> Path:
    """The folder that holds theme/, mkdocs.yml, content/pages/, content/tags.yml and the workflows."""
    packaged = _PACKAGE / "_data"
    return packaged if packaged.is_dir() else _PACKAGE.parent


def theme_dir() -> Path:
    """Our part of the theme: MkDocs templates, our own page templates, CSS, ES modules."""
    return data_dir() / "theme"


def sample_dir() -> Path:
    """The sample digests."""
    return _PACKAGE / "sample"


def repository() -> str:
    """The address of this program's source."""
    urls = metadata.metadata(DISTRIBUTION).get_all("Project-URL") or []
    return str(dict(line.split(", ", 1) for line in urls)["Repository"])

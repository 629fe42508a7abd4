"""The Chromium of this machine, for the browser tests and the search benchmark."""

import shutil

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """Its path, or None where there is none on the PATH."""
    return next(filter(None, map(shutil.which, NAMES)), None)

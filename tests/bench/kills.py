"""`python -m tests.bench.kills`: builds killed at random moments, while a client reads the site they publish.

After each kill the site has to be, byte for byte, the old one or the new one; the next build has to succeed; and the
client may never see a page that is of neither.
"""

import argparse
import itertools
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

from tests.bench.corpora import as_lines, made
from tests.bench.ours import SITEGEN, tree_hash

PAGES = 12


def main() -> None:
    """Kill, look, build again; print what was seen."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--papers", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seen = killed(Path(folder) / "archive", options.kills, options.papers, options.seed)
    print(dict(sorted(seen.items())))
    sys.exit(1 if seen["neither old nor new"] or seen["failed again"] or seen["wrong page"] else 0)


def killed(archive: Path, kills: int, papers: int, seed: int) -> Counter[str]:
    """How often a kill left the old site or the new one, the next build failed, and readers got what they should."""
    chance = random.Random(seed)
    _begin(archive, papers)
    sites, seconds = _variants(archive)
    pages = chance.sample(sorted(p for p in sites[0][1] if p.endswith("index.html")), PAGES)
    right = {page: {known[page] for _, known in sites.values()} for page in pages}
    seen: Counter[str] = Counter()
    with _Reader(archive / "site", right) as reader:
        for number in range(kills):
            old, new = number % 2, (number + 1) % 2
            _vary(archive, new)
            _kill_after(chance.uniform(0.02, seconds), archive)
            found = tree_hash(archive / "site")
            names = {sites[old][0]: "old", sites[new][0]: "new"}
            seen[names.get(found, "neither old nor new")] += 1
            ran = subprocess.run([*SITEGEN, "build"], cwd=archive, capture_output=True, check=False)
            if ran.returncode or tree_hash(archive / "site") != sites[new][0]:
                seen["failed again"] += 1
    return seen + reader.seen


def _begin(archive: Path, papers: int) -> None:
    subprocess.run([*SITEGEN, "new", str(archive)], check=True, capture_output=True)
    file = archive.with_suffix(".jsonl")
    file.write_bytes(as_lines(list(itertools.islice(made(), papers))))
    subprocess.run([*SITEGEN, "add", str(file)], cwd=archive, check=True, capture_output=True)


def _vary(archive: Path, variant: int) -> None:
    """Two archives: they differ in the name, so in every page, and in a paper in ten."""
    settings = archive / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8").split("\n", 2)
    settings.write_text("\n".join([text[0], f"site_name: Archive {variant}", text[2]]), encoding="utf-8")
    for page in sorted((archive / "content" / "papers").rglob("*.md"))[::10]:
        said = page.read_text(encoding="utf-8").partition("\nVariant ")[0]
        page.write_text(f"{said}\nVariant {variant}.\n", encoding="utf-8")


def _variants(archive: Path) -> tuple[dict[int, tuple[str, dict[str, bytes]]], float]:
    """Variant -> (hash of its site, its files), and how long a build of one after the other takes; 0 is published."""
    sites: dict[int, tuple[str, dict[str, bytes]]] = {}
    for variant in (1, 0):
        _vary(archive, variant)
        for path in (archive / ".cache", archive / "site", archive / ".site.spare"):
            shutil.rmtree(path, ignore_errors=True)
        subprocess.run([*SITEGEN, "build"], cwd=archive, check=True, capture_output=True)
        site = archive / "site"
        files = {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
        sites[variant] = (tree_hash(site), files)
    start = time.perf_counter()
    for variant in (1, 0):
        _vary(archive, variant)
        subprocess.run([*SITEGEN, "build"], cwd=archive, check=True, capture_output=True)
    return sites, (time.perf_counter() - start) / 2


def _kill_after(seconds: float, archive: Path) -> None:
    """Start a build and kill it, and the processes that it started end with it."""
    process = subprocess.Popen([*SITEGEN, "build"], cwd=archive, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Thousands of requests are no news."""


class _Reader:
    """Fetches pages in a loop and counts what it gets."""

    def __init__(self, site: Path, right: dict[str, set[bytes]]) -> None:
        self.seen: Counter[str] = Counter()
        self._right = right
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(site)))
        self._over = threading.Event()
        self._serving = threading.Thread(target=self._server.serve_forever)
        self._reading = threading.Thread(target=self._read)

    def __enter__(self) -> "_Reader":
        self._serving.start()
        self._reading.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._reading.join()
        self._server.shutdown()
        self._serving.join()
        self._server.server_close()

    def _read(self) -> None:
        for page in itertools.cycle(self._right):
            if self._over.is_set():
                return
            try:
                with urlopen(f"http://127.0.0.1:{self._server.server_port}/{page}", timeout=10) as answer:
                    is_right = answer.read() in self._right[page]
            except OSError:
                is_right = False
            self.seen["right page" if is_right else "wrong page"] += 1


if __name__ == "__main__":
    main()

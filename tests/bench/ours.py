"""sitegen: a cold build, a day's digest more, and a clone with a restored cache as on CI."""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.corpora import Corpus, as_lines
from tests.bench.measure import Ran, run, set_aside, size_of
from tests.bench.result import Figures

SITEGEN = [sys.executable, "-m", "sitegen"]


class Archive:
    """An archive of the corpus, to which digests are added."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self.folder = folder
        self.digests = list(corpus.digests)
        run([*SITEGEN, "new", str(folder)], folder.parent)
        self.added = self._add("corpus.jsonl", as_lines(corpus.papers))

    def _add(self, name: str, data: bytes, *options: str) -> Ran:
        file = self.folder.parent / name
        file.write_bytes(data)
        return run([*SITEGEN, "add", str(file), *options], self.folder)

    def cold(self) -> Figures:
        """Everything made anew."""
        forget(self.folder)
        return self._built(run([*SITEGEN, "build", "--json"], self.folder))

    def _built(self, ran: Ran) -> Figures:
        said = json.loads(ran.out.splitlines()[-1])
        size, files = size_of(self.folder / "site")
        notes = {"made": said["made"], "stages": said["seconds"]}
        return Figures(ran.seconds, ran.cpu, ran.memory, size, files, notes=notes)

    def digest(self) -> Figures:
        """`add` and `build` of 50 more papers."""
        number = len(self.digests)
        # Each newer than all papers before it, as a day's digest is.
        day = (datetime.now(UTC).date() - timedelta(days=number)).isoformat()
        added = self._add(f"digest-{number}.jsonl", as_lines(self.digests.pop()), "--date", day)
        built = self._built(run([*SITEGEN, "build", "--json"], self.folder))
        notes = {**built.notes, "add": round(added.seconds, 2), "build": round(built.seconds, 2)}
        memory = max(added.memory, built.memory)
        return Figures(added.seconds + built.seconds, added.cpu + built.cpu, memory, built.size, built.files, notes)

    def clone(self) -> Figures:
        """`git clone`, the cache restored, `build`: what a workflow does."""
        other = self.folder.with_name("clone")
        set_aside(other, other.with_name(".aside"))
        git = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
        if not (self.folder / ".git").exists():
            subprocess.run([*git, "init", "-q"], cwd=self.folder, check=True)
        subprocess.run([*git, "add", "-A"], cwd=self.folder, check=True)
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], cwd=self.folder, check=True)
        cloned = run(["git", "clone", "-q", str(self.folder), str(other)], self.folder.parent)
        shutil.copytree(self.folder / ".cache" / "sitegen", other / ".cache" / "sitegen")
        ran = run([*SITEGEN, "build", "--json"], other)
        size, files = size_of(other / "site")
        return Figures(
            cloned.seconds + ran.seconds, cloned.cpu + ran.cpu, ran.memory, size, files,
            {"clone": round(cloned.seconds, 2), "build": round(ran.seconds, 2)},
        )  # fmt: skip

    def is_as_if_cold(self) -> bool:
        """Whether the site is, byte for byte, what a cold build of the same content makes."""
        before = tree_hash(self.folder / "site")
        self.cold()
        return tree_hash(self.folder / "site") == before

    def tar_size(self) -> int:
        """Bytes of the site as one tar, as GitHub Pages gets it."""
        file = self.folder.with_name("site.tar")
        with tarfile.open(file, "w") as tar:
            tar.add(self.folder / "site", arcname=".")
        size = file.stat().st_size
        file.unlink()
        return size


def forget(folder: Path) -> None:
    """Without cache, site and spare."""
    for name in (".cache", "site", ".site.spare", ".site.lock"):
        set_aside(folder / name, folder.with_name(".aside"))


def tree_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest.update(
                f"{file.relative_to(folder).as_posix()}\n{file.stat().st_size}\n".encode() + file.read_bytes()
            )
    return digest.hexdigest()

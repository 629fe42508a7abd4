"""One command as a whole: seconds, processor seconds, and the memory of all its processes together."""

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# Seconds between two looks at the memory.
INTERVAL = 0.05


class Failed(Exception):
    """The command ended with an error; the message has its last lines."""


@dataclass(frozen=True)
class Ran:
    """seconds: from start to end; cpu: of all processes; memory: bytes, the most that all processes held at one time
    (proportional set size, shared pages counted once). out: what it wrote to stdout."""

    seconds: float
    cpu: float
    memory: int
    out: str = ""


def run(command: Sequence[str], cwd: Path) -> Ran:
    """Run a command in its own session. Raises Failed."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    peak = [0]
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, over))
    watcher.start()
    assert process.stdout
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    over.set()
    watcher.join()
    process.stdout.close()
    if process.returncode:
        raise Failed(f"{' '.join(command)}\n" + "\n".join(out.splitlines()[-15:]))
    # `ru_maxrss` begins with what the measuring process itself held when it forked, so it is for the shortest only.
    return Ran(seconds, usage.ru_utime + usage.ru_stime, peak[0] or usage.ru_maxrss * 1024, out)


def _watch(session: int, peak: list[int], over: threading.Event) -> None:
    while not over.wait(INTERVAL):
        peak[0] = max(peak[0], sum(map(_memory, _processes(session))))


def _processes(session: int) -> list[Path]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) == session:
                    found.append(folder)
    return found


def _memory(process: Path) -> int:
    """Proportional set size in bytes; 0 when the process is gone."""
    with suppress(OSError):
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def set_aside(path: Path, aside: Path) -> None:
    """Take it out of the way of the next run, into the folder `aside`.

    It is not deleted before the end of all runs: ext4 looks past every inode that was deleted within the last minutes
    (`recently_deleted` in fs/ext4/ialloc.c), so that whoever writes next pays for it, several times over.
    """
    if path.exists():
        aside.mkdir(exist_ok=True)
        path.rename(aside / f"{path.name}-{time.monotonic_ns()}")


def size_of(folder: Path) -> tuple[int, int]:
    """(bytes of all regular files, their number)."""
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    return sum(sizes), len(sizes)

"""Work over processes: the same results whatever their number, and no process outlives the one that started it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from sitegen import work
from sitegen.problems import ProblemsFound

linux = pytest.mark.skipif(sys.platform != "linux", reason="forks")


def _sums(numbers: Sequence[int]) -> int:
    return sum(numbers)


def _pids(numbers: Sequence[int]) -> list[tuple[int, int]]:
    return [(number, os.getpid()) for number in numbers]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_results_come_in_order(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "cores", lambda: count)
    numbers = range(1001)
    done = [pair for part in work.spread(_pids, numbers) for pair in part]
    assert [number for number, _ in done] == list(numbers)
    if sys.platform == "linux":
        assert (os.getpid() in {pid for _, pid in done}) == (count == 1)


def test_little_work_is_done_here() -> None:
    assert {pid for part in work.spread(_pids, range(10)) for _, pid in part} == {os.getpid()}
    assert list(work.spread(_sums, [])) == []


@linux
def test_what_goes_wrong_in_a_process_goes_wrong_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "cores", lambda: 2)

    def fails(numbers: Sequence[int]) -> int:
        raise ZeroDivisionError(numbers[0])

    with pytest.raises(ZeroDivisionError):
        list(work.spread(fails, range(1000)))
    with pytest.raises(ZeroDivisionError):
        work.aside(lambda: 1 // 0)()


@linux
def test_a_process_that_is_killed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "cores", lambda: 2)

    def dies(_numbers: Sequence[int]) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    expected = "one of the processes that did the work was ended from outside"
    with pytest.raises(ProblemsFound, match=expected):
        list(work.spread(dies, range(1000)))
    with pytest.raises(ProblemsFound, match=expected):
        work.aside(lambda: os.kill(os.getpid(), signal.SIGKILL))()


@linux
def test_a_value_that_cannot_leave_its_process_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "cores", lambda: 2)
    assert work.aside(lambda: lambda: 5)()() == 5
    assert work.aside(os.getpid)() != os.getpid()


_PARENT = """
import os, sys, time
from sitegen import work
work.cores = lambda: 2

def slow(numbers):
    print(os.getpid(), flush=True)
    time.sleep(60)

work.aside(lambda: slow([]))
list(work.spread(slow, range(1000)))
"""


@linux
def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    assert parent.stdout
    children = [int(parent.stdout.readline()) for _ in range(3)]
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not any(Path(f"/proc/{child}").exists() for child in children):
            return
        time.sleep(0.05)
    pytest.fail(f"still there: {children}")

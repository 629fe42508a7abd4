"""Work over processes: the same results whatever their number, and no process outlives the one that started it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

linux = pytest.mark.skipif(sys.platform != "linux", reason="forks")


def alone(code: str, folder: Path) -> str:
    """What a process of its own prints: other tests may have left threads in this one, and then it does not fork."""
    command = [sys.executable, "-W", "error", "-c", "import os\nfrom sitegen import work\n" + code]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@linux
@pytest.mark.parametrize("count", [1, 2, 3])
def test_results_come_in_order(count: int, tmp_path: Path) -> None:
    code = """
work.cores = lambda: COUNT
done = [pair for part in work.spread(lambda ns: [(n, os.getpid()) for n in ns], range(1001)) for pair in part]
print([n for n, _ in done] == list(range(1001)), os.getpid() in {pid for _, pid in done})
"""
    assert alone(code.replace("COUNT", str(count)), tmp_path) == f"True {count == 1}"


def test_little_work_is_done_here(tmp_path: Path) -> None:
    code = "print(list(work.spread(lambda ns: os.getpid(), range(1))) == [os.getpid()], list(work.spread(sum, [])))"
    assert alone(code, tmp_path) == "True []"


@linux
def test_what_goes_wrong_in_a_process_goes_wrong_here(tmp_path: Path) -> None:
    code = """
work.cores = lambda: 2
def beside():
    with work.aside(lambda: 1 // 0) as result:
        result()

for start in (lambda: list(work.spread(lambda ns: 1 // 0, range(1000))), beside):
    try:
        start()
    except ZeroDivisionError as error:
        print(error)
"""
    assert alone(code, tmp_path).count("division") == 2


@linux
def test_a_process_that_is_killed_is_named(tmp_path: Path) -> None:
    code = """
from sitegen.problems import ProblemsFound
work.cores = lambda: 2

def beside():
    with work.aside(lambda: os.kill(os.getpid(), 9)) as result:
        result()

for start in (lambda: list(work.spread(lambda ns: os.kill(os.getpid(), 9), range(1000))), beside):
    try:
        start()
    except ProblemsFound as found:
        print(found)
"""
    message = (
        ": error: one of the processes that did the work was ended from outside\n"
        "    see that there is enough memory, and run this again; nothing was published"
    )
    assert alone(code, tmp_path) == f"{message}\n{message}"


@linux
def test_a_value_that_cannot_leave_its_process_is_made_here(tmp_path: Path) -> None:
    code = """
work.cores = lambda: 2
with work.aside(lambda: lambda: 5) as five, work.aside(os.getpid) as other:
    print(five()(), other() != os.getpid())
"""
    assert alone(code, tmp_path) == "5 True"


@linux
def test_a_process_ends_with_the_block_and_tidies_up(tmp_path: Path) -> None:
    code = """
import multiprocessing, pathlib, tempfile, time
work.cores = lambda: 2

def slow():
    with tempfile.TemporaryDirectory(dir="."):
        pathlib.Path("begun").touch()
        time.sleep(60)

try:
    with work.aside(slow), work.aside(lambda: bytes(10_000_000)):
        while not pathlib.Path("begun").exists():
            time.sleep(0.01)
        raise KeyError("the build fails")
except KeyError:
    print(multiprocessing.active_children(), os.listdir())
"""
    assert alone(code, tmp_path) == "[] ['begun']"


_PARENT = """
import os, sys, time
from sitegen import work
work.cores = lambda: 2

def slow(numbers):
    os.write(1, b"%d\\n" % os.getpid())  # in one piece, whatever PYTHONUNBUFFERED says
    time.sleep(60)

with work.aside(lambda: slow([])):
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


@linux
@pytest.mark.parametrize(("count", "size"), [(1, 1001), (2, 1001), (3, 1001), (2, 3)])
def test_a_crew_does_what_it_is_sent_in_order(count: int, size: int, tmp_path: Path) -> None:
    code = """
work.cores = lambda: COUNT
def look(numbers):
    return [(number, os.getpid()) for number in numbers]

with work.crew(much=True) as crew:
    done = [pair for part in crew.spread(look, range(SIZE)) for pair in part]
print([n for n, _ in done] == list(range(SIZE)), os.getpid() in {pid for _, pid in done})
"""
    here = count == 1 or size == 3
    assert alone(code.replace("COUNT", str(count)).replace("SIZE", str(size)), tmp_path) == f"True {here}"


@linux
@pytest.mark.parametrize(("count", "size"), [(1, 1001), (2, 1001), (2, 3)])
def test_a_crew_begins_at_once(count: int, size: int, tmp_path: Path) -> None:
    code = """
import pathlib, time
work.cores = lambda: COUNT
def look(numbers):
    pathlib.Path("begun").touch()
    return list(numbers)

with work.crew(much=True) as crew:
    found = crew.begin(look, range(SIZE))
    end = time.monotonic() + 10
    while BESIDE and not pathlib.Path("begun").exists() and time.monotonic() < end:
        time.sleep(0.01)
    print(pathlib.Path("begun").exists(), [n for part in found for n in part] == list(range(SIZE)))
"""
    beside = count > 1 and size > 3
    for name, value in {"COUNT": count, "SIZE": size, "BESIDE": beside}.items():
        code = code.replace(name, str(value))
    assert alone(code, tmp_path) == f"{beside} True"


@linux
def test_one_of_a_crew_that_is_killed_is_named(tmp_path: Path) -> None:
    code = """
from sitegen.problems import ProblemsFound
work.cores = lambda: 2
def die(numbers):
    os.kill(os.getpid(), 9)

with work.crew(much=True) as crew:
    for do in (crew.spread, crew.begin):
        try:
            list(do(die, range(1000)))
        except ProblemsFound as found:
            print(found.problems[0].code)
"""
    assert alone(code, tmp_path) == "process-died\nprocess-died"


@linux
@pytest.mark.parametrize("count", [1, 2])
def test_one_of_a_crew_starts_what_is_asked_for_later(count: int, tmp_path: Path) -> None:
    code = """
work.cores = lambda: COUNT
with work.crew(much=True) as crew:
    found = crew.start(os.getpid)
    print(found() != os.getpid())
"""
    assert alone(code.replace("COUNT", str(count)), tmp_path) == str(count > 1)


@linux
def test_a_crew_does_nothing_more_when_its_work_is_given_up(tmp_path: Path) -> None:
    code = """
import pathlib, time
work.cores = lambda: 2
def mark(number):
    time.sleep(0.1)
    pathlib.Path(f"done-{number}").touch()
    return number

with work.crew(much=True) as crew:
    done = crew.map(mark, range(100))
    next(done)
    done.close()
    then = len(list(pathlib.Path().glob("done-*")))
    time.sleep(0.4)
    print(then == len(list(pathlib.Path().glob("done-*"))) < 10)
"""
    assert alone(code, tmp_path) == "True"


@linux
def test_a_crew_holds_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    code = """
work.cores = lambda: 2
held = [b"x"]
def look(numbers):
    return [len(held)]

with work.crew(much=True, free=held.clear) as crew:
    print({size for part in crew.spread(look, range(1000)) for size in part}, len(held))
"""
    assert alone(code, tmp_path) == "{0} 1"

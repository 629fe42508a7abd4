"""Spreading work over processes. What comes out does not depend on how many there are."""

import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from sitegen.problems import ProblemsFound, problem

T = TypeVar("T")
R = TypeVar("R")

Progress = Callable[[int, int], None]
"""Told how much of the work is done, and how much there is."""

# Fewer items than this are done before other processes have started.
WORTH_SPREADING = 400
# So many parts for each process: the last ones end at nearly the same time.
PARTS = 24
# No part that is sent to a process has more items: their results wait in memory.
MOST_SENT = 500
# So many parts for each process wait there, done or not, for being asked for.
AHEAD = 2

# Seconds in which a process that is not needed any more may tidy up: a disk that is being synced can hold it up.
_GRACE = 20.0
_PR_SET_PDEATHSIG = 1

# In a process of `spread`: what it does. It is a copy of the one that started it, so nothing has to be sent.
_jobs: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


@contextmanager
def without_collector() -> Iterator[None]:
    """An archive is millions of values and hardly a circle of them; looking for circles costs a third of the time.

    What there is at the end is not looked at before the next time.
    """
    was = gc.isenabled()
    if gc.get_freeze_count():  # a preview that builds again: what the last build left is looked at now
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.enable()


def silent(_done: int, _all: int) -> None:
    """Nobody is told how far the work is."""


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(function: Callable[[Sequence[T]], R], items: Sequence[T]) -> Iterator[R]:
    """`function` of every part of `items`, in their order; several processes share the parts where that pays.

    Raises what `function` raises.
    """
    count = cores()
    if len(items) < WORTH_SPREADING or count == 1 or not _can_copy_itself():
        yield from map(function, _parts(items, 1))
        return
    start = (os.getpid(), function, items)
    executor = ProcessPoolExecutor(count, multiprocessing.get_context("fork"), _begin_part, start)
    try:
        with _none_ended():
            futures = [executor.submit(_do, start, end) for start, end in _bounds(len(items), count)]
        yield from _results(futures)
    finally:
        executor.shutdown(cancel_futures=True)


class Crew:
    """Processes that wait for work, which is sent to them; without any the work is done here."""

    def __init__(self, executor: ProcessPoolExecutor | None = None) -> None:
        self._executor = executor

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """`function` of every item, in order; function, items and results can be sent. What is done waits for being
        asked for, and while it waits little more is done."""
        if self._executor is None:
            yield from map(function, items)
            return
        begun: deque[Future[R]] = deque()
        try:
            with _none_ended():
                for item in items:
                    begun.append(self._executor.submit(function, item))
                    if len(begun) > AHEAD * cores():
                        yield begun.popleft().result()
                while begun:
                    yield begun.popleft().result()
        finally:  # nobody works on what is given up
            wait([each for each in begun if not each.cancel()])

    def spread(self, function: Callable[[Sequence[T]], R], items: Sequence[T]) -> Iterator[R]:
        """As `spread`, done as by `map`."""
        if len(items) < WORTH_SPREADING:
            return map(function, _parts(items, 1))
        return self.map(function, _small_parts(items))

    def start(self, function: Callable[[], R]) -> Callable[[], R]:
        """Begin `function`, which can be sent; what is given waits for its result."""
        if self._executor is None:
            return function
        with _none_ended():
            begun = _results([self._executor.submit(function)])
        return lambda: next(begun)

    def begin(self, function: Callable[[Sequence[T]], R], items: Sequence[T]) -> Iterator[R]:
        """As `spread`, begun at once and not when it is asked for: results that wait should be small."""
        if self._executor is None or len(items) < WORTH_SPREADING:
            return map(function, _parts(items, 1))
        with _none_ended():
            return _results([self._executor.submit(function, part) for part in _small_parts(items)])


def _results(begun: Iterable[Future[R]]) -> Iterator[R]:
    with _none_ended():
        for each in begun:
            yield each.result()


@contextmanager
def _none_ended() -> Iterator[None]:
    """Raises ProblemsFound where a process that does the work was ended from outside."""
    try:
        yield
    except BrokenProcessPool:
        raise ProblemsFound([problem("process-died", file="")]) from None


@contextmanager
def crew(*, much: bool, free: Callable[[], object] = lambda: None) -> Iterator[Crew]:
    """A crew for one who will hold much in memory, and holds little now.

    much: whether there is work for it at all. free: lets go of what this process holds now and its copies do not need;
    each of them calls it, else it would stay in memory after this one has let it go.
    A process and its copy share their memory until one of them changes it, and Python changes a value when it looks at
    it: those that are copied late, as `spread` does it, would soon have a copy of everything.
    """
    count = cores()
    if not much or count == 1 or not _can_copy_itself():
        yield Crew()
        return
    executor = ProcessPoolExecutor(count, multiprocessing.get_context("fork"), _begin_crew, (os.getpid(), free))
    try:
        executor.submit(os.getpid)  # all processes are copied now
        yield Crew(executor)
    finally:
        executor.shutdown(cancel_futures=True)


def _parts(items: Sequence[T], count: int) -> Iterator[Sequence[T]]:
    for start, end in _bounds(len(items), count):
        yield items[start:end]


def _small_parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return _parts(items, max(cores(), -(-len(items) // (PARTS * MOST_SENT))))


def _bounds(length: int, count: int) -> Iterator[tuple[int, int]]:
    size = max(1, -(-length // (count * PARTS)))
    for start in range(0, length, size):
        yield start, min(start + size, length)


def _can_copy_itself() -> bool:
    """A copy of a process has only one of its threads; locks that the others hold stay locked there for ever.

    And a process that was started `aside` has no children of its own, which would outlive it.
    """
    alone = threading.active_count() == 1 and not multiprocessing.current_process().daemon
    return sys.platform == "linux" and alone


def _begin(parent: int) -> None:
    """A process of `spread` ends with the one that started it, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _begin_crew(parent: int, free: Callable[[], object]) -> None:
    _begin(parent)
    free()


def _begin_part(parent: int, function: Callable[[Any], Any], items: Sequence[Any]) -> None:
    _begin(parent)
    _jobs.append((function, items))


def _do(start: int, end: int) -> Any:
    function, items = _jobs[-1]
    return function(items[start:end])


@contextmanager
def aside(function: Callable[[], R]) -> Iterator[Callable[[], R]]:
    """Start `function` in a process beside this one; what is given waits for its result. It is called here where that
    cannot be.

    What is given raises what `function` raises. The process ends with the block, however that ends: nobody works on
    what the block guards once it is left.
    """
    if cores() == 1 or not _can_copy_itself():
        yield function
        return
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_call, args=(os.getpid(), function, here, there), daemon=True)
    process.start()
    there.close()
    try:
        yield partial(_result, function, here, process)
    finally:
        _end(process)
        here.close()


def _result(function: Callable[[], R], here: Any, process: Any) -> R:
    try:
        done, value = here.recv()
    except EOFError:
        raise ProblemsFound([problem("process-died", file="")]) from None
    process.join()  # it has the file of the lock open, which a build that is killed must not leave held
    if done is None:
        return function()
    if not done:
        raise value
    return value  # type: ignore[no-any-return]


def _end(process: Any) -> None:
    """End a process, which may tidy up first: it may have temporary files."""
    process.terminate()
    process.join(_GRACE)
    process.kill()
    process.join()


def _call(parent: int, function: Callable[[], Any], here: Any, there: Any) -> None:
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    _begin(parent)
    here.close()  # else a value larger than the pipe would wait for this process itself to read it
    try:
        done: tuple[bool | None, Any] = (True, function())
    except Exception as error:
        done = (False, error)
    try:
        there.send(done)
    except (pickle.PicklingError, AttributeError, TypeError):  # a value that cannot leave its process
        there.send((None, None))

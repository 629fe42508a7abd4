"""How long the stages of a long work take, and how far it is."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


class Stages:
    """`with stages("read"): …` for each stage; `seconds` by stage, in their order."""

    def __init__(self, progress: Progress = lambda _stage, _done, _all: None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress
        self._stage = ""

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        self._stage, start = stage, time.perf_counter()
        self._progress(stage, 0, 0)
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start

    def progress(self, done: int, total: int) -> None:
        """So many parts of the present stage are done."""
        self._progress(self._stage, done, total)

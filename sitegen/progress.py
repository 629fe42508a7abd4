"""A bar for work that takes long, on a terminal only."""

import sys
from typing import Any

import click

from sitegen.work import WORTH_SPREADING

_WORDS = {"read": "Reading", "search": "Indexing", "write": "Writing"}


class Bar:
    """Called with a stage, how much of it is done and how much there is; `close` ends the last bar."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: Any = None
        self._shown = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.close()
            self._stage = stage
        if self._shown and self._bar is None and total >= WORTH_SPREADING:
            self._bar = click.progressbar(length=total, label=_WORDS.get(stage, stage), file=sys.stderr)
            self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)

    def close(self) -> None:
        """End the bar that stands there."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None

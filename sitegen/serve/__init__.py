"""The preview: build into a folder of its own, serve that to this machine, build again after each change.

No request changes anything; nothing is written to the site or the archive.
"""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from sitegen.problems import Problem
from sitegen.serve.preview import Preview


def serve(
    build: Callable[[], Path],
    watch: Sequence[Path],
    host: str,
    port: int,
    path: str = "/",
    *,
    finish: Callable[[], None] = lambda: None,
    on_ready: Callable[[str], None],
    on_problems: Callable[[Sequence[Problem]], None],
    open_browser: bool = False,
) -> None:
    """Preview until Ctrl-C or SIGTERM; `on_ready` gets the URL after the first build. Parameters as for Preview.

    Raises ProblemsFound when the address is taken or changes cannot be watched.
    """

    def ready(url: str) -> None:
        on_ready(url)
        if open_browser:
            import webbrowser

            webbrowser.open(url)

    preview = Preview(build, watch, host, port, finish=finish, path=path, on_problems=on_problems)
    with _sigterm_as_interrupt(), suppress(KeyboardInterrupt), preview:
        preview.run(ready)


@contextmanager
def _sigterm_as_interrupt() -> Iterator[None]:
    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

"""Whether work is done at once, however slow or busy the machine is: it is compared with counting, beside it.

What takes the square of its text's length takes a megabyte minutes; what only is slower is found by `tests/bench/`.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sitegen.work import without_collector


@contextmanager
def at_once(most: float = 400) -> Iterator[None]:
    """Fails if a block takes more of this process's time than counting to `most` millions takes right now.

    >>> with at_once():
    ...     pass
    """
    with without_collector():  # as digests are added; what other tests left would be looked at all the time
        before = _counting()
        start = time.process_time()
        yield
        taken = time.process_time() - start
    million = max(before, _counting())
    assert taken < most * million, f"as long as counting to {taken / million:.0f} millions, of {most} at most"


def _counting() -> float:
    """Seconds that this process takes to count to a million."""
    start = time.process_time()
    for _ in range(1_000_000):
        pass
    return time.process_time() - start

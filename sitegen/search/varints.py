"""Numbers of variable length, many at once: seven bits a byte, the lowest first, the eighth says that more follow."""

import numpy as np
import numpy.typing as npt

_BITS = 7
_MORE = 128
LONGEST = 5


def encoded(numbers: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """The bytes of the numbers, and where each of them begins, with the end of all as the last.

    >>> data, starts = encoded(np.array([1, 300], np.uint32))
    >>> data.tolist(), starts.tolist()
    ([1, 172, 2], [0, 1, 3])
    """
    lengths = np.ones(len(numbers), np.int64)
    for size in range(1, LONGEST):
        lengths += numbers >= 1 << (_BITS * size)
    starts = np.zeros(len(numbers) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    data = np.empty(int(starts[-1]), np.uint8)
    rest, places, left = numbers, starts[:-1], lengths
    while len(rest):
        more = left > 1
        data[places] = (rest & (_MORE - 1)).astype(np.uint8) | (more * np.uint8(_MORE))
        rest, places, left = rest[more] >> np.uint32(_BITS), places[more] + 1, left[more] - 1
    return data, starts

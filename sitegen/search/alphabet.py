"""The order of lunr.js: by UTF-16 unit. It refuses an index whose terms are in another one."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

# Where there is none of these, Python's own order is the same.
_ORDERED_OTHERWISE = re.compile("[\ue000-\U0010ffff]")


def order(text: str) -> bytes:
    """By this key texts are in order."""
    return text.encode("utf-16-be", "surrogatepass")


def in_order(texts: Sequence[str]) -> list[str]:
    """The texts in order. Takes hardly longer than reading them where most are in order already."""
    return sorted(texts) if _is_plain(texts) else sorted(texts, key=order)


def chosen_in_order(texts: Sequence[str], chosen: npt.NDArray[np.bool_]) -> tuple[list[str], npt.NDArray[np.uint32]]:
    """The chosen texts in order, and for each text its number among these (0 if it is not chosen)."""
    numbers = np.flatnonzero(chosen).tolist()
    keys = texts if _is_plain(texts) else [*map(order, texts)]
    numbers.sort(key=keys.__getitem__)
    ranks = np.zeros(len(texts), np.uint32)
    ranks[numbers] = np.arange(len(numbers), dtype=np.uint32)
    return [texts[number] for number in numbers], ranks


def _is_plain(texts: Sequence[str]) -> bool:
    return _ORDERED_OTHERWISE.search("".join(texts)) is None

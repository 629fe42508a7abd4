"""One spelling for search and comparison: `Schrödinger`, `SCHRODINGER` and `Schro\\u0308dinger` are the same word.

The browser folds queries by the same rules; it gets `LETTERS` and `WORDS` from the index, so they stand only here.
"""

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD does not take apart.
LETTERS = {"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"}

# Names that a tokenizer would take apart or drop.
WORDS = {"c++": "cplusplus", "c#": "csharp", "f#": "fsharp", ".net": "dotnet"}

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_LETTERS = str.maketrans(LETTERS)
_WORDS = re.compile(r"(?<![\w+#.])(" + "|".join(re.escape(word) for word in WORDS) + r")(?![\w+#])")


def fold(text: str) -> str:
    """Lower case, compatibility-decomposed (NFKD), without combining marks (category Mn).

    >>> fold("Erdős’ C++ ﬁne")
    'erdos’ cplusplus fine'
    """
    if not text.isascii():
        text = _NOT_ASCII.sub(_without_marks, text)
    text = text.lower()
    if not text.isascii():
        text = text.translate(_LETTERS)
    if "+" in text or "#" in text or ".net" in text:
        text = _WORDS.sub(lambda found: WORDS[found[1]], text)
    return text


def _without_marks(found: re.Match[str]) -> str:
    """A run of characters beyond ASCII, decomposed; what decomposes, and its order, does not depend on ASCII ones."""
    return _decomposed(found[0])


@lru_cache(maxsize=10_000)
def _decomposed(run: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", run) if unicodedata.category(char) != "Mn")

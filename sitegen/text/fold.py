"""One spelling for search and comparison: `Schrödinger`, `SCHRODINGER` and `Schro\\u0308dinger` are the same word.

The browser folds queries by the same rules; it gets `LETTERS` and `WORDS` from the index, so they stand only here.
"""

import re
import unicodedata

# Letters that NFKD does not take apart.
LETTERS = {"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"}

# Names that a tokenizer would take apart or drop.
WORDS = {"c++": "cplusplus", "c#": "csharp", "f#": "fsharp", ".net": "dotnet"}

_LETTERS = str.maketrans(LETTERS)
_WORDS = re.compile(r"(?<![\w+#.])(" + "|".join(re.escape(word) for word in WORDS) + r")(?![\w+#])")


def fold(text: str) -> str:
    """Lower case, compatibility-decomposed (NFKD), without combining marks (category Mn).

    >>> fold("Erdős’ C++ ﬁne")
    'erdos’ cplusplus fine'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if unicodedata.category(char) != "Mn")
    text = text.lower()
    if not text.isascii():
        text = text.translate(_LETTERS)
    if "+" in text or "#" in text or "." in text:
        text = _WORDS.sub(lambda found: WORDS[found[1]], text)
    return text

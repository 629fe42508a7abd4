"""Words of a text as the index knows them; theme/assets/sitegen/search/fold.js does the same to queries."""

import re

from sitegen.text.fold import fold

# Scripts written without spaces: each of their characters is a word.
IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Longer runs of letters are noise (base64, unspaced text); they are found by their beginning.
LONGEST_WORD = 64

_WORD = re.compile(f"[{IDEOGRAPHS}]|[^\\W_{IDEOGRAPHS}]+")
# It begins with what is rare, so that little of a text is looked at twice.
_APOSTROPHE = re.compile(r"['’](?<=[^\W_]['’])(?=[^\W_])")
# It begins at the beginning of a word only, and does not try shorter ones.
_HYPHENATED = re.compile(r"(?<![^\W_])[^\W_]++(?:[-‐][^\W_]++)+")
_HYPHEN = re.compile(r"[-‐]")
# For texts in ASCII, as nearly all are once they are folded: `translate` and `split` are faster.
_ASCII = [chr(code) for code in range(128)]
_SPACED = "".join(char if char.isalnum() else " " for char in _ASCII)
_SPACED_BUT_HYPHENS = "".join(char if char.isalnum() or char == "-" else " " for char in _ASCII)


# Stands between texts that are looked at as one; a word, for nothing else comes through.
SEPARATOR = "0sitegen0"


def words(text: str) -> list[str]:
    """The folded words of a text, stop words included.

    >>> words("Bayes' don't, T\\u00fclu-3 论文")
    ['bayes', 'dont', 'tulu', '3', '论', '文']
    """
    return plain_words(fold(text))


def plain_words(folded: str) -> list[str]:
    """`words` of a text that is folded already."""
    if "'" in folded or "’" in folded:
        folded = _APOSTROPHE.sub("", folded)
    found = folded.translate(_SPACED).split() if folded.isascii() else _WORD.findall(folded)
    return [word[:LONGEST_WORD] for word in found]


def joined_words(folded: str) -> list[str]:
    """Hyphenated words of a folded text as one: whoever looks for `pretraining` wants `pre-training` too.

    >>> joined_words("pre-training of state-of-the-art models")
    ['pretraining', 'stateoftheart']
    """
    if "-" not in folded and "‐" not in folded:
        return []
    if folded.isascii():
        folded = " ".join(word for word in folded.translate(_SPACED_BUT_HYPHENS).split() if "-" in word)
    return [_HYPHEN.sub("", found)[:LONGEST_WORD] for found in _HYPHENATED.findall(folded)]

"""Words of a text as the index knows them; theme/assets/sitegen/search/fold.js does the same to queries."""

import re

from lunr.stop_word_filter import WORDS as STOP_WORDS

from sitegen.search.stemmer import stem
from sitegen.text.fold import fold

# Scripts written without spaces: each of their characters is a word.
IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Longer runs of letters are noise (base64, unspaced text); they are found by their beginning.
LONGEST_WORD = 64

_WORD = re.compile(f"[{IDEOGRAPHS}]|[^\\W_{IDEOGRAPHS}]+")
_APOSTROPHE = re.compile(r"(?<=[^\W_])['’](?=[^\W_])")
_HYPHENATED = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)+")
_HYPHEN = re.compile(r"[-‐]")


def words(text: str) -> list[str]:
    """The folded words of a text, stop words included.

    >>> words("Bayes' don't, T\\u00fclu-3 论文")
    ['bayes', 'dont', 'tulu', '3', '论', '文']
    """
    return [word[:LONGEST_WORD] for word in _WORD.findall(_APOSTROPHE.sub("", fold(text)))]


def joined(text: str) -> list[str]:
    """Hyphenated words as one: whoever looks for `pretraining` wants `pre-training` too.

    >>> joined("Pre-training of state-of-the-art models")
    ['pretraining', 'stateoftheart']
    """
    return [_HYPHEN.sub("", found)[:LONGEST_WORD] for found in _HYPHENATED.findall(fold(text))]


def terms(text: str) -> list[str]:
    """The text's terms in the index: stems of its words without stop words.

    >>> terms("On the pre-training of models")
    ['pre', 'train', 'model', 'pretrain']
    """
    return [stem(word) for word in (*words(text), *joined(text)) if word not in STOP_WORDS]

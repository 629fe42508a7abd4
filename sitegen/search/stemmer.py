"""The Porter stemmer exactly as lunr.js has it.

The one in the lunr package follows the original program instead, and gives other stems for words such as `array`,
`survey` and `always`, which a browser would then never find.
"""

import re

# The names and regular expressions are those of lunr.js 2.3.9.
_CONSONANT = "[^aeiou]"
_VOWEL = "[aeiouy]"
_CONSONANTS = _CONSONANT + "[^aeiouy]*"
_VOWELS = _VOWEL + "[aeiou]*"

_MGR0 = re.compile(f"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}")
_MEQ1 = re.compile(f"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}(?:{_VOWELS})?$")
_MGR1 = re.compile(f"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}{_VOWELS}{_CONSONANTS}")
_VOWEL_IN_STEM = re.compile(f"(?:{_CONSONANTS})?{_VOWEL}")
_SHORT = re.compile(f"{_CONSONANTS}{_VOWEL}[^aeiouwxy]$")

_PLURAL_ES = re.compile(r"(.+?)(ss|i)es$")
_PLURAL_S = re.compile(r"(.+?)([^s])s$")
_EED = re.compile(r"(.+?)eed$")
_ED_ING = re.compile(r"(.+?)(?:ed|ing)$")
_NEEDS_E = re.compile(r"(?:at|bl|iz)$")
_DOUBLED = re.compile(r"([^aeiouylsz])\1$")
_Y = re.compile(r"(.+?[^aeiou])y$")
_ION = re.compile(r"(.+?[st])ion$")
_E = re.compile(r"(.+?)e$")

_STEP_2 = {
    "ational": "ate",
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "izer": "ize",
    "bli": "ble",
    "alli": "al",
    "entli": "ent",
    "eli": "e",
    "ousli": "ous",
    "ization": "ize",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "iveness": "ive",
    "fulness": "ful",
    "ousness": "ous",
    "aliti": "al",
    "iviti": "ive",
    "biliti": "ble",
    "logi": "log",
}
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4 = (
    *("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ou"),
    *("ism", "ate", "iti", "ous", "ive", "ize"),
)
_ENDINGS_2, _ENDINGS_3, _ENDINGS_4 = tuple(_STEP_2), tuple(_STEP_3), (*_STEP_4, "sion", "tion")
_SUFFIX_2 = re.compile(f"(.+?)({'|'.join(_STEP_2)})$")
_SUFFIX_3 = re.compile(f"(.+?)({'|'.join(_STEP_3)})$")
_SUFFIX_4 = re.compile(f"(.+?)(?:{'|'.join(_STEP_4)})$")


def stem(word: str) -> str:
    """The stem of a word of ASCII letters and digits; other words are their own stems.

    >>> stem("generating"), stem("survey"), stem("étude")
    ('gener', 'survey', 'étude')
    """
    if len(word) < 3 or not word.isascii():
        return word
    # An initial y is a consonant.
    first_y = word.startswith("y")
    word = "Y" + word[1:] if first_y else word
    for step in (_plural, _past, _final_y, _derived, _derived_again, _ending, _final_e):
        word = step(word)
    return "y" + word[1:] if first_y else word


# Each step looks at the word's end first: most words have none of its endings.


def _plural(word: str) -> str:
    if not word.endswith("s"):
        return word
    found = _PLURAL_ES.match(word) or _PLURAL_S.match(word)
    return found[1] + found[2] if found else word


def _past(word: str) -> str:
    if not word.endswith(("ed", "ing")):
        return word
    if found := _EED.match(word):
        return word[:-1] if _MGR0.match(found[1]) else word
    found = _ED_ING.match(word)
    if not found or not _VOWEL_IN_STEM.match(found[1]):
        return word
    word = found[1]
    if _NEEDS_E.search(word):
        return word + "e"
    if _DOUBLED.search(word):
        return word[:-1]
    return word + "e" if _SHORT.match(word) else word


def _final_y(word: str) -> str:
    if not word.endswith("y"):
        return word
    found = _Y.match(word)
    return found[1] + "i" if found else word


def _derived(word: str) -> str:
    if not word.endswith(_ENDINGS_2):
        return word
    found = _SUFFIX_2.match(word)
    return found[1] + _STEP_2[found[2]] if found and _MGR0.match(found[1]) else word


def _derived_again(word: str) -> str:
    if not word.endswith(_ENDINGS_3):
        return word
    found = _SUFFIX_3.match(word)
    return found[1] + _STEP_3[found[2]] if found and _MGR0.match(found[1]) else word


def _ending(word: str) -> str:
    if not word.endswith(_ENDINGS_4):
        return word
    found = _SUFFIX_4.match(word) or _ION.match(word)
    return found[1] if found and _MGR1.match(found[1]) else word


def _final_e(word: str) -> str:
    if word.endswith("e") and (found := _E.match(word)):
        shorter = found[1]
        if _MGR1.match(shorter) or (_MEQ1.match(shorter) and not _SHORT.match(shorter)):
            word = shorter
    return word[:-1] if word.endswith("ll") and _MGR1.match(word) else word

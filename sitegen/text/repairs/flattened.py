r"""TeX that lost its backslashes and dollar signs on the way: `512times512`, `mathcal{O}(n)`, `x2013`, `MHC^3`.

What stands for a formula is written as TeX again, in `\(…\)`, for `sitegen.text.inline` to read.
"""

import re
from collections.abc import Iterator

from sitegen.text.repairs import scripts
from sitegen.text.repairs.rule import Change, Rule, by_pattern
from sitegen.text.repairs.tex_names import GREEK, restored
from sitegen.text.runs import Reading

_OPENING = re.compile(r"\{(?<=[a-z]\{)")
# Nested one deep, and short: a longer one is no argument of what stands in running text.
_ARGUMENT = re.compile(r"\{(?:[^{}]|\{[^{}]{0,80}\}){1,120}\}")
_STYLES = "mathcal|mathbb|mathbf|mathrm|mathfrak|mathsf|mathit|boldsymbol|operatorname|sqrt"
_UPRIGHT = frozenset({"mathrm", "operatorname"})
_TEXT_STYLES = "textit|textbf|texttt|textsc|emph"
_COMMAND = re.compile(rf"(?<![\\A-Za-z])({_STYLES}|{_TEXT_STYLES})\Z")
_LONGEST_COMMAND = 20
_PUNCTUATION = {"2010": "‐", "2011": "‑", "2012": "‒", "2013": "–", "2014": "—", "2015": "―", "2026": "…"}
_QUOTES = {"2018": "‘", "2019": "’", "201c": "“", "201d": "”"}
CHARACTER_NUMBERS = _PUNCTUATION | _QUOTES

_DENOMINATOR = re.compile(r"\{(\d{1,9})\}")
_NUMERATOR = re.compile(rf"(?<![\w\\])({GREEK}) ?= ?(\d{{1,9}})\Z")
_LONGEST_NUMERATOR = 25
# Behind a bracket that is open it may stand for the closing one.
_STRAY = re.compile(r"\}(?<=[A-Za-z]\})(?= )")
_LONGEST_BRACKET = 200


def _commands(text: str) -> Iterator[Change]:
    for opening in _OPENING.finditer(text):
        command = _COMMAND.search(text, max(0, opening.start() - _LONGEST_COMMAND), opening.start())
        argument = _ARGUMENT.match(text, opening.start()) if command else None
        if command and argument:
            yield command.start(), argument.end(), _with_backslash(command[1], argument[0])


def _with_backslash(name: str, argument: str) -> str:
    if name in _TEXT_STYLES.split("|"):
        return f"\\{name}{argument}"
    return rf"\(\{name}{argument if name in _UPRIGHT else restored(argument)}\)"


def _fractions(text: str) -> Iterator[Change]:
    for found in _DENOMINATOR.finditer(text):
        numerator = _NUMERATOR.search(text, max(0, found.start() - _LONGEST_NUMERATOR), found.start())
        if numerator:
            yield numerator.start(), found.end(), rf"\(\{numerator[1]}={numerator[2]}/{found[1]}\)"


def _stray_braces(text: str) -> Iterator[Change]:
    candidates = list(_STRAY.finditer(text))
    matched = set(Reading(text).closing.values()) if candidates else set()
    for found in candidates:
        before = text[max(0, found.start() - _LONGEST_BRACKET) : found.start()]
        if found.start() not in matched and "\\{" not in before and before.rfind("(") <= before.rfind(")"):
            yield found.start(), found.end(), ""


# A pattern that begins with letters is found several times as fast as one that begins with what must stand before them.
FLATTENED = {
    "times": Rule(
        "“times” between or behind numbers is the sign ×",
        ("times",),
        by_pattern(
            r"times(?:(?<=\dtimes)(?![a-z])(?! (?:an?|per|each|every|daily|weekly|monthly)\b)|(?<=\d times)(?= 10\^))",
            "×",
        ),
    ),
    "tilde": Rule(
        "“sim” between numbers is the sign ∼",
        ("sim",),
        # “real2sim2real” is a word.
        by_pattern(r"sim(?<=\dsim)(?<![A-Za-z]\dsim)(?=\d[\d.]{0,20}(?:times)?(?![A-Za-z]))", "∼"),
    ),
    "code point": Rule(
        "the number of a character is the character",
        ("x20",),
        by_pattern(
            r"(?<=[A-Za-z)\]])x(201[0-5]|2026)(?=[A-Za-z(])|(?<=[A-Za-z])x(2019)(?=(?:s|t|d|m|re|ve|ll)\b)"
            r"|(?<![A-Za-z0-9])x(2018|201c)(?=[A-Za-z])|(?<=[a-z.,!?)])x(201d)(?![A-Za-z0-9])",
            lambda found: CHARACTER_NUMBERS[next(filter(None, found.groups()))],
        ),
    ),
    "lost backslash": Rule(
        "a command of TeX without its backslash is the command",
        ("{",),
        _commands,
    ),
    "fraction": Rule(
        "a number with another one in braces, behind a Greek letter, is a fraction of TeX",
        ("{",),
        _fractions,
    ),
    "script": Rule("what stands behind ^ or _ is set above or below the line", ("^", "_"), scripts.find),
    "stray brace": Rule("a brace that nothing opened is nothing", ("}",), _stray_braces),
}

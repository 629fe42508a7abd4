r"""TeX that lost its backslashes and dollar signs on the way: `512times512`, `mathcal{O}(n)`, `x2013`, `MHC^3`.

What stands for a formula is written as TeX again, in `\(…\)`, for `sitegen.text.inline` to read.
"""

import re
from collections.abc import Iterator

from sitegen.text.repairs.rule import Change, Rule, by_pattern
from sitegen.text.runs import Reading

_GREEK = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|varphi"
    "|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega"
)
# Nested one deep, and short: a longer one is no argument of what stands in running text.
_ARGUMENT = r"\{(?:[^{}]|\{[^{}]{0,80}\}){1,120}\}"
_STYLES = "mathcal|mathbb|mathbf|mathrm|mathfrak|mathsf|mathit|boldsymbol|operatorname|sqrt"
_TEXT_STYLES = "textit|textbf|texttt|textsc|emph"
_PUNCTUATION = {"2010": "‐", "2011": "‑", "2012": "‒", "2013": "–", "2014": "—", "2015": "―", "2026": "…"}
_QUOTES = {"2018": "‘", "2019": "’", "201c": "“", "201d": "”"}
_CHARACTERS = _PUNCTUATION | _QUOTES

_NAME = rf"(?:{_GREEK}|circ|times|infty|cdot)"
_NAMES = re.compile(rf"(?<![\\A-Za-z]){_NAME}+(?![A-Za-z])")
_ONE_NAME = re.compile(_NAME)
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
_MATH_NAMES = frozenset({"log", "exp", "max", "min", "sin", "cos", "tan"})

_SCRIPT = (
    r"[_^](?:\{[^{}$]{1,40}\}|(?<=\^)[+−-]?\d{1,3}(?![\d.]\d|\d)|(?<=\^)\([+−\d-]{1,4}\)"
    rf"|(?<=\b[A-Za-z]_)(?:{_GREEK})(?![A-Za-z0-9_])|[A-Za-z0-9*+](?![A-Za-z0-9]))"
)
_SCRIPTS = re.compile(rf"(?<=[\w)\]}}′])(?<!_){_SCRIPT}(?:{_SCRIPT})?")
_PIECE = re.compile(r"([_^])(\{.*?\}|\(.*?\)|[^_^]+)")
# A name, a name_part and a file^1 are themselves; these are TeX.
_SURE_SCRIPT = re.compile(r"[_^]\{|\^[+−(\d-]|_(?:" + _GREEK + r")\b")
_STRAY = re.compile(r"(?<=[A-Za-z])\}(?=[\s.,;:)]|\Z)")


def restored(tex: str) -> str:
    r"""An argument with the backslashes of its Greek letters and signs; other words are words.

    >>> restored("Phi circ n"), restored("data")
    ('\\Phi \\circ n', '\\text{data}')
    """
    named = _NAMES.sub(lambda found: "".join(f"\\{name} " for name in _ONE_NAME.findall(found[0])).rstrip(), tex)
    return _WORD.sub(lambda found: f"\\{found[0]}" if found[0] in _MATH_NAMES else rf"\text{{{found[0]}}}", named)


def _with_backslash(found: re.Match[str]) -> str:
    name, opening = found[1], found.end(1)
    argument = found.string[opening : found.end()]
    if name in _TEXT_STYLES.split("|") or name in {"mathrm", "operatorname"}:
        return f"\\{name}{argument}"
    return rf"\(\{name}{restored(argument)}\)"


def _scripts(text: str) -> Iterator[Change]:
    for found in _SCRIPTS.finditer(text):
        pieces = _PIECE.findall(found[0])
        if _SURE_SCRIPT.search(found[0]) and len({mark for mark, _ in pieces}) == len(pieces):
            tex = "".join(f"{mark}{{{restored(inside.strip('{()}').replace('−', '-'))}}}" for mark, inside in pieces)
            yield found.start(), found.end(), rf"\({tex}\)"


def _stray_braces(text: str) -> Iterator[Change]:
    matched = set(Reading(text).closing.values())
    for found in _STRAY.finditer(text):
        if found.start() not in matched:
            yield found.start(), found.end(), ""


FLATTENED = {
    "times": Rule(
        "“times” between or behind numbers is the sign ×",
        ("times",),
        by_pattern(
            r"(?<=\d)times(?![a-z])(?! (?:an?|per|each|every|daily|weekly|monthly)\b)"
            r"|(?<=\b[A-Z])times(?=[A-Z\d]\b)|(?<=\d )times(?= 10\^)",
            "×",
        ),
    ),
    "tilde": Rule("“sim” between numbers is the sign ∼", ("sim",), by_pattern(r"(?<=\d)sim(?=\d)", "∼")),
    "code point": Rule(
        "the number of a character is the character",
        ("x20",),
        by_pattern(
            r"(?<=[A-Za-z)\]])x(201[0-5]|2026)(?=[A-Za-z(])|(?<=[A-Za-z])x(2019)(?=(?:s|t|d|m|re|ve|ll)\b)"
            r"|(?<![A-Za-z0-9])x(2018|201c)(?=[A-Za-z])|(?<=[a-z.,!?)])x(201d)(?![A-Za-z0-9])",
            lambda found: _CHARACTERS[next(filter(None, found.groups()))],
        ),
    ),
    "lost backslash": Rule(
        "a command of TeX without its backslash is the command",
        tuple(f"{name}{{" for name in f"{_STYLES}|{_TEXT_STYLES}".split("|")),
        by_pattern(rf"(?<![\\A-Za-z])({_STYLES}|{_TEXT_STYLES}){_ARGUMENT}", _with_backslash),
    ),
    "fraction": Rule(
        "a number with another one in braces, behind a Greek letter, is a fraction of TeX",
        ("{",),
        by_pattern(rf"(?<![\w\\])({_GREEK}) ?= ?(\d{{1,9}})\{{(\d{{1,9}})\}}", r"\\(\\\1=\2/\3\\)"),
    ),
    "script": Rule("what stands behind ^ or _ is set above or below the line", ("^", "_"), _scripts),
    "stray brace": Rule("a brace that nothing opened is nothing", ("}",), _stray_braces),
    "lone fraction": Rule(
        "a number with another one in braces may be a fraction",
        ("{",),
        by_pattern(r"(?<![\w^_{.])(\d{1,9})\{(\d{1,9})\}", r"\1/\2"),
        sure=False,
    ),
    "lone code point": Rule(
        "the number of a character may be the character",
        ("x20",),
        by_pattern(
            r"(?<=[A-Za-z)\]])x(201[0-589]|201[cd]|2026)(?!\w)", lambda found: _CHARACTERS[found[1]]
        ),
        sure=False,
    ),
    "lone letter": Rule(
        "the name of a Greek letter may be the letter",
        tuple(_GREEK.split("|")),
        by_pattern(rf"(?<![\w\\^_{{-])({_GREEK})(?![\w}}-])", r"\\(\\\1\\)"),
        sure=False,
    ),
    "lone sign": Rule(
        "the name of a sign between single letters or numbers may be the sign",
        (" gg ", " ll ", " leq ", " geq ", " neq ", " approx ", " sim ", " circ ", " cdot ", " pm ", " in ", " times ", "sim"),
        by_pattern(
            r"(?<![\w\\])([A-Za-z\d]) (gg|ll|leq|geq|neq|approx|sim|circ|cdot|pm|times|in(?= [A-Z]\b)) (?=[A-Za-z\d](?!\w))"
            r"|(?<![\w\\-])(sim) ?(?=\d)",
            lambda found: rf"{found[1] or ''} \(\{found[2] or found[3]}\) ".lstrip(),
        ),
        sure=False,
    ),
    "lone script": Rule(
        "what stands behind _ or ^ may stand below or above the line",
        ("_", "^"),
        by_pattern(r"(?<![\w\\_])([A-Za-z])([_^])([A-Za-z\d])(?![\w^])", r"\1\\(\2{\3}\\)"),
        sure=False,
    ),
}

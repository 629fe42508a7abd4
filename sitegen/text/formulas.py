"""Where formulas stand in running text: between dollar signs, in `\\(…\\)` and `\\[…\\]`, in environments.

Dollar signs are money too, so what stands between two of them has to look like TeX.
"""

import re

from sitegen.text.runs import Reading

_DISPLAY_DOLLARS = re.compile(r"\$\$((?:[^$\\]++|\\.)++)\$\$", re.DOTALL)
# https://pandoc.org/MANUAL.html#math : no white space inside the dollar signs, no digit behind them.
_DOLLARS = re.compile(r"\$(?!\s)((?:[^$\\]++|\\.)++)(?<!\s)\$(?!\d)", re.DOTALL)
# Authors put white space there all the same; then the text between must look like TeX.
_LOOSE_DOLLARS = re.compile(r"\$((?:[^$\\]++|\\.)++)\$(?!\d)", re.DOTALL)
# `45$\pm$15` and `$<$5`: a sign alone may have a digit behind it.
_SIGN = re.compile(r"\$([^\s$\w(][^\s$]{0,40})\$(?=\d)")

_TEX_SIGN = re.compile(r"[\\^_={<>+(]|^\s*\w\s*$")
_WORDS = re.compile(r"(?<![\w\\])[^\W\d_]{2,}\s+(?:\S+\s+)?[^\W\d_]{2,}(?!\w)")
_SENTENCE = re.compile(r"(?<![\w\\])(?:[^\W\d_]{2,}[,;]?\s+){3}[^\W\d_]{2,}")

_INLINE_MATH = re.compile(r"\\\(((?:[^\\]++|\\[^()])*+)\\\)")
_DISPLAY_MATH = re.compile(r"\\\[((?:[^\\]++|\\[^\[\]])*+)\\\]")
_ENVIRONMENT = re.compile(r"\\begin\{((?:equation|align|gather|multline|eqnarray|displaymath|math)\*?)\}")
_ALIGNED = ("align", "eqnarray", "gather", "multline")
_LONGEST_ENVIRONMENT = 5_000


def read_dollars(reading: Reading, start: int) -> int | None:
    """`$x$` and `$$x$$`."""
    source = reading.source
    display = _DISPLAY_DOLLARS.match(source, start)
    if display:
        return display.end() if reading.write_math("display", display[1]) else None
    found = _DOLLARS.match(source, start) or _SIGN.match(source, start)
    if not found or _is_prose(found[1]):
        found = _LOOSE_DOLLARS.match(source, start)
        if not found or not _TEX_SIGN.search(found[1]) or _WORDS.search(found[1]):
            return None
    return found.end() if reading.write_math("math", found[1]) else None


def _is_prose(tex: str) -> bool:
    """Whether what stands between two dollar signs is words about money, and no formula."""
    if "\\text" in tex or "\\mbox" in tex:
        return False
    return bool(_SENTENCE.search(tex) if _TEX_SIGN.search(tex) else _WORDS.search(tex))


def read_inline(reading: Reading, start: int) -> int | None:
    r"""`\(x\)`."""
    found = _INLINE_MATH.match(reading.source, start)
    return found.end() if found and reading.write_math("math", found[1]) else None


def read_display(reading: Reading, start: int) -> int | None:
    r"""`\[x\]`."""
    found = _DISPLAY_MATH.match(reading.source, start)
    return found.end() if found and reading.write_math("display", found[1]) else None


def read_environment(reading: Reading, start: int) -> int | None:
    r"""`\begin{align}x&=y\end{align}`."""
    found = _ENVIRONMENT.match(reading.source, start)
    if not found:
        return None
    ending = f"\\end{{{found[1]}}}"
    end = reading.source.find(ending, found.end(), found.end() + _LONGEST_ENVIRONMENT)
    if end < 0:
        return None
    body = reading.source[found.end() : end]
    tex = f"\\begin{{aligned}}{body}\\end{{aligned}}" if found[1].startswith(_ALIGNED) else body
    return end + len(ending) if reading.write_math("display", tex) else None

"""TeX's punctuation in running text: ``quotes'', ties (`Fig.~1`) and dashes (`1--2`)."""

import re

from sitegen.text.runs import Reading

_SINGLE_QUOTED = re.compile(r"`(?=\w)[^`']{1,100}'(?!\w)")
_DASHES = {2: "–", 3: "—"}
# What a tie stands between, beside letters and digits.
_BEFORE_TIE = frozenset(".,)}$%")
_BEHIND_TIE = frozenset("\\$(")


def read_backquote(reading: Reading, start: int) -> int | None:
    """The opening quotes ``` `` ``` and `` ` ``, the latter only if an apostrophe closes it."""
    if reading.source.startswith("``", start):
        reading.open_quotes += 1
        reading.write("“")
        return start + 2
    if reading.character_before(start).isalnum():
        return None
    quoted = _SINGLE_QUOTED.match(reading.source, start)
    if not quoted:
        return None
    reading.single_quote_ends.add(quoted.end() - 1)
    reading.write("‘")
    return start + 1


def read_apostrophe(reading: Reading, start: int) -> int | None:
    """The closing quotes `''` and `'` of what was opened."""
    if reading.open_quotes and reading.source.startswith("''", start):
        return _close_quotes(reading, start + 2)
    if start not in reading.single_quote_ends:
        return None
    reading.write("’")
    return start + 1


def read_double_quote(reading: Reading, start: int) -> int | None:
    """`"`, which may close what ``` `` ``` opened."""
    return _close_quotes(reading, start + 1) if reading.open_quotes else None


def _close_quotes(reading: Reading, end: int) -> int:
    reading.open_quotes -= 1
    reading.write("”")
    return end


def read_tie(reading: Reading, start: int) -> int | None:
    """`Fig.~1` has a space; `~5`, `10~20` and `/~user` have a tilde."""
    before, after = reading.character_before(start), reading.source[start + 1 : start + 2]
    if reading.source[start + 1 : start + 5].lower() == "http":
        reading.write(" " if before.strip() else "")
        return start + 1
    between_digits = before.isdigit() and after.isdigit()
    joins = (before.isalnum() or before in _BEFORE_TIE) and (after.isalnum() or after in _BEHIND_TIE)
    if between_digits or not joins:
        return None
    reading.write(" ")
    return start + 1


def read_dashes(reading: Reading, start: int) -> int | None:
    """`--` between letters or digits, `---` everywhere; longer rows are lines."""
    end = start
    while reading.source.startswith("-", end):
        end += 1
    dash = _DASHES.get(end - start)
    between = reading.character_before(start).isalnum() and reading.source[end : end + 1].isalnum()
    if dash is None or (dash == "–" and not between):
        return None
    reading.write(dash)
    return end

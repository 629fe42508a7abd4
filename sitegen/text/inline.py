"""Running text of digests as runs: what a reader should see instead of TeX, HTML entities and damaged addresses.

What the source broke is mended first (`sitegen.text.repairs`). Then the text is read once from left to right.
`_SPECIAL` finds the next character that may mean something, the functions of `_READERS` say what it means and where
reading goes on; what none of them knows stays as it is written.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import islice

from sitegen.text import commands, entities, formulas, groups, hyperlinks, punctuation, repairs
from sitegen.text.runs import Reading, Run

__all__ = ["Run", "is_plain", "parse"]

# Texts that stay read, because a page shows a title and an abstract in several ways.
KEPT = 64
# Of 100,000 papers none has more than 229 signs in its abstract. What has more than this is no text: a sign takes up to
# 30 µs, so that it would take longer than all other papers of a digest.
MOST_SIGNS = 10_000
# Text with none of these is plain.
_TRIGGERS = ("\\", "$", "{", "&", "`", "--", "~", "//", "<br")
# One of the signs, `--` or `http:`; a pattern that begins with a set of characters is found several times as fast as
# one of alternatives.
_SPECIAL = re.compile(r"[\\${}&`'\"~<\[Hh-](?:(?<![Hh-])|(?<=-)-+|(?<=[Hh])[Tt]{2}[Pp][Ss]?:)")

# By the first character; the first function that knows the sign reads it.
_READERS: dict[str, tuple[Callable[[Reading, int], int | None], ...]] = {
    "\\": (
        hyperlinks.read_address,
        commands.read_accent,
        formulas.read_inline,
        formulas.read_display,
        formulas.read_environment,
        commands.read_command,
        commands.read_escaped_character,
    ),
    "{": (groups.read_opening,),
    "}": (groups.read_closing,),
    "$": (formulas.read_dollars,),
    "&": (entities.read_entity,),
    "`": (punctuation.read_backquote,),
    "'": (punctuation.read_apostrophe,),
    '"': (punctuation.read_double_quote,),
    "~": (punctuation.read_tie,),
    "-": (punctuation.read_dashes,),
    "[": (hyperlinks.read_markdown,),
    "<": (entities.read_breaks, hyperlinks.read_anchor),
    "h": (hyperlinks.read_address,),
}


def is_plain(source: str) -> bool:
    """Whether `source` certainly holds nothing that `parse` would change."""
    for trigger in _TRIGGERS:
        if trigger in source:
            return False
    return not repairs.sure(source)


@lru_cache(maxsize=KEPT)
def parse(source: str) -> tuple[Run, ...]:
    """The runs of a title or a paragraph; neighbours differ in kind or href. Never raises; linear in the length.

    A text of more than MOST_SIGNS signs stays as it is written.

    >>> parse(r"T\\"ulu is \\emph{not} $x^2$")
    (Run(kind='text', text='Tülu is ', href=''), Run(kind='em', text='not', href=''), \
Run(kind='text', text=' ', href=''), Run(kind='math', text='x^2', href=''))
    """
    if is_plain(source):
        return (Run("text", source),) if source else ()
    text = repairs.visible(source)
    return (Run("text", text),) if _has_too_many_signs(text) else _runs(text)


def _has_too_many_signs(text: str) -> bool:
    return len(text) > MOST_SIGNS and any(islice(_SPECIAL.finditer(text), MOST_SIGNS, None))


def _runs(text: str) -> tuple[Run, ...]:
    reading = Reading(text)
    position = 0
    while found := _SPECIAL.search(text, position):
        reading.write(text[position : found.start()])
        position = _read(reading, found)
        reading.leave_groups(position)
    reading.write(text[position:])
    return reading.runs()


def _read(reading: Reading, special: re.Match[str]) -> int:
    for read in _READERS[special[0][0].lower()]:
        end = read(reading, special.start())
        if end is not None:
            return end
    reading.write(special[0])
    return special.end()

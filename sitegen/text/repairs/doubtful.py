"""What may be damage and may be what the author wrote: only proposed."""

from sitegen.text.repairs.flattened import CHARACTER_NUMBERS
from sitegen.text.repairs.rule import Rule, by_pattern
from sitegen.text.repairs.tex_names import GREEK

_SIGNS = "gg|ll|leq|geq|neq|approx|sim|circ|cdot|pm|times"

DOUBTFUL: dict[str, Rule] = {
    "hyphen of a line end": Rule(
        "a word that the end of a line cut is one word",
        ("- ",),
        by_pattern("(?<=[a-zﬀ-ﬆ])- (?!(?:and|or|to|nor|und|oder|et) )(?=[a-z])", ""),
        sure=False,
    ),
    "lone fraction": Rule(
        "a number with another one in braces may be a fraction",
        ("{",),
        by_pattern(r"(?<![\w^_{.])(\d{1,9})\{(\d{1,9})\}", r"\1/\2"),
        sure=False,
    ),
    "lone code point": Rule(
        "the number of a character may be the character",
        ("x20",),
        by_pattern(r"(?<=[A-Za-z)\]])x(201[0-589]|201[cd]|2026)(?!\w)", lambda found: CHARACTER_NUMBERS[found[1]]),
        sure=False,
    ),
    "lone letter": Rule(
        "the name of a Greek letter may be the letter",
        tuple(GREEK.split("|")),
        by_pattern(rf"(?<![\w\\^_{{-])({GREEK})(?![\w}}-])", r"\\(\\\1\\)"),
        sure=False,
    ),
    "lone sign": Rule(
        "the name of a sign between single letters or numbers may be the sign",
        (*(f" {name} " for name in (*_SIGNS.split("|"), "in")), "sim"),
        by_pattern(
            rf"(?<![\w\\])([A-Za-z\d]) ({_SIGNS}|in(?= [A-Z]\b)) (?=[A-Za-z\d](?!\w))|(?<![\w\\-])(sim) ?(?=\d)",
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

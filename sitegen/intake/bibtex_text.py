"""Texts of BibTeX fields as the archive stores them: TeX stays, what only BibTeX means goes."""

import re
from collections.abc import Iterator

from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

from sitegen.text.markup import to_plain

_TOKEN = re.compile(r"\\[A-Za-z]+\*?[ \t]*(?=\{)|\\.|\$\$?|[{}]", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BLANK_LINE = re.compile(r"\n\s*\n")
_URL_COMMAND = re.compile(r"\\(?:url|path)\s*\{([^{}]*)\}")
_ESCAPED = re.compile(r"\{?\\([_%&#~$])(?:\{\})?\}?")


def names(written: str) -> Iterator[str]:
    """ "First Last" of each name; "others" is nobody.

    >>> list(names("Li, Wei and {\\\\'E}va van der Berg and {Open Lab} and others"))
    ['Wei Li', 'Éva van der Berg', 'Open Lab']
    """
    for name in split_multiple_persons_names(written):
        if name != "others":
            yield to_plain(parse_single_name_into_parts(name, strict=False).merge_first_name_first)


def unwrapped(written: str) -> str:
    """Paragraphs, which blank lines separate, each on one line; BibTeX writers indent lines that go on. Braces around
    the whole, as ADS writes them, go.

    >>> unwrapped("One\\n    two.\\n\\n  Three."), unwrapped("{One {T}wo.}"), unwrapped("{One} {two}")
    ('One two.\\n\\nThree.', 'One {T}wo.', '{One} {two}')
    """
    whole = written.strip()
    whole = whole[1:-1] if _is_in_braces(whole) else whole
    return "\n\n".join(" ".join(part.split()) for part in _BLANK_LINE.split(whole))


def _is_in_braces(text: str) -> bool:
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for brace in _BRACE.finditer(text):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            return brace.end() == len(text)
    return False


def unprotected(title: str) -> str:
    """The title without the braces that keep BibTeX from changing letters; those of TeX's commands and formulas stay.

    >>> unprotected("{{3D} {CNN}s for $x_{i}$ and \\\\emph{{DNA}} by G{\\\\\\"o}del}")
    '3D CNNs for $x_{i}$ and \\\\emph{DNA} by G{\\\\"o}del'
    """
    drop: list[bool] = []
    pieces, at, formula, behind_command = [], 0, False, -1
    for token in _TOKEN.finditer(title):
        sign, cut = token[0], False
        if sign[0] == "\\":
            behind_command = token.end()
        elif sign[0] == "$":
            formula = not formula
        elif sign == "{":
            belongs = formula or token.start() == behind_command or title[token.end() : token.end() + 1] == "\\"
            cut = not belongs and not (token.start() and title[token.start() - 1] in "}]^_")
            drop.append(cut)
        elif drop:
            cut = drop.pop()
        if cut:
            pieces.append(title[at : token.start()])
            at = token.end()
    return title if drop else "".join(pieces) + title[at:]


def address(written: str) -> str:
    """The web address in a field: `\\url{…}` and TeX's escapes are taken away.

    >>> address("\\\\url{https://x.org/a\\\\_b}"), address("https://x.org/{\\\\~{}}me")
    ('https://x.org/a_b', 'https://x.org/~me')
    """
    command = _URL_COMMAND.search(written)
    return _ESCAPED.sub(r"\1", command[1] if command else written).strip()

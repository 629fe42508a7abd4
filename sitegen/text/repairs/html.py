"""HTML that was left in a text; its entities and line breaks are read by `sitegen.text.entities`."""

import re

from sitegen.text.repairs.rule import Rule, by_pattern
from sitegen.text.repairs.tex_names import restored

_COMMANDS = {"i": "emph", "em": "emph", "italic": "emph", "b": "textbf", "strong": "textbf", "bold": "textbf"}
_COMMANDS |= {"tt": "texttt", "code": "texttt", "sc": "textsc"}
_MARKS = {"sub": "_", "sup": "^"}
_NAMES = "|".join((*_COMMANDS, *_MARKS))


def _as_tex(found: re.Match[str]) -> str:
    name, text = found[1], found[2]
    return rf"\({_MARKS[name]}{{{restored(text)}}}\)" if name in _MARKS else rf"\{_COMMANDS[name]}{{{text}}}"


HTML = {
    "style of HTML": Rule(
        "a pair of tags is the style that it gives",
        ("</", "&lt;/"),
        by_pattern(
            rf"(?:<|&lt;)(?:jats:)?({_NAMES})(?:>|&gt;)((?:(?!&lt;)[^<>{{}}\\$]){{1,300}})(?:<|&lt;)/(?:jats:)?\1(?:>|&gt;)",
            _as_tex,
        ),
    ),
    "paragraph of HTML": Rule(
        "tags around paragraphs are nothing",
        ("<p>", "</p>", "<jats:p>", "</jats:p>"),
        by_pattern(
            r"(</(?:jats:)?p>\s{0,9}<(?:jats:)?p>)|\A<(?:jats:)?p>\s{0,9}|\s{0,9}</(?:jats:)?p>\Z",
            lambda found: " " if found[1] else "",
        ),
    ),
}

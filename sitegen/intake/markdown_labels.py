"""Labels in Markdown: "**Authors**: …", "- **Link:** …", "Abstract: …", and "**Abstract**" on a line of its own."""

import re
from typing import NamedTuple

from sitegen.intake.field_names import fields_of, plain_name

_BOLD = re.compile(
    r"(?P<mark>\*\*|__|\*|_)(?P<name>[^\W\d_][^\n:：*_|<>\[\]()]{0,39})"
    r"(?:(?P<colon>[:：])(?P=mark)|(?P=mark)\s*(?P<behind>[:：])|(?P=mark)(?=\s*$))"
)
_PLAIN = re.compile(r"(?P<name>[^\W\d_][\w ;/-]{0,39})(?P<colon>[:：])(?P<behind>)(?=\s|$|[^\x00-\x7f])")
_COLON = re.compile("[:：]")
_LEADING = re.compile(r"[^\w\s*_\[(<`\"'$\\]{1,4}\s+")
# Names of what digests say about a paper beside what it is.
_OTHER = {
    "tldr", "motivation", "method", "result", "conclusion", "comment", "comments", "journalref", "venue",
    "institution", "institutions", "affiliation", "affiliations", "keypoints", "highlights", "score", "rating",
    "citations", "核心贡献",
}  # fmt: skip


FEWEST_OF_A_HEADLINE = 3


class Label(NamedTuple):
    """The name of a field, and what stands behind it on its line."""

    name: str
    value: str
    known: bool

    @property
    def is_headline(self) -> bool:
        """Whether it has too many words for the name of a field: a headline, alone or before its text."""
        return not self.known and len(self.name.split()) >= FEWEST_OF_A_HEADLINE


def label_of(text: str) -> Label | None:
    """The label that a line begins with, if it begins with one. Unknown words are labels only in bold.

    >>> label_of("**Authors:** Ann One"), label_of("Main category: cs.CV").name
    (Label(name='Authors', value='Ann One', known=True), 'Main category')
    >>> label_of("**Rank**: 5"), label_of("Graphs: a survey"), label_of("**Abstract**")
    (Label(name='Rank', value='5', known=False), None, Label(name='Abstract', value='', known=True))
    """
    text = text.strip()
    if text[:1].isalnum() and not _COLON.search(text, 0, 60):  # most lines
        return None
    if emoji := _LEADING.match(text):
        text = text[emoji.end() :]
    bold = _BOLD.match(text)
    found = bold or _PLAIN.match(text)
    if not found:
        return None
    name, known = found["name"].strip(), bool(fields_of([found["name"]], {}))
    if not (known or (bold and (bold["colon"] or bold["behind"])) or plain_name(name) in _OTHER):
        return None
    return Label(name, text[found.end() :].strip(), known)

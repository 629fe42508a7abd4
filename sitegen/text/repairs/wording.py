"""Words that belong to the page a text was taken from, and not to the text."""

import re

from sitegen.text.repairs.rule import Rule, by_pattern


def _says_lost(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()][-1:], found.string[found.end() : found.end() + 1]
    said = "link lost" if before + after == "()" else "(link lost)"
    return f"{' ' if before.isalnum() else ''}{said}{' ' if after.isalnum() else ''}"


WORDING = {
    "heading": Rule(
        "the heading above an abstract is not part of it",
        ("bstract", "BSTRACT"),
        # With a colon it may be a title.
        by_pattern(r"\A(?:Abstract|ABSTRACT)(?:\.|[:—–-](?=.*[.!?]\Z)) ?(?=\S)", ""),
    ),
    "lost link": Rule(
        "the words of a link whose address the source does not have",
        ("this http",),
        by_pattern(r"(?<!\{)(?<!\{ )this https? URL(?!\]\(|:? ?https?:)", _says_lost),
    ),
}

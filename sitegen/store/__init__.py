"""content/ and the model, as read/write pairs.

`read_x(write_x(x)) == x`, and `write` gives the same bytes for what `read` read from a page that a machine wrote.
`update_x` changes only the parts of a page that differ, so that a human's comments, keys and notes stay.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sitegen.problems import Problem


def within(content: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Problems of files in content/, with paths as the user sees them: "content/papers/x.md"."""
    return [replace(found, file=f"{content.name}/{found.file}") for found in problems]

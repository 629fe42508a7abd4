"""What paper and digest pages have in common.

The machine's part of a page's body stands between two comment markers; everything outside is a human's.
"""

import re

from sitegen.problems import Problem, problem

_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)


def take(body: str, markers: tuple[str, str]) -> tuple[str, str]:
    """(body without the region, the region's text); a body without markers has an empty region.

    Raises ValueError when only one marker is there, or they are in the wrong order.
    """
    begin, end = body.find(markers[0]), body.find(markers[1])
    if begin < 0 and end < 0:
        return body, ""
    if begin < 0 or end < begin:
        raise ValueError(markers)
    inside = body[begin + len(markers[0]) : end]
    return body[:begin] + body[end + len(markers[1]) :], inside.strip()


def put(body: str, markers: tuple[str, str], region: str) -> str:
    begin, end = body.find(markers[0]), body.find(markers[1])
    if begin < 0:
        return f"\n{region}{body}"
    after = body[end + len(markers[1]) :].removeprefix("\n")
    return body[:begin] + region + after


def conflicts(text: str, path: str) -> list[Problem]:
    found = _CONFLICT.search(text) if "<<<<<<< " in text else None
    return [problem("merge-conflict", file=path, line=text.count("\n", 0, found.start()) + 1)] if found else []


def resolve(path: str, target: str) -> str:
    """Where a relative link of a page leads: "digests/2025/a.md" + "../../papers/x.md" -> "papers/x.md"."""
    parts = path.split("/")[:-1]
    for part in target.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)

"""The ledger of every URL ever given out: content/ledger/YYYY.txt, sorted lines "URL<TAB>what"."""

import re
from collections.abc import Iterable
from pathlib import Path

from sitegen import identity
from sitegen.model import Digest, Entry, Paper

_URL = re.compile(r"(papers|digests)/[a-z0-9][a-z0-9._-]*/")


def lines(papers: Iterable[Entry], changed: Iterable[Paper], digests: Iterable[Digest]) -> dict[str, set[str]]:
    """File name -> lines "URL<TAB>what" for every URL that papers, their aliases and digests have."""
    found: dict[str, set[str]] = {}
    for entry in papers:
        _put(found, entry.date, _of_paper(entry.id, entry.url, entry.aliases))
    for paper in changed:
        _put(found, paper.date, _of_paper(paper.id, identity.paper_url(paper.id), paper.aliases))
    for digest in digests:
        _put(found, digest.date, [f"{identity.digest_url(digest.id)}\tdigest {digest.id}"])
    return found


def _put(found: dict[str, set[str]], date: str, lines: Iterable[str]) -> None:
    found.setdefault(f"{date[:4] or 'undated'}.txt", set()).update(lines)


def _of_paper(paper_id: str, url: str, aliases: Iterable[str]) -> list[str]:
    return [f"{url}\tpaper {paper_id}", *(f"{identity.paper_url(alias)}\talias {paper_id}" for alias in aliases)]


def read(content: Path) -> tuple[tuple[str, str], ...]:
    """All (URL, what) pairs, sorted. Lines of any other shape (a merge's markers) are passed over."""
    pairs: set[tuple[str, str]] = set()
    for file in sorted((content / "ledger").glob("*.txt")):
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            url, _, what = line.partition("\t")
            if _URL.fullmatch(url) and " " in what:
                pairs.add((url, what))
    return tuple(sorted(pairs))

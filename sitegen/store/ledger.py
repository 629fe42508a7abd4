"""The ledger of every URL ever given out: content/ledger/YYYY.txt, sorted lines "URL<TAB>what"."""

import re
from collections.abc import Iterable
from pathlib import Path

from sitegen import identity
from sitegen.model import Digest, Paper

_URL = re.compile(r"(papers|digests)/[a-z0-9][a-z0-9._-]*/")


def entries(papers: Iterable[Paper], digests: Iterable[Digest]) -> dict[str, set[str]]:
    """File name -> lines "URL<TAB>what" for every URL that papers, their aliases and digests have."""
    entries: dict[str, set[str]] = {}
    for paper in papers:
        lines = {f"{identity.paper_url(paper.id)}\tpaper {paper.id}"}
        lines |= {f"{identity.paper_url(alias)}\talias {paper.id}" for alias in paper.aliases}
        entries.setdefault(f"{paper.date[:4] or 'undated'}.txt", set()).update(lines)
    for digest in digests:
        name = f"{digest.date[:4] or 'undated'}.txt"
        entries.setdefault(name, set()).add(f"{identity.digest_url(digest.id)}\tdigest {digest.id}")
    return entries


def read(content: Path) -> tuple[tuple[str, str], ...]:
    """All (URL, what) pairs, sorted. Lines of any other shape (a merge's markers) are passed over."""
    pairs: set[tuple[str, str]] = set()
    for file in sorted((content / "ledger").glob("*.txt")):
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            url, _, what = line.partition("\t")
            if _URL.fullmatch(url) and " " in what:
                pairs.add((url, what))
    return tuple(sorted(pairs))

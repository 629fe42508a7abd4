"""Who is asked, and how: where the search stands, what of its traffic is the search's, which papers its hits are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.corpora import Corpus, Paper
from tests.bench.peers import Hugo, Material, page_name
from tests.bench.search import sites
from tests.bench.search.sites import Made

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Contender:
    """One search. name: as in the table. make: its site in a folder. address: path of the page with the search.
    script: what knows that page. mine: whether a path that was fetched belongs to the search. hit: what its hits call a
    paper. why_not: why it cannot be asked, or "". pages: served beside the site. most: with more papers it is left out;
    slow: with so many it is asked less.
    """

    name: str
    make: Callable[[Path, Corpus], tuple[Path, Made]]
    address: str
    script: str
    mine: Callable[[str], bool]
    hit: Callable[[Paper], str]
    why_not: str = ""
    pages: Mapping[str, bytes] = field(default_factory=dict)
    most: int = 10**9
    slow: int = 10**9


def contenders() -> list[Contender]:
    """All of them."""
    return [
        Contender("sitegen", sites.sitegen, "search/", "contract.js", _of_sitegen, _paper_id),
        Contender(
            "Pagefind",
            sites.pagefind,
            "ask.html",
            "contract.js",
            lambda path: path.startswith("/pagefind/"),
            page_name,
            why_not=Hugo.why_not or Hugo.why_no_search,
            pages={"/ask.html": (HERE / "pagefind.html").read_bytes()},
        ),
        Contender(
            "MkDocs Material",
            sites.material,
            "",
            "material.js",
            lambda path: path.startswith(("/search/", "/assets/javascripts/workers/")),
            page_name,
            why_not=Material.why_not,
            most=50_000,
            slow=5_000,
        ),
    ]


def script(contender: Contender) -> str:
    """What is put into each of its pages."""
    return (HERE / contender.script).read_text() + (HERE / "ask.js").read_text()


def _of_sitegen(path: str) -> bool:
    """All that is fetched for the search, pages of papers too, but not the page that it stands on."""
    return path.startswith(("/search/", "/assets/sitegen/search/", "/papers/")) and path not in (
        "/search/",
        "/search/index.html",
    )


def _paper_id(paper: Paper) -> str:
    return str(paper["id"])

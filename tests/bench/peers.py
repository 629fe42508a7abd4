"""What a curator could use instead, each in its fairest layout."""

import json
import re
import sys
from importlib.util import find_spec
from pathlib import Path

from tests.bench.corpora import Corpus, Paper
from tests.bench.measure import Ran, run, set_aside, size_of
from tests.bench.result import Figures

_SINGLE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body data-pagefind-body>
<h1>{{ .Title }}</h1><p>{{ delimit .Params.authors ", " }}</p><p>{{ .Date.Format "2006-01-02" }}</p>{{ .Content }}
<ul>{{ range .GetTerms "tags" }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul></body></html>
"""
_LIST = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
<ul>{{ range .Paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul>
{{ with .Paginator.Prev }}<a href="{{ .URL }}">Newer</a>{{ end }}
{{ with .Paginator.Next }}<a href="{{ .URL }}">Older</a>{{ end }}
</body></html>
"""
_TERMS = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul></body></html>
"""
_HUGO = 'baseURL = "https://example.org/"\ntitle = "Papers"\n[pagination]\npagerSize = 50\n[taxonomies]\ntag = "tags"\n'
_MKDOCS = """site_name: Papers
site_url: https://example.org/
theme: {name: material, font: false}
plugins: [search, tags]
nav: [{Home: index.md}, {Tags: tags.md}]
not_in_nav: /papers/
"""


def missing(module: str, install: str) -> str:
    """Why it cannot be measured, or ""."""
    return "" if find_spec(module) else f"not here; install it with `pip install '{install}'`"


def page_name(paper: Paper) -> str:
    """The last part of the address of its page."""
    return re.sub(r"[^a-z0-9.-]+", "-", paper["id"].lower())


def _day(paper: Paper) -> str:
    return paper["date"] if len(paper["date"]) == 10 else f"{paper['date'][:4]}-01-01"


class Hugo:
    """Bare templates: a page a paper, paginated lists, a page a tag, RSS for each list. Then Pagefind over all."""

    why_not = missing("hugo", "hugo")
    why_no_search = missing("pagefind", "pagefind[bin]")

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self.folder = folder
        layouts = folder / "layouts" / "_default"
        for path, text in {
            folder / "hugo.toml": _HUGO,
            layouts / "single.html": _SINGLE,
            layouts / "list.html": _LIST,
            layouts / "terms.html": _TERMS,
            folder / "layouts" / "index.html": _LIST,
        }.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (folder / "content" / "papers").mkdir(parents=True)
        for paper in corpus.papers:
            header = {name: paper[name] for name in ("title", "authors", "tags")} | {"date": _day(paper)}
            text = f"{json.dumps(header, ensure_ascii=False)}\n\n{paper['abstract']}\n"
            (folder / "content" / "papers" / f"{page_name(paper)}.md").write_text(text, encoding="utf-8")

    def build(self) -> Figures:
        """The site without a search."""
        public = self.folder / "public"
        set_aside(public, self.folder / ".aside")
        return _figures(run([sys.executable, "-m", "hugo", "--quiet"], self.folder), public)

    def index(self) -> Figures:
        """Pagefind, on the site that is there."""
        public = self.folder / "public"
        set_aside(public / "pagefind", self.folder / ".aside")
        return _figures(run([sys.executable, "-m", "pagefind", "--site", "public"], self.folder), public)


class Material:
    """Stock MkDocs Material: a page a paper, out of the navigation, with the search and tags plugins."""

    why_not = missing("material", "mkdocs-material")

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self.folder = folder
        (folder / "docs" / "papers").mkdir(parents=True)
        (folder / "mkdocs.yml").write_text(_MKDOCS)
        (folder / "docs" / "index.md").write_text("# Papers\n")
        (folder / "docs" / "tags.md").write_text("# Tags\n\n<!-- material/tags -->\n")
        for paper in corpus.papers:
            header = json.dumps({"title": paper["title"], "tags": paper["tags"]})
            text = (
                f"---\n{header}\n---\n\n{', '.join(paper['authors'][:30])}\n\n{paper['date']}\n\n{paper['abstract']}\n"
            )
            (folder / "docs" / "papers" / f"{page_name(paper)}.md").write_text(text, encoding="utf-8")

    def build(self) -> Figures:
        """The whole site."""
        set_aside(self.folder / "site", self.folder / ".aside")
        return _figures(run([sys.executable, "-m", "mkdocs", "build", "-q"], self.folder), self.folder / "site")


def _figures(ran: Ran, site: Path) -> Figures:
    size, files = size_of(site)
    return Figures(ran.seconds, ran.cpu, ran.memory, size, files)

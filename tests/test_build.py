"""The site as files: what is on its pages, and that every way to build it gives the same."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import lxml.etree
import lxml.html
import pytest

from sitegen import add, build, identity, notice
from sitegen.add.state import Options
from sitegen.intake.raw import RawDigest
from sitegen.model import Notice
from sitegen.problems import ProblemsFound
from sitegen.render import rare_tags
from sitegen.text.fold import fold
from tests.conftest import ROOT, Sitegen, load
from tests.feeds.rules import RULES

PAPERS: list[dict[str, object]] = [
    {
        "id": "2503.00001",
        "title": "[RETRACTED] A: order",
        "abstract": 'Of $O(n^2)$, 35\\% by T\\"ulu.',
        "authors": ["Ann One"],
        "date": "2025-03-01",
        "url": "https://arxiv.org/abs/2503.00001",
        "tags": ["cs.LG", "rare one"],
    },
    {"id": "2503.00002", "title": "no", "abstract": "See https://github.com/a/b.", "date": "2025", "tags": ["cs.LG"]},
    {"id": "hep-th/9901001", "title": "---", "authors": ["Cy \0Three"], "tags": ["cs.LG"]},
]
TAGS = "order:\n  name: Order\n  description: On order.\n  patterns: [order]\n"


def _lines(papers: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(paper) + "\n" for paper in papers).encode()


def _files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _built(archive: Path) -> Path:
    build.build(archive / "mkdocs.yml")
    return archive / "site"


@pytest.fixture
def small(archive: Path) -> Path:
    """An archive of three odd papers."""
    (archive / "content" / "tags.yml").write_text(TAGS)
    add.add(archive / "content", [RawDigest("odd.jsonl", _lines(PAPERS))], Options(today="2026-01-01"))
    return archive


def _text(file: Path) -> str:
    return " ".join(lxml.html.parse(str(file)).getroot().text_content().split())


def test_a_paper_page_has_it_all(small: Path) -> None:
    site = _built(small)
    page = lxml.html.parse(str(site / "papers" / "2503.00001" / "index.html")).getroot()
    assert page.xpath("//article/@data-paper-id") == ["2503.00001"]
    assert page.xpath("//title/text()") == ["A: order - Paper archive"]
    assert page.xpath("//h1")[0].text_content() == "A: order"
    text = " ".join(page.text_content().split())
    assert "35% by Tülu." in text
    assert "Published 1 March 2025" in text
    assert page.xpath("//aside[contains(@class, 'warning')]")[0].text_content() == "Retracted"
    assert "rule, title: order" in text
    assert page.xpath("//math")
    buttons = page.xpath("//p[contains(@class, 'sg-buttons')]/a")
    assert [(a.text, a.get("href")) for a in buttons] == [
        ("arXiv", "https://arxiv.org/abs/2503.00001"),
        ("PDF", "https://arxiv.org/pdf/2503.00001"),
    ]
    named = {each.get("name"): each.get("content") for each in page.xpath("//meta[starts-with(@name, 'citation_')]")}
    assert named == {
        "citation_title": "A: order",
        "citation_author": "Ann One",
        "citation_publication_date": "2025/03/01",
        "citation_arxiv_id": "2503.00001",
        "citation_pdf_url": "https://arxiv.org/pdf/2503.00001",
    }
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://127.0.0.1:8000/papers/2503.00001/"]
    assert "../../search/?q=tag%3Arare-one" in page.xpath("//a[contains(@class, 'sg-tag--rare')]/@href")


@pytest.mark.parametrize("most", [1_000, 1])
def test_each_rare_tag_has_a_link(archive: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(rare_tags, "MOST_AT_ONCE", most)
    tags = ["Rare <one>", "rest", "été", "3D", "統計"]
    line = json.dumps({"id": "2503.00001", "title": "T", "abstract": "a.", "tags": tags}).encode()
    add.add(archive / "content", [RawDigest("a.jsonl", line)], Options(today="2026-01-01"))
    site = _built(archive)
    index = lxml.html.parse(str(site / "tags" / "index.html")).getroot()
    links = index.xpath("//details[@class='sg-rare']//a")
    if most == 1:
        assert [link.text for link in links] == ["E", "R", "0-9"]
        assert [link.get("href") for link in links] == [
            f"../tags/page/letter/{letter}/" for letter in ("e", "r", "0-9")
        ]
        pages = [site / "tags" / "page" / "letter" / letter / "index.html" for letter in ("0-9", "e", "r")]
        links = sorted((link for page in pages for link in _tag_links(page)), key=lambda link: fold(link.text))
    assert [(link.text, link.get("href").partition("?q=tag%3A")[2]) for link in links] == [
        ("3D", "3d"),
        ("été", "ete"),
        ("Rare <one>", "rare-one"),
        ("rest", "rest"),
        ("統計", identity.tag_slug("統計")),
    ]


def _tag_links(page: Path) -> list[lxml.html.HtmlElement]:
    links: list[lxml.html.HtmlElement] = lxml.html.parse(str(page)).getroot().xpath("//ul[@class='sg-tag-index']//a")
    return links


def test_a_paper_of_a_day_and_a_collection_leads_to_the_day(archive: Path) -> None:
    lines = [f'{{"id": "2503.0000{n}", "title": "T{n}", "abstract": "a"}}\n' for n in (1, 2, 3)]
    for name, text in (("a.jsonl", lines[0] + lines[2]), ("2025-03-14-b.jsonl", lines[0] + lines[1])):
        add.add(archive / "content", [RawDigest(name, text.encode())], Options(today="2026-01-01"))
    page = lxml.html.parse(str(_built(archive) / "papers" / "2503.00001" / "index.html")).getroot()
    crumbs = page.xpath("//nav[@class='sg-crumbs']//a/@href")
    assert crumbs == ["../../digests/", "../../digests/2025-03-14-b/"]
    assert page.xpath("//a[@rel='next']/@href") == ["../../papers/2503.00002/"]


def test_a_paper_page_says_what_changed(archive: Path) -> None:
    said: list[tuple[str, dict[str, object]]] = [
        ("2025-03-14", {"id": "2503.00001v1", "title": "On <small> models", "abstract": "We study models."}),
        ("2025-03-15", {"id": "2503.00001v2", "title": "On models", "abstract": "We study models."}),
        ("2025-03-16", {"id": "2503.00001v2", "title": "On large models", "abstract": "We study models, again."}),
    ]
    for day, item in said:
        add.add(archive / "content", [RawDigest(f"{day}-list.jsonl", _lines([item]))], Options(today="2026-01-01"))
    notice.put(archive / "content", "2503.00001", Notice("superseded", "More of it.", "2025-04", "10.1234/x"))
    page = lxml.html.parse(str(_built(archive) / "papers" / "2503.00001" / "index.html")).getroot()
    changes = page.xpath("//details[contains(@class, 'sg-said')]")[0]
    assert [each.text_content() for each in changes.iter("li")] == [
        "Version in list, 14 March 2025: 1 2",
        "Title in list, 14 March 2025: On <small> models",
        "Title in list, 15 March 2025: On large models",
        "Abstract in list, 14 March 2025: We study models. models, again.",
    ]
    assert [each.text for each in changes.iter("del")] == ["1", "<small>", "models."]
    assert [each.text for each in changes.iter("ins")] == ["2", "large", "models, again."]
    banner = page.xpath("//aside[contains(@class, 'warning')]")[0]
    assert banner.text_content() == "Superseded by DOI 10.1234/x, April 2025More of it."
    assert banner.xpath(".//a/@href") == ["../../search/?q=10.1234/x"]
    assert "note = {Superseded: More of it.}" in page.text_content()
    home = lxml.html.parse(str(archive / "site" / "index.html")).getroot()
    assert home.xpath("//ul[@class='sg-titles']/li")[0].text_content() == "Superseded On large models"


def test_the_home_page_tells_search_engines_where_to_search(small: Path) -> None:
    settings = (small / "mkdocs.yml").read_text().replace("site_name: Paper archive", "site_name: A </script> & B")
    (small / "mkdocs.yml").write_text(settings)
    page = lxml.html.parse(str(_built(small) / "index.html")).getroot()
    data = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
    assert data["name"] == "A </script> & B"
    assert page.xpath("//h1/text()") == ["A </script> & B"]
    assert page.xpath("//title/text()") == ["A </script> & B"]
    assert page.xpath("//header/a")[0].text_content().strip() == "A </script> & B"
    about = lxml.html.parse(str(small / "site" / "about" / "index.html")).getroot()
    assert about.xpath("//title/text()") == ["About - A </script> & B"]
    assert data["potentialAction"]["target"] == "http://127.0.0.1:8000/search/?q={query}"


def test_no_page_loads_others_at_once(small: Path) -> None:
    features = "features:\n    - navigation.instant\n    - navigation.instant.prefetch\n"
    settings = (small / "mkdocs.yml").read_text().replace("features:\n", features)
    (small / "mkdocs.yml").write_text(settings)
    site = _built(small)
    for path in ("about/index.html", "assets/sitegen/frame.js"):
        text = (site / path).read_text()
        assert "navigation.tabs" in text
        assert "navigation.instant" not in text, path


def test_odd_titles_and_dates(small: Path) -> None:
    site = _built(small)
    assert "no" in _text(site / "2025" / "index.html")
    assert (site / "papers" / "hep-th-9901001" / "index.html").is_file()
    assert "Without a date" in _text(site / "dates" / "index.html")
    assert "cs.LG" in _text(site / "tags" / "cs.lg" / "index.html")


def test_feeds_and_sitemap_follow_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://user.github.io/repo/")
    build.build(ROOT / "mkdocs.yml", tmp_path / "site")
    count = 0
    for name, rule in RULES.items():
        for file in (tmp_path / "site").rglob(name):
            count += 1
            assert rule(file.read_bytes()) == [], file
    assert count > 100
    tree = lxml.etree.parse(str(tmp_path / "site" / "sitemap.xml"))
    listed = tree.xpath("//*[local-name() = 'loc']/text()")
    pages = {
        "https://user.github.io/repo/" + file.parent.relative_to(tmp_path / "site").as_posix() + "/"
        for file in (tmp_path / "site").rglob("index.html")
        if b'http-equiv="refresh"' not in file.read_bytes()
    }
    assert set(listed) == {page.replace("/repo/./", "/repo/") for page in pages}


def test_mkdocs_builds_the_same_site(small: Path) -> None:
    ours = _files(_built(small))
    shutil.rmtree(small / "site")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=small, check=True, capture_output=True)
    theirs = _files(small / "site")
    assert {name for name in ours if name not in theirs} <= {".sitegen-spare"}
    assert {name: data for name, data in theirs.items() if ours.get(name) != data} == {}


def test_the_same_bytes_everywhere(small: Path) -> None:
    """Hash seed, time zone, locale, and the folder one stands in make no difference."""
    sites = []
    for number, seed in enumerate(("0", "1")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Kiritimati" if number else "UTC"}
        environment["LC_ALL"] = "C" if number else "C.UTF-8"
        command = [sys.executable, "-m", "sitegen", "build", "-f", str(small / "mkdocs.yml")]
        subprocess.run(command, cwd=small if number else "/", env=environment, check=True, capture_output=True)
        sites.append(_files(small / "site"))
        shutil.rmtree(small / "site")
    assert sites[0] == sites[1]


def test_a_broken_page_leaves_the_old_site(small: Path) -> None:
    before = _files(_built(small))
    (small / "content" / "papers" / "broken.md").write_text("---\nid: 5\ntitle: x\n---\n")
    with pytest.raises(ProblemsFound, match=r"content/papers/broken.md:2: error: id"):
        _built(small)
    assert _files(small / "site") == before


def test_a_page_that_is_removed_leaves_a_word_and_its_aliases_lead_on(small: Path) -> None:
    page = next((small / "content" / "papers").rglob("2503.00002.md"))
    line = (
        '{"id": "2503.00001", "url": "https://doi.org/10.1234/Ab", "title": "[RETRACTED] A: order", "abstract": "c."}'
    )
    add.add(small / "content", [RawDigest("more.jsonl", line.encode())], Options(today="2026-01-01"))
    page.unlink()
    built = build.build(small / "mkdocs.yml")
    gone = [str(each).partition("\n")[0] for each in built.warnings]
    assert any('the page of "2503.00002" is gone' in each for each in gone)
    assert any("odd.md" in each and "leads to no paper's page" in each for each in gone)
    assert "was removed" in _text(small / "site" / "papers" / "2503.00002" / "index.html")
    alias = next((small / "site" / "papers").glob("10.1234-ab_*/index.html"))
    assert 'content="0; url=../../papers/2503.00001/"' in alias.read_text()


def test_notes_are_markdown_and_sanitised(small: Path) -> None:
    page = next((small / "content" / "papers").rglob("2503.00001.md"))
    note = "\nRead *twice*.\n\n<script>alert(1)</script><img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))\n"
    page.write_text(page.read_text() + note)
    html = (_built(small) / "papers" / "2503.00001" / "index.html").read_text()
    assert "Read <em>twice</em>." in html
    assert "alert(1)" not in html.replace("<code>", "")


def test_links_are_not_followed(small: Path, sitegen: Sitegen) -> None:
    (small / "secret").write_text("id: 1\n")
    (small / "content" / "pages" / "h.txt").symlink_to(small / "secret")
    (small / "content" / "papers" / "x.md").symlink_to(small / "secret")
    assert sitegen("check").status == 1
    ran = sitegen("build")
    assert ran.status == 1
    assert ran.err == (
        "content/pages/h.txt: error: a symbolic link is not followed\n    put the file itself here\n"
        "content/papers/x.md: error: a symbolic link is not followed\n    put the file itself here\n"
    )


def test_a_hand_written_page_at_an_address_of_ours_is_named(small: Path, sitegen: Sitegen) -> None:
    (small / "content" / "pages" / "2025.md").write_text("# Mine\n")
    assert 'a page of content/pages/ stands at "/2025/", where the archive has a page' in sitegen("build").err


def test_a_human_tag_wins_and_gets_a_page(small: Path) -> None:
    page = next((small / "content" / "papers").rglob("2503.00001.md"))
    page.write_text(page.read_text().replace("links:", 'tags: ["Favourites", "-order"]\nlinks:'))
    site = _built(small)
    assert "Favourites set by the curator" in _text(site / "papers" / "2503.00001" / "index.html")
    assert "Retracted A: order" in _text(site / "tags" / "favourites" / "index.html")
    assert "Order" not in _text(site / "papers" / "2503.00001" / "index.html")
    assert (site / "tags" / "favourites" / "feed.xml").is_file()


def test_no_text_is_taken_for_the_way_to_the_root(small: Path) -> None:
    page = next((small / "content" / "papers").rglob("2503.00001.md"))
    page.write_text(page.read_text().replace("links:", 'tags: ["a\\0b<root>"]\nlinks:'))
    listed = (_built(small) / "2025" / "03" / "index.html").read_text()
    assert '<a href="../../tags/a-b-root/">a\0b&lt;root&gt;</a>' in listed


def test_lists_are_numbered_from_the_oldest(archive: Path) -> None:
    settings = (archive / "mkdocs.yml").read_text()
    (archive / "mkdocs.yml").write_text(settings.replace("papers_per_page: 50", "papers_per_page: 2"))
    lines = "".join(
        f'{{"id": "2503.0000{n}", "title": "T{n}", "abstract": "a", "date": "2025-03-0{n}", "tags": ["t"]}}\n'
        for n in range(1, 8)
    )
    add.add(archive / "content", [RawDigest("a.jsonl", lines.encode())], Options(today="2026-01-01"))
    site = _built(archive)
    assert _titles(site / "tags" / "t" / "index.html") == ["T7", "T6", "T5"]
    assert _titles(site / "tags" / "t" / "page" / "2" / "index.html") == ["T4", "T3"]
    assert _titles(site / "tags" / "t" / "page" / "1" / "index.html") == ["T2", "T1"]
    oldest = (site / "tags" / "t" / "page" / "1" / "index.html").read_bytes()
    extra = lines.splitlines()[0].replace("00001", "00008").replace("T1", "T8").replace("03-01", "03-08")
    add.add(archive / "content", [RawDigest("b.jsonl", extra.encode())], Options(today="2026-01-01"))
    site = _built(archive)
    assert _titles(site / "tags" / "t" / "index.html") == ["T8", "T7"]
    assert _titles(site / "tags" / "t" / "page" / "1" / "index.html") == ["T2", "T1"]
    assert len(oldest) > 1000


def _titles(file: Path) -> list[str]:
    page = lxml.html.parse(str(file)).getroot()
    return [a.text_content() for a in page.xpath("//ol[@class='sg-papers']/li/a")]


def test_a_new_archive_from_a_wheel(tmp_path: Path) -> None:
    """`new`, `add` and `build` from an installed wheel, outside the repository."""
    wheel, there = tmp_path / "wheel", tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(wheel), str(ROOT)], check=True)
    subprocess.run([*pip, "install", "--no-deps", "--target", str(there), str(next(wheel.iterdir()))], check=True)
    environment = {**os.environ, "PYTHONPATH": str(there)}

    def run(*arguments: str, cwd: Path) -> str:
        command = [sys.executable, "-P", "-m", "sitegen", *arguments]
        done = subprocess.run(command, cwd=cwd, env=environment, check=True, capture_output=True, text=True)
        return done.stderr

    assert "109 added" in run("new", "mine", "--sample", cwd=tmp_path)
    archive = tmp_path / "mine"
    (archive / "more.jsonl").write_text('{"title": "One more", "abstract": "a."}\n')
    run("add", "more.jsonl", cwd=archive)
    assert "Built 110 papers of 4 digests" in run("build", cwd=archive)
    assert (archive / "site" / "papers" / "one-more" / "index.html").is_file()
    assert "requirements.txt" in (archive / ".github" / "workflows" / "pages.yml").read_text()


def test_new_and_an_empty_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sitegen: Sitegen) -> None:
    monkeypatch.chdir(tmp_path)
    assert sitegen("new", "mine").status == 0
    monkeypatch.chdir(tmp_path / "mine")
    assert sitegen("check").status == 0
    assert sitegen("build").status == 0
    assert "No papers yet" in _text(tmp_path / "mine" / "site" / "index.html")
    assert load(tmp_path / "mine" / "content").archive.papers == ()

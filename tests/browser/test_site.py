"""The sample's site as readers meet it: in Chromium, under a sub-path as on GitHub Pages, on a phone and a desktop."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from sitegen.build import build
from sitegen.render.figures import Figures, Quality
from tests.conftest import ROOT

PAGES = {
    "home": "",
    "paper": "papers/2503.09402/",
    "paper of many authors": "papers/2503.08638/",
    "paper without ids": "papers/instantid-zero-shot-identity-preserving-generation-in-seconds/",
    "day": "2025/03/14/",
    "month": "2025/03/",
    "year": "2025/",
    "dates": "dates/",
    "tags": "tags/",
    "tag": "tags/diffusion-models/",
    "digests": "digests/",
    "digest": "digests/2025-03-14-trending/",
    "search": "search/",
    "search with hits": "search/?q=diffusion",
    "quality of the search": "search/quality/",
    "feeds": "feeds/",
    "about": "about/",
    "not found": "404.html",
}
QUALITY = Quality(109, (Figures("exact title", "The whole title.", 100, 99, 100, (20_000, 40_000), (8.0, 16.0)),))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's site, in a folder `repo` below the server's root."""
    folder = tmp_path_factory.mktemp("mounted")
    for name in ("mkdocs.yml", "content"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    build(folder / "mkdocs.yml", folder / "served" / "repo", "https://user.github.io/repo/", quality=QUALITY)
    return folder / "served"


@pytest.fixture(scope="module")
def home(site: Path, serve: Callable[[Path], str]) -> str:
    return serve(site) + "repo/"


@pytest.fixture(params=[("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)], ids=lambda p: f"{p[0]}-{p[1]}")
def page(request: pytest.FixtureRequest, browser: Browser, home: str) -> Iterator[Page]:
    """A page in one colour scheme and width; a request that leaves the host, or an error in the console, fails."""
    scheme, width = request.param
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    faults: list[str] = []
    host = home.removesuffix("repo/")
    page.on("request", lambda r: None if r.url.startswith((host, "data:")) else faults.append(f"request: {r.url}"))
    page.on("response", lambda r: faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.on("console", lambda m: faults.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    yield page
    context.close()
    assert faults == []


def _open(page: Page, url: str) -> None:
    page.goto(url)
    if "?q=" in url:
        page.wait_for_selector("[data-search-results][data-ready]", state="attached")


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_fit_the_screen_and_stay_on_their_host(name: str, page: Page, home: str) -> None:
    if name == "not found":
        pytest.skip("its links are absolute; see test_the_404_page_leads_home")
    _open(page, home + PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_the_404_page_leads_home(page: Page, home: str) -> None:
    _open(page, home + "404.html")
    links = page.eval_on_selector_all("main a", "all => all.map(a => new URL(a.href).pathname)")
    assert {"/repo/dates/", "/repo/tags/", "/repo/digests/"} <= set(links)


def test_the_first_screen_of_a_phone_says_what_this_is_and_what_is_new(browser: Browser, home: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(home)
    inside = ["h1", "main input[type=search]", "main a[href$='feeds/']", ".sg-latest", ".sg-titles li:nth-child(3)"]
    for selector in inside:
        box = page.locator(selector).first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 740, selector
    assert page.locator("section:not(:has(li, p))").count() == 0
    page.close()


def test_without_javascript_everything_but_the_search_works(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home)
    page.click(".sg-titles a >> nth=0")
    assert page.url.startswith(home + "papers/")
    page.click("text=Why these tags?")
    assert page.locator(".sg-tags small").first.is_visible()
    page.click(".sg-tags a >> nth=0")
    assert "/tags/" in page.url
    page.goto(home + "search/")
    assert "needs JavaScript" in page.inner_text("main")
    context.close()


def test_the_header_box_leads_to_hits(browser: Browser, home: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(home + "papers/2503.09402/")
    page.wait_for_selector(".sg-menu", state="attached")
    page.keyboard.press("/")
    page.keyboard.type("diffusion")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-search-results][data-ready] [data-paper-id]")
    assert page.url == home + "search/?q=diffusion"
    page.close()


def test_the_menu_of_a_phone_works_by_keyboard(browser: Browser, home: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(home)
    inside = "document.activeElement.closest('.md-sidebar') !== null"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert not page.evaluate(inside)
    page.focus("header button.sg-menu")
    page.keyboard.press("Enter")
    page.wait_for_function(inside)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Menu"
    page.close()


def test_bibtex_can_be_copied(browser: Browser, home: str) -> None:
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(home + "papers/2503.09402/")
    page.click(".sg-copy")
    page.wait_for_function("document.querySelector('.sg-copy').textContent === 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.inner_text(".sg-cite code")
    assert copied.startswith("@misc{lin2025vlog,")
    context.close()


def test_no_page_is_without_its_links(site: Path) -> None:
    """Every link, style, script and picture of every page is a file of the site."""
    root = site / "repo"
    known = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    missing: set[tuple[str, str]] = set()
    count = 0
    for file in sorted(root.rglob("*.html")):
        at = file.relative_to(root).as_posix()
        for target in _targets(lxml.html.parse(str(file)).getroot()):
            url = urldefrag(urljoin(f"https://user.github.io/repo/{at}", target))[0].split("?")[0]
            if url.startswith("https://user.github.io/repo/"):
                count += 1
                path = url.removeprefix("https://user.github.io/repo/")
                path = path + "index.html" if path.endswith("/") or not path else path
                if path not in known:
                    missing.add((at, target))
    assert missing == set()
    assert count > 5_000


def _targets(root: Any) -> Iterator[str]:
    for element in root.iter():
        for name in ("href", "src", "action"):
            if isinstance(element.tag, str) and element.get(name):
                yield element.get(name)

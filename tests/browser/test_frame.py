"""What stands around a page: made by frame.js, once for the whole site, under the strictest policy."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from sitegen.build import build
from tests.conftest import ROOT

PAPER = "papers/2503.09402/"
POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'"
SCHEME = "document.body.dataset.mdColorScheme"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    folder = tmp_path_factory.mktemp("framed")
    for name in ("mkdocs.yml", "content"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    build(folder / "mkdocs.yml", folder / "served" / "repo", "https://user.github.io/repo/")
    return serve(folder / "served") + "repo/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A wide, dark page on which every fault counts."""
    context = browser.new_context(color_scheme="dark", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def _strictly(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, headers={**response.headers, "content-security-policy": POLICY})


@pytest.mark.parametrize("url", ["", PAPER, "search/?q=diffusion", "2025/03/", "tags/"])
def test_pages_need_no_script_of_their_own(page: Page, home: str, url: str) -> None:
    page.route("**/*", _strictly)
    page.goto(home + url, wait_until="networkidle")
    assert page.evaluate("typeof component$") == "object"
    assert page.locator("header .md-logo svg").is_visible()


def test_what_material_searches_with_is_not_fetched(page: Page, home: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(home + PAPER, wait_until="networkidle")
    assert not [url for url in asked if "search_index" in url or "worker" in url or "sitemap" in url]


def test_colors_and_header_do_not_wait_for_materials_bundle(page: Page, home: str) -> None:
    page.route("**/bundle.*.js", lambda route: route.fulfill(body=f"window.before = {SCHEME}"))
    page.goto(home + PAPER)
    assert page.evaluate("before") == "slate"
    assert page.locator("header input[type=search]").is_visible()
    assert page.inner_text(".md-tabs__item--active") == "Digests"
    assert page.locator(".md-tabs a").evaluate_all("all => all.map(a => new URL(a.href).pathname)") == [
        *("/repo/", "/repo/digests/", "/repo/dates/", "/repo/tags/", "/repo/search/", "/repo/about/"),
    ]


def test_links_of_the_content_stay_as_they_are(page: Page, home: str) -> None:
    page.goto(home + PAPER)
    assert page.get_attribute("article .sg-dates a", "href") == "../../2025/03/13/"


def test_the_chosen_colors_stay_from_page_to_page(page: Page, home: str) -> None:
    page.goto(home + PAPER)
    assert page.evaluate(SCHEME) == "slate"
    page.click("label[for=__palette_1]")
    page.wait_for_function(f"{SCHEME} === 'default'")
    for url in ("tags/", "about/", ""):
        page.goto(home + url)
        assert page.evaluate(SCHEME) == "default"


def test_the_header_shows_the_title_of_a_scrolled_page(page: Page, home: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 300})
    page.goto(home + PAPER)
    page.mouse.wheel(0, 400)
    page.wait_for_selector(".md-header__title--active")
    assert page.inner_text("[data-md-component=header-topic]").startswith("VLog: ")


def test_without_javascript_the_footer_reaches_every_section(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(home + PAPER)
    links = page.locator("footer a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert links == [f"../../{name}/" for name in ("digests", "dates", "tags", "search", "feeds", "about")]
    page.click("header a")
    assert page.url == home
    context.close()

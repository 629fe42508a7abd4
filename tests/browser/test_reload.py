"""The preview in a browser: a page shows an edit by itself."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sitegen.problems import ProblemsFound, problem
from sitegen.serve.preview import Preview

# The strictest policy under which a site of ours works: its own scripts only, none within the page.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


def build_from(source: Path, folder: Path) -> Path:
    text = source.read_text(encoding="utf-8")
    if "broken" in text:
        raise ProblemsFound([problem("preview-failed", file=source.name, error=text)])
    folder.mkdir(exist_ok=True)
    page = f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{POLICY}"><body><p>{text}</p></body>'
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "page.md"
    file.write_text("first", encoding="utf-8")
    return file


@pytest.fixture
def url(source: Path, tmp_path: Path) -> Iterator[str]:
    ready = threading.Event()
    preview = Preview(
        lambda: build_from(source, tmp_path / "built"),
        [source],
        "127.0.0.1",
        0,
        path="/repo/",
        on_problems=lambda _found: None,
    )
    with preview:
        thread = threading.Thread(target=preview.run, args=(lambda _url: ready.set(),))
        thread.start()
        assert ready.wait(20)
        yield preview.url
        preview.stop()
        thread.join(20)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_a_page_reloads_after_each_edit(page: Page, url: str, source: Path) -> None:
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(url)
    expect(page.locator("p")).to_have_text("first")
    for text in ("second", "third"):
        source.write_text(text, encoding="utf-8")
        expect(page.locator("p")).to_have_text(text, timeout=20_000)
    assert [error for error in errors if "favicon" not in error] == []


def test_a_broken_edit_keeps_the_page(page: Page, url: str, source: Path) -> None:
    page.goto(url)
    source.write_text("broken", encoding="utf-8")
    page.wait_for_timeout(700)
    expect(page.locator("p")).to_have_text("first")
    source.write_text("mended", encoding="utf-8")
    expect(page.locator("p")).to_have_text("mended", timeout=20_000)


class TestBrokenAtFirst:
    @pytest.fixture
    def source(self, tmp_path: Path) -> Path:
        file = tmp_path / "page.md"
        file.write_text("broken <img src=x onerror=alert(1)>", encoding="utf-8")
        return file

    def test_the_messages_give_way_to_the_site(self, page: Page, url: str, source: Path) -> None:
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.goto(url)
        expect(page.locator("pre")).to_contain_text("the site could not be built: broken <img src=x onerror=alert(1)>")
        source.write_text("mended", encoding="utf-8")
        expect(page.locator("p")).to_have_text("mended", timeout=20_000)
        assert dialogs == []

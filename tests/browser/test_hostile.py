"""Hostile digests in real Chromium: no payload runs on any page, and the same payloads do run on a raw page.

The tripwire is a report-only Content-Security-Policy that allows the frame's own scripts by hash: whatever else tries
to run, inline handlers and `javascript:` links included, is counted, whatever its code does.
"""

import base64
import gzip
import hashlib
import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import lxml.html
import pytest
from playwright.sync_api import Browser, Page, TimeoutError

from sitegen import add, build, identity
from sitegen.add.state import Options
from sitegen.intake.raw import RawDigest
from tests.conftest import ROOT, SHARED, load

OWN = [
    "<img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<script>alert(1)</script>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<style onload=alert(1)></style>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<audio src=x onerror=alert(1)></audio>",
    "<object data=x onerror=alert(1)></object>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    "--><img src=x onerror=alert(1)>",
    "]]><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<embed src=javascript:alert(1)><img src=x onerror=alert(1)>",
    "<scr<script>ipt>alert(1)</script><img src=x onerror=alert(1)>",
]
# These cannot run when they stand raw in a page: they wait for a renderer that un-escapes, links or expands.
DORMANT = [
    "&lt;img src=x onerror=alert(1)&gt;",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "[r]: javascript:alert(1)\n\n[r]",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\text{<img src=x onerror=alert(1)>}$",
    "\\href{javascript:alert(1)}{x} \\url{javascript:alert(1)}",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "@@sitegen:content@@<img src=x onerror=alert(1)>",
    "`<img src=x onerror=alert(1)>`",
]
SHARE = 60
COUNT = """
window.__fired = [];
document.addEventListener("securitypolicyviolation", (event) => {
    window.__fired.push(`${event.violatedDirective} ${event.sample} ${event.blockedURI}`);
});
"""
ATTRIBUTES = r"""() => {
    const links = /^(href|src|action|formaction|xlink:href)$/;
    const runs = (attribute) => attribute.name.startsWith("on")
        || (links.test(attribute.name) && /^\s*(javascript|data|vbscript):/i.test(attribute.value));
    const all = [...document.querySelectorAll("*")];
    return all.filter((element) => [...element.attributes].some(runs)).map((element) => element.outerHTML);
}"""


def _shared_live() -> list[str]:
    """A share of the payloads that are known to run in Chromium."""
    index, corpus = SHARED / "hostile" / "live-ci.json", SHARED / "hostile" / "html.jsonl.gz"
    if not index.exists() or not corpus.exists():
        return []
    live = set(json.loads(index.read_text())["ids"])
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    found = [case["payload"] for case in cases if case["id"] in live and len(case.get("payload", "")) < 2_000]
    return found[:: max(1, len(found) // SHARE)]


PAYLOADS = [*OWN, *DORMANT, *_shared_live()]


class _Handler(SimpleHTTPRequestHandler):
    policy = ""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy-Report-Only", self.policy)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def _digest() -> bytes:
    """One paper a payload, which stands in its title, authors, tags, abstract, link and id."""
    lines = [
        {
            "id": payload,
            "title": f"{number} {payload}",
            "abstract": f"Before {payload} after.",
            "authors": [payload, f"A {payload}"],
            "url": f"https://example.org/?x={payload}",
            "tags": [payload, f"tag {payload}", "common"],
            "date": "2025-03-14",
        }
        for number, payload in enumerate(PAYLOADS)
    ]
    bad = [
        {"id": f"bad-{number}", "title": f"Bad link {payload}", "abstract": "a", "url": payload}
        for number, payload in enumerate(OWN)
    ]
    return "".join(json.dumps(line) + "\n" for line in (*lines, *bad)).encode("utf-8", "replace")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """(content, URL of the site) of an archive of payloads, every tag with a page, under the tripwire."""
    folder = tmp_path_factory.mktemp("hostile")
    settings = (ROOT / "mkdocs.yml").read_text().replace("tag_threshold: 3", "tag_threshold: 1")
    (folder / "mkdocs.yml").write_text(settings)
    shutil.copytree(ROOT / "content" / "pages", folder / "content" / "pages")
    raw = RawDigest("2025-03-14-<img src=x onerror=alert(1)>.jsonl", _digest())
    report = add.add(folder / "content", [raw], Options(today="2026-01-01"))
    assert report.quarantined == 0
    build.build(folder / "mkdocs.yml")
    clean = build.build(ROOT / "mkdocs.yml", folder / "clean").published
    assert clean.files > 100
    handler = type("Handler", (_Handler,), {"policy": _policy(folder / "clean")})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder / "content", f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def _policy(site: Path) -> str:
    """The inline scripts of a site without any payload are allowed, and the site's files."""
    hashes = set()
    for url in ("", "search/", "papers/2503.09402/", "2025/03/14/", "tags/", "digests/", "feeds/"):
        for script in lxml.html.parse(str(site / url / "index.html")).getroot().iter("script"):
            if script.text and script.get("type") in (None, "module"):
                digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
                hashes.add(f"'sha256-{digest}'")
    return f"script-src 'self' {' '.join(sorted(hashes))}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.add_init_script(COUNT)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    yield page
    context.close()


def _fired(page: Page, url: str) -> list[str]:
    page.goto(url, wait_until="load")
    if "/search/" in url:
        page.wait_for_selector("[data-search-results][data-ready]", state="attached")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.mouse.move(200, 300)
    return [*page.evaluate("window.__fired"), *page.evaluate(ATTRIBUTES)]


def test_nothing_runs_on_any_page(hostile: tuple[Path, str], page: Page) -> None:
    content, home = hostile
    archive = load(content).archive
    assert len(archive.papers) == len(PAYLOADS) + len(OWN)
    urls = ["", "tags/", "digests/", "dates/", "feeds/", "2025/", "2025/03/", "2025/03/14/", "tags/common/"]
    urls += [identity.digest_url(digest.id) for digest in archive.digests]
    urls += [identity.paper_url(paper.id) for paper in archive.papers]
    urls += [identity.tag_url(identity.tag_slug(payload)) for payload in OWN]
    fired = {url: found for url in urls if (found := _fired(page, home + url))}
    assert fired == {}
    shown = page.goto(home + identity.paper_url(OWN[0]))
    assert shown is not None
    assert OWN[0] in page.inner_text("h1")


def test_nothing_runs_in_the_search(hostile: tuple[Path, str], page: Page) -> None:
    _, home = hostile
    queries = ["before", "alert", "img", "common", *OWN, *DORMANT]
    fired = {query: found for query in queries if (found := _fired(page, f"{home}search/?q={quote(query)}"))}
    assert fired == {}
    page.goto(f"{home}search/?q=before")
    page.wait_for_selector("[data-search-results][data-ready] [data-paper-id]")


def test_the_same_payloads_run_on_a_raw_page(hostile: tuple[Path, str], page: Page) -> None:
    content, home = hostile
    raw = content.parent / "site" / "raw.html"
    silent = []
    for payload in OWN:
        raw.write_text(f"<!doctype html><meta charset=utf-8><title>{payload}</title><body>{payload}")
        page.goto(home + "raw.html")
        try:
            page.wait_for_function("window.__fired.length > 0", timeout=1_500)
        except TimeoutError:
            silent.append(payload)
    assert silent == []

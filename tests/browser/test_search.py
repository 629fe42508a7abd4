"""The search page and the boxes that lead to it in a real browser, below /repo/ as on GitHub Pages."""

import gzip
import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from sitegen import add, build, identity
from sitegen.add.state import Options
from sitegen.intake.raw import RawDigest
from sitegen.model import Notice, Paper
from sitegen.search.words import joined_words, words
from sitegen.store.paper_page import write_paper
from sitegen.text.fold import fold
from tests.conftest import ROOT, load, shared

PAYLOAD = "<img src=x onerror=window.executed=1><script>window.executed=1</script>"
READY = "[data-search-results][data-ready]"
HITS = f"{READY} [data-paper-id]"
FILLED = ".sg-hit__more:not([data-waiting])"
PAGE = 10
# What a worker fetches may be past Playwright before it can hold it.
NO_WORKER = "Worker = class { constructor() { throw new Error('none') } }"

PAPERS = (
    Paper(
        "2503.00009",
        "Harbour seals remember melodies",
        authors=("Will Underwood", "Ana Ruiz", "Chen Bo", "Dora Lind"),
        abstract="Seals kept in a quiet harbour learned nine melodies. " * 12 + "A walrus listened too.",
        published="2025-03-09",
        keywords=("Marine biology", "q-bio.NC", "Biology", "Memory", "Music"),
    ),
    Paper(
        "2503.00008",
        "Remembering: a survey of harbours",
        abstract="Melodies are not discussed. Pre-training of seals is.",
        published="2025-03-08",
        hand_tags=("Biology",),
    ),
    Paper("2503.00007", "To be or not to be", abstract="On existing.", published="2025-03-07"),
    Paper("2503.00006", r"Waves after Schr\"odinger", abstract="Nothing new in C++.", published="2025-03-06"),
    Paper("hep-th/9901001", "Old strings", abstract="About $x^2$.", published="1999", aliases=("10.1234/Old.Strings",)),
    Paper(
        "hostile",
        f"Title {PAYLOAD}",
        abstract=f"Abstract {PAYLOAD} walrus",
        authors=(PAYLOAD,),
        hand_tags=(PAYLOAD,),
    ),
    Paper("basalt-columns", "Columns of layered basalt", published="2025-03-04"),
    Paper("basalt", "Basalt", published="2025-03-03"),
    Paper("gone", "Cold fusion in a teacup", notice=Notice("withdrawn"), published="2025-03-05"),
    *(
        Paper(
            f"2502.{number:05}",
            f"Granite number {number}",
            abstract="Stone.",
            published=f"{2023 + number % 3}-02-{number:02}",
            hand_tags=("Geology",) if number % 2 else (),
            links=(("code", "https://github.com/a/granite"),) if number % 7 == 0 else (),
        )
        for number in range(1, 29)
    ),
)
# Of 2025, of 2024, of 2023.
GRANITE = tuple(f"2502.{number:05}" for rest in (2, 1, 0) for number in range(28, 0, -1) if number % 3 == rest)


def write_site(folder: Path, papers: Sequence[Paper]) -> Path:
    """The site of an archive with these papers, in folder/repo/, where every tag of two papers has a page."""
    content = folder / "archive" / "content"
    shutil.copytree(ROOT / "content" / "pages", content / "pages")
    settings = (ROOT / "mkdocs.yml").read_text().replace("tag_threshold: 3", "tag_threshold: 2")
    (content.parent / "mkdocs.yml").write_text(settings)
    (content / "papers").mkdir()
    for paper in papers:
        (content / "papers" / f"{identity.folder(paper.id)}.md").write_text(write_paper(paper))
    build.build(content.parent / "mkdocs.yml", folder / "repo")
    return folder / "repo"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, PAPERS)
    return serve(folder) + "repo/"


@pytest.fixture(scope="module")
def site(home: str) -> str:
    return home + "search/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must end without an uncaught error, an executed payload or a request to another host."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    made = context.new_page()
    made.set_default_timeout(10_000)
    problems: list[str] = []
    made.on("pageerror", lambda error: problems.append(str(error)))
    made.on("request", lambda asked: None if "//127.0.0.1:" in asked.url else problems.append(asked.url))
    yield made
    assert not made.evaluate("window.executed")
    context.close()
    assert problems == []


def ask(page: Page, site: str, query: str) -> list[str]:
    """Type the query into the page; the ids of its hits, best first."""
    if not page.url.startswith(site):
        page.goto(site)
    page.get_by_label("Search papers").fill(query)
    return shown(page)


def visit(page: Page, url: str) -> list[str]:
    page.goto(url)
    return shown(page)


def shown(page: Page) -> list[str]:
    """The ids of the hits once they have come."""
    page.wait_for_selector(READY, state="attached")
    ids: list[str] = page.eval_on_selector_all(HITS, "found => found.map(each => each.dataset.paperId)")
    return ids


def status(page: Page) -> Locator:
    return page.get_by_role("status").first


def begin(page: Page, url: str) -> None:
    """Open a page and go to its box by its key, as soon as the page's script hears it."""
    page.goto(url)
    page.wait_for_selector(".sg-menu", state="attached")
    page.keyboard.press("/")


def asked_for(page: Page, part: str) -> list[str]:
    """The paths of the requests whose path holds `part`, from now on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if part in request.url else None)
    return found


def test_an_exact_title_comes_first(page: Page, site: str) -> None:
    for paper in PAPERS:
        if paper.id != "hostile":
            assert ask(page, site, paper.title)[0] == paper.id, paper.title


FIRST = (
    ("Schrodinger", "2503.00006"),
    ("Schrödinger", "2503.00006"),
    ("schro", "2503.00006"),
    ("existin", "2503.00007"),
    ("hep-th/9901001", "hep-th/9901001"),
    ("arXiv:hep-th/9901001v2", "hep-th/9901001"),
    ("https://doi.org/10.1234/old.strings", "hep-th/9901001"),
    ("2503.00009", "2503.00009"),
    ("https://arxiv.org/pdf/2503.00009v3.pdf", "2503.00009"),
    ("c++", "2503.00006"),
    ("underwood", "2503.00009"),
    ("author:will", "2503.00009"),
    ("melodys", "2503.00009"),
    ("survey", "2503.00008"),
)


def test_finds(page: Page, site: str) -> None:
    assert [(query, ask(page, site, query)[0]) for query, _ in FIRST] == [*FIRST]


def test_finds_a_title_that_begins_with_common_words(page: Page, site: str) -> None:
    assert ask(page, site, "to be or") == ["2503.00007"]


EXACTLY = (
    ("tags:memory", ["2503.00009"]),
    ("tag:marine-biology", ["2503.00009"]),
    ("tags:q-bio.nc", ["2503.00009"]),
    ('tags:"marine biology"', ["2503.00009"]),
    ("walrus -harbour", ["hostile"]),
    ("+harbour +walrus", ["2503.00009"]),
    ("title:melodies", ["2503.00009"]),
    ("*odinger", ["2503.00006"]),
    ("harbuor~2 +walrus", ["2503.00009", "hostile"]),
    ("pretraining", ["2503.00008"]),
    ("2502.00011", ["2502.00011"]),
    ("year:1999", ["hep-th/9901001"]),
    ("year:1990..2022", ["hep-th/9901001"]),
    ("has:code year:2025", ["2502.00014"]),
    ('"quiet harbour"', ["2503.00009"]),
)


def test_finds_exactly(page: Page, site: str) -> None:
    assert [(query, ask(page, site, query)) for query, _ in EXACTLY] == [*EXACTLY]


def test_all_words_come_before_some(page: Page, site: str) -> None:
    assert ask(page, site, "melodies walrus")[:1] == ["2503.00009"]
    expect(status(page)).to_have_text("1 paper with all words, 2 more with some")
    ask(page, site, "teacup schrodinger")
    expect(status(page)).to_have_text("No paper with all words, 2 papers with some")


def test_newest_first_where_all_else_is_equal(page: Page, site: str) -> None:
    assert ask(page, site, "granite") == [*GRANITE[:PAGE]]


BAD = (
    *(
        "foo: bar",
        "foo:bar",
        "+",
        "-",
        "~",
        "^1",
        '"',
        '""',
        "*",
        "a~9",
        "title:",
        "+title:",
        "\\",
        "walrus^",
        ":",
        "[",
        "(?:",
    ),
    *(
        "__proto__",
        "constructor",
        "tags:__proto__",
        "%00",
        "\u202e",
        "\ud800",
        "*a" * 200,
        "x" * 10_000,
        "a b* c~2 " * 1000,
    ),
)


def test_no_query_is_an_error(page: Page, site: str) -> None:
    for query in BAD:
        ask(page, site, query)
        assert page.locator("[data-search-error]").is_hidden(), query


def test_a_bad_query_in_the_address_is_answered(page: Page, site: str) -> None:
    assert visit(page, f"{site}?q=%2B~%5E1%3A%22{'x' * 3000}") == []
    expect(status(page)).to_contain_text("No paper found")


def test_an_unknown_field_is_a_word_and_a_hint(page: Page, site: str) -> None:
    assert ask(page, site, "wlarus:granite")
    expect(page.locator("[data-search-note]")).to_contain_text("no field “wlarus”")


def test_an_id_of_no_paper_is_said_to_be_missing(page: Page, site: str) -> None:
    assert ask(page, site, "arXiv:2503.99999v1") == []
    expect(page.locator("[data-search-note]")).to_have_text("“arXiv:2503.99999v1” is not in the archive.")
    ask(page, site, f"10.1234/{PAYLOAD.replace(' ', '')}")
    expect(page.locator("[data-search-note]")).to_contain_text("is not in the archive.")
    expect(page.locator("[data-search-note] *")).to_have_count(0)


def test_payloads_stay_text(page: Page, site: str) -> None:
    visit(page, f"{site}?q={PAYLOAD}&tag={PAYLOAD}&year={PAYLOAD}")
    expect(page.locator(".sg-chip")).to_have_text([re.compile("^<img src=x")])
    page.locator(".sg-chip").click()
    assert ask(page, site, f"Title {PAYLOAD}")[0] == "hostile"
    hit = page.locator(HITS).first
    expect(hit.get_by_role("heading")).to_have_text(f"Title {PAYLOAD}")
    expect(hit.locator("p").last).to_have_text(f"Abstract {PAYLOAD} walrus")
    expect(hit.locator(".sg-tag")).to_have_text(PAYLOAD)
    assert page.locator("[data-search] :is(img, script:not([src]))").count() == 0


HOSTILE_PAGE = f"""<title>x</title>{PAYLOAD}<article data-paper-id=teacup><ul class=sg-tags><li><a href=x>other</a></ul>
</article><article data-paper-id=gone>{PAYLOAD}
<div class=sg-abstract><p>Cold &lt;b&gt;fusion&lt;/b&gt; {PAYLOAD}</p></div>
<ul class=sg-tags><li><a href="javascript:window.executed=1">js</a><li><a href="//elsewhere.example/">far</a>
<li><a href="https://127.0.0.1/">port</a><li><a href="http://[">bad</a><li><a href="data:text/html,x">data</a>
<li><a href="../../tags/ok/?x=%22onclick">fine</a></ul></article>"""


def test_a_hostile_page_of_a_paper_stays_text(page: Page, home: str, site: str) -> None:
    page.route("**/papers/gone/", lambda route: route.fulfill(body=HOSTILE_PAGE, content_type="text/html"))
    requests = asked_for(page, "/x")
    visit(page, f"{site}?q=teacup")
    hit = page.locator(HITS)
    expect(hit.locator(".sg-tag")).to_have_text("fine")
    assert hit.locator(".sg-tag").get_attribute("href") == f"{home}tags/ok/?x=%22onclick"
    expect(hit.locator(".sg-hit__snippet")).to_have_text("Cold <b>fusion</b> window.executed=1")
    assert hit.locator("img, script, b").count() == 0
    assert requests == []


def test_a_hit_shows_why_it_was_found(page: Page, site: str) -> None:
    ask(page, site, "+walrus +melodies")
    hit = page.locator(HITS).first
    expect(hit.locator("h2 mark")).to_have_text(["melodies"])
    expect(hit.locator("p mark").last).to_have_text("walrus")
    expect(hit.locator("time")).to_have_text("2025-03-09")
    expect(hit).to_contain_text("Will Underwood, Ana Ruiz, Chen Bo")


@pytest.mark.parametrize(
    ("query", "marked"),
    [("データ", ["デ", "ー", "タ"]), ("gpt", ["GPT"]), ("模型", ["模", "型"]), ("don't", ["Don’t"])],
)
def test_words_of_any_script_are_marked(
    page: Page, tmp_path: Path, serve: Callable[[Path], str], query: str, marked: list[str]
) -> None:
    write_site(tmp_path, [Paper("1", "Don’t fear データ: GPT模型")])
    ask(page, serve(tmp_path) + "repo/search/", query)
    expect(page.locator(f"{HITS} h2 mark")).to_have_text(marked)


def test_links_lead_to_the_pages_of_papers_and_tags(page: Page, home: str, site: str) -> None:
    ask(page, site, "+walrus +melodies")
    page.wait_for_selector(f"{HITS} {FILLED}")
    links = page.eval_on_selector_all(f"{HITS} a", "found => found.map(each => each.href)")
    rare = [f"{site}?q=tag%3A{slug}" for slug in ("marine-biology", "q-bio.nc", "memory")]
    assert links == [f"{home}papers/2503.00009/", f"{home}tags/biology/", *rare]


def test_pages_are_fetched_for_hits_in_view_and_once(page: Page, site: str) -> None:
    pages = asked_for(page, "/papers/")
    page.set_viewport_size({"width": 1280, "height": 400})
    visit(page, f"{site}?q=granite")
    page.wait_for_selector(f"{HITS} {FILLED}")
    page.wait_for_load_state("networkidle")
    assert 0 < len(pages) < PAGE
    for hit in page.locator(HITS).all():
        hit.scroll_into_view_if_needed()
        hit.locator(FILLED).wait_for()
    expect(page.locator(f"{HITS} {FILLED}")).to_have_count(PAGE)
    ask(page, site, "granite numb")
    expect(page.locator(f"{HITS} .sg-hit__snippet").first).to_have_text("Stone.")
    assert len(pages) == len(set(pages)) == PAGE


def test_no_page_is_fetched_for_hits_that_pass(page: Page, site: str) -> None:
    pages = asked_for(page, "/papers/")
    page.goto(site)
    page.evaluate(
        """async () => {
            const box = document.querySelector("[data-search] input");
            for (const value of ["teacup", "harbour", "granite", "string"]) {
                box.value = value;
                box.dispatchEvent(new Event("input"));
                await new Promise((resolve) => { setTimeout(resolve, 120); });
            }
        }"""
    )
    page.wait_for_selector(f"{HITS} {FILLED}")
    assert [url.split("/")[-2] for url in pages] == ["hep-th-9901001"]


def test_a_hit_stands_without_its_page(page: Page, site: str) -> None:
    page.route("**/papers/**", lambda route: route.fulfill(status=503))
    assert visit(page, f"{site}?q=seals") == ["2503.00009", "2503.00008"]
    expect(page.locator(f"{HITS} {FILLED}")).to_have_count(2)
    assert page.locator(".sg-hit__snippet, .sg-hit .sg-tags").count() == 0


def test_a_notice_stands_before_the_title(page: Page, site: str) -> None:
    ask(page, site, "teacup")
    expect(page.locator(HITS).get_by_role("heading")).to_have_text("Withdrawn Cold fusion in a teacup")


def test_show_more(page: Page, site: str) -> None:
    assert len(ask(page, site, "granite")) == PAGE
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(HITS)).to_have_count(2 * PAGE)
    expect(page.locator(HITS).nth(PAGE).get_by_role("link").first).to_be_focused()
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(HITS)).to_have_count(28)
    assert shown(page) == [*GRANITE]
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()
    expect(page.locator(f"{HITS} .sg-hit__snippet").last).to_have_text("Stone.")


def test_the_address_is_the_state(page: Page, site: str) -> None:
    ask(page, site, "granite")
    page.keyboard.press("Enter")
    ask(page, site, "tags:biology")
    expect(page).to_have_url(f"{site}?q=tags%3Abiology")
    page.go_back()
    expect(page).to_have_url(f"{site}?q=granite")
    expect(page.locator(HITS)).to_have_count(PAGE)
    expect(page).to_have_title("granite - Search - Paper archive")
    page.reload()
    expect(page.get_by_label("Search papers")).to_have_value("granite")
    expect(page.locator(HITS)).to_have_count(PAGE)


def top_of(hit: Locator) -> float:
    return float(hit.evaluate("each => each.getBoundingClientRect().top"))


@pytest.mark.parametrize("path", ["?q=granite", "?q=granite&year=2023..&sort=date"])
def test_back_leads_to_the_hit_that_was_left(page: Page, home: str, site: str, path: str) -> None:
    visit(page, site + path)
    for count in (2 * PAGE, 28):
        page.get_by_role("button", name="Show more").click()
        expect(page.locator(HITS)).to_have_count(count)
    for number in (5, 12, 18):
        page.locator(HITS).nth(number).scroll_into_view_if_needed()
        page.locator(f"{HITS} {FILLED}").nth(number - 3).wait_for()
    hit = page.locator(HITS).nth(17)
    # Until the place is kept, and what is filled above it stands.
    page.wait_for_timeout(300)
    before, title = top_of(hit), hit.get_by_role("link").first
    assert 0 < before < 800
    left = title.get_attribute("href") or ""
    title.click()
    page.wait_for_url(left)
    page.go_back()
    expect(page.locator(HITS)).to_have_count(28)
    assert abs(top_of(hit) - before) < 3
    assert title.get_attribute("href") == left
    expect(page.locator("body")).to_be_focused()


def test_a_search_after_another_begins_at_its_first_hits(page: Page, site: str) -> None:
    visit(page, f"{site}?q=granite")
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(HITS)).to_have_count(2 * PAGE)
    page.get_by_label("Sort by").select_option("date")
    expect(page.locator(HITS)).to_have_count(PAGE)
    page.go_back()
    expect(page.locator(HITS)).to_have_count(2 * PAGE)
    page.go_forward()
    expect(page.locator(HITS)).to_have_count(PAGE)


def choices(page: Page, group: str) -> list[str]:
    """What can be chosen in a part of the filters: "2024 9", the number being that of papers."""
    found = page.get_by_role("group", name=group).get_by_role("listitem").get_by_role("button")
    expect(found).not_to_have_count(0)
    return [text.removesuffix(" papers").removesuffix(" paper") for text in found.all_text_contents()]


def choose(page: Page, group: str, name: str) -> None:
    page.get_by_role("group", name=group).get_by_role("button", name=re.compile(f"^{name} ")).click()


def chips(page: Page) -> Locator:
    return page.get_by_role("list", name="Filters in use").get_by_role("button")


def test_filters_are_counted_when_they_are_opened(page: Page, site: str) -> None:
    visit(page, f"{site}?q=granite")
    panel = page.locator("[data-search-filters]")
    assert panel.get_attribute("open") is None
    panel.get_by_text("Filters").click()
    assert choices(page, "Year") == ["2025 9", "2024 10", "2023 9"]
    assert choices(page, "Tag") == ["Geology 14"]
    assert choices(page, "Code") == ["Has code 4"]
    ask(page, site, "+granite has:code")
    expect(page.get_by_role("group", name="Tag")).to_contain_text("Geology 2")


def test_the_commonest_tags_of_what_was_found_are_offered(
    page: Page, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    marble = [Paper(f"m{n}", f"Marble {n}", hand_tags=tuple(f"Kind {k:02}" for k in range(15))) for n in range(3)]
    chalk = [Paper(f"c{n}", f"Chalk {n}", hand_tags=("Soft", "White") if n else ("Soft",)) for n in range(3)]
    write_site(tmp_path, [*marble, *chalk])
    site = serve(tmp_path) + "repo/search/"
    visit(page, f"{site}?q=chalk")
    page.locator("summary", has_text="Filters").click()
    assert choices(page, "Tag") == ["Soft 3", "White 2"]
    more = page.get_by_role("button", name=re.compile("more tag"))
    expect(more).to_be_hidden()
    visit(page, f"{site}?q=marble&tag=kind-14")
    expect(page.get_by_role("button", name="Kind 14 ", pressed=True)).to_be_visible()
    assert choices(page, "Tag") == [f"Kind {k:02} 3" for k in (*range(12), 14)]
    expect(more).to_have_text("2 more tags")
    more.click()
    assert choices(page, "Tag")[10:] == [f"Kind {k:02} 3" for k in range(10, 15)]
    expect(page.get_by_role("button", name="Kind 12 ")).to_be_focused()
    expect(more).to_be_hidden()


def test_filters_narrow_what_is_found(page: Page, site: str) -> None:
    ask(page, site, "granite")
    page.locator("summary", has_text="Filters").click()
    choose(page, "Year", "2024")
    expect(chips(page)).to_have_text([re.compile("2024")])
    assert shown(page) == [*GRANITE[9:19]]
    # A choice does not take its alternatives away.
    assert choices(page, "Year") == ["2025 9", "2024 10", "2023 9"]
    expect(page.get_by_role("button", name="2024", pressed=True)).to_be_focused()
    choose(page, "Tag", "Geology")
    choose(page, "Code", "Has code")
    expect(page).to_have_url(f"{site}?q=granite&year=2024&tag=geology&code=1")
    assert shown(page) == ["2502.00007"]
    expect(chips(page)).to_have_text([re.compile(each) for each in ("2024", "Geology", "has code", "Clear all")])
    page.go_back()
    page.go_back()
    expect(chips(page)).to_have_text([re.compile("2024")])
    assert shown(page) == [*GRANITE[9:19]]
    page.go_forward()
    expect(page.get_by_role("button", name="Geology", pressed=True)).to_be_visible()
    chips(page).filter(has_text="2024").click()
    expect(page).to_have_url(f"{site}?q=granite&tag=geology")
    expect(chips(page)).to_be_focused()
    chips(page).click()
    expect(page.locator("summary", has_text="Filters")).to_be_focused()
    assert shown(page) == [*GRANITE[:PAGE]]


def test_years_can_be_a_range(page: Page, site: str) -> None:
    visit(page, f"{site}?q=granite")
    page.locator("summary", has_text="Filters").click()
    page.get_by_label("From").fill("2024")
    page.get_by_label("to", exact=True).fill("2023")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}?q=granite&year=2023..2024")
    expect(chips(page)).to_have_text([re.compile("2023–2024")])
    expect(status(page)).to_have_text("19 papers")
    page.get_by_label("to", exact=True).fill("")
    page.get_by_label("From").focus()
    expect(page).to_have_url(f"{site}?q=granite&year=2023..")
    expect(chips(page)).to_have_text([re.compile("2023 or later")])


def test_years_by_arrow_keys_are_one_step_back(page: Page, site: str) -> None:
    visit(page, f"{site}?q=granite")
    page.locator("summary", has_text="Filters").click()
    choose(page, "Tag", "Geology")
    expect(page.get_by_role("button", name="Geology", pressed=True)).to_be_visible()
    page.get_by_label("From").focus()
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    expect(page).to_have_url(f"{site}?q=granite&year=2024..&tag=geology")
    choose(page, "Code", "Has code")
    page.go_back()
    expect(page).to_have_url(f"{site}?q=granite&year=2024..&tag=geology")
    page.go_back()
    expect(page).to_have_url(f"{site}?q=granite&tag=geology")
    page.go_back()
    expect(page).to_have_url(f"{site}?q=granite")


PERMALINKS: tuple[tuple[str, list[str]], ...] = (
    ("?q=granite&year=2023&code=1", ["2502.00021"]),
    ("?q=seals&tag=biology&sort=date", ["2503.00009", "2503.00008"]),
    ("?tag=biology", ["2503.00009", "2503.00008"]),
    ("?year=1990..2020", ["hep-th/9901001"]),
    ("?code=1", ["2502.00014", "2502.00028", "2502.00007", "2502.00021"]),
    ("?tag=geology&code=1&year=2023..2024", ["2502.00007", "2502.00021"]),
    ("?tag=no-such-tag", []),
)


@pytest.mark.parametrize(("query", "found"), PERMALINKS)
def test_permalinks(page: Page, site: str, query: str, found: list[str]) -> None:
    assert visit(page, site + query) == found
    assert page.url == site + query
    filtered = bool(re.search("year|tag|code", query))
    assert page.locator("[data-search-filters]").evaluate("each => each.open") is filtered
    assert page.locator("[data-search-start]").is_hidden()


def test_a_senseless_address_is_the_start(page: Page, site: str) -> None:
    visit(page, f"{site}?year=soon&sort=up&code=no&more=1")
    expect(page.get_by_role("heading", name="For example")).to_be_visible()
    expect(chips(page)).to_have_count(0)


def test_the_whole_archive_can_be_filtered(page: Page, site: str) -> None:
    page.goto(site)
    page.locator("summary", has_text="Filters").click()
    assert choices(page, "Year") == ["2025 16", "2024 10", "2023 9", "1999 1"]
    choose(page, "Year", "1999")
    assert shown(page) == ["hep-th/9901001"]
    expect(page.get_by_label("Sort by")).to_be_hidden()


def test_the_order_can_be_chosen(page: Page, site: str) -> None:
    assert visit(page, f"{site}?q=basalt") == ["basalt", "basalt-columns"]
    page.get_by_label("Sort by").select_option("date")
    expect(page).to_have_url(f"{site}?q=basalt&sort=date")
    expect(page.locator(HITS).first).to_have_attribute("data-paper-id", "basalt-columns")
    page.go_back()
    expect(page.locator(HITS).first).to_have_attribute("data-paper-id", "basalt")
    expect(page.get_by_label("Sort by")).to_have_value("relevance")


def test_ready_is_taken_away_while_typing(page: Page, site: str) -> None:
    ask(page, site, "granite")
    ready = page.evaluate(
        """() => {
            const box = document.querySelector("[data-search] input");
            box.value = "seals";
            box.dispatchEvent(new Event("input"));
            return document.querySelector("[data-search-results]").hasAttribute("data-ready");
        }"""
    )
    assert not ready
    assert shown(page) == ["2503.00009", "2503.00008"]


def test_what_is_typed_before_the_script_comes_is_searched(page: Page, site: str) -> None:
    def later(route: Route) -> None:
        page.get_by_label("Search papers").fill("teacup")
        route.continue_()

    page.route("**/search/page.js", later)
    assert visit(page, f"{site}") == ["gone"]


def test_no_hit_says_what_to_try(page: Page, site: str) -> None:
    assert ask(page, site, "zzyzx") == []
    expect(status(page)).to_have_text("No paper found for “zzyzx”")
    none = page.locator("[data-search-none]")
    expect(none.get_by_role("link", name="by date")).to_be_visible()
    expect(none.get_by_role("button")).to_be_hidden()
    expect(page.get_by_label("Sort by")).to_be_hidden()
    assert visit(page, f"{site}?q=harbour&year=1999&tag=geology") == []
    expect(none).to_contain_text("with these filters were searched: 1999, Geology.")
    expect(page.get_by_label("From")).to_have_value("1999")
    expect(page.get_by_label("From")).to_be_visible()
    none.get_by_role("button", name="Search without filters").click()
    expect(page).to_have_url(f"{site}?q=harbour")
    expect(page.get_by_label("Search papers")).to_be_focused()
    assert len(shown(page)) == 2


def test_keys_of_the_box(page: Page, site: str) -> None:
    page.goto(site)
    page.wait_for_selector(".sg-menu", state="attached")
    box = page.get_by_label("Search papers")
    expect(box).to_be_focused()
    for key in "/s":
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(key)
        expect(box).to_be_focused()
    page.keyboard.type("granites/")
    expect(box).to_have_value("granites/")
    expect(page.locator(HITS)).to_have_count(PAGE)
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(page.get_by_role("heading", name="For example")).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()


def test_keys_among_hits(page: Page, home: str, site: str) -> None:
    visit(page, f"{site}?q=granite")
    title = page.locator(f"{HITS} h2 a")
    page.keyboard.press("ArrowDown")
    expect(title.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(title.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Search papers")).to_be_focused()
    for _ in range(PAGE + 1):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Show more")).to_be_focused()
    page.keyboard.press("Enter")
    expect(title.nth(PAGE)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Search papers")).to_be_focused()
    expect(page.get_by_label("Search papers")).to_have_value("granite")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}papers/{GRANITE[0]}/")


def test_an_example_is_a_link(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="tag:geology").click()
    assert len(shown(page)) == PAGE


@pytest.mark.parametrize("missing", ["head.bin", "lunr.js", "*/t0.bin"])
def test_a_missing_index_is_said_and_can_be_tried_again(
    page: Page, tmp_path: Path, serve: Callable[[Path], str], missing: str
) -> None:
    (file,) = (write_site(tmp_path, PAPERS[:3]) / "search").glob(missing)
    data = file.read_bytes()
    file.unlink()
    page.goto(serve(tmp_path) + "repo/search/?q=seals")
    failure = page.locator("[data-search-error]")
    # What is gone may be on its way: it is asked for some times.
    expect(failure).to_be_visible(timeout=20_000)
    expect(failure.get_by_role("link", name="by tag")).to_be_visible()
    file.write_bytes(data)
    failure.get_by_role("button", name="Try again").click()
    page.wait_for_selector(HITS)
    expect(failure).to_be_hidden()


def test_offline_is_said_and_ends_by_itself(page: Page, site: str) -> None:
    page.add_init_script(NO_WORKER)
    page.goto(site, wait_until="networkidle")
    page.context.set_offline(True)
    page.get_by_label("Search papers").fill("seals")
    expect(status(page)).to_have_text("You are offline")
    page.context.set_offline(False)
    assert shown(page) == ["2503.00009", "2503.00008"]


def test_without_workers_the_page_searches_itself(page: Page, site: str) -> None:
    page.add_init_script(NO_WORKER)
    assert ask(page, site, "walrus -harbour") == ["hostile"]


def test_without_javascript_the_page_says_so(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    assert page.locator("noscript p").is_visible()
    assert page.locator("noscript a").first.get_attribute("href") == "../dates/"
    assert page.locator("[data-search] :is(select, fieldset)").first.is_hidden()
    expect(page.get_by_role("heading", name="For example")).to_be_hidden()
    page.get_by_role("link", name="Menu").click()
    expect(page.get_by_role("navigation", name="Footer")).to_be_in_viewport()
    context.close()


def test_an_empty_archive_answers(page: Page, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    write_site(tmp_path, [])
    assert ask(page, serve(tmp_path) + "repo/search/", "anything") == []
    page.locator("summary", has_text="Filters").click()
    expect(page.locator("[data-search] fieldset:visible")).to_have_count(0)


@pytest.mark.parametrize("url", ["", "papers/gone/", "tags/", "about/"])
def test_the_header_box_waits_for_its_first_use(page: Page, home: str, url: str) -> None:
    asked = asked_for(page, "search/")
    page.goto(home + url, wait_until="networkidle")
    page.wait_for_selector(".sg-menu", state="attached")
    assert asked == []
    with page.expect_request("**/suggest.js"):
        page.keyboard.press("s")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    assert box.evaluate("each => each.closest('header') !== null")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_the_header_box_shows_papers(page: Page, home: str) -> None:
    begin(page, home + "papers/gone/")
    page.keyboard.type("granite")
    box, options = page.get_by_role("combobox"), page.get_by_role("option")
    expect(options).to_have_count(7)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options.first).to_have_text("Granite number 262025")
    expect(options.last).to_have_text("All results for “granite”")
    assert options.evaluate_all("all => all.some(each => each.getAttribute('aria-selected') === 'true')") is False
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.locator(f"id={box.get_attribute('aria-activedescendant')}")
    expect(active).to_have_attribute("aria-selected", "true")
    expect(active).to_contain_text("Granite number 23")
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}papers/2502.00023/")


def test_the_header_box_leads_to_all_results(page: Page, home: str, site: str) -> None:
    for key in ("Enter", "ArrowUp"):
        begin(page, home + "about/")
        page.keyboard.type("to be or not to be")
        expect(page.get_by_role("option").first).to_contain_text("To be or not to be")
        # Half of the title finds it, too.
        expect(page.get_by_role("option").last).to_have_text("All results for “to be or not to be”")
        page.keyboard.press(key)
        if key == "ArrowUp":
            page.keyboard.press("Enter")
        page.wait_for_url(f"{site}?q=to+be+or+not+to+be")


def test_the_header_box_says_that_nothing_was_found(page: Page, home: str, site: str) -> None:
    begin(page, home + "about/")
    page.keyboard.type("zzyzx")
    option = page.get_by_role("option")
    expect(option).to_have_text("No paper found for “zzyzx”: what to try")
    option.click()
    page.wait_for_url(f"{site}?q=zzyzx")


def test_escape_and_leaving_close_the_list_of_the_header_box(page: Page, home: str) -> None:
    begin(page, home + "tags/")
    page.keyboard.type("seals")
    box, options = page.get_by_role("combobox"), page.get_by_role("option")
    expect(options).to_have_count(3)
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("seals")
    page.keyboard.press("ArrowDown")
    expect(options).to_have_count(3)
    page.keyboard.press("Tab")
    expect(options).to_have_count(0)
    box.focus()
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()


def test_a_choice_of_the_header_box_can_be_clicked(page: Page, home: str) -> None:
    begin(page, home + "tags/")
    page.keyboard.type("teac")
    page.get_by_role("option", name="Withdrawn Cold fusion").click()
    page.wait_for_url(f"{home}papers/gone/")


def test_payloads_stay_text_under_the_header_box(page: Page, home: str) -> None:
    begin(page, home + "tags/")
    page.get_by_role("combobox").fill(f"Title {PAYLOAD}")
    expect(page.get_by_role("option").first).to_contain_text(f"Title {PAYLOAD}")
    expect(page.get_by_role("option").last).to_have_text(f"All results for “Title {PAYLOAD}”")
    assert page.locator("[role=listbox] :is(img, script)").count() == 0


def test_the_header_box_leads_on_where_the_search_does_not_load(page: Page, home: str, site: str) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=503)

    page.add_init_script(NO_WORKER)
    page.route("**/head.bin", fail)
    with page.expect_response("**/head.bin"):
        begin(page, home + "tags/")
    page.keyboard.type("seals")
    expect(page.get_by_role("option")).to_have_count(0)
    page.unroute("**/head.bin", fail)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}?q=seals")
    assert len(shown(page)) == 2


def test_the_search_page_has_one_box(page: Page, site: str) -> None:
    visit(page, f"{site}?q=seals")
    assert page.locator("input[name=q]").count() == 1
    assert page.locator("header a[href*=search]").count() == 0


def test_a_small_screen_has_a_link_to_the_search(page: Page, home: str, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(home + "papers/gone/")
    expect(page.get_by_role("combobox")).to_be_hidden()
    page.get_by_role("link", name="Search papers").click()
    page.wait_for_url(site)
    expect(page.get_by_label("Search papers")).to_be_focused()
    begin(page, home)
    page.keyboard.type("seals")
    expect(page.get_by_role("option")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_suggestions_fit_a_small_screen(page: Page, home: str) -> None:
    page.set_viewport_size({"width": 360, "height": 560})
    begin(page, home)
    page.keyboard.type("+walrus +melodies")
    year = page.locator(".sg-suggest__facts").get_by_text("2025")
    expect(year).to_be_in_viewport(ratio=1)
    authors = page.locator(".sg-suggest__facts").get_by_text("Will Underwood")
    assert authors.evaluate("each => each.getBoundingClientRect().right") <= year.evaluate(
        "each => each.getBoundingClientRect().left"
    )
    page.get_by_role("combobox").fill("granite")
    expect(page.get_by_role("option")).to_have_count(7)
    expect(page.get_by_role("option").last).to_be_in_viewport(ratio=1)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").nth(5)).to_have_attribute("aria-selected", "true")
    below = page.get_by_role("option").nth(6).evaluate("each => each.getBoundingClientRect().top")
    assert page.get_by_role("option").nth(5).evaluate("each => each.getBoundingClientRect().bottom") <= below + 1


def test_without_javascript_the_header_box_is_a_form(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(home + "about/")
    page.locator("header input[name=q]").fill("seals")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}search/?q=seals")
    context.close()


LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 360)]


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def looked_at(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in one colour scheme and width."""
    scheme, width = request.param
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    yield context.new_page()
    context.close()


def accessible(page: Page) -> None:
    """The page as it stands fits the screen and has no fault that axe knows."""
    # Colours on their way to others have the contrast of neither.
    page.add_style_tag(content="*, ::before, ::after { transition: none !important; animation: none !important; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_open_states_are_accessible(looked_at: Page, home: str, site: str) -> None:
    page = looked_at
    visit(page, f"{site}?q=granite&year=2023..2025&tag=geology&code=1")
    page.wait_for_selector(f"{HITS} {FILLED}")
    assert choices(page, "Tag") == ["Geology 2"]
    page.get_by_text("How to search").click()
    accessible(page)
    visit(page, f"{site}?q=zzyzx&year=2024")
    accessible(page)
    begin(page, home)
    page.keyboard.type("seals")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    accessible(page)


def test_a_failed_search_is_accessible(looked_at: Page, site: str) -> None:
    looked_at.add_init_script(NO_WORKER)
    looked_at.route("**/head.bin", lambda route: route.fulfill(status=503))
    looked_at.goto(f"{site}?q=seals")
    expect(looked_at.locator("[data-search-error]")).to_be_visible()
    accessible(looked_at)


ODD = (
    *(
        "Erdős’ C++ ﬁne",
        "Don’t",
        "Łódź straße Ænon Þór ıI İ",
        "ΟΔΟΣ Σίσυφος",
        "c# f# .net .NET, (c++) x.net c+++",
        "𝒪(n²) ①½Ⅷ",
    ),
    *(
        "论文标题GPT-4模型",
        "カタカナ ひらがな",
        "한국어 검색",
        "state-of-the-art pre‐training",
        "a_b __proto__",
        "é e\u0301 ẛ̣",
        "ﷺ",
    ),
    *(
        "\u200bzero\u200dwidth",
        "\u0000\u0001",
        "हिन्दी",
        "ไทยภาษา",
        "עברית",
        "اَلْعَرَبِيَّة",
        "x" * 200,
        "𠀀𠀁" * 40,
        "𐐀" * 80,
        "",
        " ",
    ),
)


def test_python_and_the_browser_fold_alike(page: Page, site: str) -> None:
    pick = random.Random(1)
    blocks = (
        (0x20, 0x17F),
        (0x300, 0x58F),
        (0x900, 0xE7F),
        (0x1E00, 0x22FF),
        (0x2E80, 0x33FF),
        (0xF900, 0xFFFD),
        (0x1D400, 0x1D7FF),
    )
    made = ("".join(chr(pick.randint(*pick.choice(blocks))) for _ in range(12)) for _ in range(200 - len(ODD)))
    texts = [*ODD, *made]
    page.goto(site)
    got = page.evaluate(
        """async ([base, texts]) => {
            const { reader } = await import(new URL("../assets/sitegen/search/fold.js", base));
            const { head } = await import(new URL("../assets/sitegen/search/files.js", base));
            const { fold, words, joined } = reader(await head(base));
            return texts.map((text) => [fold(text), words(text), joined(text)]);
        }""",
        [site, texts],
    )
    assert got == [[fold(text), words(text), joined_words(fold(text))] for text in texts]


def test_fifty_exact_titles_come_first_among_a_thousand(
    page: Page, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    data = gzip.decompress(shared("corpora/papers-1k.jsonl.gz").read_bytes())
    site = serve(write_archive(tmp_path, data)) + "search/"
    papers = load(tmp_path / "archive" / "content").archive.papers
    for paper in random.Random(2).sample([*papers], 50):
        assert ask(page, site, paper.title)[0] == paper.id, paper.title


def write_archive(folder: Path, digest: bytes) -> Path:
    """The site of an archive with one digest."""
    write_site(folder, [])
    add.add(folder / "archive" / "content", [RawDigest("papers.jsonl", digest)], Options(today="2026-01-01"))
    build.build(folder / "archive" / "mkdocs.yml", folder / "repo")
    return folder / "repo"

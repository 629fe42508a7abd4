"""The search page in a real browser, below /repo/ as on GitHub Pages."""

import gzip
import json
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Browser, Page, expect

from sitegen import identity, search
from sitegen.model import Notice, Paper, Tag
from sitegen.render.shell import lunr_js
from sitegen.search import index
from sitegen.search.made import made_of
from sitegen.search.plain import PlainPaper, plain
from sitegen.search.words import joined, words
from sitegen.text.fold import fold
from tests.search.oracle import builder

THEME = Path(__file__).parents[2] / "theme"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
PAYLOAD = "<img src=x onerror=window.executed=1><script>window.executed=1</script>"
READY = "[data-search-results][data-ready]"
HITS = f"{READY} [data-paper-id]"


def paper(paper_id: str, title: str, *, tags: Sequence[str] = (), **fields: Any) -> PlainPaper:
    made = tuple(Tag(identity.tag_slug(name), name, "digest", name) for name in tags)
    return plain(Paper(id=paper_id, title=title, **fields), made)


PAPERS = (
    paper(
        "2503.00009",
        "Harbour seals remember melodies",
        authors=("Will Underwood", "Ana Ruiz", "Chen Bo", "Dora Lind"),
        abstract="Seals kept in a quiet harbour learned nine melodies. " * 12 + "A walrus listened too.",
        published="2025-03-09",
        tags=("Marine biology", "q-bio.NC"),
    ),
    paper(
        "2503.00008",
        "Remembering: a survey of harbours",
        abstract="Melodies are not discussed. Pre-training of seals is.",
        published="2025-03-08",
        tags=("Biology",),
    ),
    paper("2503.00007", "To be or not to be", abstract="On existing.", published="2025-03-07"),
    paper("2503.00006", r"Waves after Schr\"odinger", abstract="Nothing new in C++.", published="2025-03-06"),
    paper("hep-th/9901001", "Old strings", abstract="About $x^2$.", published="1999", aliases=("10.1234/Old.Strings",)),
    paper("hostile", f"Title {PAYLOAD}", abstract=f"Abstract {PAYLOAD} walrus", authors=(PAYLOAD,), tags=(PAYLOAD,)),
    paper("gone", "Cold fusion in a teacup", notice=Notice("withdrawn"), published="2025-03-05"),
    *(
        paper(f"2502.{number:05}", f"Granite number {number}", abstract="Stone.", published=f"2025-02-{number:02}")
        for number in range(28, 0, -1)
    ),
)


def write_site(folder: Path, papers: Sequence[PlainPaper]) -> None:
    """A site with nothing but its search, in folder/repo/."""
    root = folder / "repo"
    for path, data in search.outputs([made_of(each) for each in papers], lunr_js(), tag_pages=frozenset({"biology"})):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    shutil.copytree(THEME / "assets", root / "assets")
    environment = Environment(loader=FileSystemLoader(THEME / "sitegen"), autoescape=True, undefined=StrictUndefined)
    fragment = environment.get_template("search.html").render(
        root="..", count=len(papers), examples=["walrus", "tags:biology"], top_tags=[("biology", "Biology", 1)]
    )
    page = f'<!doctype html><html lang="en"><title>Search</title><body class="md-typeset">{fragment}</body></html>'
    (root / "search" / "index.html").write_text(page, encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, PAPERS)
    return serve(folder) + "repo/search/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must end without an uncaught error, an executed payload or a request to another host."""
    context = browser.new_context()
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
    page.wait_for_selector(READY, state="attached")
    return shown(page)


def shown(page: Page) -> list[str]:
    ids: list[str] = page.eval_on_selector_all(HITS, "found => found.map(each => each.dataset.paperId)")
    return ids


def test_an_exact_title_comes_first(page: Page, site: str) -> None:
    for each in PAPERS:
        if each.paper.id != "hostile":
            assert ask(page, site, each.paper.title)[0] == each.paper.id, each.title


FIRST = (
    ("Schrodinger", "2503.00006"),
    ("Schrödinger", "2503.00006"),
    ("schro", "2503.00006"),
    ("existin", "2503.00007"),
    ("to be or", "2503.00007"),
    ("a", "2503.00009"),
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


EXACTLY = (
    ("tags:biology", ["2503.00008"]),
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
)


def test_finds_exactly(page: Page, site: str) -> None:
    assert [(query, ask(page, site, query)) for query, _ in EXACTLY] == [*EXACTLY]


def test_all_words_come_before_some(page: Page, site: str) -> None:
    assert ask(page, site, "melodies walrus")[:1] == ["2503.00009"]
    expect(page.get_by_role("status")).to_have_text("1 paper with all words, 2 more with some")


def test_newest_first_where_all_else_is_equal(page: Page, site: str) -> None:
    assert ask(page, site, "granite")[:3] == ["2502.00028", "2502.00027", "2502.00026"]


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
    page.goto(f"{site}?q=%2B~%5E1%3A%22{'x' * 3000}")
    page.wait_for_selector(READY, state="attached")
    expect(page.get_by_role("status")).to_contain_text("No paper found")


def test_an_unknown_field_is_a_word_and_a_hint(page: Page, site: str) -> None:
    assert ask(page, site, "wlarus:granite")
    expect(page.locator("[data-search-note]")).to_contain_text("no field “wlarus”")


def test_payloads_stay_text(page: Page, site: str) -> None:
    page.goto(f"{site}?q={PAYLOAD}")
    page.wait_for_selector(READY, state="attached")
    assert ask(page, site, f"Title {PAYLOAD}")[0] == "hostile"
    expect(page.locator(HITS).first.get_by_role("heading")).to_have_text(f"Title {PAYLOAD}")
    assert page.locator("[data-search] :is(img, script:not([src]))").count() == 0


def test_a_hit_shows_why_it_was_found(page: Page, site: str) -> None:
    ask(page, site, "+walrus +melodies")
    hit = page.locator(HITS).first
    assert hit.locator("h2 mark").all_text_contents() == ["melodies"]
    assert hit.locator("p mark").all_text_contents()[-1] == "walrus"
    expect(hit.locator("time")).to_have_text("2025-03-09")
    expect(hit).to_contain_text("Will Underwood, Ana Ruiz, Chen Bo et al.")


def test_links_lead_to_the_pages_of_papers_and_tags(page: Page, site: str) -> None:
    root = site.removesuffix("search/")
    ask(page, site, "+walrus +melodies")
    links = page.eval_on_selector_all(f"{HITS} a", "found => found.map(each => each.href)")
    tags = [f"{root}search/?q=tags%3Amarine-biology", f"{root}search/?q=tags%3Aq-bio.nc"]
    assert links == [f"{root}papers/2503.00009/", *tags]
    ask(page, site, "tags:biology")
    assert page.locator(f"{HITS} .sg-tag").get_attribute("href") == f"{root}tags/biology/"


def test_a_notice_stands_before_the_title(page: Page, site: str) -> None:
    ask(page, site, "teacup")
    expect(page.locator(HITS).get_by_role("heading")).to_have_text("withdrawn Cold fusion in a teacup")


def test_show_more(page: Page, site: str) -> None:
    assert len(ask(page, site, "granite")) == 20
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(HITS)).to_have_count(28)
    assert len(set(shown(page))) == 28
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_the_address_is_the_state(page: Page, site: str) -> None:
    ask(page, site, "granite")
    page.keyboard.press("Enter")
    ask(page, site, "tags:biology")
    expect(page).to_have_url(f"{site}?q=tags%3Abiology")
    page.go_back()
    expect(page).to_have_url(f"{site}?q=granite")
    expect(page.locator(HITS)).to_have_count(20)
    page.reload()
    expect(page.get_by_label("Search papers")).to_have_value("granite")
    expect(page.locator(HITS)).to_have_count(20)


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
    page.wait_for_selector(HITS)
    assert shown(page) == ["2503.00009", "2503.00008"]


def test_no_hit_says_what_to_try(page: Page, site: str) -> None:
    assert ask(page, site, "zzyzx") == []
    expect(page.get_by_role("status")).to_have_text("No paper found for “zzyzx”")
    expect(page.locator("[data-search-none]").get_by_role("link", name="by date")).to_be_visible()


def test_keys(page: Page, site: str) -> None:
    page.goto(site)
    box = page.get_by_label("Search papers")
    expect(box).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("granite")
    expect(page.locator(HITS)).to_have_count(20)
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(page.get_by_role("heading", name="For example")).to_be_visible()


def test_an_example_is_a_link(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="tags:biology").click()
    page.wait_for_selector(HITS)
    assert shown(page) == ["2503.00008"]


@pytest.mark.parametrize("missing", ["head.json", "lunr.js", "index-*.bin"])
def test_a_missing_index_is_said_and_can_be_tried_again(
    page: Page, tmp_path: Path, serve: Callable[[Path], str], missing: str
) -> None:
    write_site(tmp_path, PAPERS[:3])
    (file,) = (tmp_path / "repo" / "search").glob(missing)
    data = file.read_bytes()
    file.unlink()
    page.goto(serve(tmp_path) + "repo/search/?q=seals")
    failure = page.locator("[data-search-error]")
    expect(failure).to_be_visible()
    expect(failure.get_by_role("link", name="by tag")).to_be_visible()
    file.write_bytes(data)
    failure.get_by_role("button", name="Try again").click()
    page.wait_for_selector(HITS)
    expect(failure).to_be_hidden()


def test_without_workers_the_page_searches_itself(page: Page, site: str) -> None:
    page.add_init_script("Worker = class { constructor() { throw new Error('none') } }")
    assert ask(page, site, "walrus -harbour") == ["hostile"]


def test_without_javascript_the_page_says_so(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    assert page.locator("noscript p").is_visible()
    assert page.locator("noscript a").first.get_attribute("href") == "../dates/"
    context.close()


def test_an_empty_archive_answers(page: Page, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    write_site(tmp_path, [])
    assert ask(page, serve(tmp_path) + "repo/search/", "anything") == []


def test_no_sideways_scrolling_on_a_telephone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    ask(page, site, "walrus")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_browser_makes_the_index_that_lunr_made(page: Page, site: str, tmp_path: Path) -> None:
    made = builder(index.document(each) for each in reversed(PAPERS)).build().serialize()
    page.goto(site)
    got = page.evaluate(
        """async (base) => {
            const { serialised } = await import(new URL("../assets/sitegen/search/lunr-index.js", base));
            const { default: lunr } = await import(new URL("lunr.js", base));
            const head = await (await fetch(new URL("head.json", base))).json();
            const { body } = await fetch(new URL(head.index, base));
            const shipped = await new Response(body.pipeThrough(new DecompressionStream("gzip"))).json();
            return serialised(lunr, shipped, head.fields);
        }""",
        site,
    )
    assert weights(got) == pytest.approx(weights(made), abs=0.0011)
    assert [got[name] for name in ("version", "fields")] == [made[name] for name in ("version", "fields")]


def weights(serialised: dict[str, Any]) -> dict[str, float]:
    """ "field/document term" -> weight of a serialised Lunr index."""
    terms = {posting["_index"]: term for term, posting in serialised["invertedIndex"]}
    return {
        f"{ref} {terms[number]}": weight
        for ref, vector in serialised["fieldVectors"]
        for number, weight in zip(vector[::2], vector[1::2], strict=True)
    }


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
            const { fold, words, joined } = reader(await (await fetch(new URL("head.json", base))).json());
            return texts.map((text) => [fold(text), words(text), joined(text)]);
        }""",
        [site, texts],
    )
    assert got == [[fold(text), words(text), joined(text)] for text in texts]


def test_fifty_exact_titles_come_first_among_a_thousand(
    page: Page, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    corpus = SHARED / "corpora" / "papers-1k.jsonl.gz"
    if not corpus.is_file():
        pytest.skip("no ../shared/data")
    records = [json.loads(line) for line in gzip.decompress(corpus.read_bytes()).splitlines()]
    papers = [
        paper(
            each["id"], each["title"], authors=tuple(each["authors"]), abstract=each["abstract"], published=each["date"]
        )
        for each in sorted(records, key=lambda each: (each["date"], each["id"]), reverse=True)
    ]
    write_site(tmp_path, papers)
    site = serve(tmp_path) + "repo/search/"
    for each in random.Random(2).sample(papers, 50):
        assert ask(page, site, each.paper.title)[0] == each.paper.id, each.title

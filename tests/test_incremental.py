"""A build that begins with what is remembered gives, byte for byte, the site of one that begins with nothing."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import add, build, catalogue, files, resources, work
from sitegen.add.state import Options
from sitegen.cache import Cache, code_version
from sitegen.intake.raw import RawDigest
from sitegen.per_paper import PerPaper
from sitegen.problems import ProblemsFound
from sitegen.stages import Stages
from tests.conftest import ROOT, Sitegen

OPTIONS = Options(today="2026-01-01")
TAGS = "order:\n  name: Order\n  patterns: [order*]\nchaos:\n  name: Chaos\n  patterns: [chaos]\n"


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def cold(archive: Path) -> dict[str, bytes]:
    """The site of the same content, built where nothing is remembered."""
    fresh = archive.with_name("fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(archive, fresh, ignore=shutil.ignore_patterns("site", ".site*", ".cache"))
    build.build(fresh / "mkdocs.yml")
    return tree(fresh / "site")


def digest(number: int, count: int = 3) -> RawDigest:
    """A day's digest of a few papers, some of which other days list too."""
    lines = [
        {
            "id": f"2503.{paper:05}",
            "title": f"{['Order', 'Chaos', 'Rest'][paper % 3]} of {paper}",
            "abstract": f"On {['ordering', 'chaos and chaos', 'x < y & $a^2$'][(paper + number) % 3]} {paper}.",
            "authors": [f"Author {paper % 4}"],
            "tags": ["cs.LG", f"word {paper % 5}"],
        }
        for paper in range(number * 2, number * 2 + count)
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    return RawDigest(f"2025-03-{number + 1:02}-daily.jsonl", text.encode())


def filled(archive: Path, days: int = 4) -> Path:
    settings_file = archive / "mkdocs.yml"
    text = settings_file.read_text().replace("papers_per_page: 50", "papers_per_page: 2")
    settings_file.write_text(text.replace("feed_papers: 50", "feed_papers: 3"))
    (archive / "content" / "tags.yml").write_text(TAGS)
    add.add(archive / "content", [digest(number) for number in range(days)], OPTIONS)
    return archive


def papers(archive: Path) -> list[Path]:
    return sorted((archive / "content" / "papers").rglob("*.md"))


# What people do to an archive between two builds.


def add_digest(archive: Path, chance: random.Random) -> None:
    add.add(archive / "content", [digest(chance.randrange(9), chance.randrange(1, 6))], OPTIONS)


def edit_title(archive: Path, chance: random.Random) -> None:
    page = chance.choice(papers(archive))
    page.write_text(page.read_text().replace('title: "', f'title: "{chance.choice(["Chaos ", "An order ", ""])}', 1))


def write_note(archive: Path, chance: random.Random) -> None:
    page, other = chance.choice(papers(archive)), chance.choice(papers(archive))
    link = os.path.relpath(other, page.parent)
    page.write_text(page.read_text() + f"\nA *note* on [another]({link}) {chance.random()}.\n")


def remove_paper(archive: Path, chance: random.Random) -> None:
    if len(papers(archive)) > 3:
        chance.choice(papers(archive)).unlink()


def move_paper(archive: Path, chance: random.Random) -> None:
    page = chance.choice(papers(archive))
    (archive / "content" / "papers" / "kept").mkdir(exist_ok=True)
    page.rename(archive / "content" / "papers" / "kept" / page.name)


def change_tags(archive: Path, chance: random.Random) -> None:
    rule = chance.choice(["rest:\n  patterns: [rest]\n", "order:\n  name: Ordnung\n  patterns: [order*, rest]\n", TAGS])
    (archive / "content" / "tags.yml").write_text(rule)


def change_settings(archive: Path, chance: random.Random) -> None:
    file = archive / "mkdocs.yml"
    lines = file.read_text().splitlines()
    changed = {"tag_threshold": chance.randrange(1, 4), "papers_per_page": chance.randrange(2, 5)}
    for name, value in changed.items():
        lines = [f"      {name}: {value}" if line.strip().startswith(name) else line for line in lines]
    lines[1] = f"site_name: Archive {chance.randrange(3)}"
    file.write_text("\n".join(lines) + "\n")


def write_page(archive: Path, chance: random.Random) -> None:
    name = chance.choice(["about", "dates", "index", "new"])
    (archive / "content" / "pages" / f"{name}.md").write_text(f"# {name}\n\nWords {chance.random()}.\n")


def introduce_digest(archive: Path, chance: random.Random) -> None:
    page = chance.choice(sorted((archive / "content" / "digests").rglob("*.md")))
    page.write_text(page.read_text() + f"\nOf that day {chance.random()}.\n")


def spoil_the_site(archive: Path, chance: random.Random) -> None:
    """Somebody works in the site's folder, or in its spare."""
    for folder in (archive / "site", archive / ".site.spare"):
        files = sorted(file for file in folder.rglob("*.html") if file.is_file())
        if files and chance.random() < 0.5:
            chance.choice(files).write_text("mine")
            chance.choice(files).unlink(missing_ok=True)
            (folder / "tags" / "stray").mkdir(exist_ok=True, parents=True)
            (folder / "tags" / "stray" / "x.html").write_text("mine")


ACTIONS: list[Callable[[Path, random.Random], None]] = [
    add_digest, edit_title, write_note, remove_paper, move_paper, change_tags, change_settings, write_page,
    introduce_digest, spoil_the_site,
]  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=5), seed=st.integers(0, 1000))
def test_any_edits_give_the_site_of_a_cold_build(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Callable[[Path, random.Random], None]], seed: int
) -> None:
    archive = tmp_path_factory.mktemp("edits") / "archive"
    (archive / "content" / "pages").mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", archive)
    (archive / "content" / "pages" / "index.md").write_text("Papers.\n")
    (archive / "content" / "pages" / "about.md").write_text("# About\n")
    filled(archive)
    build.build(archive / "mkdocs.yml")
    chance = random.Random(seed)
    for step in steps:
        step(archive, chance)
        build.build(archive / "mkdocs.yml")
    assert tree(archive / "site") == cold(archive)
    shutil.rmtree(archive.parent)


def test_a_new_digest_makes_little_and_old_lists_stay(archive: Path) -> None:
    filled(archive, 8)
    first = build.build(archive / "mkdocs.yml")
    before = tree(archive / "site")
    add.add(archive / "content", [digest(20)], OPTIONS)
    second = build.build(archive / "mkdocs.yml")
    after = tree(archive / "site")
    assert first.published.made == first.published.files
    changed = {path for path in after if after[path] != before.get(path)}
    assert len(changed) == second.published.new + second.published.changed
    assert second.published.made < first.published.made / 2
    for path in ("tags/cs.lg/page/1/index.html", "2025/03/page/1/index.html", "papers/2503.00001/index.html"):
        assert path in after.keys() - changed
    assert after == cold(archive)


def test_a_setting_for_feeds_makes_no_page_anew(archive: Path) -> None:
    filled(archive, 6)
    build.build(archive / "mkdocs.yml")
    settings = archive / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("feed_digests: 3", "feed_digests: 1"))
    done = build.build(settings).published
    assert tree(archive / "site") == cold(archive)
    feeds = [path for path in tree(archive / "site") if path.endswith((".xml", "feed.json"))]
    assert 0 < done.made < len(feeds)


def test_nothing_changed_nothing_made(archive: Path) -> None:
    filled(archive)
    build.build(archive / "mkdocs.yml")
    inodes = {file: file.stat().st_ino for file in (archive / "site").rglob("*")}
    done = build.build(archive / "mkdocs.yml").published
    assert (done.made, done.new, done.changed, done.removed, done.reused) == (0, 0, 0, 0, done.files)
    assert inodes == {file: file.stat().st_ino for file in (archive / "site").rglob("*")}


def test_feeds_of_digests_follow_dates_and_authors(archive: Path) -> None:
    filled(archive)
    page = next((archive / "content" / "papers").rglob("2503.00001.md"))
    listed = next(path for path in (archive / "content" / "digests").rglob("*.md") if "date:" in path.read_text())
    text = page.read_text()
    first = text[text.index("authors:") : text.index("\n", text.index("  - ")) + 1]
    page.write_text(text.replace(first, 'authors:\n  - "Smith"\n  - "John"\n'))
    build.build(archive / "mkdocs.yml")
    page.write_text(text.replace(first, 'authors:\n  - "Smith, John"\n'))
    build.build(archive / "mkdocs.yml")
    assert tree(archive / "site") == cold(archive)
    lines = listed.read_text().splitlines()
    listed.write_text("\n".join('date: "2024-02-03"' if line.startswith("date:") else line for line in lines) + "\n")
    build.build(archive / "mkdocs.yml")
    assert tree(archive / "site") == cold(archive)


def test_a_setting_from_anywhere_in_the_environment_is_seen(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = archive / "mkdocs.yml"
    named = settings.read_text().replace("site_name: Paper archive", "site_name: !ENV\n  - ODD_NAME\n  - Other")
    settings.write_text(named)
    for name in ("One", "Two"):
        monkeypatch.setenv("ODD_NAME", name)
        build.build(settings)
        assert f"<title>{name}" in (archive / "site" / "index.html").read_text()


def test_a_theme_of_ones_own_may_have_links(archive: Path) -> None:
    partials = archive.parent / "shared" / "partials"
    partials.mkdir(parents=True)
    (archive / "looks").mkdir()
    (archive / "looks" / "partials").symlink_to(partials)
    (partials / "round").symlink_to(partials)
    settings = archive / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("  name: material\n", "  name: material\n  custom_dir: looks\n"))
    for words in ("One", "Two"):
        (partials / "site-footer.html").write_text(f"<footer>{words}</footer>")
        build.build(settings)
        assert f"<footer>{words}</footer>" in (archive / "site" / "about" / "index.html").read_text()


def test_a_search_may_be_that_of_the_last_build(archive: Path) -> None:
    filled(archive)
    build.build(archive / "mkdocs.yml")
    before = tree(archive / "site")
    add.add(archive / "content", [digest(20)], OPTIONS)
    build.build(archive / "mkdocs.yml", old_search=True)
    after = tree(archive / "site")
    page = "papers/2503.00040/index.html"
    assert page in after.keys() - before.keys()
    assert after["search/head.bin"] == before["search/head.bin"]
    build.build(archive / "mkdocs.yml")
    assert tree(archive / "site") == cold(archive)
    shutil.rmtree(archive / "site" / "search" / "rows")
    add.add(archive / "content", [digest(21)], OPTIONS)
    with pytest.raises(ProblemsFound, match="the search of the last build is not where it was"):
        build.build(archive / "mkdocs.yml", old_search=True)
    build.build(archive / "mkdocs.yml")
    assert tree(archive / "site") == cold(archive)


def test_a_changed_template_is_seen_by_the_same_process(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = archive.parent / "theme"
    shutil.copytree(resources.theme_dir(), theme)
    monkeypatch.setattr(resources, "theme_dir", lambda: theme)
    filled(archive)
    build.build(archive / "mkdocs.yml")
    page = theme / "sitegen" / "article.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<h2>BibTeX</h2>", "<h2>Cite it</h2>"), encoding="utf-8")
    build.build(archive / "mkdocs.yml")
    assert b"<h2>Cite it</h2>" in (archive / "site" / "papers" / "2503.00001" / "index.html").read_bytes()
    monkeypatch.undo()
    build.build(archive / "mkdocs.yml")
    assert tree(archive / "site") == cold(archive)


def test_a_page_edited_without_a_trace_in_size_or_time_is_seen(archive: Path) -> None:
    filled(archive)
    page = papers(archive)[0]
    time.sleep(0.1)
    build.build(archive / "mkdocs.yml")
    time.sleep(0.1)
    build.build(archive / "mkdocs.yml")
    facts = page.stat()
    page.write_text(page.read_text().replace("Order of 0", "Chaos of 0"))
    os.utime(page, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert page.stat().st_size == facts.st_size
    build.build(archive / "mkdocs.yml")
    assert b"<h1>Chaos of 0</h1>" in (archive / "site" / "papers" / "2503.00000" / "index.html").read_bytes()


def during(stage: str, act: Callable[[], object]) -> Stages:
    """Somebody does something to the archive at the beginning of a stage of the build."""
    waiting = [act]

    def begun(now: str, _done: int, _all: int) -> None:
        if now == stage and waiting:
            waiting.pop()()

    return Stages(begun)


def change_settings_of_all_pages(archive: Path) -> None:
    settings = archive / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("site_name: Paper archive", "site_name: Another"))


@pytest.mark.parametrize("saved", ["On something else.\n", None], ids=["changed", "removed"])
def test_a_page_that_changes_while_the_site_is_built_stops_it(archive: Path, saved: str | None) -> None:
    filled(archive)
    build.build(archive / "mkdocs.yml")
    before = tree(archive / "site")
    page = papers(archive)[0]
    text = page.read_text()
    change_settings_of_all_pages(archive)

    def change() -> None:
        page.unlink() if saved is None else page.write_text(text.replace("On ", saved))

    with pytest.raises(ProblemsFound) as stopped:
        build.build(archive / "mkdocs.yml", stages=during("write", change))
    assert str(stopped.value) == (
        "content/papers/2025/03/2503.00000.md: error: the page changed while the site was built\n"
        "    build again; nothing was published"
    )
    assert tree(archive / "site") == before
    page.write_text(text)
    build.build(archive / "mkdocs.yml")
    assert tree(archive / "site") == cold(archive)


def test_a_shell_made_of_a_page_that_was_put_back_is_not_remembered(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "cores", lambda: 1)  # so that MkDocs runs when its shell is called for
    about = archive / "content" / "pages" / "about.md"
    build.build(archive / "mkdocs.yml", stages=during("theme", lambda: about.write_text("# Us\n")))
    assert b'<h1 id="us">' in (archive / "site" / "about" / "index.html").read_bytes()
    about.write_text("# About\n")
    build.build(archive / "mkdocs.yml")
    assert tree(archive / "site") == cold(archive)


def damages(data: bytes) -> Iterator[bytes | None]:
    """A file removed, cut, with a bit flipped, of another version."""
    yield None
    for size in (0, len(data) // 2, len(data) - 1):
        yield data[:size]
    chance = random.Random(5)
    for _ in range(2):
        at = chance.randrange(len(data))
        yield data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
    yield b"sitegen\n" + bytes(16) + data[24:]


def test_a_damaged_cache_changes_nothing(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(archive)
    build.build(archive / "mkdocs.yml")
    page = papers(archive)[0]
    page.write_text(page.read_text() + "\nA *note*.\n")
    build.build(archive / "mkdocs.yml")
    expected = cold(archive)
    files = sorted((archive / ".cache" / "sitegen").iterdir())
    assert {file.stem.split("-")[0] for file in files} == {"digests", "notes", "papers", "search", "shell", "site"}
    for file in files:
        for damaged in damages(file.read_bytes()):
            file.unlink(missing_ok=True)
            if damaged is not None:
                file.write_bytes(damaged)
            build.build(archive / "mkdocs.yml")
            assert tree(archive / "site") == expected, file.name
    monkeypatch.setattr("sitegen.cache.code_version", lambda: "another")
    assert Cache(archive).load("papers") is None


@pytest.mark.parametrize("package", ["nh3", "pygments"], ids=["ours", "one of theirs"])
def test_another_version_of_a_package_forgets_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    Cache(tmp_path).save("x", 1)
    info = tmp_path / "site-packages" / f"{package}-999.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 999\n\nWords.\n")
    monkeypatch.syspath_prepend(info.parent)
    code_version.cache_clear()
    assert Cache(tmp_path).load("x") is None
    monkeypatch.undo()
    code_version.cache_clear()
    assert Cache(tmp_path).load("x") == 1


def test_a_cache_that_cannot_be_written_is_none(archive: Path) -> None:
    filled(archive)
    shutil.rmtree(archive / ".cache")
    (archive / ".cache").write_text("a file")
    build.build(archive / "mkdocs.yml")
    build.build(archive / "mkdocs.yml")
    (archive / ".cache").unlink()
    assert tree(archive / "site") == cold(archive)


def test_a_clone_begins_with_the_cache_of_another(archive: Path) -> None:
    """As on CI: fresh files with fresh times, the cache restored, and no site."""
    filled(archive)
    build.build(archive / "mkdocs.yml")
    expected = tree(archive / "site")
    clone = archive.with_name("clone")
    for name in ("content", "mkdocs.yml", ".cache"):
        source = archive / name
        shutil.copytree(source, clone / name, copy_function=shutil.copyfile) if source.is_dir() else shutil.copyfile(
            source, clone / name
        )
    build.build(clone / "mkdocs.yml")
    assert tree(clone / "site") == expected


_BUILD = """
import sys
from pathlib import Path
from sitegen import build, work
work.cores, work.WORTH_SPREADING = lambda: int(sys.argv[1]), 2
build.build(Path("mkdocs.yml"))
"""


@pytest.mark.parametrize("count", [1, 2, 3])
def test_any_number_of_processes_gives_the_same(count: int, archive: Path) -> None:
    filled(archive)
    subprocess.run([sys.executable, "-W", "error", "-c", _BUILD, str(count)], cwd=archive, check=True)
    assert tree(archive / "site") == cold(archive)


def test_a_look_at_the_newest_papers_says_nothing_of_the_others(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system whose clock is coarse, so that a page's status does not show that it was written again."""
    filled(archive, 2)
    add.add(archive / "content", [replace(digest(9), name="2025-04-01-daily.jsonl")], OPTIONS)
    soon = time.time_ns() + 300_000_000
    monkeypatch.setattr(sys.modules["sitegen.catalogue.scan"], "status", lambda facts: status_at(facts, soon))
    cache = Cache(archive)
    catalogue.read(archive / "content", cache)
    time.sleep(0.5)
    catalogue.read(archive / "content", cache, latest=1)
    remembered = archive / ".cache" / "sitegen" / "papers.bin"
    before = remembered.stat().st_ino
    catalogue.read(archive / "content", cache, latest=1)
    assert remembered.stat().st_ino == before, "nothing was read, and all is written anew"
    page = papers(archive)[0]
    page.write_text(page.read_text().replace("Order of 0", "Chaos of 0"))
    found = catalogue.read(archive / "content", cache).archive
    assert {paper.title for paper in found.papers} >= {"Chaos of 0"}


@pytest.mark.parametrize(
    ("before", "after", "reads"),
    [
        ("name: Chaos", "name: Chaos  # or disorder", False),
        ("name: Chaos", "name: Chaos\n  description: Of disorder.", False),
        ("name: Chaos", "name: Disorder", True),
        ("[chaos]", "[chaos, order]", True),
        ("[chaos]", "[chaos]\n  keywords: [a, b]", True),
    ],
)
def test_papers_are_read_again_where_their_tags_may_be_others(
    archive: Path, before: str, after: str, reads: bool
) -> None:
    filled(archive, 1)
    cache = Cache(archive)
    catalogue.read(archive / "content", cache)
    (archive / "content" / "tags.yml").write_text(TAGS.replace(before, after))
    read = catalogue.read(archive / "content", cache, also=PerPaper).rests
    assert sum(len(made.paths) for made in read) == (len(papers(archive)) if reads else 0)


def status_at(facts: os.stat_result, moment: int) -> bytes:
    """The status of a file that was changed at a moment, in ns, and always had this size."""
    return files._STATUS.pack(0, moment, moment, facts.st_ino, facts.st_mode)


def test_the_newest_papers_alone(archive: Path, sitegen: Sitegen) -> None:
    filled(archive)
    built = build.build(archive / "mkdocs.yml", archive / "preview", latest=2)
    newest = [paper.id for paper in built.site.archive.papers]
    everything = build.build(archive / "mkdocs.yml").site.archive.papers
    assert newest == [paper.id for paper in everything][:2]
    assert {path.name for path in (archive / "preview" / "papers").iterdir()} == set(newest)
    assert built.warnings == []
    assert "--latest" in sitegen("serve", "--latest", "0").err

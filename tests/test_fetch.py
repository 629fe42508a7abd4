"""`sitegen fetch` as a user meets it: what it says, and what it leaves, against a local server."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen import files
from sitegen.fetch import arxiv, hf, oai
from tests.conftest import Sitegen, load, papers
from tests.fetch import replies
from tests.fetch.server import Clock, Replay, Server, serving

HINT = "    run this again later; it goes on where it broke off\n"
USAGE = "Usage: sitegen fetch [OPTIONS] [SOURCE] [WHAT]\nTry 'sitegen fetch --help' for help.\n\nError: "


@pytest.fixture
def server(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that the archive takes for Hugging Face, on 20 March 2025; no test waits."""
    with serving() as served:
        monkeypatch.setattr("sitegen.fetch.time", Clock(1_742_450_000))
        _configure(archive, f"[{{source: hf, base: '{served.base}/hf'}}]")
        yield served


def _configure(archive: Path, fetch: str) -> None:
    text = (archive / "mkdocs.yml").read_text()
    head = text.partition("      # What `sitegen fetch`")[0].partition("      fetch: ")[0].rstrip()
    (archive / "mkdocs.yml").write_text(f"{head}\n      fetch: {fetch}\n")


def _set(server: Server, day: str, *answers: Replay | bytes) -> str:
    """What the server replies for a day; the day's address."""
    path = hf.first("", day, "/hf")
    server.replies[path] = [each if isinstance(each, Replay) else Replay(each) for each in answers]
    return server.base + path


def test_a_range_of_days(archive: Path, server: Server, sitegen: Sitegen) -> None:
    _set(server, "2025-03-14", replies.hf("2503.00001", "2503.00002"))
    _set(server, "2025-03-15", b"[]")
    ran = sitegen("fetch", "hf", "--from", "2025-03-14", "--to", "2025-03-15")
    assert (ran.status, ran.out, ran.err) == (
        0,
        "",
        "hf: 2 requests, 1 with papers\n"
        "2 papers = 2 added + 0 merged + 0 unchanged + 0 quarantined\n"
        "300 bytes = 258 of papers + 42 ignored (JSON punctuation and names 42)\n"
        "Next: sitegen build\n",
    )
    assert papers(archive / "content")["2503.00001"].listed == "2025-03-14"
    assert (archive / "content" / "digests" / "2025" / "2025-03-14-hf-daily-papers.md").is_file()
    assert 'last: "2025-03-15"' in (archive / "content" / "fetched.yml").read_text()


def test_since_last_and_nothing_new(server: Server, sitegen: Sitegen) -> None:
    _set(server, "2025-03-18", replies.hf("2503.00001", day="2025-03-18"))
    _set(server, "2025-03-19", b"[]")
    _set(server, "2025-03-20", b"[]")
    assert sitegen("fetch", "hf", "--date", "2025-03-18").status == 0
    ran = sitegen("fetch", "hf", "--since", "last")
    assert (ran.status, ran.err) == (0, "hf: 2 requests, 0 with papers\nNothing was added.\n")
    assert [path[-20:] for path in server.asked[1:]] == ["2025-03-19&limit=100", "2025-03-20&limit=100"]


def test_everything_that_is_set(archive: Path, server: Server, sitegen: Sitegen) -> None:
    feed = b'{"title": "From a list", "abstract": "a.", "date": "2025-03-01"}\n'
    _configure(
        archive, f"[{{source: hf, base: '{server.base}/hf'}}, {{source: feed, what: '{server.base}/list.jsonl'}}]"
    )
    _set(server, "2025-03-19", replies.hf("2503.00001", day="2025-03-19"))
    _set(server, "2025-03-20", replies.hf("2503.00002", day="2025-03-20"))
    server.replies["/list.jsonl"] = [Replay(feed, headers=(("ETag", '"1"'),)), Replay(status=304)]
    ran = sitegen("fetch")
    assert ran.status == 0
    assert ran.err.startswith(
        f"hf: 2 requests, 2 with papers\nfeed {server.base}/list.jsonl: 1 request, 1 with papers\n3 papers = 3 added"
    )
    again = json.loads(sitegen("fetch", "--since", "last", "--json").out)
    assert (again["added"], again["unchanged"], again["problems"]) == (0, 1, [])
    assert again["fetched"] == [
        {"name": "hf", "requests": 1, "replies": 1, "unchanged": False, "failed": False},
        {"name": f"feed {server.base}/list.jsonl", "requests": 1, "replies": 0, "unchanged": True, "failed": False},
    ]


def test_one_source_that_fails_does_not_stop_the_others(archive: Path, server: Server, sitegen: Sitegen) -> None:
    _configure(archive, f"[{{source: feed, what: '{server.base}/gone'}}, {{source: hf, base: '{server.base}/hf'}}]")
    _set(server, "2025-03-19", replies.hf("2503.00001", day="2025-03-19"))
    _set(server, "2025-03-20", b"[]")
    ran = sitegen("fetch")
    assert ran.status == 1
    assert ran.err.startswith(
        f"{server.base}/gone: error: the reply cannot be used: the server answers 404 Not Found\n"
        "    see that the address is right, and opens in a browser\n"
        f"feed {server.base}/gone: 1 request, 0 with papers, then it broke off\n"
        "hf: 2 requests, 1 with papers\n1 paper = 1 added"
    )


def test_a_server_that_is_down(server: Server, sitegen: Sitegen) -> None:
    url = _set(server, "2025-03-14", Replay(status=503))
    ran = sitegen("fetch", "hf", "--date", "2025-03-14")
    assert ran.status == 1
    assert ran.err == (
        "".join(
            f"{url}: the server answers 503 Service Unavailable; asking again in {seconds} s\n"
            for seconds in (2, 4, 8, 16)
        )
        + f"{url}: error: no whole reply came: the server answers 503 Service Unavailable\n{HINT}"
        + "hf: 5 requests, 0 with papers, then it broke off\nNothing was added.\n"
    )


def test_a_server_that_wants_a_long_rest(server: Server, sitegen: Sitegen) -> None:
    url = _set(server, "2025-03-14", Replay(status=429, headers=(("Retry-After", "7200"),)))
    ran = sitegen("fetch", "hf", "--date", "2025-03-14")
    assert ran.err == (
        f"{url}: error: the server answers 429 Too Many Requests and asks to come back in 7200 seconds\n"
        "    run this again then; it goes on where it broke off\n"
        "hf: 1 request, 0 with papers, then it broke off\nNothing was added.\n"
    )


def test_a_reply_that_is_odd(server: Server, sitegen: Sitegen) -> None:
    url = _set(server, "2025-03-14", b"<html>\x1b[2J</html>")
    ran = sitegen("fetch", "hf", "--date", "2025-03-14", "--json")
    assert json.loads(ran.out)["problems"] == [
        {
            "file": url,
            "line": 0,
            "field": "",
            "message": "the reply is not what this source gives: "
            "it is no JSON (Expecting value: line 1 column 1 (char 0))",
            "hint": "run this again later; if it stays so, the source has changed, "
            "or a wrong `base` is set in mkdocs.yml",
        }
    ]


def test_a_feed_that_no_reader_knows(archive: Path, server: Server, sitegen: Sitegen) -> None:
    server.replies["/page"] = [Replay(b"<html>Hello</html>", headers=(("ETag", '"1"'),))]
    ran = sitegen("fetch", "feed", f"{server.base}/page")
    assert ran.status == 1
    assert ran.err.startswith(f'{server.base}/page:1: error: no known format begins with "<html>Hello</html>"\n')
    assert not (archive / "content" / "fetched.yml").exists()


def test_a_feed_of_a_day(archive: Path, server: Server, sitegen: Sitegen) -> None:
    server.replies["/list.jsonl"] = [Replay(b'{"title": "One", "abstract": "a."}\n')]
    assert sitegen("fetch", "feed", f"{server.base}/list.jsonl", "--date", "2025-03-14").status == 0
    assert papers(archive / "content")["one"].listed == "2025-03-14"


def test_a_category_of_arxiv_in_pages(archive: Path, server: Server, sitegen: Sitegen) -> None:
    _configure(archive, f"[{{source: arxiv, what: cs.CL, base: '{server.base}/api'}}]")
    first = arxiv.first("cs.CL", "2025-03-10", "/api")
    server.replies[first] = [Replay(replies.atom(["2503.00001", "2503.00002"], 3))]
    server.replies[first.replace("start=0", "start=2")] = [Replay(replies.atom(["2503.00003"], 3, 2))]
    ran = sitegen("fetch", "arxiv", "cs.CL", "--date", "2025-03-10", "--json")
    said = json.loads(ran.out)
    assert (ran.status, said["added"], said["problems"]) == (0, 3, [])
    (digest,) = load(archive / "content").archive.digests
    assert (digest.id, digest.title) == ("2025-03-10-arxiv-cs-cl", "arXiv cs.CL, 10 March 2025")
    assert digest.papers == ("2503.00001", "2503.00002", "2503.00003")


def test_a_set_of_a_repository_in_parts(archive: Path, server: Server, sitegen: Sitegen) -> None:
    what = f"{server.base}/oai?set=cs"
    first = oai.first(what, "2025-03-10", "").removeprefix(server.base)
    server.replies[first] = [Replay(replies.oai("2503.00001", token="next"))]
    server.replies["/oai?verb=ListRecords&resumptionToken=next"] = [Replay(replies.oai("2503.00002", token=""))]
    ran = sitegen("fetch", "oai", what, "--date", "2025-03-10", "--json")
    said = json.loads(ran.out)
    assert (ran.status, said["added"], said["problems"]) == (0, 2, [])
    assert set(said["digests"]) == {"2025-03-10-oai-pmh-127-0-0-1-cs"}


def test_a_dry_run_asks_nobody(archive: Path, server: Server, sitegen: Sitegen) -> None:
    ran = sitegen("fetch", "hf", "--from", "2025-03-14", "--to", "2025-03-15", "--dry-run")
    urls = [server.base + hf.first("", day, "/hf") for day in ("2025-03-14", "2025-03-15")]
    assert (ran.status, ran.out.splitlines()) == (0, urls)
    assert ran.err == "Nothing was asked: this was a dry run.\n"
    ran = sitegen("fetch", "arxiv", "cs.CL", "--date", "2025-03-14", "--dry-run", "--json")
    assert json.loads(ran.out)["urls"][0].startswith("https://export.arxiv.org/api/query?")
    assert server.asked == []
    assert not (archive / "content" / "fetched.yml").exists()


def test_killed_between_store_and_add(
    archive: Path, server: Server, sitegen: Sitegen, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(server, "2025-03-14", replies.hf("2503.00001"))

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(files, "replace_all", interrupt)
        ran = sitegen("fetch", "hf", "--date", "2025-03-14")
    assert (ran.status, ran.err) == (130, "\nInterrupted.\n")
    assert len(list((archive / ".cache" / "fetched").rglob("2025-03-14-*"))) == 1
    ran = sitegen("fetch", "hf", "--date", "2025-03-14")
    assert ran.err.startswith("hf: 0 requests, 1 with papers\n1 paper = 1 added")
    assert len(server.asked) == 1


def test_never_fetched(server: Server, sitegen: Sitegen) -> None:
    ran = sitegen("fetch", "arxiv", "cs.CL", "--since", "last")
    assert (ran.status, ran.err) == (
        1,
        'content/fetched.yml: error: "arxiv cs.CL" was never fetched, so there is no last time\n'
        "    say from which day on, as in `--from 2025-03-14`; later `--since last` goes on from there\n",
    )


def test_nothing_is_set(archive: Path, sitegen: Sitegen) -> None:
    assert sitegen("fetch").err == (
        "mkdocs.yml: error: nothing to fetch is set\n"
        "    name a source, as in `sitegen fetch hf --date 2025-03-14`, or list them as `fetch:` below `- sitegen:`\n"
    )


@pytest.mark.parametrize("command", ["fetch", "check"])
def test_wrong_settings(command: str, archive: Path, sitegen: Sitegen) -> None:
    _configure(
        archive, "[{source: hg}, {source: arxiv, what: CL!}, {source: hf, what: x}, {source: hf, base: ftp://a}]"
    )
    ran = sitegen(command)
    assert ran.status == 1
    assert ran.err.startswith(
        'mkdocs.yml: error: sitegen.fetch 1: unknown source "hg"\n'
        "    known sources are: hf, arxiv, oai, feed\n"
        'mkdocs.yml: error: sitegen.fetch 2: "CL!" does not fit the source "arxiv"\n'
        "    write a category, as in cs.CL\n"
        'mkdocs.yml: error: sitegen.fetch 3: "x" does not fit the source "hf"\n'
        "    write no `what` with it\n"
        'mkdocs.yml: error: sitegen.fetch 4: "ftp://a" does not fit the source "hf"\n'
        "    write the `base` as a whole address, beginning with https://\n"
    )


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("[{source: hf, wat: x}]", 'unknown setting "wat"\n    known settings are: source, what, base'),
        ("hf", '"hf" does not fit: Input should be a valid list'),
        ("[{what: cs.CL}]", "{'what': 'cs.CL'} does not fit: Field required"),
    ],
)
def test_settings_of_another_form(setting: str, message: str, archive: Path, sitegen: Sitegen) -> None:
    _configure(archive, setting)
    line = (archive / "mkdocs.yml").read_text().count("\n")
    assert sitegen("check").err.startswith(f"mkdocs.yml:{line}: error: sitegen.fetch: {message}\n")


def test_a_broken_file_of_the_last_fetch(archive: Path, sitegen: Sitegen) -> None:
    file = archive / "content" / "fetched.yml"
    file.write_text('hf:\n  last: "soon"\narxiv cs.CL:\n  url: "https://export.arxiv.org/api/query?max_results=5"\n')
    ran = sitegen("fetch", "hf", "--since", "last")
    hint = "    take the file back from git, or delete these lines and fetch with `--from`\n"
    assert (ran.status, ran.err) == (
        1,
        f'content/fetched.yml:2: error: hf last: expected a day, as in 2025-03-13, got "soon"\n{hint}'
        "content/fetched.yml:4: error: arxiv cs.CL url: expected an address with a number behind start=, "
        f'got "https://export.arxiv.org/api/query?max_results=5"\n{hint}',
    )
    file.write_text("hf:\n\tlast: x")
    assert sitegen("fetch", "hf", "--since", "last").err == (
        "content/fetched.yml:2: error: not what `sitegen fetch` wrote: "
        "found character '\\t' that cannot start any token\n"
        "    take the file back from git, or delete it and fetch with `--from`\n"
    )


def test_a_second_fetch_is_refused(archive: Path, server: Server, sitegen: Sitegen) -> None:
    with files.exclusive(archive / ".cache" / "fetch.lock"):
        ran = sitegen("fetch", "hf", "--date", "2025-03-14")
    assert (ran.status, ran.err) == (
        1,
        "content: error: another `sitegen fetch` is running\n    wait for it to end, then try again\n",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("hg", "SOURCE: 'hg' is not known; known are hf, arxiv, oai, feed."),
        ("arxiv", "WHAT: '' does not fit; arxiv takes a category, as in cs.CL."),
        ("hf x --date 2025-03-14", "WHAT: 'x' does not fit; hf takes nothing more."),
        ("feed file:///etc/passwd", "WHAT: 'file:///etc/passwd' does not fit; feed takes an address, as in "
         "https://example.org/feed.xml."),
        ("hf", "--date: say which days: --date, --from with or without --to, or --since last."),
        ("hf --date soon", "--date: 'soon' is not a day; write YYYY-MM-DD."),
        ("hf --date 2025-02-30", "--date: '2025-02-30' is not a day; write YYYY-MM-DD."),
        ("hf --date 2025-03-21", "--date: 2025-03-21 is in the future; today is 2025-03-20 (UTC)."),
        ("hf --from 0001-01-01", "--from: 0001-01-01 is before the first paper of arXiv, 1991-08-14."),
        ("hf --from 2025-03-14 --to 2025-03-13", "--to: 2025-03-13 is before --from 2025-03-14."),
        ("hf --to 2025-03-14", "--to: it takes --from, too."),
        ("hf --date 2025-03-14 --since last", "--date: only one of --date, --from and --since can be given."),
        ("feed https://a.example/ --from 2025-03-14", "--from: feed gives what there is now; --date can say which day "
         "that is of."),
        ("--date 2025-03-14", "SOURCE: name the source, too: hf, arxiv, oai, feed."),
    ],
)  # fmt: skip
def test_wrong_use(arguments: str, message: str, server: Server, sitegen: Sitegen) -> None:
    ran = sitegen("fetch", *arguments.split())
    assert (ran.status, ran.err) == (2, f"{USAGE}Invalid value for {message}\n")


def test_under_plain_mkdocs_too(archive: Path, server: Server) -> None:
    """MkDocs knows the setting; what it holds is for `sitegen fetch`."""
    from mkdocs.config import load_config

    assert load_config(str(archive / "mkdocs.yml")).plugins["sitegen"].config["fetch"][0]["source"] == "hf"

"""The preview over real sockets: what it answers, what it refuses, and how it follows changes."""

import gzip
import itertools
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from watchdog.observers import Observer

from sitegen.problems import Problem, ProblemsFound, problem
from sitegen.serve import preview as preview_module
from sitegen.serve.preview import Preview
from tests.conftest import Sitegen, shared

FILES = {
    "index.html": "<html><body><h1>Home</h1></body></html>",
    "404.html": "<html><body>No such page</body></html>",
    "papers/x/index.html": "<p>Paper without a body element",
    "papers/é/index.html": "<body>é</body>",
    "fragment.html": "<body><script>'</body>'</script></body>",
    **dict.fromkeys(
        ["a.js", "a.mjs", "a.css", "a.json", "a.bin", "a.xml", "a.svg", "a.webmanifest", "a.txt", "a.unknown"], "data"
    ),
}


@dataclass
class Running:
    """A preview under test; `content` is what it watches, `broken` makes builds fail."""

    content: Path
    path: str = "/"
    broken: list[Problem] = field(default_factory=list)
    builds: int = 0
    reported: list[Sequence[Problem]] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    url: str = ""

    def build(self) -> Path:
        self.builds += 1
        folder = self.content.parent / f"built-{self.builds}"
        self.folders.append(folder)
        if self.broken:
            raise ProblemsFound(self.broken)
        for name, text in FILES.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        (folder / "edited.txt").write_bytes((self.content / "page.md").read_bytes())
        return folder

    def finish(self) -> None:
        self.finished.append((self.content / "page.md").read_text())
        if "unfinished" in self.finished[-1]:
            raise OSError(28, "No space left on device", "search")

    @property
    def port(self) -> int:
        return int(self.url.split(":")[2].split("/")[0])

    def ask(
        self, target: str, method: str = "GET", host: str | None = "localhost", timeout: float = 20
    ) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        connection.putrequest(method, target, skip_host=True)
        if host is not None:
            connection.putheader("Host", host)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body

    def status(self, target: str, method: str = "GET", host: str | None = "localhost") -> int:
        return self.ask(target, method, host)[0].status

    def generation(self) -> str:
        found = re.search(rb"__reload\.js\?([\w-]+)", self.ask(self.path)[1])
        assert found
        return found[1].decode()

    def raw(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65536), b""))


@contextmanager
def previewing(running: Running) -> Iterator[Running]:
    ready = threading.Event()

    def on_ready(url: str) -> None:
        running.url = url
        ready.set()

    preview = Preview(
        running.build,
        [running.content],
        "127.0.0.1",
        0,
        finish=running.finish,
        path=running.path,
        on_problems=running.reported.append,
    )
    with preview:
        thread = threading.Thread(target=preview.run, args=(on_ready,))
        thread.start()
        assert ready.wait(20)
        try:
            yield running
        finally:
            preview.stop()
            thread.join(20)
        assert not thread.is_alive()


def content_in(folder: Path) -> Path:
    content = folder / "content"
    content.mkdir(parents=True)
    (content / "page.md").write_text("first", encoding="utf-8")
    return content


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with previewing(Running(content_in(tmp_path_factory.mktemp("site")))) as running:
        yield running


@pytest.fixture(scope="module")
def mounted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with previewing(Running(content_in(tmp_path_factory.mktemp("mounted")), "/repo/")) as running:
        yield running


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "it did not happen in 20 s"
        time.sleep(0.02)


# --- answers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("", "text/html; charset=utf-8"),
        ("papers/x/", "text/html; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.json", "application/json"),
        ("a.bin", "application/octet-stream"),
        ("a.xml", "application/xml"),
        ("a.svg", "image/svg+xml"),
        ("a.webmanifest", "application/manifest+json"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.unknown", "application/octet-stream"),
    ],
)
def test_media_types(site: Running, mounted: Running, name: str, media_type: str) -> None:
    for running in (site, mounted):
        response, body = running.ask(running.path + name)
        assert (response.status, response.headers["Content-Type"]) == (200, media_type)
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert int(response.headers["Content-Length"]) == len(body)
        if "html" not in media_type:
            assert body == b"data"


@pytest.mark.parametrize("name", ["", "papers/x", "a.js", "nothing", "__reload.js"])
def test_head_is_get_without_the_body(mounted: Running, name: str) -> None:
    got, _ = mounted.ask(f"/repo/{name}")
    head, body = mounted.ask(f"/repo/{name}", "HEAD")
    assert body == b""
    assert head.status == got.status
    assert {**head.headers, "Date": ""} == {**got.headers, "Date": ""}


def test_head_of_the_events_ends(site: Running) -> None:
    assert site.status("/__reload?x", "HEAD") == 200


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/", "/repo/"),
        ("/repo", "/repo/"),
        ("/repo?q=1", "/repo/?q=1"),
        ("/repo/papers", "/repo/papers/"),
        ("/repo/papers/x?q=a%26b", "/repo/papers/x/?q=a%26b"),
        ("/repo/papers/%C3%A9", "/repo/papers/%C3%A9/"),
        ("//repo/papers/x", "/repo/papers/x/"),
    ],
)
def test_redirects(mounted: Running, target: str, location: str) -> None:
    response, _ = mounted.ask(target)
    assert response.status in (301, 302)
    assert response.headers["Location"] == location


def test_a_folder_without_a_page_is_not_listed(site: Running) -> None:
    assert site.status("/papers/") == 404


def test_unknown_pages_get_the_page_of_the_site(site: Running, mounted: Running) -> None:
    for running, target in (
        (site, "/nothing"),
        (mounted, "/repo/nothing"),
        (mounted, "/a.js"),
        (mounted, "/repository/"),
    ):
        response, body = running.ask(target)
        assert (response.status, response.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
        assert body.startswith(b"<html><body>No such page<script ")


def test_only_pages_get_the_script(mounted: Running) -> None:
    _, page = mounted.ask("/repo/")
    name = mounted.generation()
    script = f'<script src="/repo/__reload.js?{name}"></script>'
    assert page.decode() == f"<html><body><h1>Home</h1>{script}</body></html>"
    assert mounted.ask("/repo/papers/x/")[1].decode() == FILES["papers/x/index.html"] + script
    assert mounted.ask("/repo/fragment.html")[1].decode() == f"<body><script>'</body>'</script>{script}</body>"
    assert b"EventSource" in mounted.ask("/repo/__reload.js?x")[1]


# --- refusals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
def test_hosts_of_this_machine(site: Running, name: str) -> None:
    assert site.status("/", host=name) == 200
    assert site.status("/", host=f"{name}:{site.port}") == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("target", ["/", "/a.js", "/nothing", "/__reload?x", "/__reload.js"])
def test_other_hosts_are_refused(site: Running, method: str, target: str) -> None:
    hosts = [
        "evil.example",
        "localhost.evil.example",
        "localhost:1",
        "0.0.0.0",
        "127.0.0.1.nip.io",
        "localhost.",
        "",
        None,
    ]
    for host in hosts:
        response, body = site.ask(target, method, host)
        assert response.status == 403, host
        assert body in (b"", f"Only for {site.url}\n".encode())


def test_two_hosts_are_refused(site: Running) -> None:
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"
    assert site.raw(request).startswith(b"HTTP/1.0 403 ")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE", "MOVE"])
def test_there_is_nothing_to_write_to(site: Running, method: str) -> None:
    assert site.status("/__reload", method) == 501
    assert site.status("/a.js", method) == 501


def traversals() -> list[str]:
    ups = ["..", "%2e%2e", ".%2e", "%252e%252e", "..%00", "%c0%ae%c0%ae", "%uff0e%uff0e", "．．", "..;", "...", "."]
    slashes = ["/", "%2f", "\\", "%5c", "%252f", "%c0%af", "//", "/./"]
    paths = [(up + slash) * depth + "secret.txt" for up, slash, depth in itertools.product(ups, slashes, (1, 2, 5))]
    odd = [
        "%00",
        "a.js%00",
        "a.js%00.html",
        "%",
        "%zz",
        "%ff",
        "a.js/",
        "a.js/x",
        "a.js//",
        "papers//x/",
        "/etc/passwd",
    ]
    return [
        *paths,
        *odd,
        "papers/../a.js",
        "x" * 300,
        "x/" * 3000,
        "%0d%0aX:1",
        "a.js%0a",
        "file:///etc/passwd",
        "c:/x",
        "~",
    ]


def assert_not_found(site: Running, targets: Sequence[str], secret: bytes) -> None:
    for target in targets:
        line = f"GET /{target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode("utf-8", "surrogatepass")
        answer = site.raw(line)
        status = int(answer.split(b" ", 2)[1])
        # 400, 414: not even a request line. 200: "." and "/" may lead to the home page.
        assert status in (404, 400, 414) or (status == 200 and b"<h1>Home</h1>" in answer), (target, answer[:200])
        assert secret not in answer, target


def test_no_path_leads_out(site: Running) -> None:
    secret = site.folders[-1].parent / "secret.txt"
    secret.write_text("top secret", encoding="utf-8")
    assert_not_found(site, traversals(), b"top secret")


def test_no_path_of_the_shared_list_leads_out(site: Running) -> None:
    """Paths of public attack lists; `{FILE}` stands for the file that is wanted."""
    lines = gzip.decompress(shared("hostile/path.jsonl.gz").read_bytes()).splitlines()
    cases = [json.loads(line) for line in lines[:: len(lines) // 1000 + 1]]
    paths = [case["payload"].replace("{FILE}", "etc/passwd") for case in cases if "payload" in case]
    targets = [path.removeprefix("/") for path in paths if not re.search(r"[\r\n ]", path)]
    assert len(targets) > 500
    assert_not_found(site, targets, b"root:")


def test_links_are_not_followed(site: Running, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("top secret", encoding="utf-8")
    built = site.folders[-1]
    links = {"out": tmp_path, "file.txt": tmp_path / "secret.txt", "in.js": built / "a.js", "loop": built}
    for name, place in links.items():
        (built / name).symlink_to(place)
    try:
        for target in ("/out/secret.txt", "/out/", "/out", "/file.txt", "/in.js", "/loop/a.js", "/loop/"):
            assert site.status(target) == 404, target
    finally:
        for name in links:
            (built / name).unlink()


# --- following changes ---------------------------------------------------------------------------------------------


def test_a_change_is_built_and_the_pages_are_told(tmp_path: Path) -> None:
    with previewing(Running(content_in(tmp_path), "/repo")) as running:
        assert running.url.endswith("/repo/")
        running.path = "/repo/"
        before = running.generation()
        told: list[bytes] = []
        waiting = threading.Thread(target=lambda: told.append(running.ask(f"/repo/__reload?{before}")[1]))
        waiting.start()
        (running.content / "page.md").write_text("second", encoding="utf-8")
        waiting.join(20)
        assert told == [b"data: reload\n\n"]
        assert running.ask("/repo/edited.txt")[1] == b"second"
        assert running.generation() != before
        assert running.ask(f"/repo/__reload?{before}")[1] == b"data: reload\n\n"
        assert running.ask("/repo/__reload?of-another-preview")[1] == b"data: reload\n\n"


def test_what_can_wait_is_done_when_nothing_has_changed_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_module, "QUIET", 1.0)

    def wait_for(count: int) -> None:
        limit = time.monotonic() + 20
        while len(running.finished) < count and time.monotonic() < limit:
            time.sleep(0.05)

    with previewing(Running(content_in(tmp_path))) as running:
        wait_for(1)
        for text in ("second", "third", "unfinished"):
            (running.content / "page.md").write_text(text, encoding="utf-8")
            time.sleep(0.3)
        wait_for(2)
        time.sleep(0.7)
        assert running.finished == ["first", "unfinished"]
        assert ["No space left on device" in str(found) for (found,) in running.reported] == [True]


@pytest.mark.parametrize(
    "name", [".page.md.swp", "page.md~", "#page.md#", "4913", "__pycache__/x.py", "x.pyc", ".git/index", "x.tmp"]
)
def test_what_editors_leave_is_no_change(tmp_path: Path, name: str) -> None:
    with previewing(Running(content_in(tmp_path))) as running:
        file = running.content / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("noise", encoding="utf-8")
        (running.content / "page.md").read_bytes()
        time.sleep(0.5)
        assert running.builds == 1


def test_new_removed_and_renamed_files_are_changes(tmp_path: Path) -> None:
    with previewing(Running(content_in(tmp_path))) as running:
        folder = running.content / "papers" / "2025"
        changes: list[Callable[[], object]] = [
            lambda: folder.mkdir(parents=True),
            lambda: (folder / "a.md").write_text("a", encoding="utf-8"),
            lambda: (folder / "a.md").rename(folder / "b.md"),
            (folder / "b.md").unlink,
        ]
        for change in changes:
            before = running.generation()
            change()
            until(lambda before=before: running.generation() != before)  # type: ignore[misc]


def test_many_changes_are_one_build(tmp_path: Path) -> None:
    with previewing(Running(content_in(tmp_path))) as running:
        for number in range(40):
            (running.content / f"{number}.md").write_text("x", encoding="utf-8")
        until(lambda: running.builds > 1)
        time.sleep(0.6)
        assert running.builds <= 3


def test_a_file_can_be_watched(tmp_path: Path) -> None:
    content = content_in(tmp_path)
    running = Running(content)
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("a: 1", encoding="utf-8")
    preview = Preview(running.build, [settings, tmp_path / "missing"], "127.0.0.1", 0, on_problems=lambda _found: None)
    with preview:
        thread = threading.Thread(target=preview.run, args=(lambda _url: None,))
        thread.start()
        until(lambda: running.builds == 1)
        (content / "page.md").write_text("not watched", encoding="utf-8")
        (tmp_path / "mkdocs.yaml").write_text("not watched", encoding="utf-8")
        time.sleep(0.5)
        assert running.builds == 1
        settings.write_text("a: 2", encoding="utf-8")
        until(lambda: running.builds == 2)
        preview.stop()
        thread.join(20)


def broken_page() -> Problem:
    return problem("preview-failed", file="<script>alert(1)</script>", error="<b> is & was")


def test_a_failing_rebuild_keeps_the_last_good_site(tmp_path: Path) -> None:
    with previewing(Running(content_in(tmp_path))) as running:
        before = running.generation()
        running.broken.append(broken_page())
        (running.content / "page.md").write_text("second", encoding="utf-8")
        until(lambda: len(running.reported) == 1)
        assert list(running.reported[0]) == running.broken
        assert running.ask("/edited.txt")[1] == b"first"
        assert running.generation() == before
        running.broken.clear()
        (running.content / "page.md").write_text("third", encoding="utf-8")
        until(lambda: running.ask("/edited.txt")[1] == b"third")
        assert running.generation() != before


def test_a_failing_first_build_shows_its_messages(tmp_path: Path) -> None:
    running = Running(content_in(tmp_path), broken=[broken_page()])
    with previewing(running):
        response, body = running.ask("/papers/x/")
        page = body.decode()
        assert (response.status, response.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
        assert (
            "&lt;script&gt;alert(1)&lt;/script&gt;: error: the site could not be built: &lt;b&gt; is &amp; was" in page
        )
        assert "<script>" not in page
        before = running.generation()
        running.broken.clear()
        (running.content / "page.md").write_text("mended", encoding="utf-8")
        assert running.ask(f"/__reload?{before}")[1] == b"data: reload\n\n"
        assert running.status("/papers/x/") == 200


# --- starting and ending -------------------------------------------------------------------------------------------


def test_a_port_in_use_is_a_message(site: Running) -> None:
    with pytest.raises(ProblemsFound) as caught:
        Preview(site.build, [], "127.0.0.1", site.port, on_problems=lambda _found: None)
    address = f"127.0.0.1:{site.port}"
    assert str(caught.value).startswith(f"{address}: error: cannot listen on {address}: Address already in use\n")


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 0), ("no.such.host.invalid", 0), ("127.0.0.1", 99999)])
def test_a_wrong_address_is_a_message(host: str, port: int) -> None:
    with pytest.raises(ProblemsFound, match=f"cannot listen on {host}:{port}: "):
        Preview(Path, [], host, port, on_problems=lambda _found: None)


def test_what_cannot_be_watched_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Observer, "schedule", refuse)
    preview = Preview(lambda: tmp_path, [tmp_path], "127.0.0.1", 0, on_problems=lambda _found: None)
    with preview, pytest.raises(ProblemsFound, match="changes cannot be watched: No space left on device"):
        preview.run(lambda _url: None)


def test_it_listens_at_the_given_address_only(site: Running) -> None:
    listening = Path("/proc/net/tcp").read_text(encoding="ascii") if Path("/proc/net/tcp").exists() else ""
    if not listening:
        pytest.skip("no /proc/net/tcp")
    port = f"{site.port:04X}"
    addresses = {line.split()[1] for line in listening.splitlines()[1:] if line.split()[3] == "0A"}
    assert {address for address in addresses if address.endswith(f":{port}")} == {f"0100007F:{port}"}


_SERVER = """
import pathlib, signal, sys, time
from sitegen.serve import serve

# A test run that was started in the background ignores Ctrl-C, and its children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

def build():
    folder = pathlib.Path(sys.argv[1]) / "built"
    folder.mkdir()
    (folder / "index.html").write_text("<body>")
    if sys.argv[2] == "building":
        print("building", flush=True)
        time.sleep(60)
    return folder

def ready(url):
    print(url, flush=True)

serve(build, [pathlib.Path(sys.argv[1])], "127.0.0.1", 0, on_ready=ready, on_problems=print)
print("ended")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("when", ["building", "serving"])
def test_a_signal_ends_it_and_leaves_nothing(tmp_path: Path, number: signal.Signals, when: str) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-c", _SERVER, str(tmp_path), when]
    environment = {"TMPDIR": str(temporary)}
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    ) as process:
        assert process.stdout
        first = process.stdout.readline()
        assert first.startswith("building" if when == "building" else "http://127.0.0.1:")
        process.send_signal(number)
        try:
            out, err = process.communicate(timeout=20)
        finally:
            process.kill()
    assert (process.returncode, out, err) == (0, "ended\n", "")
    assert list(temporary.iterdir()) == []


def test_a_theme_of_ones_own_is_watched(archive: Path, sitegen: Sitegen, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = archive / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("  name: material\n", "  name: material\n  custom_dir: looks\n"))
    watched: list[Path] = []
    monkeypatch.setattr("sitegen.serve.serve", lambda _build, watch, *_rest, **_more: watched.extend(watch))
    for exists in (False, True):
        assert sitegen("serve").status == 0
        assert (Path("looks") in watched) == exists
        (archive / "looks").mkdir(exist_ok=True)

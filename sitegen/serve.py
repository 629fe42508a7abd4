"""The preview: build into a temporary folder, serve that to this machine, build again after each change.

It only reads: no request changes anything, nothing is written to the site or the archive.
"""

import logging
import os
import secrets
import shutil
import signal
import socket
import stat
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from types import FrameType
from typing import Any, cast
from urllib.parse import quote, unquote

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from sitegen.problems import Problem, ProblemsFound, problem
from sitegen.text.escape import html

DEBOUNCE = 0.2
_HEARTBEAT = 15.0
_CHANGES = {"created", "modified", "deleted", "moved"}
_TEXT = "; charset=utf-8"
_MEDIA_TYPES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".bib": f"text/plain{_TEXT}",
    ".bin": "application/octet-stream",
    ".css": f"text/css{_TEXT}",
    ".csv": f"text/csv{_TEXT}",
    ".gif": "image/gif",
    ".html": f"text/html{_TEXT}",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": f"text/javascript{_TEXT}",
    ".json": "application/json",
    ".map": "application/json",
    ".md": f"text/markdown{_TEXT}",
    ".mjs": f"text/javascript{_TEXT}",
    ".opml": "text/x-opml",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": f"text/plain{_TEXT}",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_PAGE = _MEDIA_TYPES[".html"]
_SCRIPT = """\
{
  const events = document.currentScript.src.replace("__reload.js", "__reload");
  let source;
  const listen = () => {
    source?.close();
    if (document.visibilityState !== "visible") return; // a browser has few connections for all tabs together
    source = new EventSource(events);
    source.onmessage = () => location.reload();
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
}
"""


@dataclass(frozen=True, slots=True)
class Generation:
    """One build as it is served: its folder (None: there is no good build yet), a name, what was wrong."""

    name: str
    folder: Path | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets. `location` is set for redirects."""

    status: HTTPStatus
    media_type: str = f"text/plain{_TEXT}"
    body: bytes = b""
    location: str = ""


def answer(generation: Generation, mount: str, target: str) -> Answer:
    """The answer to `GET target`; `mount` is "/" or as "/repo/".

    "/repo/papers/x/" is its index.html, "/repo/papers/x" leads there, and all that is not a file of the site is a 404.
    """
    raw, question_mark, query = target.partition("?")
    if raw == "/" != mount or raw == mount.removesuffix("/") != "":
        return Answer(HTTPStatus.FOUND, location=quote(mount) + question_mark + query)
    if generation.folder is None:
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE, _PAGE, _live(_messages(generation), generation, mount))
    parts = _parts(raw, mount)
    file = None if parts is None else _inside(generation.folder, parts)
    if parts is None or file is None:
        return _not_found(generation, generation.folder, mount)
    if file.is_dir():
        location = quote(f"{mount}{'/'.join(parts)}/") + question_mark + query
        return Answer(HTTPStatus.MOVED_PERMANENTLY, location=location)
    media_type = _MEDIA_TYPES.get(file.suffix.lower(), "application/octet-stream")
    body = file.read_bytes()
    return Answer(HTTPStatus.OK, media_type, _live(body, generation, mount) if media_type == _PAGE else body)


def _parts(raw: str, mount: str) -> list[str] | None:
    """The names that lead to the file: "/repo/papers/x/" is ["papers", "x", "index.html"]. None for a hostile path."""
    try:
        path = unquote(raw, errors="strict")
    except UnicodeDecodeError:
        return None
    if not path.startswith(mount) or "\\" in path or not path.isprintable():
        return None
    parts = path[len(mount) :].split("/")
    if parts[-1] == "":
        parts[-1] = "index.html"
    # On Windows "x:y" is a stream of x, and "c:" a drive.
    hostile = any(part in {"", ".", ".."} or (sys.platform == "win32" and ":" in part) for part in parts)
    return None if hostile else parts


def _inside(folder: Path, parts: Sequence[str]) -> Path | None:
    """The file or folder below `folder`; None if it is not there, or if a symbolic link is on the way to it."""
    place = folder
    for part in parts:
        place = place / part
        try:
            mode = place.lstat().st_mode
        except (OSError, ValueError):
            return None
        if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
            return None
    return place


def _not_found(generation: Generation, folder: Path, mount: str) -> Answer:
    page = _inside(folder, ["404.html"])
    if page is None or page.is_dir():
        return Answer(HTTPStatus.NOT_FOUND, body=b"Not found\n")
    return Answer(HTTPStatus.NOT_FOUND, _PAGE, _live(page.read_bytes(), generation, mount))


def _live(page: bytes, generation: Generation, mount: str) -> bytes:
    """The page with the script that reloads it. A script of its own file passes a Content Security Policy."""
    script = f'<script src="{html(quote(mount))}__reload.js?{generation.name}"></script>'.encode()
    end = page.lower().rfind(b"</body>")
    return page[:end] + script + page[end:] if end >= 0 else page + script


def _messages(generation: Generation) -> bytes:
    if not generation.problems:
        return b"<!doctype html><title>Building</title><body><p>The site is being built.</p></body>"
    found = "\n\n".join(str(each) for each in generation.problems)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Problems</title>'
        f"<body><h1>The site could not be built</h1><pre>{html(found)}</pre>"
        "<p>This page shows the site as soon as they are mended.</p></body></html>"
    ).encode()


class Preview:
    """A site that is built, served and rebuilt: `with Preview(…) as preview: preview.run(…)`.

    build: writes the site into the folder it is given, or raises ProblemsFound. watch: files and folders.
    path: where the site stands on its host, as in "/repo/". on_problems: told what stopped a rebuild.
    """

    def __init__(
        self,
        build: Callable[[Path], object],
        watch: Sequence[Path],
        host: str,
        port: int,
        *,
        path: str = "/",
        on_problems: Callable[[Sequence[Problem]], None],
    ) -> None:
        self.build = build
        self.watch = watch
        self.mount = f"/{path.strip('/')}/" if path.strip("/") else "/"
        self.on_problems = on_problems
        self._start = secrets.token_hex(4)  # so that a page of an earlier preview knows that it is old
        self.current = Generation(f"{self._start}-0")
        self._builds = 0
        self._changed = threading.Event()
        self._switched = threading.Condition()
        self._stopping = False
        self._server = _Server(host, port, self)

    @property
    def url(self) -> str:
        """As in "http://127.0.0.1:8000/repo/"."""
        host = f"[{self._server.host}]" if ":" in self._server.host else self._server.host
        return f"http://{host}:{self._server.server_port}{quote(self.mount)}"

    def __enter__(self) -> "Preview":
        self._folder = Path(tempfile.mkdtemp(prefix="sitegen-preview-"))
        self._observer = Observer()
        try:
            _observe(self._observer, self.watch, self._changed)
        except BaseException:
            self._server.server_close()
            shutil.rmtree(self._folder)
            raise
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
        self._observer.stop()
        self._observer.join()
        self._server.shutdown()
        self._server.server_close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def run(self, on_ready: Callable[[str], None]) -> None:
        """Build, say where the site is, and build again after each change, until `stop`."""
        self._rebuild()
        on_ready(self.url)
        while not self._stopping:
            # With a timeout, because Windows does not interrupt a wait without one.
            if not self._changed.wait(0.5):
                continue
            while self._changed.is_set():
                self._changed.clear()
                time.sleep(DEBOUNCE)
            if not self._stopping:
                self._rebuild()

    def stop(self) -> None:
        """End `run`, and every request that waits."""
        self._stopping = True
        self._changed.set()
        with self._switched:
            self._switched.notify_all()

    def _rebuild(self) -> None:
        """Build beside what is served, then switch to it. The build before is kept for requests that are under way."""
        self._builds += 1
        name = f"{self._start}-{self._builds}"
        folder = self._folder / str(self._builds)
        served = self.current.folder
        try:
            self.build(folder)
        except (ProblemsFound, OSError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            problems = _problems_of(error)
            self.on_problems(problems)
            if served is None:
                self._switch(Generation(name, None, problems))
            return
        self._switch(Generation(name, folder))
        for old in self._folder.iterdir():
            if old not in (folder, served):
                shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink()

    def _switch(self, generation: Generation) -> None:
        with self._switched:
            self.current = generation
            self._switched.notify_all()

    def wait(self, name: str, timeout: float) -> bool:
        """Whether a build other than `name` is being served, now or before the time is over."""
        with self._switched:
            self._switched.wait_for(lambda: self._stopping or self.current.name != name, timeout)
            return self.current.name != name

    @property
    def stopping(self) -> bool:
        return self._stopping


def _problems_of(error: ProblemsFound | OSError) -> tuple[Problem, ...]:
    if isinstance(error, ProblemsFound):
        return error.problems
    reason = error.strerror or str(error)
    return (problem("preview-failed", file=str(error.filename or ""), error=reason),)


class _Server(ThreadingHTTPServer):
    """Listens at one address, and knows the preview it answers for."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        self.preview = preview
        self.host = host
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            super().__init__((host, port), _Handler)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            address = f"{host}:{port}"
            raise ProblemsFound([problem("preview-address", file=address, address=address, error=reason)]) from None
        names = {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host.lower()}
        self.names = names | {f"{name}:{self.server_port}" for name in names}

    def server_bind(self) -> None:
        # HTTPServer's own asks the name service for this machine's full name, which can take seconds.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One request. Methods other than GET and HEAD have no code here, and are answered with 501."""

    server_version = "sitegen"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        self._respond(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:
        """The terminal belongs to the messages of the build."""

    def _respond(self, *, with_body: bool) -> None:
        server = cast(_Server, self.server)
        preview = server.preview
        hosts = self.headers.get_all("Host", [])
        path, _, name = self.path.partition("?")
        if len(hosts) != 1 or hosts[0].lower() not in server.names:
            # A page of another site that has its name point here must not read the preview (DNS rebinding).
            self._send(Answer(HTTPStatus.FORBIDDEN, body=f"Only for {preview.url}\n".encode()), with_body)
        elif path == f"{preview.mount}__reload.js":
            self._send(Answer(HTTPStatus.OK, _MEDIA_TYPES[".js"], _SCRIPT.encode()), with_body)
        elif path == f"{preview.mount}__reload":
            self._send_events(preview, name, with_body)
        else:
            self._send(_answer_current(preview, self.path), with_body)

    def _send(self, reply: Answer, with_body: bool) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        if reply.location:
            self.send_header("Location", reply.location)
        self.end_headers()
        if with_body:
            self.wfile.write(reply.body)

    def _send_events(self, preview: Preview, name: str, with_body: bool) -> None:
        """Server-sent events (https://html.spec.whatwg.org/#server-sent-events): one message, when `name` is old."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        while with_body and not preview.stopping:
            if preview.wait(name, _HEARTBEAT):
                self.wfile.write(b"data: reload\n\n")
                return
            self.wfile.write(b": still here\n\n")  # fails once the page is gone, which ends this thread


def _answer_current(preview: Preview, target: str) -> Answer:
    """The answer of the build that is served; asked again if that build was replaced and removed meanwhile."""
    while True:
        generation = preview.current
        try:
            return answer(generation, preview.mount, target)
        except OSError:
            if generation is preview.current:
                return Answer(HTTPStatus.NOT_FOUND, body=b"Not found\n")


class _Changes(FileSystemEventHandler):
    """Sets `changed` for each change below `root` (or of `only`) that a human or a program meant."""

    def __init__(self, root: Path, only: Path | None, changed: threading.Event) -> None:
        self.root, self.only, self.changed = root, only, changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES or (event.is_directory and event.event_type == "modified"):
            return
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        if any(self._matters(path) for path in paths):
            self.changed.set()

    def _matters(self, path: Path) -> bool:
        if self.only is not None:
            return path == self.only
        return path.is_relative_to(self.root) and not any(map(_is_noise, path.relative_to(self.root).parts))


def _is_noise(name: str) -> bool:
    """Names that editors, Python and version control use for themselves. "4913" is Vim's test for a writable folder."""
    return (
        name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp", ".pyc")) or name in {"__pycache__", "4913"}
    )


def _observe(observer: Any, watch: Sequence[Path], changed: threading.Event) -> None:
    # Watchdog says on the terminal that it met a new folder twice, and that an event came while it stopped.
    warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
    logging.getLogger("watchdog").setLevel(logging.CRITICAL)
    try:
        for path in watch:
            place = path.resolve()
            if place.is_dir():
                observer.schedule(_Changes(place, None, changed), str(place), recursive=True)
            elif place.parent.is_dir():
                observer.schedule(_Changes(place.parent, place, changed), str(place.parent), recursive=False)
        observer.start()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ProblemsFound([problem("watch-failed", file=str(path), error=reason)]) from None


def serve(
    build: Callable[[Path], object],
    watch: Sequence[Path],
    host: str,
    port: int,
    path: str = "/",
    *,
    on_ready: Callable[[str], None],
    on_problems: Callable[[Sequence[Problem]], None],
    open_browser: bool = False,
) -> None:
    """Preview until Ctrl-C or SIGTERM; `on_ready` gets the URL after the first build. Parameters as for Preview.

    Raises ProblemsFound when the address is taken or changes cannot be watched.
    """

    def ready(url: str) -> None:
        on_ready(url)
        if open_browser:
            import webbrowser

            webbrowser.open(url)

    preview = Preview(build, watch, host, port, path=path, on_problems=on_problems)
    with _sigterm_as_interrupt(), suppress(KeyboardInterrupt), preview:
        preview.run(ready)


@contextmanager
def _sigterm_as_interrupt() -> Iterator[None]:
    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

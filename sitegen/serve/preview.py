"""A site that is built, served and built again, and the HTTP server for it."""

import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any, cast
from urllib.parse import quote

from watchdog.observers import Observer

from sitegen.problems import Problem, ProblemsFound, problem
from sitegen.serve.answers import MEDIA_TYPES, RELOAD_SCRIPT, Answer, Generation, answer
from sitegen.serve.watch import observe, statuses

DEBOUNCE = 0.1
# Seconds without a change after which what can wait is done, which holds up the next change.
QUIET = 15.0
_HEARTBEAT = 15.0


class Preview:
    """A site that is built, served and rebuilt: `with Preview(…) as preview: preview.run(…)`.

    build: brings the site up to date in one step and gives the folder that holds it, or raises ProblemsFound. The first
    build is done before any thread starts, so that it can use several processes. watch: files and folders.
    finish: does what `build` may leave for later, once nothing has changed for a while. path: where the site stands on
    its host, as in "/repo/". on_problems: told what stopped a rebuild.
    """

    def __init__(
        self,
        build: Callable[[], Path],
        watch: Sequence[Path],
        host: str,
        port: int,
        *,
        finish: Callable[[], None] = lambda: None,
        path: str = "/",
        on_problems: Callable[[Sequence[Problem]], None],
    ) -> None:
        self.build = build
        self.finish = finish
        self._built_at: float | None = None
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
        self._serving = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        self._observer = Observer()

    @property
    def url(self) -> str:
        """As in "http://127.0.0.1:8000/repo/"."""
        host = f"[{self._server.host}]" if ":" in self._server.host else self._server.host
        return f"http://{host}:{self._server.server_port}{quote(self.mount)}"

    def __enter__(self) -> "Preview":
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()
        if self._serving.is_alive():
            self._server.shutdown()
        self._server.server_close()

    def run(self, on_ready: Callable[[str], None]) -> None:
        """Build, say where the site is, and build again after each change, until `stop`."""
        before = statuses(self.watch)
        self._rebuild()
        observe(self._observer, self.watch, self._changed)
        self._serving.start()
        if statuses(self.watch) != before:
            self._changed.set()
        on_ready(self.url)
        while not self._stopping:
            # With a timeout, because Windows does not interrupt a wait without one.
            if not self._changed.wait(0.5):
                self._finish_if_quiet()
                continue
            while self._changed.is_set():
                self._changed.clear()
                time.sleep(DEBOUNCE)
            if not self._stopping:
                self._rebuild()

    def _finish_if_quiet(self) -> None:
        if self._built_at is None or time.monotonic() - self._built_at < QUIET:
            return
        self._built_at = None
        try:
            self.finish()
        except (ProblemsFound, OSError) as error:
            self.on_problems(_problems_of(error))

    def stop(self) -> None:
        """End `run`, and every request that waits."""
        self._stopping = True
        self._changed.set()
        with self._switched:
            self._switched.notify_all()

    def _rebuild(self) -> None:
        self._builds += 1
        name = f"{self._start}-{self._builds}"
        try:
            folder = self.build()
        except (ProblemsFound, OSError) as error:
            problems = _problems_of(error)
            self.on_problems(problems)
            if self.current.folder is None:
                self._switch(Generation(name, None, problems))
            return
        self._built_at = time.monotonic()
        self._switch(Generation(name, folder))

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
            self._send(Answer(HTTPStatus.OK, MEDIA_TYPES[".js"], RELOAD_SCRIPT.encode()), with_body)
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

"""A local server that answers as GitHub Pages does, and counts what it sends."""

import gzip
import hashlib
import mimetypes
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    **{".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".txt": "text/plain; charset=utf-8"},
    **{".js": "application/javascript; charset=utf-8", ".mjs": "application/javascript; charset=utf-8"},
    **{".json": "application/json; charset=utf-8", ".xml": "application/xml", ".svg": "image/svg+xml"},
    **{".wasm": "application/wasm", ".map": "application/json; charset=utf-8"},
}
PACKED = {".html", ".css", ".txt", ".js", ".mjs", ".json", ".xml", ".svg", ".map", ".wasm"}
_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


@dataclass(frozen=True)
class Sent:
    """One answer: the address's path, and the bytes of the body as they went over the wire."""

    path: str
    size: int


@dataclass
class Site:
    """A folder being served. pages: path -> a page that is served beside it. sent: all answers so far."""

    folder: Path
    pages: Mapping[str, bytes] = field(default_factory=dict)
    url: str = ""
    sent: list[Sent] = field(default_factory=list)
    busy: int = 0
    last: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)
    packed: dict[str, bytes] = field(default_factory=dict)

    def wait_idle(self, seconds: float = 0.4, longest: float = 60) -> None:
        """Until nothing was asked for so long: what a worker fetches, no page would tell us."""
        end = time.monotonic() + longest
        while time.monotonic() < end:
            with self.lock:
                if not self.busy and time.monotonic() - self.last >= seconds:
                    return
            time.sleep(0.02)

    def read(self, path: str) -> bytes | None:
        """What stands at the path, or None."""
        if path in self.pages:
            return self.pages[path]
        file = self.folder / path.lstrip("/")
        return file.read_bytes() if file.is_file() and file.resolve().is_relative_to(self.folder) else None

    def gzipped(self, path: str, data: bytes) -> bytes:
        """Packed once: a real server would have it in its cache."""
        if path not in self.packed:
            self.packed[path] = gzip.compress(data, 6, mtime=0)
        return self.packed[path]


@contextmanager
def served(folder: Path, pages: Mapping[str, bytes] | None = None) -> Iterator[Site]:
    """Serve the folder while the context lasts, at `Site.url`, which ends with a slash."""
    site = Site(folder.resolve(), pages or {})
    server = _Server(("127.0.0.1", 0), partial(_Handler, site))
    site.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Connections of a browser that is closed are left open until the end.
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Else the body waits for the other side to acknowledge the header, 40 ms each time.
    disable_nagle_algorithm = True
    wbufsize = -1

    def __init__(self, site: Site, *arguments: object) -> None:
        self.site = site
        super().__init__(*arguments)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""

    def do_GET(self) -> None:
        """Answer, and count the answer."""
        with self.site.lock:
            self.site.busy += 1
        path, size = unquote(urlsplit(self.path).path), 0
        try:
            size = self._answer(path)
        finally:
            with self.site.lock:
                self.site.sent.append(Sent(path, size))
                self.site.busy -= 1
                self.site.last = time.monotonic()

    def _answer(self, path: str) -> int:
        if not path.endswith("/") and path not in self.site.pages and (self.site.folder / path[1:]).is_dir():
            return self._send(HTTPStatus.MOVED_PERMANENTLY, b"", {"Location": f"{path}/"})
        name = f"{path}index.html" if path.endswith("/") and path not in self.site.pages else path
        data = self.site.read(name)
        if data is None:
            return self._send(HTTPStatus.NOT_FOUND, self.site.read("/404.html") or b"Not found", {})
        tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        headers = {"Cache-Control": "max-age=600", "ETag": tag, "Accept-Ranges": "bytes", "Vary": "Accept-Encoding"}
        # The ETag of what is packed is a weak one there; a browser sends it back as it is.
        if self.headers.get("If-None-Match", "").removeprefix("W/") == tag:
            return self._send(HTTPStatus.NOT_MODIFIED, b"", headers)
        return self._send_file(name, data, headers)

    def _send_file(self, name: str, data: bytes, headers: dict[str, str]) -> int:
        suffix = Path(name).suffix.lower()
        kind = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        headers["Content-Type"] = kind
        if part := _RANGE.match(self.headers.get("Range", "")):
            start, end = int(part[1]), min(int(part[2] or len(data)), len(data) - 1)
            headers["Content-Range"] = f"bytes {start}-{end}/{len(data)}"
            return self._send(HTTPStatus.PARTIAL_CONTENT, data[start : end + 1], headers)
        if suffix in PACKED and "gzip" in self.headers.get("Accept-Encoding", ""):
            headers |= {"Content-Encoding": "gzip", "ETag": f"W/{headers['ETag']}"}
            data = self.site.gzipped(name, data)
        return self._send(HTTPStatus.OK, data, headers)

    def _send(self, status: HTTPStatus, data: bytes, headers: Mapping[str, str]) -> int:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()
        return len(data)

"""A local server that replays replies, and a clock that only moves when somebody sleeps."""

import http.server
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sitegen.fetch.client import Client
from sitegen.fetch.exchange import Limits


@dataclass(frozen=True)
class Replay:
    """One reply. missing: bytes that the length promises and that never come; drip: seconds between two bytes."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    missing: int = 0
    drip: float = 0


@dataclass
class Server:
    """replies: by path with query, each one after the other, the last one again and again; asked: what was asked."""

    base: str
    replies: dict[str, list[Replay]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def next(self, path: str) -> Replay:
        waiting = self.replies.get(path) or self.replies.get(path.partition("?")[0]) or [Replay(status=404)]
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    served: Server

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            served.headers.append({name.lower(): value for name, value in self.headers.items()})
            reply = served.next(self.path)
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            if reply.status != 304:
                self.send_header("Content-Length", str(len(reply.body) + reply.missing))
            self.end_headers()
            self._send(reply)

        def _send(self, reply: Replay) -> None:
            try:
                if not reply.drip:
                    self.wfile.write(reply.body)
                    return
                for byte in reply.body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(reply.drip)
            except OSError:
                return  # whoever asked has gone

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http_server:
        http_server.daemon_threads = True
        if tls:
            http_server.socket = tls.wrap_socket(http_server.socket, server_side=True)
        served = Server(f"{'https' if tls else 'http'}://127.0.0.1:{http_server.server_address[1]}")
        thread = threading.Thread(target=http_server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield served
        finally:
            http_server.shutdown()
            thread.join()


@dataclass
class Clock:
    """Time that passes only in `sleep`."""

    now: float = 1_700_000_000.0
    slept: list[float] = field(default_factory=list)

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def client(clock: Clock, limits: Limits | None = None, said: list[str] | None = None) -> Client:
    """A client that never really waits."""
    heard = said if said is not None else []
    return Client("test", clock.time, clock.sleep, heard.append, limits=limits or Limits(silence=5, total=10))

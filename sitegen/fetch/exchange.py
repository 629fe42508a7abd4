"""One request and its reply: the only place that opens a connection.

What comes back is untrusted: how long it takes, how large it is and how far it unpacks are limited, and nothing but
http and https is spoken. Redirects are not followed here.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import urllib.request
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

GZIP = 31  # what zlib calls a gzip member (https://docs.python.org/3/library/zlib.html#zlib.decompress)


class Failed(Exception):
    """No whole reply came; another try may help, after so many seconds if the server said so."""

    def __init__(self, words: str, pause: float = 0.0) -> None:
        super().__init__(words)
        self.pause = pause


class Refused(Exception):
    """The reply is not wanted, and another try gives the same."""


@dataclass(frozen=True, slots=True)
class Limits:
    """silence: seconds without a byte, connecting included; total: seconds for all; size: bytes, unpacked too."""

    silence: float = 30
    total: float = 300
    size: int = 64 * 1024 * 1024


class Reply(NamedTuple):
    """status: as in 200; reason: its words; headers: by lower-case name."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes


def exchange(url: str, headers: Mapping[str, str], limits: Limits, *, public: bool) -> Reply:
    """Ask once. public: only a host with a public address will do.

    Raises Failed or Refused, with words for a person.
    """
    watch = _Watch(limits.total, public=public)
    request = urllib.request.Request(url, headers={**headers, "Accept-Encoding": "gzip"})  # noqa: S310 (http only)
    try:
        with watch, _opener(watch).open(request, timeout=limits.silence) as response:
            data = response.read(limits.size + 1)
            if watch.late:
                raise TimeoutError
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status, response.reason, headers, _body(response.status, headers, data, limits.size))
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise Failed(f"it took more than {limits.total:g} seconds" if watch.late else _words(error)) from None


def _words(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return str(getattr(reason, "strerror", None) or reason) or type(error).__name__


def _opener(watch: "_Watch") -> urllib.request.OpenerDirector:
    """Speaks http and https, also through the proxies of the environment; follows and interprets nothing."""
    opener = urllib.request.OpenerDirector()
    for handler in (urllib.request.ProxyHandler(), _HttpHandler(watch), _HttpsHandler(watch)):
        opener.add_handler(handler)
    return opener


class _Watch:
    """Closes the connection when the time is over, however slowly bytes still come, or when the host is not public."""

    def __init__(self, seconds: float, *, public: bool) -> None:
        self.public = public
        self.late = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._close)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def connected(self, connection: socket.socket, *, proxied: bool) -> None:
        """Looks at the address that was really connected to, before anything is sent there."""
        self._sockets.append(connection)
        if self.public and not proxied and not is_public(str(connection.getpeername()[0])):
            connection.close()
            raise Refused("its host has a private address")

    def _close(self) -> None:
        self.late = True
        for each in self._sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it was closed already


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet's.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False, False)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    return (getattr(found, "ipv4_mapped", None) or found).is_global


class _Http(http.client.HTTPConnection):
    watch: _Watch
    proxied = False

    def connect(self) -> None:
        super().connect()
        self.watch.connected(self.sock, proxied=self.proxied)


class _Https(http.client.HTTPSConnection):
    watch: _Watch
    proxied = False

    def connect(self) -> None:
        super().connect()
        self.watch.connected(self.sock, proxied=self.proxied)


class _Handler(urllib.request.AbstractHTTPHandler):
    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self._watch = watch

    def _ask(self, kind: type[_Http] | type[_Https], request: urllib.request.Request, **more: Any) -> Any:
        def connection(host: str, **how: Any) -> _Http | _Https:
            made = kind(host, **how)
            made.watch = self._watch
            made.proxied = request.host != urllib.request.Request(request.full_url).host  # noqa: S310
            return made

        return self.do_open(connection, request, **more)


class _HttpHandler(_Handler):
    http_request = urllib.request.AbstractHTTPHandler.do_request_

    def http_open(self, request: urllib.request.Request) -> Any:
        return self._ask(_Http, request)


class _HttpsHandler(_Handler):
    https_request = urllib.request.AbstractHTTPHandler.do_request_

    def https_open(self, request: urllib.request.Request) -> Any:
        return self._ask(_Https, request, context=ssl.create_default_context())


def _body(status: int, headers: Mapping[str, str], data: bytes, most: int) -> bytes:
    """The whole content, unpacked, of what was read of a reply."""
    if len(data) > most:
        raise Refused(f"it has more than {most:,} bytes")
    told = headers.get("content-length", "")
    if told.isascii() and told.isdigit() and status != http.client.NOT_MODIFIED and int(told[:20]) > len(data):
        raise Failed(f"it breaks off after {len(data):,} of {int(told[:20]):,} bytes")
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding in ("gzip", "x-gzip") and data:
        return _unpacked(data, most)
    if coding != "identity" and data:
        raise Refused(f"it is packed in a way that was not asked for ({coding})")
    return data


def _unpacked(data: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj(GZIP)
    try:
        text = unpacker.decompress(data, most + 1)
    except zlib.error as error:
        raise Failed(f"it cannot be unpacked ({error})") from None
    if len(text) > most:
        raise Refused(f"it has more than {most:,} bytes, unpacked")
    if not unpacker.eof or unpacker.unused_data:
        raise Failed("it breaks off before its packed content ends")
    return text

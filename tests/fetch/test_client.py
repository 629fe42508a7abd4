"""The client over real sockets: what it takes, what it refuses, and how long it waits."""

import gzip
import shutil
import ssl
import subprocess
import time
from email.utils import formatdate
from pathlib import Path

import pytest

from sitegen.fetch.client import GAPS, NoReply, retry_after, user_agent
from sitegen.fetch.exchange import Limits, Refused, Reply, exchange, is_public
from sitegen.fetch.source import Odd
from tests.fetch.server import Clock, Replay, Server, client, serving

FINE = Replay(b"fine")


def _any(_: Reply) -> None:
    """Take whatever comes."""


def _said(server: Server, clock: Clock, path: str = "/a", limits: Limits | None = None) -> tuple[str, str]:
    """(code, message) of the problem that the client stops with."""
    with pytest.raises(NoReply) as stopped:
        client(clock, limits).get(server.base + path, _any)
    assert stopped.value.problem.file == server.base + path
    return stopped.value.problem.code, stopped.value.problem.message


def test_a_reply_and_who_asks(server: Server, clock: Clock) -> None:
    server.replies["/a"] = [Replay(gzip.compress(b"fine"), headers=(("Content-Encoding", "gzip"), ("ETag", '"1"')))]
    reply = client(clock).get(server.base + "/a", _any)
    assert (reply.status, reply.body, reply.headers["etag"]) == (200, b"fine", '"1"')
    assert server.headers[0]["user-agent"] == "test"
    assert server.headers[0]["accept-encoding"] == "gzip"
    assert clock.slept == []


def test_the_name_of_the_client() -> None:
    about = "+https://github.com/paper-sitegen/paper-sitegen"
    assert user_agent("http://127.0.0.1:8000/").endswith(f" ({about})")
    assert "\r" not in user_agent("https://papers.example/\r\nX: y")
    assert user_agent("https://papers.example/").endswith(f" ({about}; https://papers.example/)")


def test_two_requests_to_a_site_stand_apart(server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    server.replies["/a"] = [FINE]
    asker = client(clock)
    for _ in range(3):
        asker.get(server.base + "/a", _any)
    assert clock.slept == [1, 1]
    monkeypatch.setitem(GAPS, "127.0.0.1", 3.0)
    clock.now += 0.5
    asker.get(server.base + "/a", _any)
    assert clock.slept == [1, 1, 2.5]


def test_a_server_that_recovers_is_asked_again_after_growing_pauses(server: Server, clock: Clock) -> None:
    server.replies["/a"] = [Replay(status=500), Replay(status=503), Replay(b"fi", missing=2), FINE]
    said: list[str] = []
    assert client(clock, said=said).get(server.base + "/a", _any).body == b"fine"
    assert clock.slept == [2, 4, 8]
    assert said[0] == f"{server.base}/a: the server answers 500 Internal Server Error; asking again in 2 s"
    assert said[2] == f"{server.base}/a: it breaks off after 2 of 4 bytes; asking again in 8 s"


def test_a_server_that_stays_down(server: Server, clock: Clock) -> None:
    server.replies["/a"] = [Replay(status=500)]
    assert _said(server, clock) == (
        "fetch-failed",
        "no whole reply came: the server answers 500 Internal Server Error",
    )
    assert (len(server.asked), clock.slept) == (5, [2, 4, 8, 16])


def test_the_server_says_when_to_come_back(server: Server, clock: Clock) -> None:
    later = ("Retry-After", formatdate(clock.now + 7 + 90, usegmt=True))
    server.replies["/a"] = [
        Replay(status=429, headers=(("Retry-After", "7"),)),
        Replay(status=503, headers=(later,)),
        FINE,
    ]
    assert client(clock).get(server.base + "/a", _any).body == b"fine"
    assert clock.slept == [7, 90]


def test_a_pause_that_is_too_long(server: Server, clock: Clock) -> None:
    server.replies["/a"] = [Replay(status=429, headers=(("Retry-After", "86400"),))]
    assert _said(server, clock) == (
        "fetch-wait",
        "the server answers 429 Too Many Requests and asks to come back in 86400 seconds",
    )
    assert clock.slept == []


@pytest.mark.parametrize("value", ["", "soon", "-3", "9" * 400, "²", "Thu, 99 Jan 9999 00:00:00 GMT", "1" * 60_000])
def test_any_retry_after_is_a_number(value: str) -> None:
    assert retry_after(value, 0) >= 0


@pytest.mark.parametrize(
    ("status", "words"), [(404, "404 Not Found"), (403, "403 Forbidden"), (204, "204 No Content"), (700, "700")]
)
def test_an_answer_that_no_second_try_betters(status: int, words: str, server: Server, clock: Clock) -> None:
    server.replies["/a"] = [Replay(status=status)]
    assert _said(server, clock) == ("fetch-refused", f"the reply cannot be used: the server answers {words}")
    assert len(server.asked) == 1


def test_a_slow_reply_is_given_up(server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.fetch.client.TRIES", 1)
    server.replies["/a"] = [Replay(b"x" * 3_000, drip=0.02)]
    began = time.monotonic()
    said = _said(server, clock, limits=Limits(silence=1, total=0.2))
    assert said == ("fetch-failed", "no whole reply came: it took more than 0.2 seconds")
    assert time.monotonic() - began < 30  # of the 60 that the server takes


def test_a_silent_server_is_given_up(server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.fetch.client.TRIES", 1)
    server.replies["/a"] = [Replay(b"xx", drip=2)]
    said = _said(server, clock, limits=Limits(silence=0.1, total=10))
    assert said == ("fetch-failed", "no whole reply came: timed out")


def test_nobody_there(server: Server, clock: Clock) -> None:
    server.base = "http://127.0.0.1:1"
    assert _said(server, clock) == ("fetch-failed", "no whole reply came: Connection refused")


@pytest.mark.parametrize("packed", [False, True])
def test_a_huge_reply_is_refused(packed: bool, server: Server, clock: Clock) -> None:
    body, headers = b"0" * 2_000, (("Content-Encoding", "gzip"),)
    server.replies["/a"] = [Replay(gzip.compress(body), headers=headers) if packed else Replay(body)]
    ending = ", unpacked" if packed else ""
    said = _said(server, clock, limits=Limits(size=1_000))
    assert said == ("fetch-refused", f"the reply cannot be used: it has more than 1,000 bytes{ending}")


@pytest.mark.parametrize(
    "body", [b"no gzip", gzip.compress(b"a" * 99, mtime=0)[:-9], gzip.compress(b"a", mtime=0) + b"more"]
)
def test_broken_packing(body: bytes, server: Server, clock: Clock) -> None:
    server.replies["/a"] = [Replay(body, headers=(("Content-Encoding", "gzip"),))]
    assert _said(server, clock)[0] == "fetch-failed"


def test_a_packing_that_was_not_asked_for(server: Server, clock: Clock) -> None:
    server.replies["/a"] = [Replay(b"x", headers=(("Content-Encoding", "br"),))]
    assert _said(server, clock)[1].endswith("it is packed in a way that was not asked for (br)")


def test_redirects_are_followed_politely(server: Server, clock: Clock) -> None:
    server.replies["/a"] = [Replay(status=301, headers=(("Location", "b?c=1"),))]
    server.replies["/b?c=1"] = [FINE]
    assert client(clock).get(server.base + "/a", _any).body == b"fine"
    assert (server.asked, clock.slept) == (["/a", "/b?c=1"], [1])


def test_a_redirect_in_a_circle(server: Server, clock: Clock) -> None:
    server.replies["/a"] = [Replay(status=302, headers=(("Location", "/a"),))]
    assert _said(server, clock)[1] == "the reply cannot be used: it leads on and on, more than 5 times"
    assert len(server.asked) == 6


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://a.example/", "", "http://[", "//user@a.example/"])
def test_a_redirect_to_no_web_address(place: str, server: Server, clock: Clock) -> None:
    server.replies["/a"] = [Replay(status=302, headers=(("Location", place),))]
    assert _said(server, clock)[1] == f"the reply cannot be used: it leads to {place!r}, which is no web address"


def test_a_redirect_to_a_private_address(server: Server, clock: Clock) -> None:
    """The same machine under another name: the request is not even sent."""
    server.replies["/a"] = [
        Replay(status=302, headers=(("Location", server.base.replace("127.0.0.1", "localhost") + "/b"),))
    ]
    server.replies["/b"] = [FINE]
    assert _said(server, clock)[1] == "the reply cannot be used: its host has a private address"
    assert server.asked == ["/a"]


@pytest.mark.parametrize(
    "address", ["10.1.2.3", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:192.168.0.1", "0.0.0.0", "100.64.0.1"]
)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


def test_through_a_proxy_the_proxy_looks_at_the_host(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.base)
    monkeypatch.delenv("no_proxy", raising=False)
    server.replies["http://papers.example/a"] = [FINE]
    reply = exchange("http://papers.example/a", {}, Limits(silence=5), public=True)
    assert (reply.body, server.asked) == (b"fine", ["http://papers.example/a"])


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_https_needs_a_certificate_that_is_known(clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.fetch.client.TRIES", 1)
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    command = f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout {key}"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command.split(), "-out", str(certificate), *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(context) as server:
        server.replies["/a"] = [FINE]
        code, message = _said(server, clock)
        assert (code, "certificate verify failed" in message) == ("fetch-failed", True)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert client(clock).get(server.base + "/a", _any).body == b"fine"
        with pytest.raises(Refused):
            exchange(server.base + "/a", {}, Limits(), public=True)
        assert server.asked == ["/a"]


def test_a_reply_that_the_source_does_not_give(server: Server, clock: Clock) -> None:
    def refuse(_: Reply) -> None:
        raise Odd("it is no list")

    server.replies["/a"] = [FINE]
    with pytest.raises(NoReply) as stopped:
        client(clock).get(server.base + "/a", refuse)
    assert stopped.value.problem.message == "the reply is not what this source gives: it is no list"
    assert len(server.asked) == 5


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "xn--.example", "a..example"])
def test_a_host_that_cannot_be(host: str, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.fetch.client.TRIES", 1)
    with pytest.raises(NoReply):
        client(clock).get(f"http://{host}/", _any)

"""The server answers as GitHub Pages does, and counts the bytes of bodies."""

import gzip
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.bench.search.server import Sent, Site, served

TEXT = b"<p>Hello</p>" * 200


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "site" / "search").mkdir(parents=True)
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (tmp_path / "site" / "search" / "index.html").write_bytes(TEXT)
    (tmp_path / "site" / "search" / "index-1.bin").write_bytes(TEXT)
    with served(tmp_path / "site", {"/ask.html": b"asked"}) as site:
        yield site


@pytest.fixture
def connection(site: Site) -> Iterator[HTTPConnection]:
    opened = HTTPConnection(site.url.removeprefix("http://").rstrip("/"), timeout=10)
    yield opened
    opened.close()


Answer = tuple[int, dict[str, str], bytes]


def get(connection: HTTPConnection, path: str, **headers: str) -> Answer:
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def test_text_is_packed_and_other_types_are_not(connection: HTTPConnection, site: Site) -> None:
    status, headers, page = get(connection, "/search/?q=x", Accept_Encoding="gzip, br")
    assert (status, headers["Content-Encoding"], gzip.decompress(page)) == (200, "gzip", TEXT)
    assert headers["Cache-Control"] == "max-age=600"
    status, headers, data = get(connection, "/search/index-1.bin", Accept_Encoding="gzip, br")
    assert (status, headers["Content-Type"], data) == (200, "application/octet-stream", TEXT)
    assert "Content-Encoding" not in headers
    site.wait_idle(0.01)
    assert site.sent == [Sent("/search/", len(page)), Sent("/search/index-1.bin", len(TEXT))]


def test_what_the_browser_has_is_not_sent_again(connection: HTTPConnection, site: Site) -> None:
    tag = get(connection, "/search/", Accept_Encoding="gzip")[1]["ETag"]
    assert get(connection, "/search/", If_None_Match=tag)[::2] == (304, b"")
    site.wait_idle(0.01)
    assert site.sent[-1].size == 0


def test_a_part(connection: HTTPConnection) -> None:
    status, headers, data = get(connection, "/search/index-1.bin", Range="bytes=3-7", Accept_Encoding="gzip")
    assert (status, headers["Content-Range"], data) == (206, f"bytes 3-7/{len(TEXT)}", b"Hello")
    assert get(connection, "/search/index-1.bin", Range=f"bytes={len(TEXT) - 4}-")[2] == b"</p>"


def test_folders_pages_and_nothing(connection: HTTPConnection) -> None:
    status, headers, _ = get(connection, "/search")
    assert (status, headers["Location"]) == (301, "/search/")
    assert get(connection, "/ask.html?q=1")[::2] == (200, b"asked")
    assert get(connection, "/none/")[0] == 404
    assert get(connection, "/../secret.txt")[0] == 404

"""The engine in Node, with the search's files on a server."""

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright._impl._driver import compute_driver_executable

from sitegen.render.shell import lunr_js

HERE = Path(__file__).parent
Node = Callable[..., Any]


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    # Node opens as many connections as there are files to fetch.
    request_queue_size = 1024


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder, and the URL at which it is served."""
    folder = tmp_path_factory.mktemp("served")
    server = _Server(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """node(script, *arguments): what a script of this folder prints, read as JSON. It gets lunr.js as its first one."""
    lunr = tmp_path_factory.mktemp("lunr") / "lunr.cjs"
    lunr.write_text(lunr_js(), encoding="utf-8")
    # The browsers' driver brings a Node along, where there is no other.
    program = shutil.which("node") or compute_driver_executable()[0]

    def run(script: str, *arguments: object) -> Any:
        command = [program, str(HERE / script), str(lunr), *map(str, arguments)]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return run

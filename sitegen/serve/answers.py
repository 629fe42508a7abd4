"""What a request gets: a pure function of the build that is served and the request's path."""

import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote

from sitegen.problems import Problem
from sitegen.text.escape import html

_CHARSET = "; charset=utf-8"
MEDIA_TYPES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".bib": f"text/plain{_CHARSET}",
    ".bin": "application/octet-stream",
    ".css": f"text/css{_CHARSET}",
    ".csv": f"text/csv{_CHARSET}",
    ".gif": "image/gif",
    ".html": f"text/html{_CHARSET}",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": f"text/javascript{_CHARSET}",
    ".json": "application/json",
    ".map": "application/json",
    ".md": f"text/markdown{_CHARSET}",
    ".mjs": f"text/javascript{_CHARSET}",
    ".opml": "text/x-opml",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": f"text/plain{_CHARSET}",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_PAGE = MEDIA_TYPES[".html"]
RELOAD_SCRIPT = """\
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
    media_type: str = f"text/plain{_CHARSET}"
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
    media_type = MEDIA_TYPES.get(file.suffix.lower(), "application/octet-stream")
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

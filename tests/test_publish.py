"""Publishing: the old site or the new one, whatever happens, and nothing but a site is ever replaced."""

import os
import resource
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import publish as publishing
from sitegen.cache import Cache
from sitegen.outputs import Output, collisions, finished
from sitegen.problems import ProblemsFound
from sitegen.publish import Published, swap
from sitegen.publish.memory import Memory

BASE = {"index.html": b"home", "sitemap.xml": b"<urlset/>"}


def outputs(files: dict[str, bytes]) -> list[Output]:
    return [finished(path, data) for path, data in (BASE | files).items()]


def publish(wanted: list[Output], site: Path) -> Published:
    """Publish as a command of its own would, which knows only what the cache says."""
    return publishing.publish(wanted, site, Memory(Cache(site.parent.parent / "cache"), site.name))


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every entry below the folder; None for folders without files."""
    found: dict[str, bytes | None] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_dir():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name] = None
    return found


def refusal(site: Path, files: dict[str, bytes]) -> str:
    with pytest.raises(ProblemsFound) as caught:
        publish(outputs(files), site)
    return str(caught.value)


# --- outputs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "/a", "a//b", "a/", "../a", "a/../b", ".", "a/./b", "a\\b", "a\0b"])
def test_an_output_stays_inside_the_site(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside the site"):
        publish([finished(path, b"")], tmp_path / "site")


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["a", "b/a", "b/c"], []),
        (["a", "a"], [("a", "a")]),
        (["a", "a/b"], [("a", "a/")]),
        (["A.html", "a.html"], [("A.html", "a.html")]),
        (["T/x", "t/y"], [("T/", "t/")]),
        (["caf\u00e9", "cafe\u0301"], [("cafe\u0301", "caf\u00e9")]),
        (["stra\u00dfe", "STRASSE"], [("STRASSE", "stra\u00dfe")]),
    ],
)
def test_collisions(paths: list[str], found: list[tuple[str, ...]]) -> None:
    assert collisions(paths) == found


# --- what is written -----------------------------------------------------------------------------------------------


def test_a_site_holds_its_outputs_and_nothing_else(tmp_path: Path) -> None:
    site = tmp_path / "deep" / "site"
    first = publish(outputs({"a/b/c.html": b"1", "a/d.html": b"2", "e.html": b"3"}), site)
    assert (first.files, first.bytes, first.new) == (5, 16, 5)
    assert (first.changed, first.reused, first.removed) == (0, 0, 0)
    second = publish(outputs({"a/d.html": b"22", "e.html": b"3", "f/g.html": b"4"}), site)
    assert (second.files, second.new, second.changed, second.reused, second.removed) == (5, 1, 1, 3, 1)
    assert tree(site) == {**BASE, "a/d.html": b"22", "e.html": b"3", "f/g.html": b"4"}
    assert sorted(path.name for path in site.parent.iterdir()) == [".site.lock", ".site.spare", "site"]


def test_only_files_that_differ_are_written(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for _ in range(2):
        publish(outputs({"a.html": b"1", "b.html": b"1"}), site)
    spare = tmp_path / ".site.spare"
    before = {name: (spare / name).stat().st_ino for name in ("a.html", "b.html")}
    publish(outputs({"a.html": b"1", "b.html": b"2"}), site)
    after = {name: (site / name).stat().st_ino for name in ("a.html", "b.html")}
    assert after["a.html"] == before["a.html"]
    assert after["b.html"] != before["b.html"]


_NAMES = st.sampled_from(["a", "b", "c"])
_PATHS = st.lists(_NAMES, min_size=1, max_size=3).map("/".join)


def _without_files_that_are_folders(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if not any(other.startswith(f"{path}/") for other in files)}


_DATA = st.sampled_from([b"", b"1", b"2", b"33"])
_SITES = st.dictionaries(_PATHS, _DATA, max_size=6).map(_without_files_that_are_folders)


@settings(max_examples=25, deadline=None)
@given(st.lists(_SITES, min_size=2, max_size=5))
def test_any_site_follows_any_other(tmp_path_factory: pytest.TempPathFactory, sites: list[dict[str, bytes]]) -> None:
    site = tmp_path_factory.mktemp("any") / "site"
    before: dict[str, bytes] = {}
    for files in sites:
        wanted = BASE | files
        done = publish(outputs(files), site)
        assert tree(site) == wanted
        assert (done.files, done.bytes) == (len(wanted), sum(map(len, wanted.values())))
        assert (done.new, done.removed) == (len(wanted.keys() - before.keys()), len(before.keys() - wanted.keys()))
        assert done.new + done.changed + done.reused == done.files
        before = wanted


@pytest.mark.parametrize("left", ["", "stray.html"])
def test_a_site_that_was_restored_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: str) -> None:
    site, spare = tmp_path / "site", tmp_path / ".site.spare"
    for number in (b"1", b"2"):
        publish(outputs({"a/b.html": number, "a/c.html": b"1"}), site)
    (spare / "a" / left).write_bytes(b"mine") if left else None
    for folder in (site, spare):
        shutil.copytree(folder, tmp_path / "copy")
        shutil.rmtree(folder)
        (tmp_path / "copy").rename(folder)
    publish(outputs({"a/b.html": b"2", "a/c.html": b"1"}), site)

    def refuse(_data: bytes) -> bytes:
        raise AssertionError("a file is read again")

    with monkeypatch.context() as patch:
        patch.setattr("sitegen.publish.tree.hash_of", refuse)
        done = publish(outputs({"a/b.html": b"2", "a/c.html": b"1"}), site)
    assert (done.made, done.reused) == (0, done.files)
    publish(outputs({"a/b.html": b"3", "a/c.html": b"1"}), site)
    assert tree(site) == BASE | {"a/b.html": b"3", "a/c.html": b"1"}


def test_what_was_damaged_counts_as_mended(tmp_path: Path) -> None:
    site = tmp_path / "site"
    files = {"a.html": b"1", "b.html": b"1", "c.html": b"1"}
    for number in (b"1", b"2"):
        publish(outputs(files | {"c.html": number}), site)
    (site / "a.html").write_bytes(b"mine")
    (site / "b.html").unlink()
    (site / "stray.html").write_bytes(b"mine")
    done = publish(outputs(files | {"c.html": b"2"}), site)
    assert (done.new, done.changed, done.reused, done.removed) == (1, 1, done.files - 2, 1)


def test_a_stray_is_seen_whatever_times_its_folder_says(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for _ in range(2):
        publish(outputs({"a/b.html": b"1"}), site)
    facts = (site / "a").stat()
    (site / "a" / "stray.html").write_bytes(b"mine")
    os.utime(site / "a", ns=(facts.st_atime_ns, facts.st_mtime_ns))
    publish(outputs({"a/b.html": b"1"}), site)
    assert tree(site) == BASE | {"a/b.html": b"1"}


def test_modes_do_not_follow_the_umask(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True, mode=0o700)
    for name in ("index.html", "sitemap.xml"):
        (site / name).touch(mode=0o600)
    before = os.umask(0o077)
    try:
        for _ in range(3):
            publish(outputs({"a/b.html": b"1"}), site)
            modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [site, *site.rglob("*")]}
            assert {mode for path, mode in modes.items() if path.is_dir()} == {0o755}
            assert {mode for path, mode in modes.items() if path.is_file()} == {0o644}
    finally:
        os.umask(before)


def test_links_are_replaced_and_never_followed(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    (outside / "b.html").write_bytes(b"mine")
    files = {"a/b.html": b"site's", "c.html": b"site's"}
    publish(outputs({}), site)
    for _ in range(2):
        for folder in (site, tmp_path / ".site.spare"):
            if folder.exists():
                (folder / "a").rename(folder / "was-a") if (folder / "a").exists() else None
                (folder / "a").symlink_to(outside)
                (folder / "c.html").unlink(missing_ok=True)
                (folder / "c.html").symlink_to(outside / "b.html")
                (folder / "loop").unlink(missing_ok=True)
                (folder / "loop").symlink_to(folder)
        publish(outputs(files), site)
        publish(outputs(files), site)
        assert tree(site) == BASE | files
        assert not any(path.is_symlink() for path in site.rglob("*"))
    assert tree(outside) == {"b.html": b"mine"}


# --- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [["thesis.tex"], [".bashrc"], ["index.html"], ["index.html", "sitemap.xml", ".git"], ["mkdocs.yml", "content"]],
)
@pytest.mark.parametrize("place", ["site", ".site.spare"])
def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path, names: list[str], place: str) -> None:
    folder = tmp_path / place
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(b"mine")
    message = refusal(tmp_path / "site", {})
    assert "this folder holds files that no build made, and a build would remove them" in message
    assert str(folder) in message
    assert tree(folder) == dict.fromkeys(names, b"mine")


def test_a_site_that_lacks_a_file_is_still_a_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for _ in range(2):
        publish(outputs({"404.html": b"1"}), site)
    (site / "index.html").unlink()
    publish(outputs({"404.html": b"1"}), site)
    assert tree(site) == BASE | {"404.html": b"1"}
    # A folder of that name with files of these names is another one, even where the system gives it the same inode.
    shutil.rmtree(site)
    site.mkdir()
    (site / "404.html").write_bytes(b"1")
    assert "this folder holds files that no build made" in refusal(site, {"404.html": b"1"})


def test_a_site_of_mkdocs_and_an_empty_folder_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    publish(outputs({}), tmp_path / "empty")
    assert tree(tmp_path / "empty") == BASE
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    for name in ("index.html", "sitemap.xml", "sitemap.xml.gz", ".nojekyll"):
        (theirs / name).write_bytes(b"mkdocs")
    publish(outputs({}), theirs)
    assert tree(theirs) == BASE


def test_a_link_or_a_file_is_no_place_for_a_site(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").write_bytes(b"mine")
    for name in ("link", "file"):
        assert "not a folder, so the site cannot go there" in refusal(tmp_path / name, {})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_two_files_of_one_name_stop_the_build(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(outputs({}), site)
    message = refusal(site, {"a/x.html": b"1", "A/y.html": b"2"})
    assert "A/: error: two files of the site cannot stand side by side: a/ is the same name on some systems" in message
    assert tree(site) == BASE


def test_a_second_build_refuses(tmp_path: Path) -> None:
    site = tmp_path / "site"
    messages = []

    def while_another_builds() -> bytes:
        messages.append(refusal(site, {"a": b"second"}))
        return b"home"

    publish([*outputs({})[1:], Output("index.html", b"key", while_another_builds)], site)
    assert "another build is writing this site" in messages[0]
    assert tree(site) == BASE
    publish(outputs({"a": b"third"}), site)
    assert tree(site) == BASE | {"a": b"third"}


# --- what the system refuses ---------------------------------------------------------------------------------------


def test_a_write_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(outputs({"a.html": b"old"}), site)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))  # a write beyond it fails as on a full disk
    try:
        message = refusal(site, {"a.html": b"new", "big/b.html": b"x" * 2000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    path = tmp_path / ".site.spare" / "big" / "b.html"
    assert f"cannot write {path}: File too large; the old site stands as it was" in message
    assert tree(site) == BASE | {"a.html": b"old"}
    assert not list(tmp_path.rglob(".sitegen-temporary*"))
    publish(outputs({"a.html": b"new"}), site)
    assert tree(site) == BASE | {"a.html": b"new"}


@pytest.mark.parametrize("empty", [False, True])
def test_a_first_write_that_fails_leaves_nothing(tmp_path: Path, empty: bool) -> None:
    site = tmp_path / "site"
    site.mkdir() if empty else None
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        message = refusal(site, {"a.html": b"new", "big/b.html": b"x" * 2000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    path = tmp_path / ".site.spare" / "big" / "b.html"
    assert f"cannot write {path}: File too large; there is no site yet" in message
    assert {file.name for file in tmp_path.iterdir()} == {".site.lock", *(["site"] if empty else [])}


def test_a_file_where_the_folder_of_the_site_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    message = refusal(tmp_path / "file" / "site", {})
    assert message.startswith(f"{tmp_path / 'file' / 'site'}: error: cannot write ")


# --- kills ---------------------------------------------------------------------------------------------------------

# Kills the builder before its N-th operation on the file system, for N = 1, 2, 3 … until it gets through.
_KILLER = """
import os, pathlib, shutil, signal, sys
from sitegen import publish as publishing
from sitegen.cache import Cache
from sitegen.outputs import finished
from sitegen.publish import swap
from sitegen.publish.memory import Memory

folder, cannot_exchange = pathlib.Path(sys.argv[1]), sys.argv[2] == "renames"
site = folder / "site"
base = {"index.html": b"1", "sitemap.xml": b"1"}
generations = [
    base | {"a/b": b"1", "c": b"1", "same": b"1"},
    base | {"a/b": b"2", "c": b"2", "same": b"1", "gone/x": b"2"},
    base | {"a/b": b"3", "c/d": b"3", "same": b"1", "index.html": b"3"},
]
touching = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.scandir", "os.link"}

def no_exchange(one, other):
    raise OSError(38, "not here")

# Syncing matters to power cuts only, and takes most of the time.
publishing.sync_file_system = os.fsync = lambda _file: None
if cannot_exchange:
    swap.rename_exchange = no_exchange

def publish(files):
    memory = Memory(Cache(folder.parent), "site")
    publishing.publish([finished(*item) for item in files.items()], site, memory)

def killed_at(number):
    child = os.fork()
    if child == 0:
        left, builder = number, os.getpid()
        def hook(event, _arguments):
            nonlocal left
            if event in touching and os.getpid() == builder:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(hook)
        publish(generations[2])
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), status
    return status != 0

def tree(root):
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}

def begin(earlier):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for files in generations[:earlier]:
        publish(files)

seen = set()
for earlier in (0, 1, 2):
    number, killed = 0, True
    while killed:
        number += 1
        begin(earlier)
        killed = killed_at(number)
        if site.exists():
            found = tree(site)
            assert found in generations[max(earlier - 1, 0):], (earlier, number, found)
            seen.add((earlier, generations.index(found)))
        else:
            assert earlier == 0 or cannot_exchange, (earlier, number)
            seen.add((earlier, None))
        publish(generations[2])
        assert tree(site) == generations[2], (earlier, number)
        assert {p.name for p in folder.iterdir()} <= {"site", ".site.lock", ".site.spare"}, (earlier, number)
    print(earlier, number, file=sys.stderr)
print(sorted(seen, key=str))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="forks, and counts on RENAME_EXCHANGE")
@pytest.mark.parametrize(
    ("way", "seen"),
    [
        ("exchange", "[(0, 2), (0, None), (1, 0), (1, 2), (2, 1), (2, 2)]"),
        ("renames", "[(0, 2), (0, None), (1, 0), (1, 2), (1, None), (2, 1), (2, 2), (2, None)]"),
    ],
    ids=["exchange", "renames"],
)
def test_a_kill_at_any_point_leaves_the_old_site_or_the_new_one(tmp_path: Path, way: str, seen: str) -> None:
    command = [sys.executable, "-c", _KILLER, str(tmp_path / "kills"), way]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stdout.strip()) == (0, seen), ran.stderr


def test_a_build_that_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(outputs({"a": b"old"}), site)

    def broken() -> bytes:
        raise RuntimeError("a page cannot be made")

    with pytest.raises(RuntimeError):
        publish([*outputs({"a": b"new"}), Output("b", b"key", broken)], site)
    assert tree(site) == BASE | {"a": b"old"}


def test_without_exchange_two_renames_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(_one: Path, _other: Path) -> None:
        raise OSError(22, "the file system cannot")

    monkeypatch.setattr(swap, "rename_exchange", cannot)
    for number in range(4):
        publish(outputs({"a": b"%d" % number}), tmp_path / "site")
        assert tree(tmp_path / "site") == BASE | {"a": b"%d" % number}


def test_a_reader_never_finds_less_than_a_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(outputs({"page": b"0" * 9000}), site)
    stop = threading.Event()
    found: set[bytes] = set()
    errors: list[OSError] = []

    def read() -> None:
        while not stop.is_set():
            try:
                found.add((site / "page").read_bytes())
            except OSError as error:
                errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 30):
        publish(outputs({"page": b"%d" % (number % 10) * 9000}), site)
    stop.set()
    reader.join()
    assert not errors
    assert {(len(page), len(set(page))) for page in found} == {(9000, 1)}

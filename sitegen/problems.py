"""Every message a user can see about an input, a page or a setting.

A message is one entry of CATALOGUE: what is wrong, and how to mend it. Callers name the entry and give the values:

    problem("id-not-text", file="papers/x.md", line=2, field="id", value=2401.1002)

Values come from digests, so they are shortened and stripped of everything that could drive a terminal before they
are shown. Each entry has a golden case in tests/cases/.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sitegen.text.escape import terminal

Severity = Literal["error", "warning"]
LONGEST_VALUE = 160


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of the catalogue: `text` and `hint` are `str.format` templates; `severity` decides the exit status."""

    text: str
    hint: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with one place: `file:line: field: message`, and a hint that says how to mend it.

    `file` is relative to the archive (or as the user typed it), `line` counts from 1 (0: the whole file).
    """

    file: str
    line: int
    field: str
    message: str
    hint: str
    severity: Severity = "error"
    code: str = ""

    def __str__(self) -> str:
        place = f"{terminal(self.file)}:{self.line}" if self.line else terminal(self.file)
        parts = [place, self.severity, *([terminal(self.field)] if self.field else []), self.message]
        return ": ".join(parts) + f"\n    {self.hint}"

    def as_json(self) -> dict[str, str | int]:
        """The stable form of `--json`: {"file", "line", "field", "message", "hint"}."""
        return {
            "file": self.file,
            "line": self.line,
            "field": self.field,
            "message": self.message,
            "hint": self.hint,
        }


class ProblemsFound(Exception):
    """Work stopped because of `problems` (at least one is an error). Nothing is left half written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["ProblemsFound"], tuple[tuple[Problem, ...]]]:
        """As it goes from one process to another."""
        return (ProblemsFound, (self.problems,))


def shown(value: object) -> str:
    """What the user wrote as a message quotes it: one short line, no control characters; a text in quotes.

    >>> shown("a\\nb"), shown(2401.1002)
    ('"a\\\\nb"', '2401.1002')
    """
    return f'"{plain(value)}"' if isinstance(value, str) else plain(value)


def plain(value: object) -> str:
    """One short line without control characters."""
    text = terminal(value if isinstance(value, str) else repr_short(value))
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def repr_short(value: object) -> str:
    """`repr` with limits: a hand-made YAML alias bomb must not be walked to the end."""
    import reprlib

    try:
        return reprlib.repr(value)
    except ValueError:  # an integer of thousands of digits
        return type(value).__name__


# Values with these names come as the user wrote them; all others are words of ours or of a library.
_QUOTED = ("value", "name", "written")


def problem(code: str, *, file: str, line: int = 0, field: str = "", **values: object) -> Problem:
    """The Problem made from `CATALOGUE[code]`. What the user wrote is quoted, nothing reaches the terminal raw."""
    message = CATALOGUE[code]
    words = {name: shown(value) if name in _QUOTED else plain(value) for name, value in values.items()}
    return Problem(
        file, line, field, message.text.format(**words), message.hint.format(**words), message.severity, code
    )


CATALOGUE: dict[str, Message] = {
    # settings
    "no-archive": Message(
        "no mkdocs.yml here", "run `sitegen new FOLDER` to start an archive, or give its place with `-f`"
    ),
    "settings-broken": Message(
        "not valid YAML: {error}", "mend the line, or compare with the file that `sitegen new` writes"
    ),
    "setting-unknown": Message("unknown setting {value}", "known settings are: {known}"),
    "setting-wrong": Message(
        "{value} does not fit: {error}", "see the comments in the mkdocs.yml that `sitegen new` writes"
    ),
    # pages of content/
    "front-matter-missing": Message(
        "no front matter", "the page must begin with a line `---`, fields, and another `---`"
    ),
    "front-matter-open": Message("the front matter does not end", "close it with a line `---`"),
    "front-matter-broken": Message(
        "the front matter is not valid YAML: {error}", "put the value in double quotes, or mend the line"
    ),
    "front-matter-not-fields": Message("the front matter holds no fields", "write it as lines `field: value`"),
    "front-matter-long": Message(
        "the front matter has {size} characters, at most {most} are read", "move long text below the second `---`"
    ),
    "field-missing": Message("missing", "add a line with this field"),
    "field-not-text": Message("{value} is not text for YAML", 'put it in double quotes, as in "2401.10020"'),
    "field-not-list": Message("expected a list, got {value}", 'write one entry a line, each as `  - "entry"`'),
    "field-not-date": Message("{value} is not a date", 'write YYYY, YYYY-MM or YYYY-MM-DD, as in "2025-03-14"'),
    "field-not-mapping": Message(
        'expected `name: "text"` lines, got {value}', 'indent one `name: "text"` a line below the field'
    ),
    "field-unknown-key": Message("unknown entry {value}", "known entries are: {known}"),
    "field-not-url": Message("{value} is not a web address", "write the whole address, beginning with https://"),
    "notice-kind": Message("unknown kind {value}", "known kinds are: {known}"),
    "abstract-markers": Message(
        "only one of the two abstract markers is there, or they are swapped",
        "the abstract stands between the lines `<!-- abstract -->` and `<!-- /abstract -->`",
    ),
    "papers-markers": Message(
        "only one of the two list markers is there, or they are swapped",
        "the list stands between the lines `<!-- papers -->` and `<!-- /papers -->`",
    ),
    "seen-broken": Message(
        "a `seen` line is not what `sitegen add` wrote",
        "take the line back from git, or remove it (what that digest said is forgotten then)",
    ),
    "merge-conflict": Message(
        "a merge conflict is not resolved", "keep one side and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`"
    ),
    "page-not-utf8": Message("byte {byte} is not UTF-8", "save the page as UTF-8"),
    "symlink": Message("a symbolic link is not followed", "put the file itself here"),
    "id-twice": Message(
        "{value} is the id of another page too: {other}", "remove one of the two pages, or give one another id"
    ),
    "digest-id": Message(
        "{value} cannot be part of an address", "write it with small letters, digits and hyphens, as in {expected}"
    ),
    "digest-link": Message("{value} leads to no paper's page", "mend the link, or remove the line", "warning"),
    "comment-lost": Message(
        "the comment {value} stood inside a field that changed, and is gone",
        "comments between fields are kept: move it there",
        "warning",
    ),
    "field-misspelt": Message("unknown field; is {known} meant?", "rename it, or leave it if it is yours", "warning"),
    # digests
    "member-misspelt": Message(
        "unknown member {value}; is {known} meant?", "rename it and add the file again", "warning"
    ),
    "digest-empty": Message("the file is empty", "copy the digest again; nothing was added from it"),
    "digest-windows": Message(
        "this is not UTF-8, and is read as Windows-1252: {value}",
        "if these words are right, all is well; else save the file as UTF-8 and add it again",
        "warning",
    ),
    "digest-binary": Message("this is not text", "save the digest as text, JSON or JSON Lines"),
    "digest-large": Message("{size} bytes are more than the {most} that are read at once", "cut the digest into parts"),
    "digest-unknown": Message(
        "no known format begins with {value}",
        "if it is one of the formats that `sitegen add --help` lists, name it with `--format`; else write one JSON object a line (see the README)",
    ),
    "page-deep": Message(
        "the elements of this page stand inside each other without end, as where end tags are missing, so it was not read",
        "open it in a browser, copy what you see into a text file, and add that",
    ),
    "digest-cut": Message(
        "the digest ends inside a sentence: {value}",
        "copy the whole page and add it again: the paper is brought up to date",
        "warning",
    ),
    "container-broken": Message(
        "the archive cannot be unpacked: {error}", "fetch or pack the file again, with gzip or zip, and add it again"
    ),
    "container-many": Message(
        "{size} parts are more than the {most} that are read at once", "cut it into several files"
    ),
    "container-bomb": Message(
        "its {size} bytes unpack to more than {ratio} times as many, or to more than {most}",
        "nothing more of this file is read; if it is no trap, unpack it and add what is in it",
    ),
    "container-deep": Message(
        "an archive or mail inside {most} others is not opened", "unpack the outer ones and add what is in them"
    ),
    "member-encrypted": Message("this file of the archive is encrypted", "unpack it with its password and add it"),
    "mail-no-digest": Message(
        "no part of this mail is a digest; its text begins with {value}",
        "if it is one all the same, give its format with `--format`",
    ),
    "mails-left": Message(
        "mails that are no digest: {left} of {all}",
        "nothing to do, if they are letters; else give their format with `--format`",
        "warning",
    ),
    "date-no-year": Message(
        "found the date {value}, which has no year",
        "give the year with `--year YYYY`, or the whole date with `--date YYYY-MM-DD`",
    ),
    "date-missing": Message(
        "the digest does not say its date", "give it with `--date YYYY-MM-DD`, or begin or end the file's name with it"
    ),
    "date-nowhere": Message(
        "neither the page nor its papers say a date, so it is added as a collection",
        "if it is of one day, take it back with `sitegen undo`, and add it again with `--date YYYY-MM-DD`",
        "warning",
    ),
    "date-of-page": Message(
        "the text says no date, and is added as of {day}, from the page's {place}",
        "if that is not meant, take it back with `sitegen undo`, and add it again with `--date YYYY-MM-DD`",
        "warning",
    ),
    "date-unreal": Message("{value} is not a day of the calendar", "give the date with `--date YYYY-MM-DD`"),
    "date-future": Message("{value} is in the future", "give the right date with `--date YYYY-MM-DD`"),
    "dates-differ": Message("the digest says {value}, the file's name {name}", "say which with `--date YYYY-MM-DD`"),
    "item-not-utf8": Message(
        "byte {byte} is not UTF-8",
        "save the file as UTF-8 (`iconv -f LATIN1 -t UTF-8 old > new`, if it is Latin-1) and add it again",
    ),
    "item-no-title": Message("no title", "a paper needs a title: add it and add the file again"),
    "item-broken": Message("the item cannot be read: {error}", "mend it, or fetch the file again, and add it again"),
    "item-no-abstract": Message(
        "{value} has no abstract in this digest", "another digest or your hand can bring it", "warning"
    ),
    "digest-no-abstracts": Message(
        "{missing} of {papers} papers have no abstract", "another digest or your hand can bring them", "warning"
    ),
    "item-date": Message("{value} is not a date", "write YYYY, YYYY-MM or YYYY-MM-DD"),
    "item-date-left": Message(
        "{value} is not a date, so it was left out",
        "write YYYY, YYYY-MM or YYYY-MM-DD, or set it on the page",
        "warning",
    ),
    "item-future": Message("{value} is in the future", "mend the date and add the file again"),
    "item-url": Message(
        "{value} is not a web address, so it was left out",
        "write the whole address, beginning with https://",
        "warning",
    ),
    "line-not-json": Message(
        "not a JSON object: {error}", "one whole JSON object a line is expected; mend the line and add the file again"
    ),
    "line-not-object": Message("expected a JSON object, got {value}", 'write {{"title": "…", …}} on one line'),
    "member-wrong": Message("expected {expected}, got {value}", "mend the line and add the file again"),
    "json-broken": Message(
        "the JSON breaks off here: {error}", "only what stands above counts; fetch the file again and add it again"
    ),
    "yaml-broken": Message(
        "not a YAML mapping: {error}", "put the value in double quotes, or mend the line, and add the file again"
    ),
    "row-quote": Message(
        "a quote in this row is not closed", 'write a quote inside a quoted cell twice (""), and add the file again'
    ),
    "columns-unread": Message(
        "no column is known to hold {missing}, and none of {value} is read",
        "if one of them does, name it below `- sitegen:` in mkdocs.yml, as in "
        '`columns: {{ {first}: "Its name" }}`, and add the file again',
        "warning",
    ),
    "columns-unknown": Message(
        "the columns of this table are not known as a paper's: {value}",
        "a column `title` and at least one of these is expected: {known}; rename yours, or say below `- sitegen:` in mkdocs.yml "
        'what they are called, as in `columns: {{ title: "Its name" }}`, and add the file again',
    ),
    "row-long": Message(
        "{size} cells, and the header names {most}",
        "put a cell that holds the delimiter in double quotes, and add the file again",
    ),
    "hf-no-paper": Message(
        "expected an object with a member `paper`, got {value}", "fetch the file again, or mend the item"
    ),
    "title-alone": Message(
        "{value} has no abstract below it", "if it is a paper, write its abstract below it and add the file again"
    ),
    "paper-twice": Message(
        "{value} stands in this digest already, at line {first}", "nothing to do: the two are merged", "warning"
    ),
    "item-large": Message(
        "an item of {size} characters; at most {most}, and 5000 of title, are believed",
        "if it is a paper, cut it and add the file again",
    ),
    "papers-joined": Message(
        "{papers} are one paper, as is known now by {why}",
        "nothing to do: the page of {paper} has it all, and the addresses of the others lead there",
        "warning",
    ),
    "papers-parted": Message(
        "{papers} are several papers, as is known now, and stood on the page of {paper}",
        "nothing to do: each has its page; one that a human had a hand in is never parted",
        "warning",
    ),
    "page-left": Message(
        "the page is written in a way that cannot be changed without breaking it, so it was left",
        'write its front matter as lines `field: "value"`, each field once, and add the digest again',
    ),
    "paper-twice-differs": Message(
        "{value} stands in this digest already, at line {first}, in other words",
        "the first stays, this one goes to quarantine: copy from it what you need",
    ),
    "format-wrong": Message(
        "nothing here reads as {value}", "leave `--format` out, and the format is found by the content"
    ),
    "date-other": Message(
        "the digest says {written}, and is added as of {day}",
        "if that is not meant, take it back with `sitegen undo`, and add it again with another `--date`",
        "warning",
    ),
    "hand-edit-kept": Message(
        "the page was edited by hand, and {digest} says {value}",
        "your words stay on the page; what the digest said is kept in its `seen` line",
        "warning",
    ),
    # what may be wrong, though it was added
    "title-near": Message(
        "{value} is nearly {name}, the title of {paper}",
        "if they are one paper, keep one page and write the other's id and title under its `aliases:`",
        "warning",
    ),
    "title-same": Message(
        "{value} is the title of {paper} too",
        "if they are one paper, keep one page and write the other's id under its `aliases:`",
        "warning",
    ),
    "length-odd": Message(
        "{value} has {size} characters, and in this digest {usual} are usual",
        "see whether the digest has all of it, and mend the page",
        "warning",
    ),
    "length-long": Message(
        "{value} has {size} characters; few have more than {usual}",
        "see whether it holds what belongs elsewhere, and mend the page",
        "warning",
    ),
    "repair-proposed": Message(
        "{value} may be meant as {written}: {why}", "if so, write it so on the page: your words stay", "warning"
    ),
    "address-odd": Message("{value} looks broken: {why}", "see where it should lead, and mend the page", "warning"),
    "day-missing": Message(
        "{name} came on each of {usual} weekdays in a row, and then not on {days}",
        "add the digests of these days, or leave it if there were none",
        "warning",
    ),
    # tags.yml
    "tags-broken": Message("not valid YAML: {error}", "mend the line; a pattern with `:` or `#` needs quotes"),
    "tags-not-mapping": Message("no tags here", "write `tag-name:` and its name, description and patterns below it"),
    "tag-slug": Message("{value} cannot be part of an address", "write it as {expected}"),
    "tag-not-rule": Message(
        "expected name, description and patterns, got {value}", "see the comment at the top of tags.yml"
    ),
    "tag-key": Message("unknown entry {value}", "known entries are: {known}"),
    "tag-text": Message("expected a text, got {value}", "put it in double quotes"),
    "tag-list": Message("expected a list of texts, got {value}", 'write it as `[one, two words, "quoted: text"]`'),
    "tag-number": Message(
        "expected a number from 1 up, got {value}", "say how often a pattern must stand in the abstract"
    ),
    # building
    "plugin-missing": Message("the plugin `sitegen` is not in the list of plugins", "add `- sitegen` below `plugins:`"),
    "mkdocs": Message("MkDocs says: {said}", "mend the setting or the page that is named"),
    "mkdocs-warning": Message("MkDocs says: {said}", "mend the link, or the entry of `nav:`", "warning"),
    "notes-link": Message("{value} leads to no page", "mend the link in your notes", "warning"),
    "page-hidden": Message(
        "a page of content/pages/ stands at {value}, where the archive has a page of its own",
        "rename your page",
        "warning",
    ),
    "page-changed": Message("the page changed while the site was built", "build again; nothing was published"),
    "page-gone": Message(
        "the page of {value} is gone; {url} was given out once, and now says that it was removed",
        "take the page back from git if that was not meant",
        "warning",
    ),
    # commands
    "new-exists": Message("{files} are there already", "choose another folder; nothing was written"),
    "add-busy": Message("another `sitegen add` is running", "wait for it to end, then try again"),
    "paper-unknown": Message(
        "no paper is called {value}", "give its id or an alias, as its page has them, or the path of its page"
    ),
    "notice-itself": Message("{value} is this paper itself", "give the paper that took its place"),
    "undo-nothing": Message(
        "there is no import to take back", "only the last import is remembered, and only once; go further back with git"
    ),
    "undo-unchanged": Message(
        "the last import changed nothing, so there is nothing to take back",
        "run `sitegen undo` once more to take back the import before it, of {digests}",
    ),
    "undo-changed": Message(
        "this file was changed since it was imported",
        "put it back as it was, or take the import back with git; no file was touched",
    ),
    "undo-broken": Message(
        "what was written down of the last import is damaged",
        "take the import back with git, and remove this file",
    ),
    "process-died": Message(
        "one of the processes that did the work was ended from outside",
        "see that there is enough memory, and run this again; nothing was published",
    ),
    "search-gone": Message(
        "the search of the last build is not where it was", "wait until the search has been made anew, or build again"
    ),
    "report-needs-node": Message(
        "there is no `node` on the PATH, and `--report` asks the site's search with it",
        "install Node.js 18 or newer, or build without `--report`; the site is built, without that page",
    ),
    "report-failed": Message(
        "the site's search cannot be asked: {error}",
        "see that `node --version` says 18 or newer; the site is built, without that page",
    ),
    "system": Message(
        "the system says: {error}", "see that the file is there, that it may be written, and that the disk has room"
    ),
    # fetching
    "fetch-failed": Message("no whole reply came: {error}", "run this again later; it goes on where it broke off"),
    "fetch-wait": Message(
        "{error} and asks to come back in {seconds} seconds", "run this again then; it goes on where it broke off"
    ),
    "fetch-refused": Message(
        "the reply cannot be used: {error}", "see that the address is right, and opens in a browser"
    ),
    "fetch-odd": Message(
        "the reply is not what this source gives: {error}",
        "run this again later; if it stays so, the source has changed, or a wrong `base` is set in mkdocs.yml",
    ),
    "fetch-first": Message(
        "{value} was never fetched, so there is no last time",
        "say from which day on, as in `--from 2025-03-14`; later `--since last` goes on from there",
    ),
    "fetch-none-set": Message(
        "nothing to fetch is set",
        "name a source, as in `sitegen fetch hf --date 2025-03-14`, or list them as `fetch:` below `- sitegen:`",
    ),
    "fetch-source": Message("unknown source {value}", "known sources are: {known}"),
    "fetch-what": Message("{value} does not fit the source {name}", "write {expected}"),
    "fetched-broken": Message(
        "not what `sitegen fetch` wrote: {error}", "take the file back from git, or delete it and fetch with `--from`"
    ),
    "fetched-wrong": Message(
        "expected {expected}, got {value}",
        "take the file back from git, or delete these lines and fetch with `--from`",
    ),
    "fetch-busy": Message("another `sitegen fetch` is running", "wait for it to end, then try again"),
    # publish and serve
    "outputs-collide": Message(
        "two files of the site cannot stand side by side: {other} is the same name on some systems",
        "rename one of the pages they are made from",
    ),
    "site-busy": Message("another build is writing this site", "wait until it has ended, and run this again"),
    "site-not-folder": Message(
        "not a folder, so the site cannot go there",
        "remove it, or set `site_dir` in mkdocs.yml to the folder that is meant",
    ),
    "site-not-ours": Message(
        "this folder holds files that no build made, and a build would remove them",
        "set `site_dir` in mkdocs.yml to a folder of its own; a folder is replaced only if it is empty or holds an index.html and a sitemap.xml, and neither .git nor mkdocs.yml",
    ),
    "site-not-written": Message(
        "cannot write {path}: {error}; the old site stands as it was",
        "give the build space and the right to write there (it keeps a second copy of the site beside it), and run it again",
    ),
    "site-not-begun": Message(
        "cannot write {path}: {error}; there is no site yet",
        "give the build space and the right to write there (it keeps a second copy of the site beside it), and run it again",
    ),
    "site-large": Message(
        "the site has {size} bytes; GitHub Pages takes {most}",
        "raise `tag_threshold` in mkdocs.yml, or cut the archive into several sites",
        "warning",
    ),
    "preview-address": Message(
        "cannot listen on {address}: {error}",
        "end the program that listens there, or give another place with `-a HOST:PORT`, as in `-a 127.0.0.1:8001`",
    ),
    "preview-failed": Message("the site could not be built: {error}", "the preview goes on with the last good build"),
    "watch-failed": Message(
        "changes cannot be watched: {error}",
        "end other programs that watch many files, or raise fs.inotify.max_user_watches",
    ),
}

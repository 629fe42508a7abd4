"""`sitegen notice`: a paper was withdrawn, retracted, corrected or superseded; its page says so, or no more."""

from pathlib import Path

from sitegen import catalogue, files, identity, store
from sitegen.cache import Cache
from sitegen.intake.notices import value_of
from sitegen.matching.merge import fields_of, folded, unfolded
from sitegen.model import Archive, Entry, Notice, Paper
from sitegen.problems import ProblemsFound, problem
from sitegen.store import paper_page


def put(content: Path, name: str, notice: Notice | None) -> Paper:
    """Write the notice, or that there is none whatever digests say, into the page of the paper that has the name.

    name: an id or alias of the paper, or the path of its page; `notice.by` may be any name of another one, or an id
    that the whole world knows. What it leaves empty stays as a notice of the same kind had it.
    Raises ProblemsFound, and changes nothing, if there is no such paper, if it is its own successor, or if its page
    cannot be changed.
    """
    archive = catalogue.read(content, Cache(content.parent)).whole()
    entry = _entry(archive, name)
    if entry is None:
        raise ProblemsFound([problem("paper-unknown", file=content.name, field="id", value=name)])
    if notice and notice.by:
        successor = _successor(archive, notice.by, content)
        if successor == entry.id:
            raise ProblemsFound(
                [problem("notice-itself", file=f"{content.name}/{entry.path}", field="by", value=notice.by)]
            )
        notice = Notice(notice.kind, notice.reason, notice.date, successor)
    old = catalogue.open_paper(content, entry.path)
    new = with_notice(old, completed(notice, old.notice))
    text, problems = paper_page.update_paper((content / old.path).read_bytes().decode("utf-8-sig"), old, new)
    if paper_page.read_paper(text, old.path)[0] != new:
        problems = [problem("page-left", file=old.path)]
    if problems:
        raise ProblemsFound(store.within(content, problems))
    if new != old:
        files.replace_all(content, [(old.path, text.encode())])
    return new


def completed(notice: Notice | None, before: Notice | None) -> Notice | None:
    """The notice, with what it leaves empty as the one before had it, if that was of its kind.

    >>> completed(Notice("superseded", date="2025"), Notice("superseded", date="2024", by="2503.00001"))
    Notice(kind='superseded', reason='', date='2025', by='2503.00001')
    """
    if notice is None or before is None or notice.kind != before.kind:
        return notice
    return Notice(notice.kind, notice.reason or before.reason, notice.date or before.date, notice.by or before.by)


def with_notice(paper: Paper, notice: Notice | None) -> Paper:
    """The paper with the notice of a human; what digests say of it stays beside it."""
    said, edits = unfolded(paper)
    by_digests = fields_of(folded(paper, said, {name: edits[name] for name in edits if name != "notice"})).get("notice")
    value = value_of(notice) if notice else None
    if value == by_digests:
        return folded(paper, said, {name: edits[name] for name in edits if name != "notice"})
    return folded(paper, said, {**edits, "notice": value})


def _entry(archive: Archive, name: str) -> Entry | None:
    known = {name, identity.recognised(name)[1]} - {""}
    pages = {name.replace("\\", "/").removeprefix("content/")}
    found = (each for each in archive.papers if known & {each.id, *each.aliases} or each.path in pages)
    return next(found, None)


def _successor(archive: Archive, name: str, content: Path) -> str:
    entry = _entry(archive, name)
    paper_id = entry.id if entry else identity.recognised(name)[1]
    if not paper_id:
        raise ProblemsFound([problem("paper-unknown", file=content.name, field="by", value=name)])
    return paper_id

"""What a digest says of a paper beside its fields: its version, and that it was withdrawn, retracted and so on."""

import re
from dataclasses import replace

from sitegen import identity
from sitegen.model import NOTICE_KINDS, Notice, Record, Value

LONGEST_REASON = 300
_KINDS = "|".join(NOTICE_KINDS)
# "[RETRACTED] A title" in any case; without brackets only in capitals, for a title may begin with the word.
_IN_TITLE = re.compile(rf"\s*(?:[\[(]((?i:{_KINDS}))[\])]\s*[:.-]?|(WITHDRAWN|RETRACTED)(?: ARTICLE)?:)\s*(?=\S)")
# https://info.arxiv.org/help/withdraw.html
_IN_ABSTRACT = re.compile(
    r"[\s\[(]{0,9}(this (?:\w+ )?(?:paper|article|submission|manuscript|work|preprint)"
    r" (?:has been|was|is)(?: now| being)? (withdrawn|retracted)\b[^.]{0,300}\.?)",
    re.IGNORECASE,
)
# A comment is nothing but a notice where it begins with one; "withdrawn from" a meeting is not from arXiv.
_IN_COMMENT = re.compile(
    r"[\s\[(]{0,9}(?:(?:the |this )?(?:paper|article|submission|manuscript|preprint)[: ]{1,3})?"
    r"(withdrawn|retracted)\b(?! from)",
    re.IGNORECASE,
)


def completed(record: Record) -> Record:
    """The record with the version and the notice that its id, title and abstract tell; its title without the notice.

    >>> dict(completed(Record({"title": "[RETRACTED] On order"}, id="2503.00001v2")).fields)
    {'title': 'On order', 'notice': ('retracted', '', '', ''), 'version': '2'}
    """
    title, notice = _of_title(record.title)
    told = notice_of(record.fields.get("notice", "")) or notice or _of_abstract(str(record.fields.get("abstract", "")))
    found: dict[str, Value] = {
        "title": title,
        "notice": value_of(told) if told else "",
        "version": record.fields.get("version") or _version(record),
    }
    fields = {name: value for name, value in {**record.fields, **found}.items() if value}
    return record if fields == record.fields else replace(record, fields=fields)


def _version(record: Record) -> str:
    links = (str(record.fields.get(f"links.{kind}", "")) for kind in ("arxiv", "pdf", "url"))
    return next(filter(None, map(identity.arxiv_version, filter(None, (record.id, *links)))), "")


def _of_title(title: str) -> tuple[str, Notice | None]:
    found = _IN_TITLE.match(title)
    return (title[found.end() :], _notice(found[1] or found[2])) if found else (title, None)


def _of_abstract(abstract: str) -> Notice | None:
    found = _IN_ABSTRACT.match(abstract)
    return _notice(found[2], " ".join(found[1].split())) if found else None


def of_comment(comment: str) -> Notice | None:
    """The notice that authors write into arXiv's comments: https://info.arxiv.org/help/withdraw.html

    >>> of_comment("This paper has been withdrawn due to an error in\\n  Lemma 2. 3 pages")
    Notice(kind='withdrawn', reason='This paper has been withdrawn due to an error in Lemma 2.', date='', by='')
    >>> of_comment("Withdrawn, see arXiv:2503.00001").kind, of_comment("12 pages; withdrawn from a workshop")
    ('withdrawn', None)
    """
    if notice := _of_abstract(comment):
        return notice
    found = _IN_COMMENT.match(comment)
    return _notice(found[1], " ".join(comment[: 2 * LONGEST_REASON].split())) if found else None


def _notice(kind: str, reason: str = "") -> Notice | None:
    return notice_of((kind.lower(), reason[:LONGEST_REASON]))


def value_of(notice: Notice) -> Value:
    """The notice as the value of a field; `notice_of` is its inverse."""
    return (notice.kind, notice.reason, notice.date, notice.by)


def notice_of(value: Value) -> Notice | None:
    """The notice of a field's value; None for what is none."""
    if not value:
        return None
    texts = value if isinstance(value, tuple) else (value,)
    return next((Notice(kind, *texts[1:4]) for kind in NOTICE_KINDS if texts[:1] == (kind,)), None)

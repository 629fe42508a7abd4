"""arXiv's mails of new papers: a mail's header, then items: new papers, cross-lists, replacements.

A replacement has no abstract, and its date is not the paper's: it brings what else it has.
https://info.arxiv.org/help/subscribe.html
"""

import re
from email import message_from_string

from sitegen.intake import arxiv_items, dates
from sitegen.intake.gathering import Gathering
from sitegen.intake.raw import RawDigest
from sitegen.intake.reading import FoundDate, Reading
from sitegen.text import clean

HEADER = "mail header"
_HEADER = re.compile(r"\s*(?:From [^\n]*\n)?(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+(?=[ \t\r]*\n)")
_DATE = re.compile(r"^Date:", re.MULTILINE | re.IGNORECASE)
_SUBJECT = re.compile(r"^Subject:", re.MULTILINE | re.IGNORECASE)


def recognises(raw: RawDigest) -> bool:
    """Whether a mail's header with date and subject stands first, and an item below it."""
    header = _header(raw.text)
    return bool(_DATE.search(header) and _SUBJECT.search(header))


def read(raw: RawDigest) -> Reading:
    """One record an item; the day is the mail's, and its subject names the archive: "astro-ph daily 53 new"."""
    gathering = Gathering(raw)
    header = _header(raw.text)
    fields = message_from_string(clean.without_surrogates(header).lstrip())
    gathering.ignore(0, len(header), HEADER)
    arxiv_items.gather(gathering, len(header))
    archive = next(iter(str(fields["Subject"] or "").split()), "")
    return gathering.reading(
        f"arxiv-{archive}",
        f"arXiv {archive}",
        gap=arxiv_items.RULES,
        date=_date(raw, header, str(fields["Date"] or "")),
    )


def _header(text: str) -> str:
    """What stands above the blank line, if an item stands below it."""
    found = _HEADER.match(text, 0, 100_000)
    return found[0] if found and found.end() <= arxiv_items.begins(text) else ""


def _date(raw: RawDigest, header: str, written: str) -> FoundDate | None:
    day = dates.utc_day(written)
    found = _DATE.search(header)
    return FoundDate(written.strip(), day, raw.line(found.start())) if found and dates.is_day(day) else None

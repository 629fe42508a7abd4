"""Pages of HTML, as browsers save them: which text of them is a digest."""

from dataclasses import replace

from sitegen.intake import html_page
from sitegen.intake.containers.pieces import Known, Refused
from sitegen.intake.raw import RawDigest
from sitegen.problems import problem


def readable(raw: RawDigest, known: Known) -> RawDigest:
    """A page that no reader takes as it stands, as the text of it that one does; every other digest as it is.

    Raises Refused for a page that is not parsed.
    """
    if not html_page.is_page(raw) or known.form(raw):
        return raw
    try:
        texts = html_page.from_page(replace(raw).text)
    except html_page.TooDeep:
        raise Refused(problem("page-deep", file=raw.name)) from None
    linked, plain = (html_page.text_of(raw, text) for text in texts)
    return linked if known.form(linked) else plain if known.prose(plain) else raw

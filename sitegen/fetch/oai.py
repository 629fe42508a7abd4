"""OAI-PMH: the records of a set that were added or changed on a day, from arXiv or any other repository.

https://www.openarchives.org/OAI/openarchivesprotocol.html#ListRecords
"""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

from sitegen.fetch.source import MOST_URL, Expired, Odd, Page
from sitegen.fetch.xml_parts import parts
from sitegen.text.escape import safe_url

BASE = "https://oaipmh.arxiv.org/oai"
_SET = re.compile(r"[A-Za-z0-9_.!~*'()-]+(:[A-Za-z0-9_.!~*'()-]+)*")
_PREFIX = "arXiv"


def fits(what: str) -> bool:
    """Whether it is a set, or the whole address of a repository with the set in it.

    >>> fits("cs"), fits("physics:hep-th"), fits("https://example.org/oai?set=a&metadataPrefix=oai_dc"), fits("a b")
    (True, True, True, False)
    """
    return len(what) <= MOST_URL and (_SET.fullmatch(what) is not None or _is_address(what))


def _is_address(what: str) -> bool:
    return what.startswith(("https://", "http://")) and safe_url(what) == what


def name(what: str) -> str:
    """The digest's name.

    >>> name("cs"), name("https://example.org/oai?set=a")
    ('OAI-PMH cs', 'OAI-PMH example.org a')
    """
    if not _is_address(what):
        return f"OAI-PMH {what}"
    parts_ = urlsplit(what)
    return " ".join(["OAI-PMH", parts_.hostname or "", *parse_qs(parts_.query).get("set", [])])


def first(what: str, day: str, base: str) -> str:
    """The address of the first part of a day's records.

    >>> first("cs", "2025-03-14", "")
    'https://oaipmh.arxiv.org/oai?verb=ListRecords&metadataPrefix=arXiv&from=2025-03-14&until=2025-03-14&set=cs'
    """
    query = {"verb": "ListRecords", "metadataPrefix": _PREFIX, "from": day, "until": day}
    if not _is_address(what):
        return f"{base or BASE}?{urlencode({**query, 'set': what}, safe=':')}"
    given = {
        key: values[0] for key, values in parse_qs(urlsplit(what).query).items() if key in ("metadataPrefix", "set")
    }
    return urlsplit(what)._replace(query=urlencode({**query, **given}, safe=":"), fragment="").geturl()


def read(url: str, body: bytes) -> Page:
    """A part of the list; its resumptionToken leads to the next one, and an empty one ends the list (section 3.5)."""
    found = parts(body, {"OAI-PMH", "error", "record", "resumptionToken"})
    if not any(part.name == "OAI-PMH" for part in found):
        raise Odd("it is XML, but not of OAI-PMH")
    for part in found:
        if part.name == "error":
            return _error(part.attributes.get("code", ""), part.text)
    token = next((part.text for part in found if part.name == "resumptionToken"), "")
    following = urlsplit(url)._replace(query=urlencode({"verb": "ListRecords", "resumptionToken": token})).geturl()
    if len(following) > MOST_URL:
        raise Odd("its resumptionToken is too long")
    return Page(any(part.name == "record" for part in found), following if token else "")


def _error(code: str, text: str) -> Page:
    """What an error says (section 3.6): no record on that day is none."""
    if code == "noRecordsMatch":
        return Page(papers=False)
    if code == "badResumptionToken":
        raise Expired
    raise Odd(f"it says {code}: {text}")

"""Made-up replies of the sources."""

import json
from collections.abc import Sequence

ATOM = "http://www.w3.org/2005/Atom"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
OAI = "http://www.openarchives.org/OAI/2.0/"


def hf(*ids: str, day: str = "2025-03-14") -> bytes:
    """A day's list of Hugging Face."""
    return json.dumps(
        [
            {
                "paper": {"id": each, "title": f"Paper {each}", "summary": f"It is about {each}."},
                "submittedOnDailyAt": f"{day}T01:02:03.000Z",
            }
            for each in ids
        ]
    ).encode()


def atom(ids: Sequence[str], total: int, start: int = 0) -> bytes:
    """A page of arXiv's search interface."""
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{each}v1</id><title>Paper {each}</title><summary>About {each}.</summary>"
        f"<published>2025-03-10T01:02:03Z</published><author><name>Ada {each}</name></author></entry>"
        for each in ids
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="{ATOM}" xmlns:opensearch="{OPENSEARCH}">'
        f"<id>http://arxiv.org/api/x</id><opensearch:totalResults>{total}</opensearch:totalResults>"
        f"<opensearch:startIndex>{start}</opensearch:startIndex>{entries}</feed>"
    ).encode()


def oai(*ids: str, token: str | None = None) -> bytes:
    """A part of a list of records; token None: the list has one part only, "": this is its last one."""
    records = "".join(
        f"<record><header><identifier>oai:arXiv.org:{each}</identifier></header><metadata>"
        f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{each}</id><created>2025-03-10</created>'
        f"<title>Paper {each}</title><abstract>About {each}.</abstract></arXiv></metadata></record>"
        for each in ids
    )
    more = "" if token is None else f'<resumptionToken cursor="0">{token}</resumptionToken>'
    return f'<OAI-PMH xmlns="{OAI}"><ListRecords>{records}{more}</ListRecords></OAI-PMH>'.encode()


def oai_error(code: str) -> bytes:
    return f'<OAI-PMH xmlns="{OAI}"><error code="{code}">No.</error></OAI-PMH>'.encode()

"""A polite client: one request at a time, pauses between them, few tries, what the server asks for is done."""

import datetime
import email.utils
import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from urllib.parse import urljoin, urlsplit

from sitegen import resources
from sitegen.fetch.exchange import Failed, Limits, Refused, Reply, exchange
from sitegen.fetch.source import MOST_URL, Odd
from sitegen.problems import Problem, problem
from sitegen.text.escape import safe_url, terminal

TRIES = 5
REDIRECTS = 5
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 600.0
# Seconds between two requests to a site. All of arXiv's machines count as one (https://info.arxiv.org/help/api/tou.html).
GAPS = {"arxiv.org": 3.0}
GAP = 1.0
_AGAIN = {408, 429, 500, 502, 503, 504}
_MOVED = {301, 302, 303, 307, 308}


class NoReply(Exception):
    """A source gave nothing that can be used; the problem says why."""

    def __init__(self, found: Problem) -> None:
        super().__init__(str(found))
        self.problem = found


@dataclass
class Client:
    """clock: seconds since 1970; sleep: waits so many seconds; say: tells the user why it waits; asking: told each
    address that it asks.
    """

    agent: str
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    say: Callable[[str], None]
    asking: Callable[[str], None] = lambda _address: None
    limits: Limits = field(default_factory=Limits)
    requests: int = 0
    _asked: dict[str, float] = field(default_factory=dict)
    """Site → when it was last asked."""

    def get(self, url: str, accept: Callable[[Reply], object], headers: Mapping[str, str] | None = None) -> Reply:
        """The reply to a GET request (200, or 304 where `headers` ask for what is newer).

        `accept` may raise Odd: then it is asked for again, as after a failure of the network.
        Raises NoReply once there is no hope, or after TRIES tries.
        """
        for number in range(1, TRIES + 1):
            try:
                reply = self._whole(url, headers or {})
                accept(reply)
                return reply
            except Refused as error:
                raise NoReply(problem("fetch-refused", file=url, error=str(error))) from None
            except (Failed, Odd) as error:
                if number == TRIES:
                    code = "fetch-odd" if isinstance(error, Odd) else "fetch-failed"
                    raise NoReply(problem(code, file=url, error=str(error))) from None
                self._pause(url, number, error)
        raise AssertionError("the last try returns or raises")

    def _pause(self, url: str, number: int, error: Failed | Odd) -> None:
        """Twice as long after each try, or as long as the server asks for."""
        asked = error.pause if isinstance(error, Failed) else 0.0
        if asked > LONGEST_PAUSE:
            found = problem("fetch-wait", file=url, error=str(error), seconds=f"{asked:.0f}")
            raise NoReply(found) from None
        pause = max(asked, FIRST_PAUSE * 2 ** (number - 1))
        self.say(f"{terminal(url)}: {terminal(str(error))}; asking again in {pause:g} s")
        self.sleep(pause)

    def _whole(self, url: str, headers: Mapping[str, str]) -> Reply:
        """The reply at the end of all redirects; another host than the first has to be a public one."""
        place = url
        for _ in range(REDIRECTS + 1):
            reply = self._one(place, headers, public=urlsplit(place).hostname != urlsplit(url).hostname)
            if reply.status not in _MOVED:
                break
            place = _redirected(place, reply)
        else:
            raise Refused(f"it leads on and on, more than {REDIRECTS} times")
        if reply.status in _AGAIN:
            pause = retry_after(reply.headers.get("retry-after", ""), self.clock())
            raise Failed(f"the server answers {_status(reply)}", pause)
        if reply.status not in (http.client.OK, http.client.NOT_MODIFIED):
            raise Refused(f"the server answers {_status(reply)}")
        return reply

    def _one(self, url: str, headers: Mapping[str, str], *, public: bool) -> Reply:
        site, gap = site_of(url)
        wait = self._asked.get(site, 0) + gap - self.clock()
        if wait > 0:
            self.sleep(min(wait, gap))
        try:
            self.requests += 1
            self.asking(terminal(url))
            return exchange(url, {"User-Agent": self.agent, **headers}, self.limits, public=public)
        finally:
            self._asked[site] = self.clock()


def user_agent(site_url: str) -> str:
    """Who asks: the program, where it comes from, and the archive's own address where it has one."""
    site = safe_url(site_url) or ""
    known = site.startswith(("https://", "http://")) and urlsplit(site).hostname not in ("127.0.0.1", "localhost")
    about = f"+{resources.repository()}" + (f"; {site}" if known else "")
    return f"sitegen/{metadata.version(resources.DISTRIBUTION)} ({about})"


def site_of(url: str) -> tuple[str, float]:
    """Who is asked, and the seconds between two requests there.

    >>> site_of("https://export.arxiv.org/api/query"), site_of("https://huggingface.co/")
    (('arxiv.org', 3.0), ('huggingface.co', 1.0))
    """
    host = (urlsplit(url).hostname or "").lower()
    site = next((name for name in GAPS if host == name or host.endswith(f".{name}")), host)
    return site, GAPS.get(site, GAP)


def retry_after(value: str, now: float) -> float:
    """The seconds of a Retry-After header, which gives seconds or a date; 0 for anything else.

    https://www.rfc-editor.org/rfc/rfc9110#name-retry-after

    >>> retry_after("120", 0), retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 10), retry_after("soon", 0)
    (120.0, 50.0, 0.0)
    """
    if value.isascii() and value.strip().isdigit():
        return float(value[:20])
    try:
        date = email.utils.parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return 0.0
    whole = date if date.tzinfo else date.replace(tzinfo=datetime.UTC)
    return max(0.0, (whole - datetime.datetime.fromtimestamp(now, datetime.UTC)).total_seconds())


def _redirected(url: str, reply: Reply) -> str:
    """Where a redirect leads. Raises Refused for all but web addresses."""
    location = reply.headers.get("location", "")
    try:
        place = safe_url(urljoin(url, location)) or ""
    except ValueError:
        place = ""
    if not location or not place.startswith(("https://", "http://")) or len(place) > MOST_URL:
        raise Refused(f"it leads to {location!r}, which is no web address")
    return place


def _status(reply: Reply) -> str:
    return f"{reply.status} {http.client.responses.get(reply.status, reply.reason)}".strip()

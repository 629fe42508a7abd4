"""What a source is: how to ask it for a day, and what its reply means. No network here."""

from collections.abc import Callable
from typing import NamedTuple

MOST_URL = 4_000


class Odd(Exception):
    """The reply is not what the source gives; it may be at the next try."""


class Expired(Exception):
    """The place in a list that was kept from the last run is no longer known to the server."""


class Page(NamedTuple):
    """A reply: whether there are papers in it, and the address of the list's next part ("": that was all)."""

    papers: bool
    following: str = ""


class Source(NamedTuple):
    """One place to fetch from.

    expects: what `what` has to be, in words ("" where there is only one list); fits: whether it is that.
    daily: its lists are of days, and each reply is added as the digest of its day.
    settles: so many days after a day something may still be added to its list.
    """

    expects: str
    fits: Callable[[str], bool]
    first: Callable[[str, str, str], str]
    """(what, day, base or "") → the address that begins the list of that day."""
    read: Callable[[str, bytes], Page]
    """(address, reply) → what it means. Raises Odd or Expired."""
    name: Callable[[str], str]
    """what → the digest's name; "" leaves it to the reader of the format."""
    needs: Callable[[str], str] = lambda _: ""
    """The address of a part → what `read` needs in it and does not find, in words; "" where all is there."""
    daily: bool = True
    settles: int = 1

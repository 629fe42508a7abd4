"""Ids, title fingerprints, slugs and URLs. No other file makes an id or a URL."""

import datetime
import hashlib
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain, count
from json.encoder import encode_basestring

from sitegen.identity.acl import acl_id, acl_id_of_parts
from sitegen.identity.arxiv import arxiv_id, arxiv_of_number, arxiv_version, arxiv_year
from sitegen.identity.schemes import (
    SCHEMES,
    doi,
    id_of_page,
    ids_of,
    in_words,
    recognised,
    scheme,
)
from sitegen.model import Paper, Record, Value
from sitegen.text.fold import fold

SLUG_LENGTH = 80
_NAMESPACE = uuid.UUID("6f1c7f0e-7b1e-5d0a-9b52-1f6f0a3f8f11")

# Ids with a slash, a colon or a capital that have a folder without a hash; no other id has one that looks so.
_SPELT_OTHERWISE = re.compile(r"[a-z]+(?:-[a-z]+)?/\d{7}|[A-Z]\d{2}-\d{4}|pmid:\d{1,8}")
_TAKEN_FOLDER = re.compile(r"[a-z]+(?:-[a-z]+)?-\d{7}|[a-z]\d{2}-\d{4}|pmid-\d{1,8}")

_SAFE_FOLDER = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}")
# Names that mean something to Windows, GitHub Pages or MkDocs.
_RESERVED = {"con", "prn", "aux", "nul", "index", "readme", "404", "templates", "page", "cname"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}
_LONG_WORD = re.compile(r"[a-z0-9]{4,}")
_BETWEEN_NAMES = re.compile(r"[\s,]+")
_NO_LETTER = re.compile(r"[\W_]+")
_ACCENTS = re.compile(r"\\\\?[\"'`^~=.]|['’]")

_NO_SLUG = re.compile(r"[^a-z0-9]+")
_DATED_DIGEST = re.compile(r"(\d{4}-\d{2}-\d{2})-")


def record_ids(record: Record) -> tuple[str, ...]:
    """All ids that a record brings, the best first, the source's own behind them. Empty if it has only a title.

    >>> record_ids(Record({"title": "T", "links.doi": "https://doi.org/10.1234/x"}, id="2401.10020v1"))
    ('2401.10020', '10.1234/x')
    """
    links = (str(record.fields.get(f"links.{kind}", "")) for kind in ("arxiv", "doi", "url", "pdf"))
    own = record.id.strip()
    names = (*ids_of((own, *links)), "" if recognised(own)[1] else own, *record.also)
    return tuple(dict.fromkeys(filter(None, names)))


def title_slug(title: str) -> str:
    """A title as a path segment: `^[a-z0-9][a-z0-9-]{0,79}$`, cut at a word.

    >>> title_slug("Don't Stop: Pre-training"), title_slug("Q"), title_slug("论文")
    ('dont-stop-pre-training', 'q', 'untitled-916a0b17')
    """
    slug = _NO_SLUG.sub("-", _ACCENTS.sub("", fold(title))).strip("-")
    if len(slug) > SLUG_LENGTH:
        cut = slug[: SLUG_LENGTH + 1]
        slug = cut[: cut.rindex("-")] if "-" in cut else slug[:SLUG_LENGTH]
    return slug if slug and slug not in _RESERVED else f"{slug or 'untitled'}-{short_hash(title)}"


def fingerprint(title: str) -> str:
    """What two spellings of one title share: its letters and digits, folded.

    >>> fingerprint("Don't Stop: Pre-training") == fingerprint("Don’t stop — pretraining")
    True
    """
    return _NO_LETTER.sub("", fold(title)) or title


def short_hash(text: str) -> str:
    """The first eight hex digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def long_hash(text: str) -> str:
    """The first 20 hex digits of the text's SHA-256: no two texts of an archive have the same."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def said_hash(value: Value) -> str:
    """The short hash of a field's value, a text or a list of texts (as `json.dumps` writes it, in a fifth of its time).

    >>> import json
    >>> said_hash(("a", "é")) == short_hash(json.dumps(["a", "é"], ensure_ascii=False))
    True
    """
    return short_hash(value if isinstance(value, str) else f"[{', '.join(map(encode_basestring, value))}]")


@lru_cache(maxsize=200_000)
def folder(paper_id: str) -> str:
    """The path segment and file name of a paper, made from its id alone; different ids get different names.

    >>> folder("2503.10613"), folder("hep-th/9901001"), folder("P19-1001"), folder("A/b")
    ('2503.10613', 'hep-th-9901001', 'p19-1001', 'a-b_3646f792')
    """
    if _SPELT_OTHERWISE.fullmatch(paper_id):
        return paper_id.replace("/", "-").replace(":", "-").lower()
    stem = paper_id.split(".", maxsplit=1)[0]
    plain = _SAFE_FOLDER.fullmatch(paper_id) and not paper_id.endswith(".") and stem not in _RESERVED
    if plain and not _TAKEN_FOLDER.fullmatch(paper_id):
        return paper_id
    slug = re.sub(r"[^a-z0-9.]+", "-", fold(paper_id)).strip("-.")[:SLUG_LENGTH].strip("-.")
    return f"{slug or 'id'}_{short_hash(paper_id)}"  # no plain id has a `_`


def paper_url(paper_id: str) -> str:
    """Relative to the site's root, as all URLs here: "papers/2503.10613/"."""
    return f"papers/{folder(paper_id)}/"


def digest_id(date: str, source: str) -> str:
    """ "2025-03-14-trending"; a collection's is its source alone, never read as a date."""
    slug = title_slug(source)
    if date:
        return f"{date}-{slug}"
    return f"collection-{slug}" if _DATED_DIGEST.match(slug + "-") else slug


@lru_cache(maxsize=1_000)
def is_digest_id(text: str) -> bool:
    """Whether `digest_id` could have made it, so that it can be a folder's name."""
    dated = _DATED_DIGEST.match(text)
    return bool(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,120}", text)) and (not dated or _is_day(dated[1]))


def _is_day(text: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


@lru_cache(maxsize=1_000)
def digest_order(digest: str) -> tuple[str, str]:
    """Digests in the order in which the last one wins: by date, then by id; collections come first."""
    dated = _DATED_DIGEST.match(digest)
    return (dated[1] if dated else "", digest)


def digest_date(digest: str) -> str:
    """The day in a digest's id, or "" for a collection's."""
    return digest_order(digest)[0]


@lru_cache(maxsize=1_000)
def digest_source(digest: str) -> str:
    """Who made the digest, as its id says: "trending" of "2025-03-14-trending"."""
    return _DATED_DIGEST.sub("", digest, count=1)


def digest_url(digest: str) -> str:
    return f"digests/{digest}/"


def date_url(date: str) -> str:
    """ "2025/03/14/", "2025/03/" or "2025/" for a day, month or year."""
    return date.replace("-", "/") + "/"


def tag_slug(name: str) -> str:
    """The tag's path segment; "cs.CV" keeps its dot.

    >>> tag_slug("Diffusion models"), tag_slug("cs.CV")
    ('diffusion-models', 'cs.cv')
    """
    if re.fullmatch(r"[A-Za-z]+(-[A-Za-z]+)?\.[A-Za-z-]{2,}", name):
        return name.lower()
    return title_slug(name)


def tag_url(slug: str) -> str:
    return f"tags/{slug}/"


def search_url(query: str = "") -> str:
    from urllib.parse import quote

    return f"search/?q={quote(query)}" if query else "search/"


def numbered(url: str, page: int) -> str:
    """Page `page` of a list, numbered from the oldest; page 0 is the list's own URL, which shows the newest."""
    return f"{url}page/{page}/" if page else url


def paper_urn(paper_id: str) -> str:
    """The paper's id in feeds: it depends on nothing that can change (RFC 9562, version 5)."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, 'paper ' + paper_id)}"


def digest_urn(digest: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, 'digest ' + digest)}"


def new_paper_id(ids: Iterable[str], title: str, told: Callable[[], str], is_taken: Callable[[str], object]) -> str:
    """The id of a paper that is added now: its best id, else the first of its slugs that no other has.

    ids: those that it has. told: what tells it from another paper with that title.
    """
    ids = tuple(ids)
    own = (name for name in ids if not recognised(name)[1])
    return next(name for name in chain(ids_of(ids), own, paper_slugs(title, told)) if not is_taken(name))


def paper_slugs(title: str, told: Callable[[], str]) -> Iterator[str]:
    """The ids of a paper that has no other, the best first: its title's slug, that with a hash, and more of those.

    >>> from itertools import islice
    >>> list(islice(paper_slugs("Notes", lambda: "Ann"), 3))
    ['notes', 'notes-17239b6e', 'notes-098d040f']
    """
    slug = title_slug(title)
    yield slug
    for again in count(1):
        yield f"{slug[: SLUG_LENGTH - 9]}-{short_hash(told() * again)}"


def bibtex_key(paper: Paper) -> str:
    """ "vaswani2017attention": first author's last word, year it came out, first long word of the title, in ASCII."""
    word = _LONG_WORD.search(fold(paper.title))
    family = _BETWEEN_NAMES.split(paper.authors[0].strip())[-1] if paper.authors else ""
    if not family or not word:
        return folder(paper.id)
    return _NO_SLUG.sub("", f"{fold(family)}{year_of(paper)}{word[0]}") or folder(paper.id)


def year_of(paper: Paper) -> str:
    """The year in which it came out, "" where nothing tells: a digest may list it years later."""
    return paper.published[:4] or arxiv_year(paper.id) or arxiv_year(paper.link("arxiv"))


__all__ = [
    "SCHEMES", "acl_id", "acl_id_of_parts", "arxiv_id", "arxiv_of_number", "arxiv_version", "bibtex_key", "date_url",
    "digest_date", "digest_id", "digest_order", "digest_source", "digest_url", "digest_urn", "doi", "fingerprint",
    "folder", "id_of_page", "ids_of", "in_words", "is_digest_id", "long_hash", "new_paper_id", "numbered",
    "paper_slugs", "paper_url", "paper_urn", "recognised", "record_ids", "said_hash", "scheme", "search_url",
    "short_hash", "tag_slug", "tag_url", "title_slug", "year_of",
]  # fmt: skip

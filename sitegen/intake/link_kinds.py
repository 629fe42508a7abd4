"""What a web address leads to: a paper's code, data, demo, video …; told by its host and path alone."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from sitegen import identity
from sitegen.text.escape import safe_url

# First parts of paths that are nobody's name.
_HUGGING_FACE = "(?:papers|docs|blog|collections|datasets|spaces|learn|tasks|posts|organizations)"
_GITHUB = "(?:topics|orgs|users|collections|features|marketplace|sponsors|settings|explore)"
# Host (or the end of one) and path -> kind, the first that fits. A kind of its own is one line here.
_HOSTS = (
    ("doi", r"(?:dx\.)?doi\.org", r"/10\.\d{4,9}/."),
    ("data", r"huggingface\.co|hf\.co", r"/datasets/."),
    ("demo", r"huggingface\.co|hf\.co", r"/spaces/."),
    ("code", r"huggingface\.co|hf\.co", rf"/(?!{_HUGGING_FACE}/)[^/]+/[^/]+"),
    ("code", r"(?:github|gitlab|bitbucket)\.(?:com|org)|codeberg\.org|gitee\.com", rf"/(?!{_GITHUB}/)[^/]+/[^/]+"),
    ("code", r"gitlab\.(?!com\b|org\b)[a-z0-9.-]+|git\.[a-z0-9.-]+|anonymous\.4open\.science", r"/(?:r/)?[^/]+"),
    ("code", r"colab\.research\.google\.com", r"/."),
    ("data", r"zenodo\.org|figshare\.com|datadryad\.org|osf\.io|dataverse\.[a-z.]+|kaggle\.com", r"/."),
    ("demo", r"[a-z0-9-]+\.(?:hf\.space|gradio\.(?:app|live)|streamlit\.app)", r".*"),
    ("demo", r"replicate\.com", r"/[^/]+/[^/]+"),
    ("video", r"youtube\.com|youtu\.be|vimeo\.com|slideslive\.com|bilibili\.com|underline\.io", r"/."),
    ("project", r"[a-z0-9-]+\.(?:github|gitlab)\.io|sites\.google\.com", r".*"),
    ("pdf", r".*", r".*\.pdf"),
)  # fmt: skip
_KINDS = tuple(
    (kind, re.compile(rf"(?:www\.|m\.)?(?:{host})", re.IGNORECASE), re.compile(path, re.IGNORECASE))
    for kind, host, path in _HOSTS
)
_WWW = re.compile(r"www\.[^/]+\.", re.IGNORECASE)


def kind_of(url: str) -> str:
    """One of `LINK_KINDS` for a `safe_url`; "url" where nothing is known of the address.

    >>> kind_of("https://github.com/a/b"), kind_of("https://a.github.io/b/"), kind_of("https://github.com/a")
    ('code', 'project', 'url')
    >>> kind_of("https://arxiv.org/abs/2401.10020v2"), kind_of("https://x.org/paper.pdf")
    ('arxiv', 'pdf')
    """
    if identity.arxiv_id(url):
        return "pdf" if "arxiv.org/pdf/" in url.lower() else "arxiv"
    parts = urlsplit(url)
    name = parts.hostname or ""
    for kind, host, path in _KINDS:
        if host.fullmatch(name) and path.match(parts.path):
            return kind
    return "url"


def links_of(given: Iterable[tuple[str, str]], ids: Iterable[str] = ()) -> tuple[dict[str, str], list[str]]:
    """(kind -> URL, the first of each kind; addresses that are none).

    given: (kind, address as written) pairs; of kind "url" the address itself tells the kind. An arXiv id or DOI among
    `ids`, or in the address of a paper, gives its link where no address does. People leave `https://` out, or write a
    DOI alone: where it is sure what is meant, that is the address.

    >>> links_of([("url", "http://arxiv.org/pdf/2401.10020"), ("url", "ftp://x")])
    ({'pdf': 'http://arxiv.org/pdf/2401.10020', 'arxiv': 'https://arxiv.org/abs/2401.10020'}, ['ftp://x'])
    >>> links_of([("url", "doi.org/10.1234/X"), ("url", "www.x.org/y"), ("pdf", "files/y.pdf")])
    ({'doi': 'https://doi.org/10.1234/X', 'url': 'https://www.x.org/y'}, ['files/y.pdf'])
    """
    found: dict[str, str] = {}
    refused: list[str] = []
    for kind, written in given:
        if not written.strip():
            continue
        url = safe_url(written) or _completed(written.strip())
        if not url:
            refused.append(written)
            continue
        known = kind_of(url) if kind == "url" else kind
        found.setdefault(known, _canonical(known, url))
    for paper_id in (*ids, *(found[kind] for kind in ("pdf", "url") if kind in found)):
        for kind, link in links_of_id(paper_id):
            found.setdefault(kind, link)
    return found, refused


def _completed(written: str) -> str:
    """What an address without `https://`, a DOI or an arXiv id leads to; "" where it may be something else."""
    url = safe_url(f"https://{written}")
    known = url and "/" in written and (identity.id_of_page(url) or kind_of(url) not in ("url", "pdf"))
    if url and (known or _WWW.match(written)):
        return url
    name = written.lower().removeprefix("doi:").strip()
    alone = name in (identity.doi(name), identity.arxiv_id(name)) or identity.arxiv_version(name)
    return next((link for _, link in links_of_id(name)), "") if alone else ""


def _canonical(kind: str, url: str) -> str:
    """arXiv's abstract page without version and mirror; every other address as it is."""
    name = identity.arxiv_id(url) if kind == "arxiv" else ""
    return f"https://arxiv.org/abs/{name}" if name else url


def links_of_id(paper_id: str) -> Iterable[tuple[str, str]]:
    """(kind, URL) of the page that an id leads to, if it leads to one.

    >>> list(links_of_id("2401.10020")), list(links_of_id("10.1234/x")), list(links_of_id("row 7"))
    ([('arxiv', 'https://arxiv.org/abs/2401.10020')], [('doi', 'https://doi.org/10.1234/x')], [])
    """
    # Of the pages elsewhere about a paper of arXiv's, too.
    if name := identity.arxiv_id(identity.id_of_page(paper_id) or paper_id):
        yield "arxiv", f"https://arxiv.org/abs/{name}"
    elif (name := identity.doi(paper_id)) and (url := safe_url(f"https://doi.org/{name}")):
        yield "doi", url

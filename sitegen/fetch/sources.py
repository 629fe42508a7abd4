"""All sources. To add one, write `first` and `read` in a new file and add a line to SOURCES."""

from sitegen.fetch import arxiv, feed, hf, oai
from sitegen.fetch.source import Source

SOURCES = {
    "hf": Source("", lambda what: not what, hf.first, hf.read, lambda _: "", hf.needs),
    "arxiv": Source(
        "a category, as in cs.CL",
        arxiv.fits,
        arxiv.first,
        arxiv.read,
        lambda what: f"arXiv {what}",
        arxiv.needs,
        settles=7,
    ),
    "oai": Source(
        "a set, as in cs or physics:hep-th, or a repository's address", oai.fits, oai.first, oai.read, oai.name
    ),
    "feed": Source(
        "an address, as in https://example.org/feed.xml", feed.fits, feed.first, feed.read, lambda _: "", daily=False
    ),
}

"""The Lunr index: what each paper says in each field, counted.

A term's weight in a document follows from how often it stands there (Lunr's BM25 with b = 0), so only these numbers
are shipped, a fifth of lunr's serialised index; the browser makes that from them, and hands it to `lunr.Index.load`.
Lunr's own builder would keep positions and vectors that nothing here needs.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from lunr.stop_word_filter import WORDS as STOP_WORDS

from sitegen.identity import arxiv_id, doi
from sitegen.model import Paper
from sitegen.search.plain import PlainPaper
from sitegen.search.stemmer import stem
from sitegen.search.words import terms, words
from sitegen.text.fold import fold

# Fields and their boosts.
FIELDS = {"title": 10, "tags": 5, "authors": 4, "ids": 10, "abstract": 1}

# Marks the term of a whole tag slug; no word holds it.
TAG_MARK = "#"

Document = dict[str, list[str]]
"""Field -> terms, with repetitions: {"title": ["attent", "need"], "ids": ["1706.03762"], …}."""


def document(plain: PlainPaper) -> Document:
    """What the index holds of one paper. Names of people keep their words: `Will` is no stop word there."""
    return {
        "title": terms(plain.title),
        "tags": [term for slug, name in plain.tags for term in (TAG_MARK + slug, *terms(name))],
        "authors": [word for author in plain.authors for word in words(author)],
        "ids": ids(plain.paper),
        "abstract": terms(plain.abstract),
    }


def ids(paper: Paper) -> list[str]:
    """Every name of the paper, each as one term: id, aliases, and the arXiv ids and DOIs of its links."""
    linked = (found for _, url in paper.links for found in (arxiv_id(url), doi(url)) if found)
    return list(dict.fromkeys(fold(name) for name in (paper.id, *paper.aliases, *linked)))


def counted(each: Document) -> list[dict[str, int]]:
    """How often each term stands in each field, in the order of FIELDS."""
    return [dict(Counter(each[field])) for field in FIELDS]


def sort_key(term: str) -> bytes:
    """lunr.js compares by UTF-16 unit, and refuses an index whose terms are in another order."""
    return term.encode("utf-16-be", "surrogatepass")


def compact(counts: Iterable[Sequence[Mapping[str, int]]]) -> dict[str, object]:
    """The index as it is shipped, of what `counted` gives for each document, in their order.

    {"documents": 2, "terms": ["attent", …], "postings": [[[0, 1, 2], [4, 0, 1, 1, 3]], …]}: `attent` stands in field 0
    of document 1 twice, and in field 4 of document 0 once and of document 0 + 1 three times.
    """
    postings: dict[str, dict[int, list[int]]] = {}
    last: dict[str, dict[int, int]] = {}
    number = -1
    for number, each in enumerate(counts):
        for position, counted_terms in enumerate(each):
            for term, count in counted_terms.items():
                before = last.setdefault(term, {})
                numbers = postings.setdefault(term, {}).setdefault(position, [position])
                numbers += (number - before.get(position, 0), count)
                before[position] = number
    order = sorted(postings, key=sort_key)
    return {
        "documents": number + 1,
        "terms": order,
        "postings": [[postings[term][position] for position in sorted(postings[term])] for term in order],
    }


def completions(written: Iterable[str]) -> list[str]:
    """Words that are not their own stems, in order: the stems alone cannot tell that `diffusio` begins `diffusion`."""
    return sorted({word for word in written if word not in STOP_WORDS and stem(word) != word}, key=sort_key)

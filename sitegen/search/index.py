"""The Lunr index: what each paper says in each field, counted by lunr's own builder.

A term's weight in a document follows from how often it stands there (Lunr's BM25 with b = 0), so only these numbers
are shipped, a fifth of lunr's serialised index; the browser makes that from them, and hands it to `lunr.Index.load`.
"""

from collections.abc import Iterable

from lunr.builder import Builder
from lunr.stemmer import stemmer
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


def builder(documents: Iterable[Document]) -> Builder:
    """lunr's builder with all documents added, numbered from 0; their terms need no pipeline any more."""
    made = Builder()
    made.ref("number")
    made.b(0)
    made.search_pipeline.add(stemmer)
    for field, boost in FIELDS.items():
        made.field(field, boost)
    for number, each in enumerate(documents):
        made.add({"number": number, **each})
    return made


def sort_key(term: str) -> bytes:
    """lunr.js compares by UTF-16 unit, and refuses an index whose terms are in another order."""
    return term.encode("utf-16-be", "surrogatepass")


def compact(made: Builder) -> dict[str, object]:
    """The index as it is shipped.

    {"documents": 2, "terms": ["attent", …], "postings": [[[0, 1, 2], [4, 0, 1, 1, 3]], …]}: `attent` stands in field 0
    of document 1 twice, and in field 4 of document 0 once and of document 0 + 1 three times.
    """
    order = sorted(made.inverted_index, key=sort_key)
    return {
        "documents": made.document_count,
        "terms": order,
        "postings": [[*_term_postings(made, term)] for term in order],
    }


def _term_postings(made: Builder, term: str) -> Iterable[list[int]]:
    for position, field in enumerate(FIELDS):
        previous = 0
        numbers = [position]
        for number in sorted(map(int, made.inverted_index[term][field])):
            numbers += (number - previous, made.field_term_frequencies[f"{field}/{number}"][term])
            previous = number
        if len(numbers) > 1:
            yield numbers


def completions(papers: Iterable[PlainPaper]) -> list[str]:
    """Words that are not their own stems, in order: the stems alone cannot tell that `diffusio` begins `diffusion`."""
    texts = (text for each in papers for text in (each.title, each.abstract, *(name for _, name in each.tags)))
    found = {word for text in texts for word in words(text) if word not in STOP_WORDS}
    return sorted((word for word in found if stem(word) != word), key=sort_key)

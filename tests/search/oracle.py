"""What lunr.js itself would be given: each paper's terms by field."""

from array import array

from sitegen.search.postings import term_of
from sitegen.search.tokens import FIELDS, NOWHERE, Tokens

Document = dict[str, list[str]]


def documents(tokens: Tokens) -> list[Document]:
    """The terms of each paper, with repetitions: {"title": ["attent", "need"], "ids": ["1706.03762"], …}."""
    counts, words, runs = (array("I", data) for data in (tokens.counts, tokens.words, tokens.runs))
    terms = ["", *(term_of(key) for key in tokens.keys[1:])]
    found: list[Document] = []
    word = run = 0
    for paper in range(len(tokens.stamps)):
        made: Document = {field: [] for field in FIELDS}
        for code in runs[run : run + counts[2 * paper]]:
            field = [*FIELDS][code & (NOWHERE - 1)]
            made[field] += [terms[number] for number in words[word : word + (code >> 4)] if number]
            word += code >> 4
        run += counts[2 * paper]
        found.append(made)
    return found

"""The index as lunr's own builder makes it."""

from collections.abc import Iterable

from lunr.builder import Builder
from lunr.stemmer import stemmer

from sitegen.search.index import FIELDS, Document


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

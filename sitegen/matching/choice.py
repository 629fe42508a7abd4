"""Which of the values that digests give a field shows: the last that counts; of one day's texts the one that is damaged
least."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import filterfalse, pairwise

from sitegen import identity
from sitegen.intake.link_kinds import links_of_id
from sitegen.matching import own_code
from sitegen.matching.parts import is_cut, version_of, without_parts
from sitegen.matching.said import Said
from sitegen.model import Value
from sitegen.text.repairs import repairs

_TEXTS = ("title", "abstract")


def chosen(name: str, said: Sequence[Said]) -> Value | None:
    """The value of a field, None where nobody gives it; keywords add up. said: oldest first.

    >>> [broken, whole] = [Said("2025-03-14-" + by, (), {}, {"title": by}) for by in ("512times512", "512 lists")]
    >>> chosen("title", [whole, broken])
    '512 lists'
    """
    giving = counting(name, said)
    values = [each.values[name] for each in giving]
    if name == "keywords" and values:
        return tuple(dict.fromkeys(word for value in values for word in texts_of(value)))
    if name in _TEXTS and len(giving) > 1:
        return _least_damaged(name, giving)
    return values[-1] if values else None


def counting(name: str, said: Sequence[Said]) -> Sequence[Said]:
    """Those that give the field a value that counts, in their order: code that an abstract alone names counts less than
    any other, and what is only a part (`parts.without_parts`) less than the whole.

    >>> given = {"2025-03-14-list": "Lists of words are long. We sort them.", "2025-03-15-news": "On lists."}
    >>> [each.digest for each in counting("abstract", [Said(by, (), {}, {"abstract": given[by]}) for by in given])]
    ['2025-03-14-list']
    """
    giving = [each for each in said if name in each.values]
    if len(giving) < 2:
        return giving
    if name == own_code.FIELD:
        return list(filterfalse(_is_named_only, giving)) or giving
    return without_parts(name, giving)


def ever_counting(name: str, said: Sequence[Said]) -> Sequence[Said]:
    """Those that give the field a value that counts, or counted in their days: where a version adds to the abstract,
    that of the version before is the whole one that there was."""
    counted = list(counting(name, said))
    for version in {*map(version_of, said)} - {0}:
        of_version = [each for each in said if version_of(each) in (0, version)]
        counted += (each for each in counting(name, of_version) if version_of(each) == version)
    known = {*map(id, counted)}
    return [each for each in said if id(each) in known]


def texts_of(value: Value) -> tuple[str, ...]:
    """The texts of a list, of a text the text."""
    return value if isinstance(value, tuple) else (value,)


def _is_named_only(said: Said) -> bool:
    abstract = said.values.get("abstract")
    return said.names_code if abstract is None else said.values[own_code.FIELD] == own_code.code_in(str(abstract))


def is_inferred(name: str, said: Said) -> bool:
    """Whether a field's value may not be the digest's own, but an address that follows from an id or the abstract.

    >>> said = Said("a", ("10.1234/x",), {}, {"links.doi": "https://doi.org/10.1234/x", "links.url": "https://x.org"})
    >>> is_inferred("links.doi", said), is_inferred("links.url", said)
    (True, False)
    """
    if name == own_code.FIELD:
        return _is_named_only(said)
    if not name.startswith("links."):
        return False
    follows = (
        f"links.{kind}" == name and url == said.values[name] for each in said.ids for kind, url in links_of_id(each)
    )
    return any(follows)


def with_lost_abstracts(said: tuple[Said, ...], code: Value | None) -> tuple[Said, ...]:
    """What digests said, where a human changed an abstract, and nobody knows whether it named the code: it is taken to
    have done so where that explains what the page shows. code: that."""
    if not any(map(_has_lost_abstract, said)):
        return said
    named = tuple(replace(each, names_code=_has_lost_abstract(each)) for each in said)
    return named if chosen(own_code.FIELD, named) == code else said


def _has_lost_abstract(said: Said) -> bool:
    return own_code.FIELD in said.values and "abstract" in said.hashes and "abstract" not in said.values


def _least_damaged(name: str, giving: Sequence[Said]) -> str:
    """Of the last day's texts; where they are alike, the last."""
    day = identity.digest_date(giving[-1].digest)
    texts = dict.fromkeys(
        str(each.values[name]) for each in reversed(giving) if identity.digest_date(each.digest) == day
    )
    if len(texts) == 1:
        return next(iter(texts))
    letters = {text: identity.fingerprint(text) for text in texts}
    # What another begins with stands right before one that does, once they are sorted.
    beginnings = {one for one, other in pairwise(sorted({*letters.values()})) if other.startswith(one)}
    return min(texts, key=lambda text: (letters[text] in beginnings or is_cut(text), _damage(text)))


def _damage(text: str) -> int:
    return len(repairs(text)) + text.count("\ufffd")

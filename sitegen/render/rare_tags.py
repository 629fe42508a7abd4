"""Tags that too few papers have for a page of their own: each is named on the page of tags, and leads to the search.

An archive of 100,000 papers has 20,000 of them: there each letter has a page, so that a new tag changes only one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sitegen import identity
from sitegen.render.site import Common, Page, Site, View
from sitegen.text.fold import fold

# So many stand on the page of tags; no tag has the address of a letter's page, for "page" is nobody's slug.
MOST_AT_ONCE = 1_000
_NO_LETTER = "0-9"

Facts = dict[str, Any]


class RareTags(NamedTuple):
    """All of them by name, and by letter where one page would be flooded."""

    tags: Sequence[Facts]
    letters: Mapping[str, Sequence[Facts]]

    def on_index(self) -> Facts:
        """What the page of tags shows: how many there are, and all of them, or the pages of letters."""
        letters = [{"name": name, "url": _url(name), "count": len(tags)} for name, tags in self.letters.items()]
        return {"rare": len(self.tags), "rare_tags": () if letters else self.tags, "letters": letters}

    def letter_pages(self, threshold: int) -> Iterator[Page]:
        """The pages of letters."""
        for letter, tags in self.letters.items():
            yield Page(_url(letter), "tags", letter_view, (letter, tags, threshold))


def rare_tags(site: Site) -> RareTags:
    """Those of a site."""
    tags = _rare(site)
    return RareTags(tags, _by_letter(tags) if len(tags) > MOST_AT_ONCE else {})


def letter_view(common: Common, letter: str, tags: Sequence[Facts], threshold: int) -> View:
    title = f"Rarer tags: {letter}"
    words = f"Tags of {common.name} with fewer than {threshold} papers."
    context = {"heading": title, "tags": tags, "threshold": threshold}
    return View(title, words, "letter.html", context, crumbs=[("Tags", "tags/")])


def _rare(site: Site) -> list[Facts]:
    """By name."""
    names, by_tag = site.archive.tag_names, site.archive.by_tag
    slugs = sorted(by_tag.keys() - site.with_page, key=lambda slug: (fold(names[slug]), slug))
    return [
        {"name": names[slug], "url": identity.search_url(f"tag:{slug}"), "count": len(by_tag[slug])} for slug in slugs
    ]


def _by_letter(tags: Sequence[Facts]) -> dict[str, list[Facts]]:
    """ "A" and so on -> the tags that begin with it; the last is of those that begin with no letter of these."""
    found: dict[str, list[Facts]] = {}
    for tag in tags:
        first = fold(tag["name"])[:1].upper()
        found.setdefault(first if "A" <= first <= "Z" else _NO_LETTER, []).append(tag)
    return {letter: found[letter] for letter in sorted(found, key=lambda letter: (letter == _NO_LETTER, letter))}


def _url(letter: str) -> str:
    return f"{identity.tag_url('page')}letter/{letter.lower()}/"

"""Tags that too few papers have for a page of their own: each is named on the page of tags, and leads to the search.

An archive of 100,000 papers has 20,000 of them: there each letter has a page, so that a new tag changes only one.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sitegen import identity
from sitegen.render.site import Common, Page, Site, View
from sitegen.text.fold import fold

# So many stand on the page of tags; no tag has the address of a letter's page, for "page" is nobody's slug.
MOST_AT_ONCE = 1_000
_NO_LETTER = "0-9"

Facts = dict[str, Any]


def index(site: Site) -> Facts:
    """What the page of tags shows of them: how many there are, and all of them, or the pages of letters."""
    rare = _rare(site)
    letters = _by_letter(rare) if len(rare) > MOST_AT_ONCE else {}
    return {
        "rare": len(rare),
        "rare_tags": () if letters else rare,
        "letters": [{"name": letter, "url": _url(letter), "count": len(tags)} for letter, tags in letters.items()],
    }


def letter_pages(site: Site) -> Iterator[Page]:
    """The pages of letters, where one page would be flooded."""
    rare = _rare(site)
    for letter, tags in _by_letter(rare).items() if len(rare) > MOST_AT_ONCE else ():
        yield Page(_url(letter), "tags", letter_view, (letter, tags, site.settings.tag_threshold))


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

"""Headings of newsletters that say what stands below them, such as "Must read", and are no paper's title."""

from sitegen.intake import dates

# All words of such a heading are of these: of papers, of when they came, and of how good they are.
_WORDS = {
    "a", "also", "an", "and", "arxiv", "article", "articles", "best", "brief", "choice", "daily", "day", "digest",
    "edition", "editor", "editors", "featured", "for", "from", "further", "highlight", "highlights", "hot", "in",
    "interesting", "issue", "latest", "link", "links", "list", "misc", "miscellaneous", "month", "monthly", "more",
    "must", "my", "new", "newest", "news", "newsletter", "notable", "of", "on", "other", "others", "our", "paper",
    "papers", "pick", "picks", "preprint", "preprints", "publication", "publications", "read", "reading", "readings",
    "reads", "recent", "recommended", "research", "s", "selected", "selection", "spotlight", "the", "this", "to",
    "today", "todays", "top", "trending", "week", "weekly", "weeks", "worth", "year", "your",
    "artikel", "neue", "aktuelle", "lesenswert", "論文", "论文", "推荐", "精选", "今日", "本周",
}  # fmt: skip
_LONGEST = 60


def is_section(heading: str) -> bool:
    """Whether a heading is made of such words alone, or is a day.

    >>> [is_section(each) for each in ("Must read", "This week's top 5 papers", "🔥 Papers", "Fri, 14 March 2025")]
    [True, True, True, True]
    >>> [is_section(each) for each in ("Must reads in graph theory", "Toolformer", "Reading toys", "")]
    [False, False, False, False]
    """
    if len(heading) > _LONGEST:
        return False
    if dates.written_day(heading):
        return True
    words = "".join(char if char.isalnum() else " " for char in heading.casefold()).split()
    return not {word for word in words if not word.isdecimal()} - _WORDS and any(not word.isdecimal() for word in words)

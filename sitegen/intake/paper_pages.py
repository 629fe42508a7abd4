"""Which addresses are those of a paper's page or file, and not of anything else that a digest links to."""

import re

from sitegen import identity

# Pages of publishers, servers and proceedings whose addresses hold no id that others know. One is one line here.
_PAGES = re.compile(
    r"https?://(?:www\.|papers\.|proceedings\.)?(?:"
    r"mlr\.press/v\d+/."
    r"|(?:nips|neurips)\.cc/(?:paper|paper_files)/."
    r"|openaccess\.thecvf\.com/content"
    r"|ecva\.net/papers/."
    r"|jmlr\.org/(?:papers|beta/papers)/."
    r"|ojs\.aaai\.org/index\.php/[^/]+/article/."
    r"|ijcai\.org/proceedings/\d+/\d"
    r"|isca-archive\.org/[^/]+/."
    r"|ieeexplore\.ieee\.org/(?:abstract/)?document/\d"
    r"|dl\.acm\.org/citation\.cfm\?id="
    r"|nature\.com/articles/."
    r"|sciencedirect\.com/science/article/"
    r"|cell\.com/[^/]+/(?:fulltext|abstract|pdf)/."
    r"|usenix\.org/(?:conference/[^/]+/presentation|system/files)/."
    r"|eprint\.iacr\.org/\d{4}/\d"
    r"|ssrn\.com/(?:sol3/papers\.cfm\?abstract_id=|abstract=)\d"
    r"|hal\.science/hal-\d"
    r"|semanticscholar\.org/paper/."
    r")",
    re.IGNORECASE,
)


def leads_to_paper(url: str) -> bool:
    """Whether the address is a paper's at arXiv, the ACL Anthology, OpenReview, PubMed or a publisher, or holds a DOI.

    >>> leads_to_paper("https://huggingface.co/papers/2401.10020"), leads_to_paper("https://huggingface.co/papers")
    (True, False)
    >>> leads_to_paper("https://journal.example.org/doi/full/10.1234/x"), leads_to_paper("https://x.org/slides.pdf")
    (True, False)
    """
    return bool(identity.id_of_page(url) or identity.recognised(url)[1] or _PAGES.match(url))

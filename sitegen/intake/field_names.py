"""What lists of papers call the fields of a paper: the names of columns, members and labels."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from sitegen.intake.reading import PAPER
from sitegen.model import LINK_KINDS

# Field -> its usual names, the best first, each as `plain_name` makes it.
NAMES: dict[str, tuple[str, ...]] = {
    "title": (
        "title", "papertitle", "papername", "paper", "name", "titles", "titel", "标题", "题目", "论文标题", "论文",
    ),
    "abstract": (
        "abstract", "paperabstract", "abstractnote", "abstracts", "abstractinvertedindex", "summary",
        "zusammenfassung", "摘要",
    ),
    "authors": (
        "authors", "author", "authorlist", "authornames", "authorships", "creators", "creator", "autoren", "autor",
        "作者",
    ),
    "date": (
        "published", "publishedat", "publisheddate", "publicationdate", "publishdate", "pubdate", "publishtime",
        "submitted", "submitteddate", "submissiondate", "releasedate", "date", "issued", "earliestdate", "preprintdate",
        "pdate", "cdate", "year",
        "publicationyear", "jahr", "erscheinungsjahr", "datum",
        "发布日期", "日期",
    ),
    "keywords": (
        "keywords", "keyword", "categories", "category", "maincategory", "primarycategory", "subjects", "subject",
        "tags", "tag", "manualtags", "automatictags", "topics", "topic", "schlagwörter", "关键词", "类别",
    ),
    "id": (
        "arxivid", "arxiv", "id", "uid", "paperid", "entryid", "anthologyid", "aclid", "identifier", "externalids",
        "ids", "arxiveprints", "pmid", "pubmedid",
    ),
    "doi": ("doi", "doiurl", "doilink", "dois"),
    "pdf": ("pdf", "pdfurl", "urlpdf", "pdflink", "paperpdf", "openaccesspdf"),
    "code": (
        "code", "codeurl", "urlcode", "codelink", "github", "githubrepo", "githuburl", "githublink", "repo",
        "repository", "software",
    ),
    "project": ("project", "projectpage", "projecturl", "urlproject", "homepage"),
    "data": ("data", "dataset", "datasets", "urldataset"),
    "demo": ("demo", "demourl"),
    "video": ("video", "videourl", "urlvideo", "videolink", "slideslive", "youtube"),
    "url": (
        "url", "link", "links", "abs", "absurl", "arxivurl", "arxivlink", "paperurl", "paperlink", "openreview", "site",
        "landingpage", "ee", "链接",
    ),
}  # fmt: skip
VENUES = frozenset(
    {
        "venue", "venues", "conference", "conferencename", "journal", "journals", "journalname", "journalref",
        "journaltitle", "journalbook", "journalabbreviation", "containertitle", "publicationtitle", "sourcetitle",
        "booktitle", "proceedings", "proceedingstitle", "publishedin", "zeitschrift", "konferenz", "期刊", "会议",
    }
)  # fmt: skip
"""Names of where a paper appeared, which no reader keeps."""
VENUE = "journals and conferences"
"""What the bytes under those names are called in the accounting."""
LINKS = frozenset(LINK_KINDS)
MANY = frozenset({"keywords", "id", "url"})
"""Fields of which a paper may have several."""
_FIELD_OF = {name: field for field, names in NAMES.items() for name in names}
_ORDER = {field: order for order, field in enumerate(NAMES)}
_RANK = {name: rank for names in NAMES.values() for rank, name in enumerate(names)}


@lru_cache(maxsize=4_096)
def plain_name(name: str) -> str:
    """The name as it is compared: small letters and digits.

    >>> plain_name("**Paper Title**"), plain_name("pdf_url")
    ('papertitle', 'pdfurl')
    """
    return "".join(char for char in name.casefold() if char.isalnum()) if len(name) <= 80 else ""


def fields_of(names: Iterable[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Name as written -> field, for the names that are known, the best name of each field first.

    columns: field -> the name that the archive's settings give it, which is better than all usual ones.

    >>> fields_of(["UID", "summary", "Title", "stars"], {})
    {'Title': 'title', 'summary': 'abstract', 'UID': 'id'}
    """
    named = {name: field for field, name in columns.items()}
    known: dict[str, str] = {}
    for name in names:
        if field := named.get(name) or _FIELD_OF.get(plain_name(name), ""):
            known[name] = field
    return dict(sorted(known.items(), key=lambda item: (_ORDER[item[1]], item[0] not in named, _rank(item[0]))))


def _rank(name: str) -> int:
    return _RANK.get(plain_name(name), 0)


def are_of_a_paper(names: Iterable[str], columns: Mapping[str, str]) -> bool:
    """Whether columns or members with these names describe papers: a title and something else of a paper.

    >>> are_of_a_paper(["title", "year"], {}), are_of_a_paper(["name", "url"], {})
    (True, False)
    """
    names, named = list(names), columns.get("title")
    titles = {plain_name(name) for name in names if name == named or is_title_name(name)}
    if not titles:
        return False
    known = fields_of(names, columns)
    fields = set(known.values())
    # People, tags and places have names too.
    surely = named in known or titles & {"title", "papertitle", "papername", "标题", "论文标题"}
    return len(fields) > 1 if surely else bool(fields & {"abstract", "authors"})


def is_venue_name(text: str) -> bool:
    """Whether the text is what a column of journals or conferences is called.

    >>> is_venue_name("Publication Title"), is_venue_name("Title")
    (True, False)
    """
    return plain_name(text) in VENUES


def class_of(name: str, used: Collection[str], unused: str) -> str:
    """What the bytes of a column or member are in the accounting. used: names of what a record is made of; unused: the
    class of all others.

    >>> [class_of(name, {"title"}, "unused columns") for name in ("title", "Venue", "Price")]
    ['paper', 'journals and conferences', 'unused columns']
    """
    if name in used:
        return PAPER
    return VENUE if is_venue_name(name) else unused


def is_title_name(text: str) -> bool:
    """Whether the text is what a column of titles is called: the title of a header row that was read as a paper."""
    return _FIELD_OF.get(plain_name(text)) == "title"

"""What views share: finished words and safe HTML, no logic left for the templates."""

from markupsafe import Markup

from sitegen import identity
from sitegen.intake.dates import in_words
from sitegen.text.escape import html, json_in_html

LONGEST_DESCRIPTION = 160
NOTICES = {"withdrawn": "Withdrawn", "retracted": "Retracted", "corrected": "Corrected", "superseded": "Superseded"}


def when(date: str) -> str:
    """ "14 March 2025", "March 2025", "2025", ""."""
    return in_words(date) if date else ""


def description(text: str) -> str:
    """The beginning of a text, cut at a word."""
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    cut = text[:LONGEST_DESCRIPTION]
    return cut[: cut.rindex(" ")] + " …" if " " in cut else cut + "…"


def date_crumbs(date: str) -> list[tuple[str, str]]:
    """[("2025", "2025/"), ("March 2025", "2025/03/"), ("14 March 2025", "2025/03/14/")]"""
    parts = date.split("-") if date else []
    dates = ["-".join(parts[: i + 1]) for i in range(len(parts))]
    return [(when(each), identity.date_url(each)) for each in dates]


def meta(name: str, content: str) -> str:
    """A `<meta>` element as HTML."""
    return f'<meta name="{name}" content="{html(content)}">'


def website(name: str, url: str) -> Markup:
    """What search engines read of the home page: its name and its search (https://schema.org/WebSite)."""
    action = {
        "@type": "SearchAction",
        "target": f"{url}search/?q={{query}}",
        "query-input": "required name=query",
    }
    data = {"@context": "https://schema.org", "@type": "WebSite", "name": name, "url": url}
    script = json_in_html({**data, "potentialAction": action})
    return Markup(f'<script type="application/ld+json">{script}</script>')  # noqa: S704 (escaped for a script)

"""What views share: finished words and safe HTML, no logic left for the templates."""

from collections.abc import Mapping

from markupsafe import Markup

from sitegen import identity
from sitegen.render.site import Common, View, when
from sitegen.text.escape import json_in_html

LONGEST_DESCRIPTION = 160


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


def open_graph(view: View, url: str, common: Common) -> Markup:
    """https://ogp.me"""
    pairs: Mapping[str, str] = {
        "og:title": view.title,
        "og:description": view.description,
        "og:type": view.kind,
        "og:url": common.url + url,
        "og:site_name": common.name,
    }
    return Markup("\n").join(
        Markup('<meta property="{}" content="{}">').format(name, value) for name, value in pairs.items() if value
    )


def website(common: Common) -> Markup:
    """What search engines read of the home page: its name and its search (https://schema.org/WebSite)."""
    action = {
        "@type": "SearchAction",
        "target": f"{common.url}search/?q={{query}}",
        "query-input": "required name=query",
    }
    data = {"@context": "https://schema.org", "@type": "WebSite", "name": common.name, "url": common.url}
    script = json_in_html({**data, "potentialAction": action})
    return Markup(f'<script type="application/ld+json">{script}</script>')  # noqa: S704 (escaped for a script)

"""What `sitegen build` says of the site it built."""

from collections.abc import Iterator
from typing import Any

from sitegen.build import Built
from sitegen.problems import Problem, problem
from sitegen.render.figures import Figures, Quality
from sitegen.render.quality import URL

# https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits
PAGES_BYTES = 1_000_000_000
PAGES_MINUTES = 10
SLOWEST = 3
# Faster stages are not worth a word, in seconds.
WORTH_A_WORD = 0.05


def as_json(built: Built) -> dict[str, Any]:
    """The stable form of `sitegen build --json`."""
    site, published = built.site, built.published
    return {
        "papers": len(site.archive.papers),
        "digests": len(site.archive.digests),
        "tags": len(site.tag_pages),
        "rare_tags": _rare(built),
        "pages": built.pages,
        "files": published.files,
        "bytes": published.bytes,
        "new": published.new,
        "changed": published.changed,
        "reused": published.reused,
        "removed": published.removed,
        "made": published.made,
        "github_pages": {"bytes": PAGES_BYTES, "percent": _percent(published.bytes), "minutes": PAGES_MINUTES},
        "quality": _quality(site.quality) if site.quality else None,
        "seconds": {stage: round(seconds, 3) for stage, seconds in built.seconds.items()},
        "warnings": [found.as_json() for found in warnings(built)],
    }


def warnings(built: Built) -> list[Problem]:
    """What the build had to say, and whether the site is too large."""
    size = built.published.bytes
    large = [problem("site-large", file="", size=f"{size:,}", most=f"{PAGES_BYTES:,}")] if size > PAGES_BYTES else []
    return [*built.warnings, *large]


def lines(built: Built) -> list[str]:
    """What a human reads."""
    site, published, rare = built.site, built.published, _rare(built)
    counted = (
        plural(len(site.archive.papers), "paper"),
        plural(len(site.archive.digests), "digest"),
        plural(len(site.tag_pages), "tag"),
    )
    return [
        "Built {} of {}, with {}{}.".format(*counted, f" and {rare:,} too rare for a page" if rare else ""),
        f"{plural(built.pages, 'page')}, {plural(published.files, 'file')}, {published.bytes / 1e6:,.1f} MB: "
        f"{_percent(published.bytes)} % of what GitHub Pages takes (1 GB, deployed within {PAGES_MINUTES} minutes).",
        f"{published.new:,} new, {published.changed:,} changed, {published.reused:,} reused, "
        f"{published.removed:,} removed. {_time(built.seconds)}",
        *_sought(site.quality),
    ]


def _sought(quality: Quality | None) -> Iterator[str]:
    """In how many cases the search found what it was asked for."""
    if quality and quality.kinds:
        asked, first, among_ten = (
            sum(getattr(figures, name) for figures in quality.kinds) for name in ("queries", "first", "among_ten")
        )
        found = f"the search found {first:,} first and {among_ten:,} among ten"
        yield f"Asked for known papers {asked:,} times, {found}: /{URL}"


def _quality(quality: Quality) -> dict[str, Any]:
    return {"papers": quality.papers, "kinds": {figures.kind: _figures(figures) for figures in quality.kinds}}


def _figures(figures: Figures) -> dict[str, float]:
    return {
        "queries": figures.queries,
        "success@1": round(figures.first / figures.queries, 4),
        "success@10": round(figures.among_ten / figures.queries, 4),
        "kb_median": round(figures.bytes[0] / 1000, 1),
        "kb_p95": round(figures.bytes[1] / 1000, 1),
        "ms_median": round(figures.ms[0], 1),
        "ms_p95": round(figures.ms[1], 1),
    }


def _rare(built: Built) -> int:
    """How many tags have no page, for too few papers have them; they lead to the search."""
    return len(built.site.archive.by_tag) - len(built.site.tag_pages)


def _time(seconds: dict[str, float]) -> str:
    slowest = sorted(seconds.items(), key=lambda item: -item[1])[:SLOWEST]
    shown = ", ".join(f"{stage} {time:.1f}" for stage, time in slowest if time >= WORTH_A_WORD)
    return f"{sum(seconds.values()):.1f} s" + (f" ({shown})." if shown else ".")


def _percent(size: int) -> float:
    return round(100 * size / PAGES_BYTES, 1)


def plural(count: int, word: str) -> str:
    """ "1 paper", "2,000 papers"."""
    return f"{count:,} {word}" + ("" if count == 1 else "s")

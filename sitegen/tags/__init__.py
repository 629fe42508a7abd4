"""Tags of papers and why they have them: from the curator's hand, from the rules in tags.yml, from digests' keywords.

A rule of content/tags.yml:

    diffusion-models:
      name: Diffusion models
      description: Generative models that learn to undo noise.
      patterns: [diffusion, denoising, text-to-image]
      keywords: [diffusion model]

A pattern is words: a space or hyphen in it matches a space, a hyphen or nothing between them, a `*` at a word's end
matches any ending, and a pattern with a capital letter asks for just these capitals (`GAN`, `LoRA`). A paper gets the
tag when a pattern stands in its title, or its patterns stand in two places of its abstract (`abstract: N` in a rule
asks for N). A digest's keyword gives the tags that name it, else those whose patterns stand in it, else one of its own.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from sitegen.model import Archive, Entry
from sitegen.tags.giving import tags_of
from sitegen.tags.rules_file import FILE, load, read
from sitegen.tags.vocabulary import Vocabulary


def names(papers: Iterable[Entry]) -> dict[str, str]:
    """Slug -> name; of several spellings in digests the one most papers have, then the first of the alphabet."""
    uses = Counter((tag.slug, tag.name) for paper in papers for tag in paper.tags)
    return dict(sorted(uses, key=lambda use: (-uses[use], use), reverse=True))


def descriptions(vocabulary: Vocabulary) -> dict[str, str]:
    """Slug -> description, of the tags that have one."""
    return {rule.slug: rule.description for rule in vocabulary.rules.values() if rule.description}


def with_pages(archive: Archive, threshold: int) -> Sequence[str]:
    """Slugs of the tags that have a page and feeds: from `threshold` papers on or set by hand; most papers first."""
    by_hand = {tag.slug for paper in archive.papers for tag in paper.tags if tag.source == "hand"}
    return [slug for slug, papers in archive.by_tag.items() if len(papers) >= threshold or slug in by_hand]


__all__ = ["FILE", "Vocabulary", "descriptions", "load", "names", "read", "tags_of", "with_pages"]

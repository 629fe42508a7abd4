"""What a digest that does not say its own name is called."""

from sitegen.intake.raw import RawDigest
from sitegen.text import clean


def title_of_file(raw: RawDigest) -> tuple[str, str]:
    """(source, title) after the file's name: ("acl-2020", "Acl 2020") for "acl-2020.csv"; "papers" for no name."""
    source = raw.stem if raw.name != "-" and raw.stem else "papers"
    return source, clean.line(source.replace("-", " ").replace("_", " ")).capitalize() or "Papers"

"""content/quarantine/: what could not be added, one item a line, a file for each digest."""

from pathlib import Path

FOLDER = "quarantine"


def waiting(content: Path) -> int:
    """How many items wait there for somebody to mend them."""
    files = sorted((content / FOLDER).glob("*.jsonl"))
    return sum(bool(line.strip()) for file in files for line in file.read_bytes().splitlines())

"""What the figures were measured on."""

import os
import platform
from importlib import metadata


def machine() -> dict[str, object]:
    """Cores, memory and versions, for the reports."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    names = ("paper-sitegen", "mkdocs", "mkdocs-material", "hugo", "pagefind")
    versions = {name: metadata.version(name) for name in names if _is_installed(name)}
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory / 1e9),
        "python": platform.python_version(),
        "versions": versions,
    }


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True

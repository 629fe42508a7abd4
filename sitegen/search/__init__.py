"""The search: a Lunr index in files of a few KB, of which a browser fetches what a query needs.

head.bin names the others, whose names change with their content, so that no browser mixes two builds. Files are
compressed inside, whatever a server does: their folder counts as it stands towards what a host allows.
"""

import gzip
import re

import rjsmin

# Of gzip: 9 takes ten times as long for 4 % less.
LEVEL = 6


def lunr_module(source: str) -> bytes:
    """lunr.js, minified, with its licence, as an ES module whose default export is `lunr`."""
    licence = re.match(r"\s*(/\*.*?\*/)", source, re.DOTALL)
    code = rjsmin.jsmin(source)
    notice = licence[1] if licence else ""
    wrapped = f"(function(module,exports,define){{{code}\n}})(m,m.exports);"
    return f"{notice}\nconst m={{exports:{{}}}};{wrapped}export default m.exports;\n".encode()


def compressed(data: bytes) -> bytes:
    """gzip, with neither time nor name."""
    return gzip.compress(data, LEVEL, mtime=0)

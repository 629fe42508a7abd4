"""Names of TeX that are left where a backslash was lost."""

import re

GREEK = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|varphi"
    "|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega"
)
_NAME = rf"(?:{GREEK}|aleph|ell|circ|times|infty|cdot|log|exp|max|min|sin|cos|tan)"
_NAMES = re.compile(rf"(?<![\\A-Za-z]){_NAME}+(?![A-Za-z])")
_ONE_NAME = re.compile(_NAME)
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
_LONG_POWER = re.compile(r"\^([+-]?\d{2,})")


def restored(tex: str) -> str:
    r"""An argument with the backslashes of its Greek letters and signs; other words are words.

    >>> restored("Phi circ n"), restored("data"), restored("3^97")
    ('\\Phi \\circ n', '\\text{data}', '3^{97}')
    """
    tex = _NAMES.sub(lambda found: "".join(f"\\{name} " for name in _ONE_NAME.findall(found[0])).rstrip(), tex)
    return _LONG_POWER.sub(r"^{\1}", _WORD.sub(r"\\text{\g<0>}", tex))

"""White space and control characters: what intake does to every text before it is stored.

Letters, TeX and punctuation stay as the digest has them.
"""

import re

from sitegen.text import mojibake

# C0 but tab and newline, DEL, C1 (U+0085 counts as a newline), and the code points no text may hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("[\r\x85\u2028\u2029]")
# UTF-8 that was read as another encoding, where C1 controls give it away: it is put right here, for no page can hold
# them. What can be stored stays, and `sitegen.text.repairs` mends it for the reader.
_C1 = re.compile("[\x80-\x9f]")
_MISREAD = re.compile("[\xc2-\xdf]{0}|[\xe0-\xef]{0}{{2}}|[\xf0-\xf4]{0}{{3}}".format(f"[{mojibake.CONTINUATION}]"))
# A no-break space and `à` that were so misread: their second half is white space, and would be a mere space. Behind a
# capital the letter may be itself: `CÂ `.
_MISREAD_SPACE = re.compile("(?<![A-Z\xc0-\xde])[\xc2\xc3]\xa0")
# TeX that a program wrote in one line, with a tab where the line ended: what follows a percent sign up to there is a
# comment. In lines that are wrapped anew nobody knows where it ends, and behind a number the sign may be itself.
_COMMENT = re.compile(r"(?<=[^\d\s] )%(?=[A-Za-z])[^%\n\t]{0,300}\t")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*|\n(?: {2,}|[^\S\n]*\t[^\S\n]*)(?=\S)")


def line(raw: str) -> str:
    """One line: no control characters, every run of white space one plain space.

    >>> line(" Sparse\\n  Auto\\x7fencoders\\u00a0for \\u2028 text ")
    'Sparse Autoencoders for text'
    """
    return " ".join((raw if raw.isprintable() else _characters(raw)).split())


def paragraphs(raw: str) -> str:
    """Lines joined to paragraphs, which a blank line separates; nothing else is a newline in the result.

    A new paragraph starts after a blank line and, as arXiv writes abstracts, at a line that is indented by two spaces
    or a tab; every other newline only wraps. A comment of TeX goes with the tab that ends it.

    >>> paragraphs("One\\ntwo.\\n  Three.\\n\\n\\nFour.")
    'One two.\\n\\nThree.\\n\\nFour.'
    >>> paragraphs("It can \\\\rev{often} %not always\\tlearn.")
    'It can \\\\rev{often} learn.'
    """
    text = _characters(raw)
    if "\\" in text and "\t" in text:
        text = _COMMENT.sub("", text)
    parts = (" ".join(part.split()) for part in _BREAK.split(text.strip()))
    return "\n\n".join(filter(None, parts))


def _characters(raw: str) -> str:
    if raw.replace("\n", " ").isprintable():  # most texts: all that follows would find nothing
        return raw
    text = _LINE_END.sub("\n", _reread(_reread(raw)).replace("\r\n", "\n"))
    return without_surrogates(_CONTROLS.sub("", text))


def without_surrogates(text: str) -> str:
    """Bytes that were no UTF-8, which a digest's text holds as lone surrogates, as the sign for what is unknown."""
    return _SURROGATES.sub("\ufffd", text)


def _reread(text: str) -> str:
    """`â\\x80\\x93` put right once; some texts went through that twice."""
    misread = _MISREAD if _C1.search(text) else _MISREAD_SPACE
    return misread.sub(lambda found: mojibake.reread(found[0]), text)

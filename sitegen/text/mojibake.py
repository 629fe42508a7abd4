"""UTF-8 that some program read as Latin-1 or as Windows-1252: `â€“` for `–`, `Ã©` for `é`."""

# Where Windows-1252 and Latin-1 put the bytes 80 to BF (https://encoding.spec.whatwg.org/index-windows-1252.txt); five
# of them have no character in Windows-1252, and readers of files take the control characters of Latin-1 there.
_BYTES = {chr(byte): byte for byte in range(0x80, 0x100)}
_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_BYTES |= {bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in _UNDEFINED}
CONTINUATION = "".join(char for char, byte in _BYTES.items() if byte < 0xC0)
"""Every character that such a program makes of the second and later bytes of a letter."""


def reread(text: str) -> str:
    """What `text` is as UTF-8; `text` itself where its characters are no such bytes.

    >>> reread("â€“"), reread("Ã©"), reread("é!")
    ('–', 'é', 'é!')
    """
    try:
        return bytes(map(_BYTES.__getitem__, text)).decode()
    except (KeyError, UnicodeDecodeError):
        return text

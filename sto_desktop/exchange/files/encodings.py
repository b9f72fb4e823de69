"""Turns bytes into text, whatever program wrote them: also half of a file in one encoding and half in another."""

from __future__ import annotations

import codecs
import re
import unicodedata

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, since it starts with that mark
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ONE_BYTE = ("cp1252", "cp850", "mac_roman")
"""Encodings of Windows, DOS and old Macs, in the order in which they are likely."""
_LETTERS = frozenset("éëèêïíîöóôòüúûáàâäçñœ€“”‘’–…ÉËÈÊÏÖÓÜÁÄÀÇ°·•")
"""What Dutch text has beyond ASCII. Others are possible, but tell nothing of the encoding."""
_QUOTES = frozenset("“”‘’–…€°·•")
# UTF-8 that was once read as cp1252: "Ã©" for é, "â€™" for ’.
_TWICE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}")
_DECOMPOSED = re.compile("[A-Za-z][\u0300-\u036f]+")
_BAD = "sto_desktop.bad_bytes"
# Bytes: a sample in which the null bytes of UTF-16 without a mark are counted.
_SAMPLE = 4096


def text_of(content: bytes, *, exact: bool = False) -> str | None:
    """Return the text in bytes; None if they hold null bytes, so are no text.

    By its byte order mark, or else as UTF-8, with each byte that is not UTF-8 in the one-byte encoding that gives the
    most letters of Dutch. `exact`: nothing that was garbled before is put right, for text to which positions refer.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    if b"\x00" in content:
        wide = _wide(content)
        return None if wide is None else content.decode(wide, errors="replace")
    text = _bytes_of_one(content)
    return text if exact else composed(_once(text))


def _wide(content: bytes) -> str | None:
    """Return UTF-16's variant of text without a mark: in Dutch nearly every second byte is null."""
    sample = content[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most = len(sample) // 2 * 0.8
    if odd >= most and not even:
        return "utf-16-le"
    return "utf-16-be" if even >= most and not odd else None


def _bytes_of_one(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        encoding = max(_ONE_BYTE, key=lambda name: _letters(content, name))

    def in_one_byte(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        # One at a time: what follows may be UTF-8 again.
        return _sign(error.object[error.start], encoding), error.start + 1

    codecs.register_error(_BAD, in_one_byte)
    return content.decode("utf-8", errors=_BAD)


def _sign(byte: int, encoding: str) -> str:
    # Five bytes are undefined in cp1252; latin-1 decodes every byte.
    return bytes((byte,)).decode(encoding, errors="ignore") or chr(byte)


def _letters(content: bytes, encoding: str) -> int:
    """Return how many bytes beyond ASCII are, in an encoding, a letter inside a word or a sign outside it."""
    count = 0
    for match in re.finditer(rb"[\x80-\xff]", content):
        before, after = content[match.start() - 1 : match.start()], content[match.end() : match.end() + 1]
        sign, inside = _sign(match[0][0], encoding), before.isalpha() or after.isalpha()
        if sign in _QUOTES:
            # A quotation mark or dash stands beside a word, an accent in one.
            count += 1 if not (before.isalpha() and after.isalpha()) else 0
        elif sign in _LETTERS and inside:
            count += 2
    return count


def _once(text: str) -> str:
    """Return text in which what was garbled by an earlier program is put right."""

    def right(match: re.Match[str]) -> str:
        raw = b""
        for sign in match[0]:
            try:
                raw += sign.encode("cp1252")
            except UnicodeEncodeError:
                raw += bytes((ord(sign),)) if ord(sign) < 256 else b"?"
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            # "Ã©e" has one letter too many in the match; what fits is put right.
            for end in range(len(raw) - 1, 1, -1):
                try:
                    return raw[:end].decode("utf-8") + match[0][end:]
                except UnicodeDecodeError:
                    continue
            return match[0]

    return _TWICE.sub(right, text)


def composed(text: str) -> str:
    """Return text in which a letter and its accent are one character, as everybody types it."""
    return text if text.isascii() else _DECOMPOSED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)

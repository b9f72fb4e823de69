"""Characters of Word's symbol typefaces, whose codes stand for signs that Unicode has elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

UNKNOWN = "\ufffd"
"""Stands for a sign that is in no table here."""

_WINGDINGS: Mapping[int, str] = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑",
    0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "←", 0xE8: "→", 0xE9: "↑", 0xEA: "↓", 0xEF: "⇦", 0xF0: "⇨",
    0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_SYMBOL: Mapping[int, str] = {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒",
}  # fmt: skip
_FACES = {"wingdings": _WINGDINGS, "symbol": _SYMBOL}
# Word writes the codes of these typefaces in this part of Unicode, which has no signs of its own.
_PRIVATE = range(0xF000, 0xF100)


def symbol(face: str, code: str) -> str:
    """Return the sign for a code (hexadecimal) of a typeface, or `UNKNOWN`."""
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN
    own = number - _PRIVATE.start if number in _PRIVATE else number
    sign = _FACES.get(face.casefold(), {}).get(own)
    if sign is not None:
        return sign
    if face.casefold() in _FACES and own not in range(0x20, 0x7F):
        return UNKNOWN
    return UNKNOWN if number in _PRIVATE or not 0x20 <= number < 0x110000 or 0xD800 <= number < 0xE000 else chr(number)

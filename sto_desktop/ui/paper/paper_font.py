"""The font for paper and PDF, without ligatures so that words can be searched for, and which characters it lacks."""

from __future__ import annotations

import re

from PySide6.QtGui import QFont, QFontMetricsF

_JOINING = ("liga", "clig", "dlig", "calt")
"""OpenType features that replace several letters by one glyph: fi, ti, ->, the x of 10x10."""


_OTHER = re.compile(r"[^\u0000-\u017f]")
_BOX = "\u25a1"


def of_single_letters(font: QFont) -> QFont:
    """Return a font without ligatures; in a PDF, letters behind a ligature can't be searched, copied or read aloud."""
    single = QFont(font)
    for tag in _JOINING:
        single.setFeature(QFont.Tag(tag), 0)
    return single


def paper_font(family: str) -> QFont:
    """Return the font of a family for paper, or the closest available."""
    font = QFont()
    # Carlito has the same metrics as Calibri.
    font.setFamilies([family, "Carlito", *font.families()])
    return of_single_letters(font)


def characters_without_glyph(text: str, family: str) -> str:
    """Return the characters of a text that no font on this computer has, each once; Qt leaves them out of a PDF."""
    metrics = QFontMetricsF(paper_font(family))
    # Every font has the letters of European languages.
    characters = dict.fromkeys(character for character in _OTHER.findall(text) if character.isprintable())
    return "".join(character for character in characters if not metrics.inFontUcs4(ord(character)))


def with_boxes(text: str, family: str) -> str:
    """Return a text with a box for each character that no font on this computer has."""
    missing = characters_without_glyph(text, family)
    return re.sub(f"[{re.escape(missing)}]", _BOX, text) if missing else text

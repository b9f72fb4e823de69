"""The font of what goes on paper and into a PDF: every letter is a sign of its own, so that words are found in it."""

from __future__ import annotations

from PySide6.QtGui import QFont

_JOINING = ("liga", "clig", "dlig", "calt")
"""Features by which a font puts one sign for several letters: fi, ti, ->, the x of 10x10 (OpenType's feature tags)."""


def of_single_letters(font: QFont) -> QFont:
    """Return a font without ligatures; in a PDF nobody can find, copy or hear the letters behind one."""
    single = QFont(font)
    for tag in _JOINING:
        single.setFeature(QFont.Tag(tag), 0)
    return single


def paper_font(family: str) -> QFont:
    """Return the font of a family, or what comes nearest, for on paper."""
    font = QFont()
    # Carlito has the measures of Calibri.
    font.setFamilies([family, "Carlito", *font.families()])
    return of_single_letters(font)

"""A font without ligatures for what is painted on paper, so that words in a PDF of it can be searched for."""

from __future__ import annotations

from PySide6.QtGui import QFont

_JOINING = ("liga", "clig", "dlig", "calt")
"""OpenType features that replace several letters by one glyph: fi, ti, ->, the x of 10x10."""


def of_single_letters(font: QFont) -> QFont:
    """Return a font without ligatures; in a PDF, letters behind a ligature can't be searched, copied or read aloud."""
    single = QFont(font)
    for tag in _JOINING:
        single.setFeature(QFont.Tag(tag), 0)
    return single

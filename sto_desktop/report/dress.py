"""What of a house style can be shown outside Word: styles, page and colours, for the preview and for PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sto_desktop.report.look import STO_TWENTE, Look
from sto_desktop.report.style_sheet import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, Style, styles


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of paper and its margins, in twips."""

    width: int = PAGE_WIDTH
    height: int = PAGE_HEIGHT
    left: int = MARGIN
    right: int = MARGIN
    top: int = 1474
    bottom: int = 1474


@dataclass(frozen=True)
class Dress:
    """A look with its styles by name; `own` is off where it was read from a template, whose cover can't be shown, and
    `numbered` where that has no numbers in front of its headings."""

    look: Look
    styles: Mapping[str, Style]
    page: Page = Page()
    own: bool = True
    numbered: bool = True

    def style(self, name: str) -> Style:
        """Return a style by its name in the program's own house style."""
        return self.styles[name]


@lru_cache(maxsize=8)
def dress_of(look: Look = STO_TWENTE) -> Dress:
    """Return how one of the program's own looks shows."""
    found = {style.name: style for style in styles(look)}
    found["Normal"] = Style("Normal", "Normal", look.size, after=120, line=look.lines)
    return Dress(look, found)

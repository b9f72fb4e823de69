"""The part of a house style that can be shown outside Word: styles, page and colours, for the preview and PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sto_desktop.report.blocks.options import Room
from sto_desktop.report.look.look import STO_TWENTE, Look
from sto_desktop.report.look.running import Running
from sto_desktop.report.look.style_sheet import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, Style, styles

_TWIPS_A_POINT = 20
_FONT_HEIGHT, _SIGN_WIDTH = 1.22, 0.49
"""Height of a line and mean width of a character, relative to the font size."""
_SIGN_WIDTHS = {"verdana": 0.58, "dejavu sans": 0.58, "century gothic": 0.55, "tahoma": 0.54, "arial": 0.52}
"""Mean width of a character in fonts that are wider than most."""
_LINES, _TAKEN = 90, 22
"""Lines on two pages in the program's own style, and how many of them the head, gaps and fixed parts take."""
_HEADINGS, _TALL = 12, 3.0
"""Extra lines for each line that a chapter heading takes beyond `_TALL`: two pages have about six headings."""


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
    """A look with its styles by name; `own` is False if it was read from a template, whose cover can't be shown;
    `numbered` is False if that template does not number its headings."""

    look: Look
    styles: Mapping[str, Style]
    page: Page = Page()
    own: bool = True
    numbered: bool = True
    running: tuple[Running | None, ...] = (None, None, None, None)
    """Header and footer of the first page, and of the others, of a template."""

    def style(self, name: str) -> Style:
        """Return a style by its name in the program's own house style."""
        return self.styles[name]

    def room(self) -> Room:
        """Return what fits on two pages, from the sizes of the running text and the page."""
        body, page = self.style("Normal"), self.page
        line_height = body.size * _FONT_HEIGHT * body.line / 240
        lines = 2 * (page.height - page.top - page.bottom) / _TWIPS_A_POINT / line_height
        width = _SIGN_WIDTHS.get(self.look.font.casefold(), _SIGN_WIDTH)
        signs = (page.width - page.left - page.right) / _TWIPS_A_POINT / (body.size * width)
        # Large headings leave fewer lines for text.
        head = self.style("STO Kop 1 doorlopend" if self.own else "heading 1")
        tall = (head.size * _FONT_HEIGHT + (head.before + head.after) / _TWIPS_A_POINT) / line_height
        reserved = _TAKEN + _HEADINGS * max(0.0, tall - _TALL)
        # Bounded: tiny letters give no more than the program's own style, and a strange template still gives something.
        return Room(max(30, min(88, int(signs))), max(0.2, min(1.0, (lines - reserved) / (_LINES - _TAKEN))))


@lru_cache(maxsize=8)
def dress_of(look: Look = STO_TWENTE) -> Dress:
    """Return the dress of one of the program's own looks."""
    by_name = {style.name: style for style in styles(look)}
    by_name["Normal"] = Style("Normal", "Normal", look.size, after=120, line=look.lines)
    return Dress(look, by_name)

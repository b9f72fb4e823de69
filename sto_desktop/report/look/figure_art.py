"""Draws a figure as SVG shapes and words, for output without Word's charts, and defines the fills of its series.

The fills differ in lightness and pattern, not in colour alone, so that series can be distinguished in grey print and
by colour-blind readers. Shapes are plain rectangles, lines and texts, which every SVG renderer supports.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from sto_desktop.report.blocks.blocks import Figure, FigureKind
from sto_desktop.report.look.look import Look, contrast, mix
from sto_desktop.report.look.markup import attribute

WIDTH = 605.0
"""Width of a drawing in px of 1/96 inch: the text width of the house style."""
BAR = 16.0
"""Height in px of a bar."""
# Sizes in px of the drawing: gap between categories, legend, text, height of columns.
_BETWEEN, _LEGEND = 12.0, 26.0
_TEXT = 12.5
_COLUMNS_HIGH = 190.0
_GLYPH = 0.58
"""Width of a character, relative to the font size: that of a wide font, so that no label runs off the drawing."""
_LEADING = 15.0
"""Height of a line of a label that takes several."""
_WIDEST = 270.0
"""Room for the labels of horizontal bars: long ones take several lines, so that the bars keep most of the width."""


class Pattern(Enum):
    """The lines over the ground colour of a bar."""

    NONE = auto()
    STRIPES = auto()
    LEVEL = auto()
    UPRIGHT = auto()


@dataclass(frozen=True, slots=True)
class Fill:
    """How the bars of a series look: `ground` with lines in `ink` over it and around it (hex, without #)."""

    ground: str
    ink: str
    pattern: Pattern = Pattern.NONE


def fills(look: Look) -> tuple[Fill, ...]:
    """Return the fills of series in order; more series repeat them."""
    return (
        Fill(look.primary, look.primary),
        Fill("FFFFFF", look.primary, Pattern.STRIPES),
        Fill(mix(look.primary, "FFFFFF", 0.62), look.primary),
        Fill("FFFFFF", look.muted, Pattern.LEVEL),
        Fill(mix(look.muted, "FFFFFF", 0.75), look.muted, Pattern.UPRIGHT),
    )


def text_on(fill: Fill, look: Look) -> str:
    """Return the text colour on a fill, by contrast."""
    return max(("FFFFFF", look.ink), key=lambda colour: contrast(colour, fill.ground))


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A line of text in a drawing: `x` is its left edge, middle or right edge by `anchor` ("start", "middle", "end"),
    `y` its baseline.
    """

    text: str
    x: float
    y: float
    anchor: str
    colour: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure, drawn: `shapes` are SVG elements, `words` the texts over them; sizes in px of 1/96 inch."""

    width: float
    height: float
    shapes: str
    words: tuple[DrawnText, ...]
    text_size: float = _TEXT

    def svg(self, inside: str = "", attributes: str = "") -> str:
        """Return the shapes as an SVG document, with `inside` after them."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:.0f}" height="{self.height:.0f}" '
            f'viewBox="0 0 {self.width:.0f} {self.height:.0f}"{attributes}>{self.shapes}{inside}</svg>'
        )


def draw(figure: Figure, look: Look) -> Drawing:
    """Draw a figure."""
    pieces = list(_Pen(figure, look).pieces())
    shapes = "".join(piece for piece in pieces if isinstance(piece, str))
    return Drawing(WIDTH, _height(figure), shapes, tuple(piece for piece in pieces if isinstance(piece, DrawnText)))


def figure_fonts(look: Look) -> tuple[str, ...]:
    """Return the fonts for a figure, the first that a computer has."""
    return look.font, "Carlito", "sans-serif"


def figure_svg(figure: Figure, look: Look, font: str = "") -> str:
    """Return a figure as an SVG document; its size in px is `figure_size`. `font`: instead of the list of fonts."""
    drawing = draw(figure, look)
    told = f"<title>{attribute(figure.caption)}</title><desc>{attribute(figure.description)}</desc>"
    words = "".join(
        f'<text x="{word.x:.1f}" y="{word.y:.1f}" text-anchor="{word.anchor}" fill="#{word.colour}">'
        f"{attribute(word.text)}</text>"
        for word in drawing.words
    )
    family = attribute(font or ", ".join(figure_fonts(look)))
    return drawing.svg(told + words, f' role="img" font-family="{family}" font-size="{_TEXT}"')


def figure_size(figure: Figure) -> tuple[float, float]:
    """Return width and height of a drawing in px."""
    return WIDTH, _height(figure)


def legend_height(figure: Figure) -> float:
    """Return the height of the legend: a single series has none."""
    return _LEGEND if len(figure.series) > 1 else 0.0


def _height(figure: Figure) -> float:
    legend = legend_height(figure)
    if figure.kind is FigureKind.COLUMNS:
        below = max((len(_lines(name, _step(figure) - 6)) for name in figure.categories), default=1)
        return _COLUMNS_HIGH + (below - 1) * _LEADING + legend
    return sum(row_height(figure, name) for name in figure.categories) + legend + 4


def _step(figure: Figure) -> float:
    """Return the width for each category of vertical bars."""
    return (WIDTH - 8) / max(len(figure.categories), 1)


def labels_width(figure: Figure) -> float:
    """Return the room for the labels of horizontal bars."""
    return min(_WIDEST, 8 + max((len(name) for name in figure.categories), default=0) * _TEXT * _GLYPH)


def bars_height(figure: Figure) -> float:
    """Return the height of the bars of one category among horizontal bars."""
    return (1 if figure.kind is FigureKind.STACKED else max(len(figure.series), 1)) * BAR


def row_height(figure: Figure, name: str) -> float:
    """Return the height that a category takes among horizontal bars: that of its bars or of its label."""
    return max(bars_height(figure), len(_lines(name, labels_width(figure) - 8)) * _LEADING) + _BETWEEN


class _Pen:
    """Draws one figure."""

    def __init__(self, figure: Figure, look: Look) -> None:
        self._figure = figure
        self._look = look
        all_fills = fills(look)
        self._fills = [all_fills[at % len(all_fills)] for at in range(len(figure.series))]

    def pieces(self) -> Iterator[str | DrawnText]:
        """Yield the shapes, as SVG elements, and the words."""
        yield from self._columns() if self._figure.kind is FigureKind.COLUMNS else self._bars()
        if len(self._figure.series) > 1:
            yield from self._legend()

    # Horizontal bars

    def _bars(self) -> Iterator[str | DrawnText]:
        figure = self._figure
        stacked = figure.kind is FigureKind.STACKED
        left, high, most = labels_width(figure), bars_height(figure), _most(figure)
        room = WIDTH - left - 46
        top = 2.0
        for at, category in enumerate(figure.categories):
            row = row_height(figure, category) - _BETWEEN
            yield from self._label(category, left - 8, left - 8, top + row / 2, "end")
            x, upper = left, top + (row - high) / 2
            for number, series in enumerate(figure.series):
                value = max(series.values[at], 0)
                length = room * value / most
                y = upper if stacked else upper + number * BAR
                yield from self._bar(self._fills[number], x, y + 1, length, BAR - 2)
                if stacked:
                    yield from self._inside(self._fills[number], value, x, y, length)
                    x += length
                else:
                    yield self._words(figure.shown(series.values[at]), left + length + 5, y + BAR / 2, "start")
            top += row + _BETWEEN
        yield self._line(left, 0, left, top - _BETWEEN + 2)

    def _inside(self, fill: Fill, value: float, x: float, y: float, length: float) -> Iterator[str | DrawnText]:
        words = self._figure.shown(value)
        wide = len(words) * _TEXT * 0.56 + 6
        # A bar too short for its number shows none.
        if not value or length < wide:
            return
        middle = x + length / 2
        if fill.pattern is not Pattern.NONE:
            # A plain background, since a number on a pattern is hard to read.
            yield _rectangle(middle - wide / 2, y + 2, wide, BAR - 4, fill.ground, "none")
        yield self._words(words, middle, y + BAR / 2, "middle", text_on(fill, self._look))

    # Vertical bars

    def _columns(self) -> Iterator[str | DrawnText]:
        figure = self._figure
        base, most = _COLUMNS_HIGH - 26, _most(figure)
        step = _step(figure)
        wide = min(46.0, step * 0.72 / max(len(figure.series), 1))
        for at, category in enumerate(figure.categories):
            middle = 4 + (at + 0.5) * step
            x = middle - wide * len(figure.series) / 2
            for number, series in enumerate(figure.series):
                tall = (base - 20) * max(series.values[at], 0) / most
                yield from self._bar(self._fills[number], x + 1, base - tall, wide - 2, tall)
                yield self._words(figure.shown(series.values[at]), x + wide / 2, base - tall - 8, "middle")
                x += wide
            lines = len(_lines(category, step - 6))
            yield from self._label(category, step - 6, middle, base + 14 + (lines - 1) * _LEADING / 2, "middle")
        yield self._line(4, base, WIDTH - 4, base)

    # Pieces

    def _legend(self) -> Iterator[str | DrawnText]:
        x, y = 4.0, _height(self._figure) - 18
        for fill, series in zip(self._fills, self._figure.series, strict=True):
            yield from self._bar(fill, x, y, 14, 12)
            yield self._words(series.name, x + 20, y + 6, "start")
            x += 40 + len(series.name) * _TEXT * _GLYPH

    def _label(self, text: str, room: float, x: float, middle: float, anchor: str) -> Iterator[DrawnText]:
        lines = _lines(text, room)
        for at, line in enumerate(lines):
            yield self._words(line, x, middle + (at - (len(lines) - 1) / 2) * _LEADING, anchor)

    def _words(self, text: str, x: float, middle: float, anchor: str, colour: str = "") -> DrawnText:
        return DrawnText(text, x, middle + _TEXT * 0.35, anchor, colour or self._look.ink)

    def _line(self, x: float, y: float, to_x: float, to_y: float) -> str:
        return _segment(x, y, to_x, to_y, self._look.muted, 1)

    def _bar(self, fill: Fill, x: float, y: float, width: float, height: float) -> Iterator[str]:
        # No bar for zero: its outline would look like a small value.
        if width < 0.5 or height < 0.5:
            return
        yield _rectangle(x, y, width, height, fill.ground, f"#{fill.ink}")
        if fill.pattern is Pattern.STRIPES:
            yield from _stripes(fill.ink, x, y, width, height)
        elif fill.pattern is Pattern.LEVEL:
            rows = int(height // 4)
            yield from (_segment(x, y + 4 * row, x + width, y + 4 * row, fill.ink, 1) for row in range(1, rows + 1))
        elif fill.pattern is Pattern.UPRIGHT:
            rows = int(width // 4)
            yield from (_segment(x + 4 * row, y, x + 4 * row, y + height, fill.ink, 1) for row in range(1, rows + 1))


def _stripes(colour: str, x: float, y: float, width: float, height: float) -> Iterator[str]:
    # Lines of constant x + y, clipped to the bar.
    for at in range(1, math.ceil((width + height) / 6)):
        reach = at * 6.0
        from_x, from_y = min(reach, width), max(reach - width, 0)
        to_x, to_y = max(reach - height, 0), min(reach, height)
        yield _segment(x + from_x, y + from_y, x + to_x, y + to_y, colour, 1.4)


def _rectangle(x: float, y: float, width: float, height: float, ground: str, edge: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="#{ground}" stroke="{edge}" '
        'stroke-width="1"/>'
    )


def _segment(x: float, y: float, to_x: float, to_y: float, colour: str, width: float) -> str:
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="#{colour}" stroke-width="{width}"/>'
    )


def _most(figure: Figure) -> float:
    if figure.kind is FigureKind.STACKED:
        totals = (sum(max(series.values[at], 0) for series in figure.series) for at in range(len(figure.categories)))
        # Never zero: lengths are divided by it.
        return max(totals, default=1.0) or 1.0
    return max((value for series in figure.series for value in series.values), default=1.0) or 1.0


def _lines(text: str, room: float) -> list[str]:
    """Return a label in lines that fit in `room` px."""
    return textwrap.wrap(text, max(int(room / (_TEXT * _GLYPH)), 3)) or [""]

"""What stands above and below the text of each page: headers and footers as data, for the preview and PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = re.compile("(\ue002\\w+\ue003)")
"""What stands in a text for something that only a document, or a page of it, can fill in."""


def mark_of(name: str) -> str:
    """Return the mark with this name."""
    return f"\ue002{name}\ue003"


PAGE, PAGES = mark_of("page"), mark_of("pages")
"""The number of the page, and how many there are."""


@dataclass(frozen=True, slots=True)
class RunText:
    """A text of one look; size in points, colour as hex."""

    text: str
    size: float
    colour: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class RunPicture:
    """A picture (PNG or JPEG) with its size in points; `place`: left and top on the page, None: in its line."""

    data: bytes
    width: float
    height: float
    description: str = ""
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class RunCell:
    """Lines above each other that are aligned "left", "center" or "right"; `share`: of the width."""

    align: str
    lines: tuple[tuple[RunText | RunPicture, ...], ...]
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Running:
    """A header or footer: rows of cells, its distance from the edge of the paper in points, and pictures with a place
    of their own.
    """

    rows: tuple[tuple[RunCell, ...], ...]
    edge: float
    placed: tuple[RunPicture, ...] = ()

    @property
    def height(self) -> float:
        """About how high it is, in points."""
        return sum(max((_height(cell) for cell in row), default=0.0) for row in self.rows)

    @property
    def texts(self) -> tuple[str, ...]:
        """Its lines of text."""
        lines = (line for row in self.rows for cell in row for line in cell.lines)
        return tuple("".join(piece.text for piece in line if isinstance(piece, RunText)) for line in lines)


def _height(cell: RunCell) -> float:
    return sum(max((_tall(piece) for piece in line), default=12.0) for line in cell.lines)


def _tall(piece: RunText | RunPicture) -> float:
    return piece.height if isinstance(piece, RunPicture) else piece.size * 1.22

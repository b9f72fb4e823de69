"""Positions of seats around a table: a rectangle of seats, clockwise from the top left, for any number of members."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

GAP = 8.0
"""Least distance between two seats, in px."""

MOST_ACROSS = 4
"""The table on screen is longer than wide, which leaves room for large names."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The number of seats on each side of the table."""

    top: int
    right: int
    bottom: int
    left: int

    @property
    def rows(self) -> int:
        """Rows of seats from top to bottom."""
        return bool(self.top) + max(self.right, self.left, 1) + bool(self.bottom)


def sides_for(count: int, across: int = 3) -> Sides:
    """Distribute a number of seats: at most `across` on each short side and equally many left and right."""
    if count <= 0:
        return Sides(0, 0, 0, 0)
    top = min(across, -(-count // 3))
    bottom = min(count - top, top)
    remaining = count - top - bottom
    if remaining % 2 and bottom > 1:
        bottom, remaining = bottom - 1, remaining + 1
    return Sides(top, (remaining + 1) // 2, bottom, remaining // 2)


def places(
    count: int, area: QRectF, seat_width: float, seat_height: float, most_across: int = MOST_ACROSS
) -> list[QRectF]:
    """Return the seats' rectangles within an area, in px, in seating order."""
    if count <= 0:
        return []
    across = max(1, int((area.width() + GAP) // (seat_width + GAP)))
    sides = sides_for(count, max(1, min(across, most_across)))
    rects = _along(sides.top, area, area.top(), seat_width, seat_height)
    between = area.adjusted(0, seat_height + GAP if sides.top else 0, 0, -(seat_height + GAP) if sides.bottom else 0)
    rects += _down(sides.right, between, area.right() - seat_width, seat_width, seat_height)
    rects += reversed(_along(sides.bottom, area, area.bottom() - seat_height, seat_width, seat_height))
    rects += reversed(_down(sides.left, between, area.left(), seat_width, seat_height))
    return rects


def height_for(count: int, width: float, seat_width: float, seat_height: float) -> float:
    """Return the height, in px, that a number of seats needs at a width."""
    across = max(1, int((width + GAP) // (seat_width + GAP)))
    rows = sides_for(count, max(1, min(across, MOST_ACROSS))).rows if count else 0
    return rows * (seat_height + GAP) - GAP if rows else 0.0


def _along(count: int, area: QRectF, top: float, width: float, height: float) -> list[QRectF]:
    """Return seats side by side, centred."""
    room = area.width() / max(1, count)
    step = min(room, width * 1.25)
    first = area.center().x() - step * (count - 1) / 2
    return [QRectF(first + step * number - width / 2, top, width, height) for number in range(count)]


def _down(count: int, area: QRectF, left: float, width: float, height: float) -> list[QRectF]:
    step = area.height() / max(1, count)
    return [QRectF(left, area.top() + step * (number + 0.5) - height / 2, width, height) for number in range(count)]

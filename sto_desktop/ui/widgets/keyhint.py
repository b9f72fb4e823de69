"""A key as a small bordered label: [Ctrl N]."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sto_desktop.ui.theme import Role, TextStyle, Theme

HEIGHT = 18
SIDE = 5.0


def key_hint_width(theme: Theme, text: str) -> float:
    """Return the width of a key hint, in px."""
    advance = QFontMetricsF(theme.font(TextStyle.KEY)).horizontalAdvance(text)
    return max(math.ceil(advance) + 2 * SIDE, float(HEIGHT))


def paint_key_hint(painter: QPainter, theme: Theme, topleft: QPointF, text: str, *, ink: QColor | None = None) -> float:
    """Paint a key hint of 18 px high, in `ink` on a coloured ground, and return its width."""
    width = key_hint_width(theme, text)
    box = QRectF(topleft.x() + 0.5, topleft.y() + 0.5, width - 1, HEIGHT - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if ink is None:
        painter.setPen(QPen(theme.color(Role.LINE), 1.0))
        painter.setBrush(theme.color(Role.BACKGROUND))
        painter.drawRoundedRect(box, 3, 3)
        painter.drawLine(box.bottomLeft() + QPointF(2, -1), box.bottomRight() + QPointF(-2, -1))
    else:
        painter.setPen(QPen(ink, 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
    painter.setFont(theme.font(TextStyle.KEY))
    painter.setPen(theme.color(Role.MUTED) if ink is None else ink)
    painter.drawText(box.adjusted(0, -1, 0, -1), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return width


class KeyHint(QWidget):
    """A key, shown beside what it does: decoration, the control itself carries the accessible name."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show another key."""
        self._text = text
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(math.ceil(key_hint_width(self._theme, self._text)), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_key_hint(QPainter(self), self._theme, QPointF(0, 0), self._text)

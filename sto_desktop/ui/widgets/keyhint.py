"""A key as a small label with a border: [Ctrl N]."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance

HEIGHT = 18
SIDE = 5.0
WORD_GAP = 4
PAIR_GAP = 18


def key_hint_width(theme: Appearance, text: str) -> float:
    """Return the width of a key hint, in px."""
    advance = QFontMetricsF(theme.font(TextStyle.KEY)).horizontalAdvance(text)
    return max(math.ceil(advance) + 2 * SIDE, float(HEIGHT))


def paint_key_hint(
    painter: QPainter, theme: Appearance, topleft: QPointF, text: str, *, ink: QColor | None = None
) -> float:
    """Paint a key hint 18 px high, in `ink` on a coloured background, and return its width."""
    width = key_hint_width(theme, text)
    box = QRectF(topleft.x() + 0.5, topleft.y() + 0.5, width - 1, HEIGHT - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if ink is None:
        painter.setPen(QPen(theme.color(ColourRole.LINE), 1.0))
        painter.setBrush(theme.color(ColourRole.BACKGROUND))
        painter.drawRoundedRect(box, 3, 3)
        painter.drawLine(box.bottomLeft() + QPointF(2, -1), box.bottomRight() + QPointF(-2, -1))
    else:
        painter.setPen(QPen(ink, 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
    painter.setFont(theme.font(TextStyle.KEY))
    painter.setPen(theme.color(ColourRole.MUTED) if ink is None else ink)
    painter.drawText(box.adjusted(0, -1, 0, -1), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return width


class KeyHint(QWidget):
    """A key shown beside its action: decorative, because the control itself has the accessible name."""

    def __init__(self, theme: Appearance, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Set the displayed key."""
        self._text = text
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(math.ceil(key_hint_width(self._theme, self._text)), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_key_hint(QPainter(self), self._theme, QPointF(0, 0), self._text)


class KeyHints(QWidget):
    """Keys in a row, each with its action. When space is short, the last ones are omitted completely."""

    def __init__(self, theme: Appearance, pairs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pairs = tuple(pairs)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _ends(self) -> list[float]:
        """Right edge of each pair, in px from the left."""
        metrics = QFontMetricsF(self._theme.font(TextStyle.SECONDARY))
        left, ends = 0.0, []
        for key, word in self._pairs:
            left += key_hint_width(self._theme, key) + WORD_GAP + metrics.horizontalAdvance(word)
            ends.append(left)
            left += PAIR_GAP
        return ends

    def fitting(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs of key and text that fit."""
        return tuple(pair for pair, end in zip(self._pairs, self._ends(), strict=True) if end <= self.width())

    def sizeHint(self) -> QSize:
        return QSize(math.ceil(max(self._ends(), default=0.0)), TextStyle.SECONDARY.line)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, TextStyle.SECONDARY.line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._theme.font(TextStyle.SECONDARY)
        metrics = QFontMetricsF(font)
        top = (self.height() - HEIGHT) / 2
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        left = 0.0
        for key, word in self.fitting():
            left += paint_key_hint(painter, self._theme, QPointF(left, top), key) + WORD_GAP
            painter.setFont(font)
            painter.setPen(self._theme.color(ColourRole.MUTED))
            painter.drawText(QPointF(left, base), word)
            left += metrics.horizontalAdvance(word) + PAIR_GAP

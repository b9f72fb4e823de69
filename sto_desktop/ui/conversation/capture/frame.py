"""The frame around the capture line, whose ring shows where typing goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.ui.conversation.capture.capture_edit import CaptureEdit
from sto_desktop.ui.look.roles import CARD_RADIUS, LIVE_HEIGHT, ColourRole, Space
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Fitted

SHARE = 0.45
"""Most of the width that chips take beside the text; if they need more, they stand above it."""
SIDE, ABOVE, CLOSE = 14, 13, 7
"""Space beside the text, above it, and between it and chips above it, in px."""


class Frame(Fitted, QFrame):
    """The frame around the line and the chips before it; its ring shows that typing goes here."""

    pressed = Signal()

    def __init__(self, theme: Appearance, edit: CaptureEdit, chips: Sequence[QWidget]) -> None:
        super().__init__()
        self._chips = chips
        self._front = QHBoxLayout()
        for chip in chips:
            self._front.addWidget(chip)
        self._front.setSpacing(Space.S)
        self._text = QVBoxLayout()
        self._text.addWidget(edit)
        self._inside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._inside.setContentsMargins(SIDE, 0, SIDE, 0)
        self._inside.addLayout(self._front)
        self._inside.addLayout(self._text, 1)
        # The chips stay at the first line when the text grows.
        self._inside.setAlignment(self._front, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._arrange(above=False)
        self._theme = theme
        self._edit = edit
        self._elsewhere = False
        self.setMinimumHeight(LIVE_HEIGHT + 2)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def fit(self) -> None:
        shown = [chip.sizeHint().width() for chip in self._chips if not chip.isHidden()]
        wide = sum(shown) + Space.S * len(shown) > (self.width() - 2 * SIDE) * SHARE
        # One chip leaves room for the text at any width that a window has.
        above = wide and len(shown) > 1
        if above is not (self._inside.direction() is QBoxLayout.Direction.TopToBottom):
            self._arrange(above=above)

    def _arrange(self, *, above: bool) -> None:
        self._inside.setDirection(QBoxLayout.Direction.TopToBottom if above else QBoxLayout.Direction.LeftToRight)
        self._inside.setSpacing(CLOSE if above else Space.S)
        self._front.setContentsMargins(0, CLOSE + 2 if above else ABOVE, 0, 0)
        self._text.setContentsMargins(0, 0 if above else ABOVE, 0, CLOSE + 2 if above else ABOVE)

    def set_elsewhere(self, elsewhere: bool) -> None:
        """Show by colour that the text belongs to another question than the current one."""
        if elsewhere != self._elsewhere:
            self._elsewhere = elsewhere
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self._edit.hasFocus()
        width = 2.0 if active else 1.0
        ring = ColourRole.WARN if self._elsewhere else ColourRole.PRIMARY
        painter.setPen(QPen(self._theme.color(ring if active else ColourRole.CONTROL), width))
        painter.setBrush(self._theme.color(ColourRole.SURFACE))
        edge = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), CARD_RADIUS, CARD_RADIUS)

"""The frame around the capture line, whose ring shows where typing goes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame

from sto_desktop.ui.conversation.capture.capture_edit import CaptureEdit
from sto_desktop.ui.look.roles import CARD_RADIUS, LIVE_HEIGHT, ColourRole
from sto_desktop.ui.look.theme import Appearance


class Frame(QFrame):
    """The frame around the line; its ring shows that typing goes here."""

    pressed = Signal()

    def __init__(self, theme: Appearance, edit: CaptureEdit) -> None:
        super().__init__()
        self._theme = theme
        self._edit = edit
        self._elsewhere = False
        self.setMinimumHeight(LIVE_HEIGHT + 2)
        self.setCursor(Qt.CursorShape.IBeamCursor)

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

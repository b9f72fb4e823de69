"""The room's own screen: one question in large type, and progress without a countdown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from sto_desktop.language import tr
from sto_desktop.ui.conversation.room.content import RoomContent
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance

# Sizes are shares of the screen's height, so that a projector shows the same picture at any resolution.
MARGIN = 0.066
SIDE = 0.05
"""Share of the width."""
SMALL = 0.028
LARGE, LARGE_LEAST = 0.085, 0.045
LARGE_LINES = 5
BODY = 0.032
BAR, BAR_GAP = 0.013, 0.009
FAINT, QUIET = 34, 190
"""Opacity (of 255) of themes still to come, and of text other than the question."""

_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class RoomView(QWidget):
    """Paints a `RoomContent`; unchanged content is not repainted."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._content = RoomContent("", "")
        # `paintEvent` fills the whole widget, so Qt need not clear it first.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def content(self) -> RoomContent:
        """The displayed content."""
        return self._content

    def show_content(self, content: RoomContent) -> None:
        """Display other content."""
        if content != self._content:
            self._content = content
            self.setAccessibleName(" · ".join(part for part in (content.small, *content.large.split("\n")) if part))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color(ColourRole.ROOM))
        content = self._content
        side, margin = self.width() * SIDE, self.height() * MARGIN
        frame = QRectF(self.rect()).adjusted(side, margin, -side, -margin)
        bottom = self._paint_foot(painter, frame, content)
        painter.setFont(self._font(SMALL, QFont.Weight.Normal))
        painter.setPen(self._ink(QUIET))
        small = painter.boundingRect(frame, int(_WRAP), content.small)
        painter.drawText(frame, int(_WRAP), content.small)
        below = QRectF(frame)
        below.setTop(small.bottom() + self.height() * 0.022)
        below.setBottom(bottom)
        taken = self._paint_question(painter, below, content)
        below.setTop(below.top() + taken + self.height() * 0.05)
        self._paint_words(painter, below, content)

    def _paint_foot(self, painter: QPainter, frame: QRectF, content: RoomContent) -> float:
        """Paint bar and time at the foot; return where the space above them ends."""
        height = self.height() * BAR
        bottom = frame.bottom() - height
        if content.bar:
            self._paint_bar(painter, QRectF(frame.left(), bottom, frame.width(), height), content)
        if content.time:
            font = self._font(SMALL, QFont.Weight.Normal)
            font.setFeature(QFont.Tag("tnum"), 1)
            painter.setFont(font)
            painter.setPen(self._ink(QUIET))
            line = QFontMetricsF(font).height()
            bottom -= line + self.height() * 0.02
            painter.drawText(QRectF(frame.left(), bottom, frame.width(), line), content.time)
        return bottom - self.height() * 0.02

    def _paint_bar(self, painter: QPainter, rect: QRectF, content: RoomContent) -> None:
        gap = self.height() * BAR_GAP
        total = sum(max(segment.minutes, 0.1) for segment in content.bar)
        room = rect.width() - gap * (len(content.bar) - 1)
        left = rect.left()
        radius = rect.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for segment in content.bar:
            width = room * max(segment.minutes, 0.1) / total
            segment_rect = QRectF(left, rect.top(), width, rect.height())
            painter.setBrush(self._ink(FAINT))
            painter.drawRoundedRect(segment_rect, radius, radius)
            if segment.filled > 0:
                painter.save()
                painter.setClipRect(QRectF(left, rect.top(), width * segment.filled, rect.height()))
                painter.setBrush(self._ink(255))
                painter.drawRoundedRect(segment_rect, radius, radius)
                painter.restore()
            left += width + gap

    def _paint_question(self, painter: QPainter, rect: QRectF, content: RoomContent) -> float:
        """Paint the large line in the largest size that fits in a few lines; return its height."""
        painter.setPen(self._ink(255))
        crowded = bool(content.summary or content.notes)
        room = rect.height() * (0.55 if crowded else 1.0)
        share = LARGE
        while True:
            font = self._font(share, QFont.Weight.Bold)
            painter.setFont(font)
            taken = painter.boundingRect(QRectF(rect.left(), rect.top(), rect.width(), 1e5), int(_WRAP), content.large)
            lines = round(taken.height() / QFontMetricsF(font).height())
            fits = taken.height() <= room and taken.width() <= rect.width() + 1
            if share <= LARGE_LEAST or (fits and lines <= LARGE_LINES):
                break
            share -= 0.005
        painter.drawText(rect, int(_WRAP), content.large)
        return min(taken.height(), rect.height())

    def _paint_words(self, painter: QPainter, rect: QRectF, content: RoomContent) -> None:
        """Paint summary and notes, as many as fit completely."""
        parts = [(content.summary, QFont.Weight.DemiBold)] if content.summary else []
        parts += [(f"– {note}", QFont.Weight.Normal) for note in content.notes]
        top = rect.top()
        for text, weight in parts:
            painter.setFont(self._font(BODY, weight))
            painter.setPen(self._ink(230))
            taken = painter.boundingRect(QRectF(rect.left(), top, rect.width(), 1e5), int(_WRAP), text)
            if taken.bottom() > rect.bottom():
                break
            painter.drawText(taken, int(_WRAP), text)
            top = taken.bottom() + self.height() * 0.018

    def _font(self, share: float, weight: QFont.Weight) -> QFont:
        font = self._theme.font(TextStyle.DISPLAY)
        font.setPixelSize(max(8, round(self.height() * share)))
        font.setWeight(weight)
        return font

    def _ink(self, alpha: int) -> QColor:
        color = QColor(self._theme.color(ColourRole.ON_ROOM))
        color.setAlpha(alpha)
        return color


class RoomWindow(QWidget):
    """The window for projector or second screen. It never takes the focus, so typing continues in the main window."""

    closed = Signal()
    activated = Signal()
    """The system activated the window, which was not to be activated."""

    def __init__(self, theme: Appearance) -> None:
        super().__init__(None)
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        # The keyboard stays in the window in which the note taker types.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # This window must not keep the program running after the main window has closed.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(tr("Voor de zaal"))
        self.setMinimumSize(320, 180)
        self.view = RoomView(theme, self)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self.activated.emit()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            # Hide the mouse pointer over a full-screen question, but not over a window that the user has to move.
            self.setCursor(Qt.CursorShape.BlankCursor if self.isFullScreen() else Qt.CursorShape.ArrowCursor)

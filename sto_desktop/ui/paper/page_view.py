"""Displays a laid-out document as sheets of paper, with the cover of the house style and a footer."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from sto_desktop.language import counted, tr
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.paper.preview import PAGE
from sto_desktop.ui.paper.sheets import RichText, Sheets, steps
from sto_desktop.ui.widgets import paint_focus_ring

GAP = 24
WIDEST = 0.92
SHADOW = 6


class PageView(QAbstractScrollArea):
    """Pages one below the other; a link in the contents scrolls to its heading."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sheets: Sheets | None = None
        self._by_key = False
        self._steps: Iterator[Sheets] = iter(())
        self._then = ""
        # One leaf per turn of the event loop, so that typing and clicks are handled in between.
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._step_on)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Voorbeeld van het verslag"))
        self.setAccessibleDescription(tr("De pagina's worden gemaakt…"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)

    @property
    def sheets(self) -> Sheets | None:
        """The displayed sheets."""
        return self._sheets

    def text(self) -> str:
        """Return the displayed text."""
        return self._sheets.text() if self._sheets else ""

    @property
    def complete(self) -> bool:
        """Whether the whole document is displayed and no layout is in progress."""
        return self._sheets is not None and not self._timer.isActive()

    @property
    def pages(self) -> int:
        """Number of sheets."""
        return self._sheets.count if self._sheets else 0

    def show_text(self, text: RichText) -> None:
        """Lay rich text out one leaf at a time and show it when complete; if nothing is displayed yet, show each part
        at once."""
        self._steps = steps(text, self._sheets)
        self._timer.start()

    def _step_on(self) -> None:
        sheets = next(self._steps)
        if sheets.whole:
            self._timer.stop()
        # Until the new text is complete, a complete older one stays on screen.
        if sheets.whole or self._sheets is None or not self._sheets.whole:
            self.show_sheets(sheets)
        if sheets.whole and self._then:
            self.go_to(self._then)
            self._then = ""

    def show_sheets(self, sheets: Sheets) -> None:
        """Show another document at the same scroll position: the heading in view stays where it was on the screen."""
        before = self._in_view()
        self._sheets = sheets
        self.setAccessibleDescription(counted(self.pages, "{n} pagina", "{n} pagina's"))
        self._measure()
        if before is not None and before[0] in sheets.anchors:
            self.verticalScrollBar().setValue(round(self._top_of(before[0]) + before[1]))
        self.viewport().update()

    def go_to(self, bookmark: str) -> None:
        """Scroll to a heading, table or figure; if it is not laid out yet, as soon as it is."""
        if self._timer.isActive():
            self._then = bookmark
        if self._sheets is not None and bookmark in self._sheets.anchors:
            self.verticalScrollBar().setValue(round(self._top_of(bookmark) - 24 * self._scale()))

    def _in_view(self) -> tuple[str, float] | None:
        """Return the last anchor at or above the top of the view, and how far below it the view begins."""
        if self._sheets is None:
            return None
        value = self.verticalScrollBar().value()
        tops = [(self._top_of(name), name) for name in self._sheets.anchors]
        top, name = max((anchor for anchor in tops if anchor[0] <= value), default=(0.0, ""))
        return name, value - top

    def _top_of(self, anchor: str) -> float:
        """Return the position of an anchor as a scroll bar value."""
        assert self._sheets is not None
        page, offset = self._sheets.anchors[anchor]
        return page * self._step() + GAP + offset * self._scale()

    def _paper(self) -> QSizeF:
        return self._sheets.size if self._sheets else PAGE

    def _scale(self) -> float:
        room = self.viewport().width() - 2 * GAP
        return max(0.3, min(WIDEST, room / self._paper().width()))

    def _step(self) -> float:
        return self._paper().height() * self._scale() + GAP

    def _measure(self) -> None:
        bar = self.verticalScrollBar()
        height = self.pages * self._step() + GAP
        bar.setRange(0, max(0, round(height - self.viewport().height())))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bar = self.verticalScrollBar()
        # Keep the relative position, since all heights change with the width.
        place = bar.value() / bar.maximum() if bar.maximum() else 0.0
        self._measure()
        bar.setValue(round(place * bar.maximum()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() == Qt.Key.Key_Space:
            bar.triggerAction(bar.SliderAction.SliderPageStepAdd)
        else:
            super().keyPressEvent(event)

    # Links

    def _anchor_at(self, at: QPointF) -> str:
        if self._sheets is None:
            return ""
        y = at.y() + self.verticalScrollBar().value() - GAP
        page, offset = divmod(y, self._step())
        point = QPointF((at.x() - self._left()) / self._scale(), offset / self._scale())
        return self._sheets.link_at(int(page), point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        link = bool(self._anchor_at(event.position()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.go_to(self._anchor_at(event.position()))
        super().mouseReleaseEvent(event)

    # Painting

    def _left(self) -> float:
        return (self.viewport().width() - self._paper().width() * self._scale()) / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), self._theme.color(ColourRole.SUNKEN))
        if self._sheets is not None:
            scroll, step = self.verticalScrollBar().value(), self._step()
            first = max(0, int((scroll - GAP) // step))
            last = int((scroll + self.viewport().height()) // step)
            for page in range(first, min(last + 1, self.pages)):
                self._paint_page(painter, page, GAP + page * step - scroll)
        else:
            painter.setFont(self._theme.font(TextStyle.BODY))
            painter.setPen(self._theme.color(ColourRole.MUTED))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.accessibleDescription())
        # The ring is for keyboard users; after a click it would distract.
        if self.hasFocus() and self._by_key:
            rect = QRectF(self.viewport().rect())
            paint_focus_ring(painter, rect, self._theme.color(ColourRole.PRIMARY), 2)

    def _paint_page(self, painter: QPainter, page: int, top: float) -> None:
        assert self._sheets is not None
        sheet = QRectF(0, 0, self._paper().width(), self._paper().height())
        painter.save()
        painter.translate(self._left(), top)
        painter.scale(self._scale(), self._scale())
        painter.setPen(Qt.PenStyle.NoPen)
        for at in range(SHADOW, 0, -1):
            painter.setBrush(QColor(0, 0, 0, 5))
            painter.drawRoundedRect(sheet.adjusted(-at, -at + 2, at, at + 2), at, at)
        # White also in dark mode, because this will be printed.
        painter.fillRect(sheet, Qt.GlobalColor.white)
        self._sheets.paint(painter, page)
        painter.restore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusOutEvent(event)

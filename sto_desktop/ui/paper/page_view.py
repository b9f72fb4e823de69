"""Displays the pages of a document one below the other, as they will be printed and saved as PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from sto_desktop.language import counted, tr
from sto_desktop.report.look.style_sheet import PAGE_HEIGHT, PAGE_WIDTH
from sto_desktop.report.writers.pdf_writer import Pdf
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.paper.pages import Pages, Spot
from sto_desktop.ui.widgets import paint_focus_ring

PAGE = QSizeF(PAGE_WIDTH, PAGE_HEIGHT) / 15
"""The size of a page of a house style in px: 15 twips each."""
GAP = 24
WIDEST = 0.92
SHADOW = 6
_KEPT = 6
"""Pictures of pages that are kept: those in view, and those just before and after."""


class PageView(QAbstractScrollArea):
    """Pages one below the other; a link scrolls to its heading."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sheets: Pages | None = None
        self._by_key = False
        self._making: Background[Pdf] | None = None
        self._next: Callable[[], Pdf] | None = None
        self._cleared = 0
        self._pictures: dict[tuple[int, float], QImage] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Voorbeeld van het verslag"))
        self.clear()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)

    @property
    def sheets(self) -> Pages | None:
        """The displayed pages."""
        return self._sheets

    def text(self) -> str:
        """Return the displayed text."""
        return self._sheets.text() if self._sheets else ""

    @property
    def complete(self) -> bool:
        """Whether pages are displayed and no others are being made."""
        return self._sheets is not None and self._making is None

    @property
    def pages(self) -> int:
        """Number of pages."""
        return self._sheets.count if self._sheets else 0

    def make(self, work: Callable[[], Pdf]) -> None:
        """Make pages on a worker and show them; asked again meanwhile, the latest are made afterwards."""
        if self._making is not None:
            self._next = work
            return
        self._making = Background(work, partial(self._made, self._cleared), ended=self._ended)
        self._making.start()

    def _made(self, cleared: int, made: Pdf) -> None:
        if cleared == self._cleared:
            self.show_pdf(made)

    def _ended(self) -> None:
        self._making = None
        if self._next is not None:
            following, self._next = self._next, None
            self.make(following)

    def hideEvent(self, event: QHideEvent) -> None:
        # A thread must not outlive its window.
        self._next = None
        if self._making is not None:
            self._making.wait()
        super().hideEvent(event)

    def show_pdf(self, made: Pdf) -> None:
        """Show another document at the same scroll position: the heading in view stays where it was on the screen."""
        before = self._in_view()
        if self._sheets is not None:
            self._sheets.close()
        self._sheets = Pages(made)
        self._pictures.clear()
        self.setAccessibleDescription(counted(self.pages, "{n} pagina", "{n} pagina's"))
        self._measure()
        if before is not None and before[0] in self._sheets.anchors:
            self.verticalScrollBar().setValue(round(self._top_of(self._sheets.anchors[before[0]]) + before[1]))
        self.viewport().update()

    def clear(self) -> None:
        """Show that pages are being made, instead of those of another document, also if these are not ready yet."""
        self._next = None
        self._cleared += 1
        self.setAccessibleDescription(tr("De pagina's worden gemaakt…"))
        if self._sheets is not None:
            self._sheets.close()
            self._sheets = None
            self._pictures.clear()
            self._measure()
            self.viewport().update()

    def go_to(self, bookmark: str) -> None:
        """Scroll to a heading."""
        if self._sheets is not None and bookmark in self._sheets.anchors:
            self._scroll_to(self._sheets.anchors[bookmark])

    def _scroll_to(self, place: Spot) -> None:
        self.verticalScrollBar().setValue(round(self._top_of(place) - 24 * self._scale()))

    def _in_view(self) -> tuple[str, float] | None:
        """Return the last anchor at or above the top of the view, and how far below it the view begins."""
        if self._sheets is None:
            return None
        value = self.verticalScrollBar().value()
        tops = [(self._top_of(place), name) for name, place in self._sheets.anchors.items()]
        top, name = max((anchor for anchor in tops if anchor[0] <= value), default=(0.0, ""))
        return name, value - top

    def _top_of(self, place: Spot) -> float:
        """Return a place as a scroll bar value."""
        return place.page * self._step() + GAP + place.y * self._scale()

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

    def _link_at(self, at: QPointF) -> Spot | None:
        if self._sheets is None:
            return None
        y = at.y() + self.verticalScrollBar().value() - GAP
        page, offset = divmod(y, self._step())
        point = QPointF((at.x() - self._left()) / self._scale(), offset / self._scale())
        return self._sheets.link_at(int(page), point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        link = self._link_at(event.position()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._link_at(event.position())
        if place is not None:
            self._scroll_to(place)
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
        scale = self._scale()
        sheet = QRectF(self._left(), top, self._paper().width() * scale, self._paper().height() * scale)
        painter.setPen(Qt.PenStyle.NoPen)
        for at in range(SHADOW, 0, -1):
            painter.setBrush(QColor(0, 0, 0, 5))
            painter.drawRoundedRect(sheet.adjusted(-at, -at + 2, at, at + 2), at, at)
        # White also in dark mode, because this will be printed.
        painter.drawImage(sheet, self._picture(page, scale * self.devicePixelRatioF()))

    def _picture(self, page: int, scale: float) -> QImage:
        assert self._sheets is not None
        key = page, round(scale, 4)
        if key not in self._pictures:
            if len(self._pictures) >= _KEPT:
                del self._pictures[next(iter(self._pictures))]
            self._pictures[key] = self._sheets.picture(page, scale)
        return self._pictures[key]

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusOutEvent(event)

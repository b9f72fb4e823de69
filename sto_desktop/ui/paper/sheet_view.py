"""Displays sheets of paper one below the other, as they will be printed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from sto_desktop.language import counted, tr
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.paper.paper_sheets import PaperSheets
from sto_desktop.ui.paper.preview import PAGE
from sto_desktop.ui.widgets import paint_focus_ring

GAP = 20
WIDEST = 0.92


class SheetView(QAbstractScrollArea):
    """A view of sheets; arrow keys, space, Home and End scroll."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sheets: PaperSheets | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_sheets(self, sheets: PaperSheets, name: str) -> None:
        """Show other sheets, from the first one."""
        self.sheets = sheets
        pages = counted(sheets.pages, "{n} pagina", "{n} pagina's")
        self.setAccessibleName(tr("Voorbeeld: {name}, {pages}", name=name, pages=pages))
        self._measure()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def _scale(self) -> float:
        return max(0.3, min(WIDEST, (self.viewport().width() - 2 * GAP) / PAGE.width()))

    def _step(self) -> float:
        return PAGE.height() * self._scale() + GAP

    def _measure(self) -> None:
        height = (self.sheets.pages if self.sheets else 0) * self._step() + GAP
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(height - self.viewport().height())))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        steps = {
            Qt.Key.Key_Home: bar.SliderAction.SliderToMinimum,
            Qt.Key.Key_End: bar.SliderAction.SliderToMaximum,
            Qt.Key.Key_Space: bar.SliderAction.SliderPageStepAdd,
        }
        if event.key() in steps:
            bar.triggerAction(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), self._theme.color(ColourRole.SUNKEN))
        if self.sheets is not None:
            left = (self.viewport().width() - PAGE.width() * self._scale()) / 2
            for page in range(self.sheets.pages):
                top = GAP + page * self._step() - self.verticalScrollBar().value()
                # Paint only the visible sheets.
                if top > self.viewport().height() or top + self._step() < 0:
                    continue
                painter.save()
                painter.translate(left, top)
                painter.scale(self._scale(), self._scale())
                # White also in dark mode: this is what will be printed.
                painter.fillRect(QRectF(0, 0, PAGE.width(), PAGE.height()), Qt.GlobalColor.white)
                self.sheets.paint(painter, page)
                painter.restore()
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.viewport().rect()), self._theme.color(ColourRole.PRIMARY), 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

"""Shows a laid-out document as sheets of paper, with the cover of the house style and a footer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextDocument,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from sto_desktop.report.cover_art import first_header_xml
from sto_desktop.report.look import STO_TWENTE, Look
from sto_desktop.ui.language import counted, tr
from sto_desktop.ui.report.preview import PAGE, SIDE, TOP
from sto_desktop.ui.theme import Role, Theme
from sto_desktop.ui.widgets import paint_focus_ring

GAP = 24
WIDEST = 0.92
EMU_PER_PX = 9525
SHADOW = 6


@dataclass(frozen=True, slots=True)
class CoverShape:
    """A shape of the cover's drawing, in px from the page's corner."""

    box: QRectF
    round: bool
    fill: QColor


_SHAPE = re.compile(
    r'<wps:wsp>.*?<a:off x="(\d+)" y="(\d+)"/><a:ext cx="(\d+)" cy="(\d+)"/>.*?prst="(\w+)".*?srgbClr val="(\w+)"'
)


@cache
def cover_shapes(look: Look = STO_TWENTE) -> tuple[CoverShape, ...]:
    """Return what the house style draws on the cover, read from its own header."""
    return tuple(
        CoverShape(
            QRectF(*(int(number) / EMU_PER_PX for number in (x, y, w, h))), form == "ellipse", QColor(f"#{fill}")
        )
        for x, y, w, h, form, fill in _SHAPE.findall(first_header_xml(look))
    )


class PageView(QAbstractScrollArea):
    """Pages under each other; a link in the contents goes to its heading."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document: QTextDocument | None = None
        self._title = ""
        self._cover = False
        self._by_key = False
        self._anchors: dict[str, int] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Voorbeeld van het verslag"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)

    @property
    def document(self) -> QTextDocument | None:
        """What is shown."""
        return self._document

    @property
    def pages(self) -> int:
        """Number of sheets."""
        return self._document.pageCount() if self._document else 0

    def show_document(self, document: QTextDocument, title: str, *, cover: bool) -> None:
        """Show another document at the same place; `cover`: the first page has the house style's drawing."""
        self._document = document
        self._title = title
        self._cover = cover
        self._anchors = _anchors(document)
        self.setAccessibleDescription(counted(self.pages, "{n} pagina", "{n} pagina's"))
        self._measure()
        self.viewport().update()

    def go_to(self, bookmark: str) -> None:
        """Bring a heading into view."""
        if self._document is None or bookmark not in self._anchors:
            return
        block = self._document.findBlock(self._anchors[bookmark])
        y = self._document.documentLayout().blockBoundingRect(block).top()
        page, rest = divmod(y, PAGE.height())
        self.verticalScrollBar().setValue(round(page * self._step() + GAP + (rest - 24) * self._scale()))

    def _scale(self) -> float:
        room = self.viewport().width() - 2 * GAP
        return max(0.3, min(WIDEST, room / PAGE.width()))

    def _step(self) -> float:
        return PAGE.height() * self._scale() + GAP

    def _measure(self) -> None:
        bar = self.verticalScrollBar()
        whole = self.pages * self._step() + GAP
        bar.setRange(0, max(0, round(whole - self.viewport().height())))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bar = self.verticalScrollBar()
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
        if self._document is None:
            return ""
        y = at.y() + self.verticalScrollBar().value() - GAP
        page, rest = divmod(y, self._step())
        point = QPointF((at.x() - self._left()) / self._scale(), page * PAGE.height() + rest / self._scale())
        return self._document.documentLayout().anchorAt(point).removeprefix("#")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        link = bool(self._anchor_at(event.position()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.go_to(self._anchor_at(event.position()))
        super().mouseReleaseEvent(event)

    # Painting

    def _left(self) -> float:
        return (self.viewport().width() - PAGE.width() * self._scale()) / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), self._theme.color(Role.SUNKEN))
        if self._document is not None:
            scroll, step = self.verticalScrollBar().value(), self._step()
            first = max(0, int((scroll - GAP) // step))
            last = int((scroll + self.viewport().height()) // step)
            for page in range(first, min(last + 1, self.pages)):
                self._paint_page(painter, page, GAP + page * step - scroll)
        if self.hasFocus() and self._by_key:
            rect = QRectF(self.viewport().rect())
            paint_focus_ring(painter, rect, self._theme.color(Role.PRIMARY), 2)

    def _paint_page(self, painter: QPainter, page: int, top: float) -> None:
        assert self._document is not None
        sheet = QRectF(0, 0, PAGE.width(), PAGE.height())
        painter.save()
        painter.translate(self._left(), top)
        painter.scale(self._scale(), self._scale())
        painter.setPen(Qt.PenStyle.NoPen)
        for at in range(SHADOW, 0, -1):
            painter.setBrush(QColor(0, 0, 0, 5))
            painter.drawRoundedRect(sheet.adjusted(-at, -at + 2, at, at + 2), at, at)
        # Paper is white and ink dark, also where the window is dark: this is what comes out.
        painter.fillRect(sheet, Qt.GlobalColor.white)
        painter.setClipRect(sheet)
        if page == 0 and self._cover:
            self._paint_cover(painter)
        else:
            self._paint_footer(painter, page)
        # A ground that goes on over the end of a page would be painted into the margins.
        painter.setClipRect(QRectF(0, TOP - 1, PAGE.width(), PAGE.height() - 2 * TOP + 2))
        painter.translate(0, -page * PAGE.height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, page * PAGE.height(), PAGE.width(), PAGE.height())
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Text, QColor(f"#{STO_TWENTE.ink}"))
        context.palette = palette
        self._document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_cover(self, painter: QPainter) -> None:
        for shape in cover_shapes():
            painter.setBrush(shape.fill)
            if shape.round:
                painter.drawEllipse(shape.box)
            else:
                painter.drawRect(shape.box)
        font = self.document.defaultFont() if self.document else self.font()
        font.setPixelSize(19)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(QPointF(SIDE, 78), STO_TWENTE.brand)

    def _paint_footer(self, painter: QPainter, page: int) -> None:
        font = self.document.defaultFont() if self.document else self.font()
        font.setPixelSize(11)
        painter.setFont(font)
        line = PAGE.height() - 62
        painter.setPen(QPen(QColor(f"#{STO_TWENTE.line}"), 1))
        painter.drawLine(QPointF(SIDE, line), QPointF(PAGE.width() - SIDE, line))
        painter.setPen(QColor(f"#{STO_TWENTE.muted}"))
        box = QRectF(SIDE, line + 6, PAGE.width() - 2 * SIDE, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, self._title)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, tr("pagina {n}", n=page + 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusOutEvent(event)


def _anchors(document: QTextDocument) -> dict[str, int]:
    found: dict[str, int] = {}
    block = document.begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            for name in parts.fragment().charFormat().anchorNames():
                found.setdefault(name, block.position())
            parts += 1
        block = block.next()
    return found

"""Papers as A4 sheets that can be painted: on screen, on a printer and in a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPen,
)

from sto_desktop.domain.model import Panelist
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.look.look import STO_TWENTE
from sto_desktop.ui.paper.paper_font import paper_font
from sto_desktop.ui.paper.preview import EVERYTHING, PAGE, preview_document, preview_html
from sto_desktop.ui.paper.printed_file import for_this_user_alone

SMALLEST = 0.45
"""Least scale of a one-page paper; below this it continues on a second page, as nobody could read it."""


class PaperSheets(Protocol):
    """Pages in px of 1/96 inch, of the size `PAGE`."""

    @property
    def pages(self) -> int:
        """Number of sheets."""
        ...

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint one sheet, from its top left corner."""
        ...


class TextSheets:
    """A document; `one_page`: reduced until it fits on one sheet."""

    def __init__(self, document: Document, *, one_page: bool = False) -> None:
        text = preview_html(document, room=EVERYTHING)
        self._text = preview_document(text)
        self._scale = 1.0
        while one_page and self._text.pageCount() > 1 and self._scale > SMALLEST:
            self._scale -= 0.05
            # Lay out again: what keeps headings with their text depends on the page size.
            self._text = preview_document(text, scale=self._scale)

    @property
    def pages(self) -> int:
        """Number of sheets."""
        return self._text.pageCount()

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint one sheet."""
        size = QSizeF(PAGE / self._scale)
        painter.save()
        painter.scale(self._scale, self._scale)
        painter.translate(0, -page * size.height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, page * size.height(), size.width(), size.height())
        painter.setClipRect(context.clip)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor(f"#{STO_TWENTE.ink}"))
        context.palette = palette
        self._text.documentLayout().draw(painter, context)
        painter.restore()


class CardSheets:
    """Name cards to fold, two on a sheet: the name large, the organisation small; no seat number."""

    PER_SHEET = 2

    def __init__(self, people: Sequence[Panelist]) -> None:
        self._people = tuple(people)

    @property
    def pages(self) -> int:
        """Number of sheets."""
        return max(1, -(-len(self._people) // self.PER_SHEET))

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint one sheet: each card is folded along its dashed line, and stands on its edge."""
        height = PAGE.height() / self.PER_SHEET
        first = page * self.PER_SHEET
        for place, person in enumerate(self._people[first : first + self.PER_SHEET]):
            top = place * height
            dashed = QPen(QColor(f"#{STO_TWENTE.line}"), 1, Qt.PenStyle.DashLine)
            painter.setPen(dashed)
            painter.drawLine(QPointF(0, top + height / 2), QPointF(PAGE.width(), top + height / 2))
            if place:
                painter.setPen(QPen(QColor(f"#{STO_TWENTE.line}"), 1))
                painter.drawLine(QPointF(0, top), QPointF(PAGE.width(), top))
            half = QRectF(40, top + height / 2 + 10, PAGE.width() - 80, height / 2 - 20)
            self._paint_face(painter, half, person)
            # The other side of the card is read by the people opposite, this side by its owner.
            painter.save()
            painter.translate(PAGE.width(), 2 * top + height)
            painter.rotate(180)
            self._paint_face(painter, half, person)
            painter.restore()

    def _paint_face(self, painter: QPainter, box: QRectF, person: Panelist) -> None:
        below = " · ".join(part for part in (person.organisation, person.sector) if part)
        large = _fitting(person.name or person.first_name, box.width(), 72, bold=True)
        small = _fitting(below, box.width(), 26, bold=False)
        name = QFontMetricsF(large).height()
        below_height = QFontMetricsF(small).height() if below else 0.0
        top = box.center().y() - (name + below_height) / 2
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(f"#{STO_TWENTE.ink}"))
        painter.setFont(large)
        painter.drawText(QRectF(box.left(), top, box.width(), name), centre, person.name or person.first_name)
        painter.setPen(QColor(f"#{STO_TWENTE.muted}"))
        painter.setFont(small)
        painter.drawText(QRectF(box.left(), top + name, box.width(), below_height), centre, below)


def _fitting(text: str, width: float, size: int, *, bold: bool) -> QFont:
    """Return the house style's font in the largest size, up to `size` px, in which a text fits on one line."""
    font = paper_font(STO_TWENTE.font)
    font.setBold(bold)
    for pixels in range(size, 11, -2):
        font.setPixelSize(pixels)
        if QFontMetricsF(font).horizontalAdvance(text) <= width:
            break
    return font


def print_sheets(sheets: PaperSheets, device: QPagedPaintDevice) -> None:
    """Paint sheets on a printer or into a PDF, at actual size."""
    device.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()))
    for_this_user_alone(device)
    painter = QPainter(device)
    try:
        across = painter.viewport().width() / PAGE.width()
        for page in range(sheets.pages):
            if page:
                device.newPage()
            painter.save()
            painter.scale(across, across)
            sheets.paint(painter, page)
            painter.restore()
    finally:
        painter.end()

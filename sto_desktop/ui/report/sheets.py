"""The sheets of a laid-out document, one at a time on any painter: the preview's, that of a PDF, that of a printer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QImage,
    QPainter,
    QPalette,
    QPen,
    QTextDocument,
)

from sto_desktop.report.blocks import Cover, Document
from sto_desktop.report.cover_art import first_header_xml
from sto_desktop.report.dress import Dress, dress_of
from sto_desktop.report.look import STO_TWENTE, Look
from sto_desktop.ui.language import tr
from sto_desktop.ui.report.preview import TWIPS, figures_of, preview_document, preview_html

EMU_PER_PX = 9525
_SHAPE = re.compile(
    r'<wps:wsp>.*?<a:off x="(\d+)" y="(\d+)"/><a:ext cx="(\d+)" cy="(\d+)"/>.*?prst="(\w+)".*?srgbClr val="(\w+)"'
)
_LOGO = (208.0, 91.0)
"""Room for a logo in px: 5.5 by 2.4 cm."""


@dataclass(frozen=True, slots=True)
class CoverShape:
    """A shape of the cover's drawing, in px from the page's corner."""

    box: QRectF
    round: bool
    fill: QColor


@cache
def cover_shapes(look: Look = STO_TWENTE) -> tuple[CoverShape, ...]:
    """Return what the house style draws on the cover, read from its own header."""
    return tuple(
        CoverShape(
            QRectF(*(int(number) / EMU_PER_PX for number in (x, y, w, h))), form == "ellipse", QColor(f"#{fill}")
        )
        for x, y, w, h, form, fill in _SHAPE.findall(first_header_xml(look) if look.banded else "")
    )


class Sheets:
    """A document laid out; sizes in px of 1/96 inch."""

    def __init__(self, document: QTextDocument, title: str, dress: Dress, *, cover: bool) -> None:
        self.document = document
        self.title = title
        self.dress = dress
        self.cover = cover and dress.own
        page = dress.page
        self.size = QSizeF(page.width / TWIPS, page.height / TWIPS)

    @property
    def count(self) -> int:
        """Number of sheets."""
        return self.document.pageCount()

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a sheet, counted from 0, with its corner at the painter's origin."""
        width, height = self.size.width(), self.size.height()
        margins = self.dress.page
        painter.save()
        painter.setClipRect(QRectF(0, 0, width, height), Qt.ClipOperation.IntersectClip)
        if page == 0 and self.cover:
            self._paint_cover(painter)
        else:
            self._paint_footer(painter, page)
        # A ground that goes on over the end of a page would be painted into the margins.
        inside = QRectF(0, margins.top / TWIPS - 1, width, height - (margins.top + margins.bottom) / TWIPS + 2)
        painter.setClipRect(inside, Qt.ClipOperation.IntersectClip)
        painter.translate(0, -page * height)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, page * height, width, height)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor(f"#{self.dress.look.ink}"))
        context.palette = palette
        self.document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_cover(self, painter: QPainter) -> None:
        look = self.dress.look
        painter.setPen(Qt.PenStyle.NoPen)
        for shape in cover_shapes(look):
            painter.setBrush(shape.fill)
            if shape.round:
                painter.drawEllipse(shape.box)
            else:
                painter.drawRect(shape.box)
        shown = look.banded or not look.logo
        if look.logo:
            self._paint_logo(painter)
        if shown:
            font = self.document.defaultFont()
            font.setPixelSize(19)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(f"#{look.on_primary if look.banded else look.primary}"))
            painter.drawText(QPointF(self.dress.page.left / TWIPS, 78), look.brand)

    def _paint_logo(self, painter: QPainter) -> None:
        image = QImage.fromData(self.dress.look.logo)
        if image.isNull():
            return
        scale = min(_LOGO[0] / image.width(), _LOGO[1] / image.height())
        width, height = image.width() * scale, image.height() * scale
        right = self.size.width() - self.dress.page.right / TWIPS
        top = 389.0 if self.dress.look.banded else 60.0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(right - width, top, width, height), image)

    def _paint_footer(self, painter: QPainter, page: int) -> None:
        look, margins = self.dress.look, self.dress.page
        font = self.document.defaultFont()
        font.setPixelSize(11)
        painter.setFont(font)
        left, right = margins.left / TWIPS, self.size.width() - margins.right / TWIPS
        line = self.size.height() - 62
        painter.setPen(QPen(QColor(f"#{look.line}"), 1))
        painter.drawLine(QPointF(left, line), QPointF(right, line))
        painter.setPen(QColor(f"#{look.muted}"))
        box = QRectF(left, line + 6, right - left, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, self.title)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, tr("pagina {n}", n=page + 1))


def lay_out(document: Document, dress: Dress | None = None, body: str = "") -> Sheets:
    """Lay a document out on sheets; `body` is its rich text where that was made already."""
    shown = dress or dress_of()
    text = preview_document(body or preview_html(document, shown), shown, figures_of(document))
    first = document.blocks[0] if document.blocks else None
    return Sheets(text, document.title, shown, cover=isinstance(first, Cover) and first.page)

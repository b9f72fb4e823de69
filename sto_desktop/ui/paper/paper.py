"""Outputs a document as a PDF file and on a printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.look.dress import Dress
from sto_desktop.ui.paper.preview import EVERYTHING
from sto_desktop.ui.paper.printed_file import for_this_user_alone
from sto_desktop.ui.paper.sheets import Sheets, lay_out

if TYPE_CHECKING:  # imported only for printing
    from PySide6.QtPrintSupport import QPrinter

_PX = 96
_POINTS_A_PX = 72 / 96


def paint_pages(device: QPdfWriter | QPrinter, sheets: Sheets, pages: Sequence[int]) -> None:
    """Paint some sheets, numbered from 0, each on its own page."""
    for_this_user_alone(device)
    painter = QPainter(device)
    painter.scale(device.resolution() / _PX, device.resolution() / _PX)
    for page in pages:
        if page != pages[0]:
            device.newPage()
        sheets.paint(painter, page)
    painter.end()


def whole(document: Document, dress: Dress | None = None) -> Sheets:
    """Return all sheets of a document, laid out for paper."""
    return lay_out(document, dress, room=EVERYTHING)


def page_layout(sheets: Sheets) -> QPageLayout:
    """Return the page layout for the sheets: their size and no margins, as the sheets include theirs."""
    width, height = sheets.size.width(), sheets.size.height()
    # The size is that of upright paper; the orientation turns it.
    upright = QSizeF(min(width, height), max(width, height)) * _POINTS_A_PX
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    orientation = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    return QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point, QMarginsF(0, 0, 0, 0))

"""Outputs a document as a PDF file and on a printer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.look.dress import Dress
from sto_desktop.report.word.package import replace_file
from sto_desktop.report.writers.plain_text import plain_text
from sto_desktop.ui.paper.paper_font import characters_without_glyph
from sto_desktop.ui.paper.preview import EVERYTHING
from sto_desktop.ui.paper.printed_file import for_this_user_alone
from sto_desktop.ui.paper.sheets import Sheets, lay_out

if TYPE_CHECKING:  # imported only for printing
    from PySide6.QtPrintSupport import QPrinter

# Dots per inch of the PDF: positions are rounded to whole dots, so few dots would misplace letters.
_DPI = 1200
_PX = 96
_POINTS_A_PX = 72 / 96


def pdf_bytes(document: Document, dress: Dress | None = None) -> bytes:
    """Return the document as a PDF file with embedded fonts; runs on any thread."""
    sheets = whole(document, dress)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(document.title)
    writer.setAuthor(document.properties.author)
    writer.setCreator("STO Desktop")
    writer.setResolution(_DPI)
    writer.setPageLayout(page_layout(sheets))
    paint_pages(writer, sheets, range(sheets.count))
    buffer.close()
    return bytes(data.data())


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


def write_pdf(document: Document, target: Path, dress: Dress) -> str:
    """Write the document to a PDF file atomically. Returns a sentence on the characters that it lacks, or "".

    Raises ReportError when writing fails.
    """
    replace_file(target, pdf_bytes(document, dress))
    missing = characters_without_glyph(plain_text(document), dress.look.font)
    if not missing:
        return ""
    return tr(
        "Deze computer heeft geen letter voor {characters}: in de PDF staat daar een blokje.",
        characters=" ".join(missing),
    )

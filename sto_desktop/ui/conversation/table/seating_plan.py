"""The seating plan on paper: the table with each member's name, sector and seat number, on one page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPen
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import told_apart
from sto_desktop.language import tr
from sto_desktop.ui.conversation.table.ring_places import MOST_ACROSS, places
from sto_desktop.ui.paper.paper_font import of_single_letters
from sto_desktop.ui.paper.printed_file import for_this_user_alone

AskPaper = Callable[[QWidget], QPagedPaintDevice | None]
"""Asks where to print a page, to a printer or a file; returns None if cancelled."""

MANY, MANY_ACROSS = 14, 6
"""Above this number of members, seats are smaller and more of them stand side by side."""

_INK, _MUTED = Qt.GlobalColor.black, Qt.GlobalColor.darkGray


def ask_printer(parent: QWidget) -> QPagedPaintDevice | None:
    """Let the user choose a printer."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # imported only for printing

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(page_layout())
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Zitplan afdrukken"))
    return printer if dialog.exec() else None


def page_layout() -> QPageLayout:
    """Return A4 landscape with margins of 15 mm."""
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Landscape,
        QMarginsF(15, 15, 15, 15),
        QPageLayout.Unit.Millimeter,
    )


def print_plan(device: QPagedPaintDevice, title: str, subtitle: str, members: Sequence[Panelist]) -> bool:
    """Print the plan; return False if the device can't be painted on."""
    for_this_user_alone(device)
    painter = QPainter()
    if not painter.begin(device):
        return False
    page = painter.viewport()
    # In tenths of a millimetre: A4 landscape within its margins is 2670 × 1800.
    unit = page.width() / 2670.0
    painter.scale(unit, unit)
    paint_plan(painter, QRectF(0, 0, 2670, page.height() / unit), title, subtitle, members)
    return painter.end()


def paint_plan(painter: QPainter, area: QRectF, title: str, subtitle: str, members: Sequence[Panelist]) -> None:
    """Paint the plan into an area, in tenths of a millimetre."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _write(painter, QRectF(area.left(), area.top(), area.width(), 110), title, 80, bold=True)
    _write(painter, QRectF(area.left(), area.top() + 110, area.width(), 70), subtitle, 44, color=_MUTED)
    around = area.adjusted(0, 240, 0, -10)
    seated = sorted(members, key=lambda member: (member.seat is None, member.seat or 0))
    many = len(seated) > MANY
    width, height = (420.0, 150.0) if many else (600.0, 250.0)
    spots = places(len(seated), around, width, height, MANY_ACROSS if many else MOST_ACROSS)
    table = around.adjusted(width + 80, height + 80, -width - 80, -height - 80)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_MUTED, 4))
    if table.width() > 100 and table.height() > 100:
        painter.drawRoundedRect(table, 60, 60)
    names = told_apart(seated)
    for member, spot in zip(seated, spots, strict=True):
        painter.setPen(QPen(_INK, 4))
        painter.drawRoundedRect(spot, 24, 24)
        middle = Qt.AlignmentFlag.AlignCenter
        line = height / 3
        number = "" if member.seat is None else str(member.seat)
        name = QRectF(spot.left() + 20, spot.top() + line * 0.3, width - 40, line * 1.2)
        _write(painter, name, names[member.id], line * 0.9, bold=True, align=middle)
        about = " · ".join(part for part in (number, member.sector) if part)
        below = QRectF(name.left(), name.bottom(), name.width(), line * 0.7)
        _write(painter, below, about, line * 0.5, align=middle)
        where = QRectF(below.left(), below.bottom(), below.width(), line * 0.6)
        _write(painter, where, member.organisation, line * 0.4, color=_MUTED, align=middle)


def _write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    size: float,
    *,
    bold: bool = False,
    color: Qt.GlobalColor = _INK,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Write one line, in a smaller size if it does not fit."""
    font = of_single_letters(painter.font())
    font.setBold(bold)
    font.setPixelSize(max(12, round(size)))
    while font.pixelSize() > size / 2:
        painter.setFont(font)
        if painter.fontMetrics().horizontalAdvance(text) <= rect.width():
            break
        font.setPixelSize(font.pixelSize() - 2)
    painter.setFont(font)
    painter.setPen(color)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(rect.width()))
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)

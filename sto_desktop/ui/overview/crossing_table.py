"""The matrix of the vogelvlucht as a widget: a card per cell, with arrow-key navigation."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sto_desktop.domain.panel.overview import Axis, Crossing, Overview
from sto_desktop.language import counted, tr
from sto_desktop.ui.look.roles import CARD_RADIUS, ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.wording import support_short
from sto_desktop.ui.overview.crossing_model import CrossingCell, CrossingModel, Index
from sto_desktop.ui.widgets import paint_focus_ring, set_text

HEAD_HEIGHT, LEAST_ROW, MOST_ROW = 40, 112, 150
LEAST_FIRST, MOST_FIRST, LEAST_WIDTH, MOST_WIDTH = 72, 176, 124, 260
GAP, SIDE = 3, 10
DOT, DOT_STEP, MOST_DOTS = 7, 9, 8
COUNT_LINE = 18


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Appearance, model: CrossingModel, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._view = parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(GAP, GAP, -GAP, -GAP)
        current = index == self._view.currentIndex()
        crossing = self._model.crossing(index)
        if crossing is None:
            self._paint_head(painter, rect, index, current=current)
        else:
            self._paint_ground(painter, rect, dashed=crossing.foremost is None, current=current, option=option)
            self._paint_crossing(painter, rect.adjusted(SIDE, SIDE - 1, -SIDE, -SIDE + 2), crossing)
        if current and option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect, self._theme.color(ColourRole.PRIMARY), CARD_RADIUS)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRectF, index: Index, *, current: bool) -> None:
        theme = self._theme
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ColourRole.PRIMARY_SOFT))
            painter.drawRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
        style = TextStyle.SECONDARY_STRONG
        corner = index.row() == 0 and index.column() == 0
        rect.adjust(6 if index.column() == 0 else SIDE, 0, -4, 0)
        # Column headings have a fixed height; row headings are as high as their row.
        lines = 2 if index.row() == 0 else max(1, int(rect.height() // style.line))
        text = set_text(str(index.data()), theme.font(style), style.line, rect.width(), lines)
        rect.setTop(rect.center().y() - text.height / 2)
        text.paint(painter, rect, theme.color(ColourRole.PRIMARY if current or corner else ColourRole.MUTED))

    def _paint_ground(
        self, painter: QPainter, rect: QRectF, *, dashed: bool, current: bool, option: QStyleOptionViewItem
    ) -> None:
        color = self._theme.color
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        line = color(ColourRole.PRIMARY if current else ColourRole.CONTROL if over else ColourRole.LINE)
        pen = QPen(line, 2.0 if current else 1.0)
        # A dashed card has no insight yet.
        if dashed and not current:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush if dashed else color(ColourRole.SURFACE))
        half = pen.widthF() / 2
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), CARD_RADIUS, CARD_RADIUS)

    def _paint_crossing(self, painter: QPainter, rect: QRectF, crossing: Crossing) -> None:
        theme, style = self._theme, TextStyle.SECONDARY
        foot = rect.bottom()
        if self._model.counts and self._model.counts_known and crossing.notes:
            count_text = set_text(self._counted(crossing), theme.font(TextStyle.SMALL), 16, rect.width(), 1)
            foot -= COUNT_LINE
            count_text.paint(painter, QRectF(rect.left(), foot, rect.width(), 16), theme.color(ColourRole.MUTED))
        if crossing.foremost is None:
            text = set_text(self._model.nothing_said(crossing), theme.font(style), style.line, rect.width(), 2)
            text.paint(painter, rect, theme.color(ColourRole.MUTED))
            return
        foot = self._paint_support(painter, QRectF(rect.left(), rect.top(), rect.width(), foot - rect.top()), crossing)
        # Support and counts have priority; the text gets the remaining height.
        lines = max(1, int((foot - 2 - rect.top()) // style.line))
        text = set_text(crossing.foremost.text, theme.font(style), style.line, rect.width(), lines)
        text.paint(painter, rect, theme.color(ColourRole.INK))

    def _counted(self, crossing: Crossing) -> str:
        notes = counted(crossing.notes, "{n} notitie", "{n} notities")
        return notes if crossing.panels < 2 else f"{notes} · {counted(crossing.panels, '{n} panel', '{n} panels')}"

    def _paint_support(self, painter: QPainter, rect: QRectF, crossing: Crossing) -> float:
        """Paint the support as dots and a word at the bottom of `rect`; return the top of its upper line."""
        theme = self._theme
        assert crossing.foremost is not None
        backing = crossing.foremost.backing
        word, role = support_short(backing)
        dots = min(self._model.sectors, MOST_DOTS)
        width = dots * DOT_STEP
        font = theme.font(TextStyle.SMALL_STRONG)
        metrics = QFontMetricsF(font)
        beside = width + 6 + metrics.horizontalAdvance(word) <= rect.width()
        top = rect.bottom() - 16
        painter.setFont(font)
        painter.setPen(theme.color(role))
        left = rect.left() + width + 6 if beside else rect.left()
        where = QRectF(left, top, rect.right() - left + 2, 16)
        shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        row = top if beside else top - 14
        filled = min(len(backing.sectors), dots)
        painter.setPen(Qt.PenStyle.NoPen)
        for at in range(dots):
            circle = QRectF(rect.left() + at * DOT_STEP, row + 8 - DOT / 2, DOT, DOT)
            if at < filled:
                painter.setBrush(theme.color(ColourRole.PRIMARY))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.drawEllipse(circle)
            else:
                # An outline and not a paler fill, so that the difference is not in colour alone.
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color(ColourRole.CONTROL), 1.0))
                painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
        return row


class CrossingTable(QTableView):
    """The table; `chosen` carries the places along rows and columns (None: all) of the current cell, `entered`: open
    it.

    Enter and space open; a click selects. Headings can be selected too and stand for their whole row or column.
    """

    chosen = Signal(object, object)
    entered = Signal()

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cells = CrossingModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(_Delegate(theme, self.cells, self))
        self.setProperty("flat", True)
        self.setAccessibleName(tr("Vogelvlucht"))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        corner = QWidget()
        corner.setProperty("transparent", True)
        self.setCornerWidget(corner)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(20)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_overview(self, seen: Overview, rows: Axis, columns: Axis, *, counts: bool) -> None:
        """Show another overview; keep the current cell if it still exists."""
        before = self.cells.place(self.currentIndex()) if self.currentIndex().isValid() else None
        self.cells.show_overview(seen, rows, columns, counts=counts)
        self._share_room()
        self.setCurrentIndex(self._index_of(before) if before else self.cells.index(1, 1))

    def _index_of(self, place: tuple[CrossingCell | None, CrossingCell | None]) -> QModelIndex:
        cells = self.cells

        def at(heads: list[str], axis: Axis, wanted: CrossingCell | None) -> int:
            if wanted is None:
                return 0
            return heads.index(wanted[1]) + 1 if wanted[0] is axis and wanted[1] in heads else min(1, len(heads))

        return cells.index(
            at([head.id for head in cells.rows], cells.row_axis, place[0]),
            at([head.id for head in cells.columns], cells.column_axis, place[1]),
        )

    def _share_room(self) -> None:
        rows, columns = len(self.cells.rows), len(self.cells.columns)
        if not rows or not columns:
            return
        room = self.viewport().width()
        # The first column fits the longest word of its headings, so that no word is broken.
        font = QFontMetricsF(self._theme.font(TextStyle.SECONDARY_STRONG))
        heads = (str(self.cells.index(row, 0).data()) for row in range(rows + 1))
        longest = max(font.horizontalAdvance(word) for head in heads for word in (head.split() or [""]))
        first = round(max(LEAST_FIRST, min(MOST_FIRST, longest + 22)))
        self.setColumnWidth(0, first)
        width = max(LEAST_WIDTH, min(MOST_WIDTH, (room - first) // columns))
        for number in range(1, columns + 1):
            self.setColumnWidth(number, width)
        self.setRowHeight(0, HEAD_HEIGHT)
        lowest = LEAST_ROW + (COUNT_LINE if self.cells.counts and self.cells.counts_known else 0)
        height = max(lowest, min(MOST_ROW, (self.viewport().height() - HEAD_HEIGHT) // rows))
        for number in range(1, rows + 1):
            self.setRowHeight(number, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.chosen.emit(*self.cells.place(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

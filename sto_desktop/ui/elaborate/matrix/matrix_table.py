"""The matrix as a table of numbers with arrow-key navigation; each number links to its notes."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sto_desktop.domain.panel.matrix import Cell, Counting, Head, Matrix
from sto_desktop.language import counted, tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import paint_focus_ring, set_text

Index = QModelIndex | QPersistentModelIndex
HEAD_HEIGHT, ROW_HEIGHT = 56, 44
FIRST_WIDTH, NARROWEST = 200, 64
CELL = Qt.ItemDataRole.UserRole
TOTAL = Head("", "totaal")


class MatrixModel(QAbstractTableModel):
    """The matrix for Qt: first row and column are headings, the last ones totals."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix: Matrix | None = None
        self.counting = Counting.NOTES

    def show_matrix(self, matrix: Matrix, counting: Counting) -> None:
        """Show another table."""
        self.beginResetModel()
        self.matrix, self.counting = matrix, counting
        self.endResetModel()

    @property
    def rows(self) -> tuple[Head, ...]:
        """The themes, then the total (None)."""
        return (*self.matrix.rows, TOTAL) if self.matrix else ()

    @property
    def columns(self) -> tuple[Head, ...]:
        """The sectors or aspects, then the total (None)."""
        return (*self.matrix.columns, TOTAL) if self.matrix else ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.matrix is None else len(self.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.matrix is None else len(self.columns) + 1

    def place(self, index: Index) -> tuple[Head | None, Head | None]:
        """Return the row and column headings of an index; None stands for the total."""
        row = self.rows[index.row() - 1]
        column = self.columns[index.column() - 1]
        return (None if row is TOTAL else row), (None if column is TOTAL else column)

    def cell(self, index: Index) -> Cell | None:
        """Return the cell at an index; None for a heading."""
        if self.matrix is None or index.row() == 0 or index.column() == 0:
            return None
        row, column = self.place(index)
        if row is None:
            return self.matrix.column_total(column.id) if column else self.matrix.total()
        return self.matrix.cell(row.id, column.id) if column else self.matrix.row_total(row.id)

    def most(self) -> int:
        """Return the highest number in a cell, totals excluded."""
        cells = self.matrix.cells.values() if self.matrix else ()
        return max((cell.count(self.counting) for cell in cells), default=0)

    def flags(self, index: Index) -> Qt.ItemFlag:
        head = index.row() == 0 or index.column() == 0
        return Qt.ItemFlag.NoItemFlags if head else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.cell(index)
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return str(cell.count(self.counting)) if cell is not None else self._head(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(index, cell)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self._said(index, cell))
        return None

    def _head(self, index: Index) -> str:
        if index.row() == 0 and index.column() == 0:
            return tr("Thema")
        head = self.columns[index.column() - 1] if index.row() == 0 else self.rows[index.row() - 1]
        return tr(head.label) if head is TOTAL else head.label

    def _said(self, index: Index, cell: Cell | None) -> str:
        if cell is None:
            return self.rows[index.row() - 1].title if index.row() else ""
        row, column = self.place(index)
        place = ", ".join(head.title or head.label for head in (row, column) if head is not None) or tr("alles")
        notes = counted(len(cell.notes), "{n} notitie", "{n} notities")
        members = counted(len(cell.members), "{n} panellid", "{n} panelleden")
        return f"{place}: {notes}, {members}"


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Appearance, model: MatrixModel, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        cell: Cell | None = index.data(CELL)
        if cell is None:
            self._paint_head(painter, rect, index)
        else:
            self._paint_cell(painter, rect, index, cell, option)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        theme, first = self._theme, index.column() == 0
        style = TextStyle.SMALL_STRONG if index.row() == 0 else TextStyle.BODY_MEDIUM
        rect.adjust(12 if first else 1, 0, -1, 0)
        words = str(index.data())
        if QFontMetricsF(theme.font(style)).horizontalAdvance(words) > rect.width():
            # The only sector name that is too long for its column: hyphenate it at a syllable.
            words = words.replace("bedrijfsvakschool", "bedrijfs-\nvakschool")
        text = set_text(words, theme.font(style), style.line, rect.width(), 2)
        rect.setTop(rect.center().y() - text.height / 2)
        align = Qt.AlignmentFlag.AlignLeft if first else Qt.AlignmentFlag.AlignHCenter
        text.paint(painter, rect, theme.color(ColourRole.MUTED if index.row() == 0 else ColourRole.INK), align)

    def _paint_cell(
        self, painter: QPainter, rect: QRectF, index: Index, cell: Cell, option: QStyleOptionViewItem
    ) -> None:
        theme, model = self._theme, self._model
        count = cell.count(model.counting)
        total = None in model.place(index)
        box = rect.adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ColourRole.SUNKEN) if total else self._ground(count))
        painter.drawRoundedRect(box, 6, 6)
        style = TextStyle.BODY_STRONG if count and not total else TextStyle.BODY
        painter.setFont(theme.font(style, tabular=True))
        painter.setPen(theme.color(ColourRole.INK if count else ColourRole.MUTED))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(count) if count else "–")
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, box, theme.color(ColourRole.PRIMARY), 6)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(theme.color(ColourRole.CONTROL))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)

    def _ground(self, count: int) -> QColor:
        """Return a background that gets stronger with the number; the text stays readable on the strongest."""
        low, high = self._theme.color(ColourRole.SURFACE), self._theme.color(ColourRole.PRIMARY)
        strength = 0.42 * count / max(self._model.most(), 1)
        mixed = (round(a + (b - a) * strength) for a, b in zip(low.getRgb()[:3], high.getRgb()[:3], strict=True))  # type: ignore[index]
        return QColor(*mixed)


class MatrixTable(QTableView):
    """The table; `notes_asked` carries the row and column (`Head`, None for a total) of an activated number."""

    notes_asked = Signal(object, object)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells = MatrixModel(self)
        self.setModel(self._cells)
        self.setItemDelegate(_Delegate(theme, self._cells, self))
        self.setProperty("flat", True)
        self.setAccessibleName(tr("Matrix"))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(20)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._ask)

    @property
    def cells(self) -> MatrixModel:
        """The model shown."""
        return self._cells

    def show_matrix(self, matrix: Matrix, counting: Counting) -> None:
        """Show another table; keep the current cell."""
        at = self.currentIndex()
        row, column = max(1, at.row()), max(1, at.column())
        self._cells.show_matrix(matrix, counting)
        for number in range(self._cells.rowCount()):
            self.setRowHeight(number, ROW_HEIGHT if number else HEAD_HEIGHT)
        self._share_width()
        self.setFixedHeight(HEAD_HEIGHT + ROW_HEIGHT * len(self._cells.rows) + 14)
        last_row, last_column = self._cells.rowCount() - 1, self._cells.columnCount() - 1
        self.setCurrentIndex(self._cells.index(min(row, last_row), min(column, last_column)))

    def _share_width(self) -> None:
        count = self._cells.columnCount() - 1
        if count < 1:
            return
        font = QFontMetricsF(self._theme.font(TextStyle.BODY_MEDIUM))
        longest = max(font.horizontalAdvance(head.label) for head in self._cells.rows)
        first = min(FIRST_WIDTH, round(longest) + 24)
        width = max(NARROWEST, min(128, (self.viewport().width() - first) // count))
        self.setColumnWidth(0, first)
        for number in range(1, count + 1):
            self.setColumnWidth(number, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _ask(self, index: Index) -> None:
        cell = self._cells.cell(index) if index.isValid() else None
        if cell is not None and cell.notes:
            row, column = self._cells.place(index)
            self.notes_asked.emit(row, column)

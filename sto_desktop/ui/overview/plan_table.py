"""The plan as a table: a line per recommendation, in the order of the programme; moved by key or by dragging."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
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

from sto_desktop.domain.actions.planning import own_line
from sto_desktop.domain.panel.overview import Overview, PlanLine
from sto_desktop.language import counted, listed, tr, tr_later
from sto_desktop.report.overview.overview_context import where
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.overview.crossing_model import Index
from sto_desktop.ui.widgets import paint_focus_ring, set_text

COLUMNS = (
    "",
    tr_later("Aanbeveling"),
    tr_later("Panels"),
    tr_later("Thema"),
    tr_later("Schooljaar"),
    tr_later("Niveau"),
    tr_later("Eigenaar"),
    tr_later("Prioriteit"),
)
"""Source texts: pass through `tr`."""
WIDTHS = (40, 0, 112, 116, 88, 92, 128, 76)
TEXT, FIRST_TO_GO = 1, (5, 7, 3, 4, 6)
LEAST_TEXT = 240
ROW_HEIGHT, HEAD_HEIGHT = 72, 32
LINES = 3
_MOST_NAMED = 2


class PlanModel(QAbstractTableModel):
    """The lines of the plan; those of the programme come first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[PlanLine, ...] = ()
        self._themes: dict[str, str] = {}

    def show_plan(self, seen: Overview) -> None:
        """Show the current plan."""
        self.beginResetModel()
        self.lines = seen.plan
        self._themes = {head.id: head.short or head.label for head in seen.themes}
        self.endResetModel()

    @property
    def own_count(self) -> int:
        """Number of lines of the programme itself."""
        return sum(own_line(line) is not None for line in self.lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section]) if COLUMNS[section] else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(index.row(), line)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [text for text in self._shown(index.row(), line) if text]
            return ", ".join(parts) if index.column() == TEXT else parts[0]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == TEXT:
            return plain.tip(line.main.recommendation.text)
        return None

    def _shown(self, at: int, line: PlanLine) -> tuple[str, ...]:
        record = line.main.recommendation
        names = list(dict.fromkeys(where(panel) for panel in line.panels))
        panels = listed(names) if len(names) <= _MOST_NAMED else counted(len(names), "{n} panel", "{n} panels")
        return (
            str(at + 1) if own_line(line) is not None else "–",
            record.text,
            panels or tr("programma"),
            listed([self._themes[theme] for theme in line.themes if theme in self._themes]) or tr("algemeen"),
            record.school_years.strip(),
            tr(record.level.word) if record.level else "",
            record.owner.strip(),
            tr(record.priority.word) if record.priority else "",
        )


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Appearance, view: PlanTable) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, rect = self._theme, QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color(ColourRole.PRIMARY_SOFT))
        painter.setPen(QPen(theme.color(ColourRole.LINE), 1.0))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        own = own_line(self._view.plan.lines[index.row()]) is not None
        main = index.column() == TEXT
        style = TextStyle.BODY if main else TextStyle.SECONDARY
        role = ColourRole.INK if main or (own and index.column() == 0) else ColourRole.MUTED
        inside = rect.adjusted(8, 6, -8, -4)
        text = set_text(str(index.data() or ""), theme.font(style), style.line, inside.width(), LINES)
        text.paint(painter, inside, theme.color(role))
        if main and self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            paint_focus_ring(painter, rect.adjusted(0, 1, -1, -1), theme.color(ColourRole.PRIMARY), 6)
        painter.restore()


class PlanTable(QTableView):
    """The table.

    `entered`: edit the current line; `commanded` carries the letter of a command, or "Delete"; `moved` a line and its
    new place; `line_chosen`: another line became current.
    """

    entered = Signal()
    commanded = Signal(str)
    moved = Signal(int, int)
    line_chosen = Signal()

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drop_at: int | None = None
        self.plan = PlanModel(self)
        self.setModel(self.plan)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName(tr("Plan"))
        self.setProperty("flat", True)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(False)
        down = self.verticalHeader()
        down.hide()
        down.setDefaultSectionSize(ROW_HEIGHT)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = self.horizontalHeader()
        across.setFixedHeight(HEAD_HEIGHT)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self.entered)

    def show_plan(self, seen: Overview) -> None:
        """Show the current plan; focus follows its recommendation to the new place, and the selection is kept."""
        chosen = {line.main.id for line in self.chosen()}
        at = self.current()
        before = {recommendation.id for recommendation in at.all} if at else set()
        row = self.currentIndex().row()
        self.plan.show_plan(seen)
        self._share_width()
        lines = self.plan.lines
        # Any recommendation of the line will do: merging changes which is the main one.
        row_of_current = next(
            (
                number
                for number, line in enumerate(lines)
                if before & {recommendation.id for recommendation in line.all}
            ),
            row,
        )
        if lines:
            self.go_to(max(0, min(row_of_current, len(lines) - 1)))
        for number, line in enumerate(lines):
            if line.main.id in chosen:
                select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
                self.selectionModel().select(self.plan.index(number, 0), select)
        self.line_chosen.emit()

    def go_to(self, row: int) -> None:
        """Focus a line and select only that one."""
        self.setCurrentIndex(self.plan.index(row, TEXT))
        self.selectRow(row)

    def current(self) -> PlanLine | None:
        """Return the current line."""
        row = self.currentIndex().row()
        return self.plan.lines[row] if 0 <= row < len(self.plan.lines) else None

    def chosen(self) -> list[PlanLine]:
        """Return the selected lines, in order."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.plan.lines[row] for row in rows if row < len(self.plan.lines)]

    def _share_width(self) -> None:
        room = self.viewport().width()
        hidden: set[int] = set()
        shown = [column for column in range(len(COLUMNS)) if column != TEXT]
        # Hide the least important columns until the text fits.
        for column in FIRST_TO_GO:
            if room - sum(WIDTHS[other] for other in shown if other not in hidden) < LEAST_TEXT:
                hidden.add(column)
        for column in shown:
            self.setColumnHidden(column, column in hidden)
            self.setColumnWidth(column, WIDTHS[column])
        self.setColumnWidth(TEXT, max(LEAST_TEXT, room - sum(WIDTHS[other] for other in shown if other not in hidden)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.line_chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, letter = event.key(), event.text().upper()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        row = self.currentIndex().row()
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if row >= 0:
                self.moved.emit(row, row + (1 if key == Qt.Key.Key_Down else -1))
        elif alt or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Delete:
            self.commanded.emit("Delete")
        elif letter in ("A", "G", "L"):
            self.commanded.emit(letter)
        else:
            super().keyPressEvent(event)

    # Dragging

    def _place_at(self, point: QPoint) -> int:
        index = self.indexAt(point)
        if not index.isValid():
            return len(self.plan.lines)
        below = point.y() > self.visualRect(index).center().y()
        return index.row() + (1 if below else 0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is self:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._drop_at = self._place_at(event.position().toPoint())
        self.viewport().update()
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        at = self._place_at(event.position().toPoint())
        row = self.currentIndex().row()
        self._drop_at = None
        # The dossier moves the lines: with a move action Qt would delete them from the model.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.viewport().update()
        if row >= 0:
            # Removing the row shifts the places below it by one.
            self.moved.emit(row, at - 1 if at > row else at)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop_at is not None:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self._theme.color(ColourRole.PRIMARY), 2.0))
            y = self._drop_at * ROW_HEIGHT - self.verticalScrollBar().value()
            painter.drawLine(0, y, self.viewport().width(), y)

"""The table of the guide: keys, editors in the cells, and painting of rows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from functools import partial
from typing import ClassVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QSpinBox,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sto_desktop.language import tr
from sto_desktop.ui.base.keys import bind, entry, typed
from sto_desktop.ui.fields.cells import EditedCells, Hint
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.guide.guide_drag import RowDrag
from sto_desktop.ui.prepare.guide.guide_model import MOST_MINUTES, ROW_ROLE, GuideColumn, GuideModel, GuideRow
from sto_desktop.ui.prepare.guide.guide_paint import BAND_GAP, BOX_LEFT, WIDTHS, GuidePainter
from sto_desktop.ui.widgets import LineEdit, TextEdit

Index = QModelIndex | QPersistentModelIndex
KEEP_AFTER_MS = 1200
"""Pause after + or − after which the minutes are saved, so that a series of presses is one undo step."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STOPS = (GuideColumn.TEXT, GuideColumn.MINUTES)
"""Columns at which the arrow keys stop: the editable ones."""

_LEAST_TEXT = 160
_NARROW = 640
_NARROWEST = 520
"""Below these widths, in px, the columns for type and start time are hidden."""


class Wish(Enum):
    """A request on a row of the guide, other than editing its cells."""

    DETAILS = auto()
    ADD_QUESTION = auto()
    ADD_THEME = auto()
    REMOVE = auto()
    UP = auto()
    DOWN = auto()


_COMMANDS = {
    "question_details": Wish.DETAILS,
    "add_question": Wish.ADD_QUESTION,
    "add_theme": Wish.ADD_THEME,
    "move_up": Wish.UP,
    "move_down": Wish.DOWN,
    "remove_question": Wish.REMOVE,
}
"""Those of the context menu, in its order."""

_WISHES: dict[tuple[int, Qt.KeyboardModifier], Wish] = {}
for _enter in _ENTER:
    _WISHES[_enter, Qt.KeyboardModifier.ControlModifier] = Wish.ADD_QUESTION
    _WISHES[_enter, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier] = Wish.ADD_THEME
    _WISHES[_enter, Qt.KeyboardModifier.AltModifier] = Wish.DETAILS
_WISHES[Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier] = Wish.REMOVE
_WISHES[Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier] = Wish.UP
_WISHES[Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier] = Wish.DOWN


class GuideDelegate(EditedCells):
    """Paints the rows and creates the editors: text fields for the wording, a number for the minutes."""

    # Enter too: a question is one paragraph.
    ends: ClassVar[Mapping[Qt.Key, Hint]] = {**EditedCells.ends, **dict.fromkeys(_ENTER, Hint.NoHint)}

    def __init__(self, theme: Appearance, view: GuideTable) -> None:
        super().__init__(view)
        self._painter = GuidePainter(theme)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: GuideRow = index.data(ROW_ROLE)
        view = self._view
        current = view.currentIndex()
        at = GuideColumn(index.column())
        self._painter.paint(
            painter,
            row,
            at,
            QRect(option.rect),
            view.row_rect(index.row()),
            current=current.row() == index.row(),
            focused=view.hasFocus() and current.row() == index.row() and current.column() == index.column(),
            hovered=view.hovered == (index.row(), index.column()),
            text=index.data(Qt.ItemDataRole.DisplayRole),
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: GuideRow = index.data(ROW_ROLE)
        width = self._view.columnWidth(index.column())
        return QSize(width, self._painter.height(row, self._view.columnWidth(GuideColumn.TEXT)))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if index.column() == GuideColumn.MINUTES:
            return self._minutes_editor(parent, index)
        row: GuideRow = index.data(ROW_ROLE)
        if row.question is None:
            return LineEdit(parent=parent, name=tr("Titel van het thema"))
        editor = TextEdit(parent=parent, name=tr("De vraag in de woorden van dit panel"))
        editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        return editor

    def _minutes_editor(self, parent: QWidget, index: Index) -> QWidget:
        row: GuideRow = index.data(ROW_ROLE)
        editor = QSpinBox(parent)
        editor.setRange(0, MOST_MINUTES)
        editor.setAccessibleName(tr("Minuten voor deze vraag"))
        model = self._view.guide
        editor.valueChanged.connect(partial(model.try_minutes, row.id))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QSpinBox):
            # The minutes being typed come back from the model through `try_minutes`; setting them again would select
            # them.
            if editor.value() != value:
                blocked = editor.blockSignals(True)
                editor.setValue(value)
                editor.blockSignals(blocked)
                editor.selectAll()
        elif isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(value)
            editor.selectAll()
        elif isinstance(editor, TextEdit) and not editor.document().isModified():
            editor.setPlainText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QSpinBox):
            editor.interpretText()
            model.setData(index, editor.value())
        elif isinstance(editor, LineEdit):
            model.setData(index, editor.text())
        elif isinstance(editor, TextEdit):
            model.setData(index, editor.toPlainText())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        if isinstance(editor, QSpinBox):
            height = editor.sizeHint().height()
            rect = QRect(rect.left() - 6, rect.center().y() - height // 2, rect.width() + 4, height)
        elif isinstance(editor, LineEdit):
            rect = rect.adjusted(-9, BAND_GAP + 1, -4, -1)
        else:
            rect = rect.adjusted(-8, 0, -4, 0)
            rect.setHeight(max(rect.height(), 56))
        editor.setGeometry(rect)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        super().destroyEditor(editor, index)
        self._view.guide.drop_tried()


class GuideTable(QTableView):
    """The guide of one panel. Space skips a question, + and − change minutes, F2 or Enter edits.

    `asked` carries a `Wish` and the id of the current row (empty in an empty guide); `dropped` the id of a dragged row,
    and the number of the row before which it was dropped.
    """

    asked = Signal(object, str)
    dropped = Signal(str, int)

    def __init__(self, theme: Appearance, model: GuideModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.guide = model
        self._shown_guide = ""
        self._remembered: tuple[str, str, int] = ("", "", 0)
        self.hovered: tuple[int, int] = (-1, -1)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_AFTER_MS)
        self._keep.timeout.connect(model.keep_tried)
        self._drag = RowDrag(self, model, theme)
        self.setModel(model)
        self.setItemDelegate(GuideDelegate(theme, self))
        self.setAccessibleName(tr("Gespreksleidraad"))
        self.setProperty("flat", True)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self._set_headers()
        # A reset loses the current row.
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._come_back)
        model.dataChanged.connect(self.resizeRowsToContents)
        self.horizontalHeader().sectionResized.connect(self._fit_rows)
        theme.changed.connect(self.viewport().update)
        self._bind()

    def _set_headers(self) -> None:
        down = self.verticalHeader()
        down.hide()
        down.setMinimumSectionSize(20)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setMinimumSectionSize(20)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setStyleSheet(
            "QHeaderView::section { background: transparent; border: none; font-weight: 400; padding: 6px 0; }"
        )
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)

    # Positions

    def row_rect(self, row: int) -> QRect:
        """Return the rectangle of a whole row in the viewport."""
        return QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def current_row(self) -> GuideRow | None:
        """Return the current row."""
        return self.guide.row_at(self.currentIndex())

    def go_to(self, row: str, column: GuideColumn = GuideColumn.TEXT) -> None:
        """Focus a question or theme, and bring it into view."""
        index = self.guide.index_of(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _remember(self) -> None:
        row = self.current_row()
        self._remembered = (self._shown_guide, row.id if row else "", self.currentIndex().row())

    def _come_back(self) -> None:
        """After a reset stay on the current row, or its position; in another guide start at the first question."""
        guide, row, number = self._remembered
        self._shown_guide = self.guide.guide.guide.id
        if guide != self._shown_guide or not row:
            self._start_at_first_question()
            return
        self.resizeRowsToContents()
        index = self.guide.index_of(row)
        last = self.guide.rowCount() - 1
        self.setCurrentIndex(index if index.isValid() else self.guide.index(min(number, last), GuideColumn.TEXT))
        self.scrollTo(self.currentIndex())

    def _start_at_first_question(self) -> None:
        self.resizeRowsToContents()
        first = next((question.id for _, question in self.guide.guide.questions()), "")
        self.go_to(first)
        self.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = self.viewport().width()
        # Themes have no type, so that column is hidden first; the times are also in the conversation's bar.
        hidden = {
            column
            for column, needed in ((GuideColumn.TYPE, _NARROW), (GuideColumn.BEGINS, _NARROWEST))
            if width < needed
        }
        for column in (GuideColumn.TYPE, GuideColumn.BEGINS):
            self.setColumnHidden(column, column in hidden)
        taken = sum(size for column, size in WIDTHS.items() if column not in hidden)
        self.setColumnWidth(GuideColumn.TEXT, max(width - taken, _LEAST_TEXT))
        super().resizeEvent(event)

    def _fit_rows(self, column: int) -> None:
        if column == GuideColumn.TEXT:
            self.resizeRowsToContents()

    # Keys

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        current = self.currentIndex()
        move = QAbstractItemView.CursorAction
        if not current.isValid():
            return super().moveCursor(action, modifiers)
        row = self.guide.row_at(current)
        if action in (move.MoveLeft, move.MoveRight):
            stop = _STOPS[action == move.MoveRight]
            return current.siblingAtColumn(stop if row and row.question else GuideColumn.TEXT)
        return super().moveCursor(action, modifiers)

    def event(self, event: QEvent) -> bool:
        # ShortcutOverride comes before every key, including shortcuts: save pending minutes before another command.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not _step(event):
            self.keep()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        question = row.question if row else None
        wish = _WISHES.get((event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
        if wish is not None:
            self.asked.emit(wish, row.id if row else "")
        elif row and (event.key() in _ENTER or (question is None and event.key() == Qt.Key.Key_F2)):
            self._open()
        elif question is None and event.text().strip():
            event.ignore()
        elif question is None:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.toggle_skipped()
        elif _step(event) and not question.skipped:
            self.guide.try_minutes(question.id, question.minutes + _step(event))
            self._keep.start()
        elif event.text().isdecimal() and not question.skipped:
            self._type_minutes(event)
        elif event.matches(QKeySequence.StandardKey.Undo) or event.key() == Qt.Key.Key_F2 or not event.text():
            super().keyPressEvent(event)
        else:
            # A letter must not start editing, since that would replace the question.
            event.ignore()

    def _open(self) -> None:
        """Edit the current cell; where it can't be, as the minutes of a skipped question, the words of its row."""
        index = self.currentIndex()
        editable = index.flags() & Qt.ItemFlag.ItemIsEditable
        self.edit(index if editable else index.siblingAtColumn(GuideColumn.TEXT))

    def _type_minutes(self, event: QKeyEvent) -> None:
        self.setCurrentIndex(self.currentIndex().siblingAtColumn(GuideColumn.MINUTES))
        self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed, event)

    def toggle_skipped(self) -> None:
        """Skip the current question, or include it again."""
        index = self.currentIndex().siblingAtColumn(GuideColumn.ASKED)
        included = index.data(Qt.ItemDataRole.CheckStateRole)
        if included is not None:
            opposite = Qt.CheckState.Unchecked if included == Qt.CheckState.Checked else Qt.CheckState.Checked
            self.model().setData(index, opposite, Qt.ItemDataRole.CheckStateRole)

    def keep(self) -> None:
        """Save minutes that were changed by + and − and still wait for a pause."""
        if self._keep.isActive():
            self._keep.stop()
            self.guide.keep_tried()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.keep()
        super().focusOutEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.keep()
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.column() == GuideColumn.ASKED and at.x() >= BOX_LEFT and event.button() == Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index.siblingAtColumn(GuideColumn.TEXT))
            self.toggle_skipped()
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag.press(at)
        if index.isValid() and index.column() != GuideColumn.MINUTES:
            self.setCurrentIndex(index.siblingAtColumn(GuideColumn.TEXT))
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        target = self._drag.end()
        if target is not None:
            self.dropped.emit(self._drag.row, target)
            return
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        # Minutes under the pointer look like a field, so one click opens them; not those of a skipped question.
        opens = index.column() == GuideColumn.MINUTES and index.flags() & Qt.ItemFlag.ItemIsEditable
        if opens and index == self.currentIndex():
            self.edit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = self.guide.row_at(index)
        themes = (GuideColumn.ASKED,) if row is not None and row.question is None else ()
        if row is not None and index.column() not in (themes or (GuideColumn.ASKED, GuideColumn.MINUTES)):
            self.edit(index.siblingAtColumn(GuideColumn.TEXT))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._drag.move(event.position().toPoint()):
            return
        index = self.indexAt(event.position().toPoint())
        self._hover((index.row(), index.column()))
        super().mouseMoveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._drag.paint(QPainter(self.viewport()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover((-1, -1))
        super().leaveEvent(event)

    def _hover(self, at: tuple[int, int]) -> None:
        if at != self.hovered:
            self.hovered = at
            self.viewport().update()

    def _show_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        row = self.guide.row_at(index)
        if row is None:
            return
        self.setCurrentIndex(index.siblingAtColumn(GuideColumn.TEXT))
        menu = QMenu(self)
        if row.question is not None:
            skipped = row.question.skipped
            words = tr("Weer stellen") if skipped else tr("Overslaan in dit panel")
            entry(menu, "skip_question", self.toggle_skipped, words)
            entry(menu, "reword_question", lambda: self.edit(self.currentIndex()), tr("Anders verwoorden…"))
            if row.reworded:
                entry(menu, "own_words", self.use_own_words)
        else:
            entry(menu, "reword_question", lambda: self.edit(self.currentIndex()), tr("Titel wijzigen…"))
        menu.addSeparator()
        for command, wish in _COMMANDS.items():
            entry(menu, command, partial(self.asked.emit, wish, row.id))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))

    def use_own_words(self) -> None:
        """Ask the current question in the words of the guide again."""
        row = self.current_row()
        if row is not None and row.question is not None:
            self.model().setData(self.currentIndex(), row.question.question.text)

    def _bind(self) -> None:
        """Let the palette do what keys and menu do here."""

        def on_question() -> bool:
            row = self.current_row()
            return row is not None and row.question is not None

        def on_row() -> bool:
            return self.current_row() is not None

        def reworded() -> bool:
            row = self.current_row()
            return row is not None and row.reworded

        typed(self, ("skip_question", "more_minutes", "less_minutes"), on_question)
        typed(self, ("reword_question", "question_details", "move_up", "move_down", "remove_question"), on_row)
        bind("own_words", self, self.use_own_words, ready=reworded)


def _step(event: QKeyEvent) -> int:
    """Return the change of minutes by a key: + and −, including the numeric keypad."""
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return 0
    return {"+": 1, "-": -1}.get(event.text(), 0)

"""The table of the members: keys, editors in the cells, pasting, and a header with a group heading for consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QRegularExpression,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegularExpressionValidator,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sto_desktop.domain.panel.address_book import Contact
from sto_desktop.domain.record import FieldType
from sto_desktop.domain.vocabulary import Coded, Consent
from sto_desktop.language import tr
from sto_desktop.ui.base.keypad import typed_text
from sto_desktop.ui.fields.cells import EditedCells, Hint
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.members.members_model import (
    COLUMNS,
    CONSENT_OF_LETTER,
    CONSENTS,
    NAME,
    NEXT_CONSENT,
    SEAT,
    SECTOR,
    MembersModel,
    is_box,
)
from sto_desktop.ui.prepare.members.members_paint import ROW, SIDE, CellPainter
from sto_desktop.ui.widgets import LineEdit

Index = QModelIndex | QPersistentModelIndex

_WIDTH_OF = {FieldType.INTEGER: 60, FieldType.CODE: 84, FieldType.BOOLEAN: 84}
_SHORT_TEXTS = {"first_name": 104, "sector": 128}
_WIDTHS = {
    at: width
    for at, field in enumerate(COLUMNS)
    if (width := _SHORT_TEXTS.get(field.name) or _WIDTH_OF.get(field.kind))
}
"""Width of each column, in px; the others share the remaining width."""

_LEAST_SHARED = 140
"""Least width of a sharing column, in px."""

_HEAD = 48
_ENDS = {
    Qt.Key.Key_Return: Hint.SubmitModelCache,
    Qt.Key.Key_Enter: Hint.SubmitModelCache,
    Qt.Key.Key_Tab: Hint.EditNextItem,
    Qt.Key.Key_Backtab: Hint.EditPreviousItem,
}
_MOVES = {
    Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp,
    Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
    Qt.Key.Key_Left: QAbstractItemView.CursorAction.MoveLeft,
    Qt.Key.Key_Right: QAbstractItemView.CursorAction.MoveRight,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MembersHead(QHeaderView):
    """The header, with one heading over the four consent columns."""

    def __init__(self, theme: Appearance, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setFixedHeight(_HEAD)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        left = self.sectionViewportPosition(CONSENTS[0]) + SIDE
        right = self.sectionViewportPosition(CONSENTS[-1]) + self.sectionSize(CONSENTS[-1]) - SIDE
        painter.setFont(self._theme.font(TextStyle.SMALL))
        painter.setPen(self._theme.color(ColourRole.MUTED))
        painter.drawText(QRectF(left, 4, right - left, 16), Qt.AlignmentFlag.AlignVCenter, tr("Toestemming voor"))
        painter.setPen(QPen(self._theme.color(ColourRole.LINE), 1.0))
        painter.drawLine(left, 22, right, 22)


class MembersDelegate(EditedCells):
    """Paints cells and creates their editors."""

    ends: ClassVar[Mapping[Qt.Key, Hint]] = {**EditedCells.ends, **_ENDS}

    def __init__(self, theme: Appearance, view: MembersTable) -> None:
        super().__init__(view)
        self._view = view
        self._cells = CellPainter(theme)
        self._open: QWidget | None = None
        self.closeEditor.connect(self._closing)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, column = QRectF(option.rect), index.column()
        model, view = self._view.members, self._view
        panelist = model.panelist_at(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_current = index.row() == view.currentIndex().row() and index.column() == view.currentIndex().column()
        several = len(view.selectedIndexes()) > 1
        self._cells.ground(painter, rect, selected=selected and several, hovered=view.hovered == index.row())
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        if panelist is None:
            if column == NAME:
                self._cells.invitation(painter, rect, tr("Naam toevoegen"))
        elif column in CONSENTS:
            self._cells.answer(painter, rect, index.data(Qt.ItemDataRole.EditRole), text)
        elif is_box(column):
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
            self._cells.box(painter, rect, checked=ticked)
        elif column == SEAT:
            self._cells.seat(painter, rect, text or "–", taken=model.seat_is_taken(index))
        elif column == SECTOR and not text:
            self._cells.text(painter, rect, tr("kies…"), ColourRole.WARN_TEXT)
        else:
            self._cells.text(painter, rect, text, ColourRole.INK if panelist.present else ColourRole.MUTED)
        if is_current and view.hasFocus():
            self._cells.ring(painter, rect)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._view.columnWidth(index.column()), ROW)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        self._open = self._editor(parent, index)
        return self._open

    def _editor(self, parent: QWidget, index: Index) -> QWidget:
        column, codes = index.column(), COLUMNS[index.column()].codes
        name = str(self._view.model().headerData(column, Qt.Orientation.Horizontal))
        if codes is not None:
            answers = QComboBox(parent)
            for answer in codes:
                answers.addItem(tr(answer.word) if isinstance(answer, Coded) else answer.value, answer)
            answers.setAccessibleName(tr("Toestemming voor {what}", what=name.lower()) if codes is Consent else name)
            answers.activated.connect(lambda _number: self._chosen(answers))
            return answers
        if column == SECTOR:
            sectors = QComboBox(parent)
            sectors.setEditable(True)
            sectors.setLineEdit(LineEdit(name=name))
            sectors.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            sectors.addItems(self._view.members.sectors())
            sectors.setAccessibleName(name)
            sectors.activated.connect(lambda _number: self._chosen(sectors))
            return sectors
        line = LineEdit(parent=parent, name=name)
        if column == NAME and self._view.members.panelist_at(index) is None:
            completer = QCompleter([contact.name for contact in self._view.contacts], line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        if column == SEAT:
            line.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,2}"), line))
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            if editor.isEditable():
                # Fill it only once: an incoming change must not replace what is being typed.
                if editor.property("filled"):
                    return
                editor.setProperty("filled", True)
                editor.setCurrentText(value or "")
                line = editor.lineEdit()
                if line is not None:
                    line.selectAll()
            else:
                editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText("" if value is None else str(value))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText() if editor.isEditable() else editor.currentData())
        elif isinstance(editor, LineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(QRect(option.rect).adjusted(0, 0, 0, -1))

    def _chosen(self, editor: QWidget) -> None:
        # A combo box emits `activated` again while it is being closed.
        if editor is self._open:
            self.end(editor, Hint.NoHint)

    def _closing(self) -> None:
        self._open = None


class MembersTable(QTableView):
    """The members of a panel. Enter or typing edits, space and j, n, o answer, Delete removes a member."""

    paste_asked = Signal()
    remove_asked = Signal(object)
    """Carries the ids of the members to delete."""

    def __init__(self, theme: Appearance, members: MembersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.members = members
        self.contacts: Sequence[Contact] = ()
        self.hovered = -1
        self._fitted = -1
        self._anchor: QPersistentModelIndex | None = None
        self.setModel(members)
        self.setItemDelegate(MembersDelegate(theme, self))
        self.setHorizontalHeader(MembersHead(theme, self))
        self.setAccessibleName(tr("Panelleden"))
        self.setProperty("flat", True)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(ROW)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        theme.changed.connect(self.viewport().update)

    def go_to(self, index: QModelIndex) -> None:
        """Focus a cell, and bring it into view."""
        self._anchor = None
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _extend_to(self, index: QModelIndex) -> None:
        """Extend the selection to a cell, from an anchor stored here, because Qt loses its own when the current cell is
        set.
        """
        if self._anchor is None or not self._anchor.isValid():
            self._anchor = QPersistentModelIndex(self.currentIndex())
        selection = self.selectionModel()
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        block = QItemSelection(self.members.index(self._anchor.row(), self._anchor.column()), index)
        selection.select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def selected_people(self) -> list[str]:
        """Return the ids of the members with a selected cell, in order."""
        rows = sorted({index.row() for index in self.selectedIndexes()} | {self.currentIndex().row()})
        panelists = (self.members.panelist_at(self.members.index(row, 0)) for row in rows)
        return [panelist.id for panelist in panelists if panelist is not None]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        # Redistribute only when the width of the window changes, so that columns widened by hand stay.
        if width != self._fitted:
            self._fitted = width
            shared = [column for column in range(len(COLUMNS)) if column not in _WIDTHS]
            share = max((width - sum(_WIDTHS.values())) // len(shared), _LEAST_SHARED)
            for column in shared:
                self.setColumnWidth(column, share)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        move = _MOVES.get(Qt.Key(event.key()))
        if move is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier and index.isValid():
            self._extend_to(self.moveCursor(move, event.modifiers()))
            return
        # Pressing Shift alone must not end the extension.
        if event.key() != Qt.Key.Key_Shift:
            self._anchor = None
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and not _with_modifier(event):
            if people := self.selected_people():
                self.remove_asked.emit(people)
        elif not index.isValid():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space and self._answer_next(index):
            event.accept()
        elif event.key() in _ENTER:
            self._open(index)
        elif index.column() in CONSENTS and self.members.panelist_at(index) is not None:
            answer = CONSENT_OF_LETTER.get(event.text().lower())
            if answer is not None and not _with_modifier(event):
                self.members.set_consent(self.selectedIndexes() or [index], answer)
            elif not event.text() or _with_modifier(event) or event.key() == Qt.Key.Key_F2:
                super().keyPressEvent(event)
        elif typed_text(event).strip() and not self.model().flags(index) & Qt.ItemFlag.ItemIsEditable:
            self._type_name(event)
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if self.members.panelist_at(index) is None:
            index = self.members.empty_row()
            self.setCurrentIndex(index)
        if is_box(index.column()):
            self._answer_next(index)
        else:
            self.edit(index)

    def _type_name(self, event: QKeyEvent) -> None:
        """Take typing anywhere in the empty row as the name of a new member."""
        if self.members.panelist_at(self.currentIndex()) is None:
            self.setCurrentIndex(self.members.empty_row())
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed, event)

    def _answer_next(self, index: QModelIndex) -> bool:
        """Switch to the next answer in a cell with answers; return False in other cells."""
        panelist = self.members.panelist_at(index)
        if panelist is None:
            return False
        if is_box(index.column()):
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
            opposite = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
            self.model().setData(index, opposite, Qt.ItemDataRole.CheckStateRole)
        elif index.column() in CONSENTS:
            answer = NEXT_CONSENT[index.data(Qt.ItemDataRole.EditRole)]
            self.members.set_consent(self.selectedIndexes() or [index], answer)
        else:
            return False
        return True

    def paste(self) -> None:
        """Paste a single value into the cell; treat several lines or columns as a list of members."""
        text = QGuiApplication.clipboard().text().strip()
        index = self.currentIndex()
        editable = index.isValid() and bool(self.model().flags(index) & Qt.ItemFlag.ItemIsEditable)
        if text and "\n" not in text and "\t" not in text and editable and index.column() not in CONSENTS:
            self.model().setData(index, text)
        else:
            self.paste_asked.emit()

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        super().closeEditor(editor, hint)
        if hint == Hint.SubmitModelCache:
            below = self.currentIndex().sibling(self.currentIndex().row() + 1, self.currentIndex().column())
            self.go_to(below)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and index.isValid() and self.currentIndex().isValid():
            self._extend_to(index)
            return
        self._anchor = None
        super().mousePressEvent(event)
        if is_box(index.column()) and event.button() == Qt.MouseButton.LeftButton:
            self._answer_next(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.members.panelist_at(index) is None and index == self.currentIndex():
            self._open(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


def _with_modifier(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))

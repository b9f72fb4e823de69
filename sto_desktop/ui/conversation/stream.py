"""The stream of notes under the current question: newest at the foot, edited in place, everything by key."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sto_desktop.domain.capture import render
from sto_desktop.domain.content import NoteContent
from sto_desktop.ui.conversation.capture_edit import CaptureEdit
from sto_desktop.ui.conversation.live import LiveConversation, NotesChange, order_of
from sto_desktop.ui.conversation.note_row import SIDE, TEXT_LEFT, NoteRow, said_aloud, set_row
from sto_desktop.ui.language import tr
from sto_desktop.ui.theme import Role, TextStyle, Theme
from sto_desktop.ui.widgets import TextLabel

Index = QModelIndex | QPersistentModelIndex
CONTENT = Qt.ItemDataRole.UserRole


class StreamModel(QAbstractTableModel):
    """The notes under one question, in order, as one column."""

    def __init__(self, live: LiveConversation, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._question: str | None = None
        self.notes: list[NoteContent] = []
        self.show_question(live.current)

    def show_question(self, question: str | None) -> None:
        """Show the notes of another question."""
        self.beginResetModel()
        self._question = question
        self.notes = self._live.notes_of(question)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.notes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        note = self.notes[index.row()]
        if role == CONTENT:
            return note
        if role == Qt.ItemDataRole.DisplayRole:
            return note.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return said_aloud(note, self._live.member)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def row_of(self, note: str) -> int:
        """Return the row of a note; -1 when it stands elsewhere. The newest are found first."""
        for row in range(len(self.notes) - 1, -1, -1):
            if self.notes[row].id == note:
                return row
        return -1

    def follow(self, change: NotesChange) -> None:
        """Take in what changed."""
        if change.everything:
            self.show_question(self._question)
            return
        for note in change.removed:
            self._take_out(self.row_of(note))
        for note in change.changed:
            self._renew(self._live.notes[note])
        for note in change.added:
            if self._live.notes[note].question == self._question:
                self._put_in(self._live.notes[note])

    def _put_in(self, note: NoteContent) -> None:
        row = len(self.notes)
        while row > 0 and order_of(self.notes[row - 1]) > order_of(note):
            row -= 1
        self.beginInsertRows(QModelIndex(), row, row)
        self.notes.insert(row, note)
        self.endInsertRows()

    def _take_out(self, row: int) -> None:
        if row >= 0:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self.notes[row]
            self.endRemoveRows()

    def _renew(self, note: NoteContent) -> None:
        row = self.row_of(note.id)
        here = note.question == self._question
        if row >= 0 and here and order_of(self.notes[row]) == order_of(note):
            self.notes[row] = note
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
            return
        self._take_out(row)
        if here:
            self._put_in(note)


class _NoteDelegate(QStyledItemDelegate):
    """Paints notes and makes their editors."""

    def __init__(self, theme: Theme, live: LiveConversation, view: StreamView) -> None:
        super().__init__(view)
        self._theme = theme
        self._live = live
        self._view = view
        self._rows: dict[str, tuple[NoteContent, NoteRow]] = {}
        self.editing: str | None = None

    def forget(self) -> None:
        """Work all rows out anew: members have other names."""
        self._rows.clear()

    def row_for(self, note: NoteContent, width: int) -> NoteRow:
        """Return the worked-out row of a note."""
        kept = self._rows.get(note.id)
        if kept is not None and kept[0] is note and kept[1].width == width:
            return kept[1]
        made = set_row(self._theme, note, width, self._live.member)
        self._rows[note.id] = (note, made)
        return made

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, self.row_for(index.data(CONTENT), width).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        note: NoteContent = index.data(CONTENT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.left(), 0)
        state = option.state
        focused = bool(state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        chosen = bool(state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver))
        self.row_for(note, rect.width()).paint(
            painter, self._theme, rect.top(), chosen=chosen, focused=focused, without_text=note.id == self.editing
        )
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        note: NoteContent = index.data(CONTENT)
        editor = NoteEditor(self._theme, self._live, note, parent)
        self.editing = note.id
        place = QPersistentModelIndex(index)
        editor.edit.height_changed.connect(lambda _height: self._view.fit_editor(place, editor))
        editor.edit.submitted.connect(lambda: self.finish(editor))
        editor.edit.left.connect(lambda: self.finish(editor))
        editor.edit.focus_lost.connect(lambda: self.finish(editor))
        return editor

    def finish(self, editor: NoteEditor) -> None:
        """Keep what was typed and close the editor; it stays open while that can't be kept."""
        if self.editing != editor.note.id:
            return
        self._view.keep_edit(editor)
        if not editor.failed:
            self.editing = None
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt's own would take Enter, Tab and Esc away from the editor, which knows better what they mean.
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        return super().eventFilter(watched, event)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # The editor was made with the text; what comes in meanwhile may not overwrite what is being typed.
        return

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        # `finish` keeps it, and knows whether that went well.
        return

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        editor.setGeometry(rect.adjusted(TEXT_LEFT - 9, 2, -SIDE + 4, -2))

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self.editing = None
        super().destroyEditor(editor, index)
        self._view.editor_gone()


class NoteEditor(QFrame):
    """The field over a note's text while it is edited: the note as it would be typed."""

    def __init__(self, theme: Theme, live: LiveConversation, note: NoteContent, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.note = note
        self.seen = live.session.dossier.seq
        self.failed = False
        """Whether what was typed could not be kept: whoever hears `StreamView.edited` says so."""
        self.edit = CaptureEdit(
            theme,
            panelists=lambda: live.panelists,
            tags=lambda: sorted(live.tags.values(), key=str.casefold),
            name=tr("Notitie wijzigen: Enter bewaart"),
            parent=self,
        )
        self.before = render(note, live.panelists)
        self.edit.set_text(self.before)
        self.edit.move(8, 6)
        self.setFocusProxy(self.edit)

    @property
    def wanted_height(self) -> int:
        """Height of the row that the editor needs, in px."""
        return self.edit.height() + 12 + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.edit.setFixedWidth(self.width() - 16)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(self._theme.color(Role.PRIMARY))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.setBrush(self._theme.color(Role.SURFACE))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)


class StreamView(QTableView):
    """The notes as rows of one column: a table keeps its row heights, so that one more row costs one row.

    `edited` carries the `NoteEditor` in which something else was typed. Keys go out as signals with the note's id.
    """

    delete_asked = Signal(str)
    star_asked = Signal(str)
    park_asked = Signal(str)
    typed = Signal(str)
    left = Signal()
    edited = Signal(object)
    content_height_changed = Signal()

    def __init__(self, theme: Theme, live: LiveConversation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._live = live
        self.stream = StreamModel(live, self)
        self.setModel(self.stream)
        self._delegate = _NoteDelegate(theme, live, self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTableView, QTableView:focus { border: none; background: transparent; }")
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setAccessibleName(tr("Notities bij deze vraag"))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._width = 0
        self.stream.rowsInserted.connect(self._on_inserted)
        self.stream.rowsRemoved.connect(lambda *_: self.content_height_changed.emit())
        self.stream.modelReset.connect(self._on_reset)
        self.stream.dataChanged.connect(lambda first, _last: self._fit_row(first.row()))
        live.notes_changed.connect(self._on_notes)
        live.moved.connect(self._on_moved)
        live.people_changed.connect(self._on_people)
        theme.changed.connect(self.viewport().update)

    # Rows

    @property
    def content_height(self) -> int:
        """Height of all rows, in px."""
        return self.verticalHeader().length()

    def note_at(self, row: int) -> NoteContent | None:
        """Return the note on a row."""
        return self.stream.notes[row] if 0 <= row < len(self.stream.notes) else None

    @property
    def current_note(self) -> NoteContent | None:
        """The note where the keyboard is."""
        return self.note_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    @property
    def editor(self) -> NoteEditor | None:
        """The editor that is open."""
        return next((one for one in self.viewport().findChildren(NoteEditor) if one.isVisible()), None)

    def _fit_row(self, row: int) -> None:
        note = self.stream.notes[row]
        if note.id != self._delegate.editing:
            height = self._delegate.row_for(note, self._width or self.viewport().width()).height
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
                self.content_height_changed.emit()

    def _fit_all(self) -> None:
        self._width = self.viewport().width()
        self.setColumnWidth(0, self._width)
        for row in range(len(self.stream.notes)):
            self._fit_row(row)
        self.content_height_changed.emit()

    def _on_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._fit_row(row)
        self.content_height_changed.emit()
        if last == len(self.stream.notes) - 1:
            self.scrollToBottom()

    def _on_reset(self) -> None:
        self._delegate.editing = None
        self._fit_all()
        self.scrollToBottom()

    def _on_notes(self, change: NotesChange) -> None:
        if change.everything or self._delegate.editing in change.removed:
            self.finish_editing()
        self.stream.follow(change)

    def _on_moved(self) -> None:
        self.finish_editing()
        self.stream.show_question(self._live.current)

    def finish_editing(self) -> None:
        """Keep what is being typed in an editor, and close it."""
        editor = self.editor
        if editor is not None:
            self._delegate.finish(editor)

    def _on_people(self) -> None:
        self._delegate.forget()
        self._fit_all()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._width:
            self._fit_all()

    # Editing

    def edit_note(self, row: int) -> None:
        """Open the editor of a row."""
        index = self.stream.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def edit_last(self) -> None:
        """Open the editor of the newest note."""
        if self.stream.notes:
            self.edit_note(len(self.stream.notes) - 1)

    def fit_editor(self, place: QPersistentModelIndex, editor: NoteEditor) -> None:
        """Give the row that is edited the height that its editor needs."""
        if place.isValid():
            self.setRowHeight(place.row(), max(36, editor.wanted_height))
            self.content_height_changed.emit()
            self.updateEditorGeometries()

    def keep_edit(self, editor: NoteEditor) -> None:
        """Hand on what was typed in an editor, when it is something else than it was."""
        editor.failed = False
        if editor.edit.toPlainText() != editor.before or editor.edit.quote:
            self.edited.emit(editor)

    def editor_gone(self) -> None:
        """Give the row its own height again."""
        self._fit_all()
        self.viewport().update()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        note = self.current_note
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif note is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_note(self.currentIndex().row())
        elif note is not None and key == Qt.Key.Key_Delete:
            self.delete_asked.emit(note.id)
        elif key == Qt.Key.Key_Down and self.currentIndex().row() == len(self.stream.notes) - 1:
            self.left.emit()
        elif _is_typing(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        # Typing goes to the capture line, not to a note that begins with it.
        return

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.rowAt(event.pos().y())
        note = self.note_at(row)
        if note is not None:
            self.setCurrentIndex(self.stream.index(row, 0))
            self.menu_for(note).popup(event.globalPos())

    def menu_for(self, note: NoteContent) -> QMenu:
        """Return the menu of a note."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Wijzigen\tEnter"), lambda: self.edit_note(self.stream.row_of(note.id)))
        star = tr("Ster weghalen") if note.note.star else tr("Ster zetten")
        menu.addAction(f"{star}\tAlt+B", lambda: self.star_asked.emit(note.id))
        park = tr("Van de parkeerplaats halen") if note.note.parked else tr("Parkeren")
        menu.addAction(f"{park}\tAlt+T", lambda: self.park_asked.emit(note.id))
        menu.addSeparator()
        menu.addAction(tr("Verwijderen\tDelete"), lambda: self.delete_asked.emit(note.id))
        return menu


def _is_typing(event: QKeyEvent) -> bool:
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & commands


class Stream(QWidget):
    """The stream's place on the screen: the rows stand at its foot, just above the line that is typed."""

    def __init__(self, theme: Theme, live: LiveConversation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = StreamView(theme, live, self)
        self._empty = TextLabel(
            theme,
            tr("Nog geen notities bij deze vraag. Typ hieronder mee; Enter bewaart."),
            TextStyle.BODY,
            Role.MUTED,
            lines=1,
            align=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
            parent=self,
        )
        self.view.content_height_changed.connect(self._place)
        self.setMinimumHeight(72)
        self.setFocusProxy(self.view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        bottom = self.view.verticalScrollBar()
        at_foot = bottom.value() >= bottom.maximum()
        height = min(self.height(), self.view.content_height)
        self.view.setGeometry(QRect(QPoint(0, self.height() - height), QSize(self.width(), height)))
        self._empty.setVisible(not self.view.stream.notes)
        self._empty.setGeometry(0, self.height() - 52, self.width(), 40)
        if at_foot:
            self.view.scrollToBottom()

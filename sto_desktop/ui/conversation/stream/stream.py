"""The stream of notes under the current question: newest at the bottom, edited in place, all by keyboard."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from sto_desktop.domain.live.draft import CorrectionDraft
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.language import tr
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.keypad import typed_text
from sto_desktop.ui.base.keys import entry
from sto_desktop.ui.conversation.live.kept_draft import KeptDraft
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.live.rows import NotesChange
from sto_desktop.ui.conversation.stream.row_tools import RowTools
from sto_desktop.ui.conversation.stream.stream_delegate import StreamDelegate, StreamEditor
from sto_desktop.ui.conversation.stream.stream_model import StreamModel
from sto_desktop.ui.conversation.stream.stream_row import LOWEST
from sto_desktop.ui.fields.agreed_dialog import can_agree
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import TextLabel

_ONCE = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete)

CURSOR_MARGIN = 2
"""Least room around the cursor of an editor, in px."""
AT_ONCE = 2160 // LOWEST
A_TURN = 20
"""Number of rows that get their height at once, which fill any screen, and in each later turn of the event loop."""


class StreamView(QTableView):
    """The notes as rows of one column. A table view caches row heights, so that adding a row costs one row.

    `edited` carries the `StreamEditor` whose text was changed, `split_asked` the one at whose cursor the note should be
    split. Keys are emitted as signals with the note's id; `command_asked` also carries the id of the command, first.
    `attended`: the focus came or went, or an editor opened or closed. `members_lost`: as in the delegate.
    `editor_fitted`: the open editor needs another height.
    """

    split_asked = Signal(object)
    command_asked = Signal(str, str)
    attended = Signal()
    members_lost = Signal(tuple)
    editor_fitted = Signal()

    delete_asked = Signal(str)
    star_asked = Signal(str)
    park_asked = Signal(str)
    typed = Signal(str)
    left = Signal()
    edited = Signal(object)
    content_height_changed = Signal()

    def __init__(
        self, theme: Appearance, live: LiveConversation, settings: SettingsStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._live = live
        self.stream = StreamModel(live, self)
        self.setModel(self.stream)
        self._delegate = StreamDelegate(theme, live, settings, self.stream, self)
        self._delegate.keep_asked.connect(self.edited)
        self._delegate.split_asked.connect(self.split_asked)
        self._delegate.editor_resized.connect(self._fit_editor)
        self._delegate.editor_gone.connect(self._on_editor_gone)
        self.correction = KeptDraft(live.session, f"correction:{live.rows.panel.id}", self._correction, self)
        self._delegate.typed.connect(self.correction.keep_soon)
        self._delegate.cursor_moved.connect(self._show_cursor)
        self._delegate.members_lost.connect(self.members_lost)
        self._from_line = False
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTableView, QTableView:focus { border: none; background: transparent; }")
        # `paintEvent` fills the background, so Qt need not clear it first.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
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
        self.verticalHeader().setDefaultSectionSize(LOWEST)
        self._width = 0
        self._unfitted = 0
        """Number of rows at the top that still need their height."""
        self._fitting = QTimer(self, interval=0, singleShot=True)
        self._fitting.timeout.connect(self._fit_more)
        self._following = True
        self._most = 0
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.stream.rowsInserted.connect(self._on_inserted)
        self.stream.rowsRemoved.connect(self.content_height_changed)
        self.stream.modelReset.connect(self._on_reset)
        self.stream.dataChanged.connect(self._on_row_changed)
        live.rows.notes_changed.connect(self._on_notes)
        live.place.moved.connect(self._on_moved)
        live.rows.people_changed.connect(self._on_people)
        theme.changed.connect(self.viewport().update)
        self.tools = RowTools(theme, self.viewport())
        self.tools.star_asked.connect(self.star_asked)
        self.tools.park_asked.connect(self.park_asked)
        self.tools.delete_asked.connect(self.delete_asked)

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
        """The focused note."""
        return self.note_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    @property
    def editing_note(self) -> str | None:
        """Id of the note that is being edited."""
        return self._delegate.editing

    def choose(self, row: int) -> None:
        """Make a row the current one."""
        index = self.stream.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    @property
    def editor(self) -> StreamEditor | None:
        """The open editor."""
        return next((editor for editor in self.viewport().findChildren(StreamEditor) if editor.isVisible()), None)

    def _fit_row(self, row: int) -> bool:
        """Set a row to the height of its note; return whether it changed."""
        note = self.stream.notes[row]
        # An open editor determines the height of its row.
        if note.id == self._delegate.editing:
            return False
        height = self._delegate.row_for(note, self._width or self.viewport().width()).height
        if self.rowHeight(row) == height:
            return False
        self.setRowHeight(row, height)
        return True

    def _fit_all(self) -> None:
        self._width = self.viewport().width()
        self.setColumnWidth(0, self._width)
        self._unfitted = len(self.stream.notes)
        self._fit_upwards(AT_ONCE)
        self._fit_in_sight()

    def _fit_upwards(self, most: int) -> None:
        """Fit rows above those that were fitted; the others follow in later turns of the event loop."""
        left = min(self._unfitted, len(self.stream.notes))
        self._unfitted = max(0, left - most)
        for row in range(self._unfitted, left):
            self._fit_row(row)
        self.content_height_changed.emit()
        self.viewport().update()
        if self._unfitted:
            self._fitting.start()

    def _fit_in_sight(self) -> None:
        """Fit the rows in sight, to which somebody scrolled before their turn."""
        row = self.rowAt(0)
        while 0 <= row < self._unfitted and self.rowViewportPosition(row) < self.viewport().height():
            self._fit_row(row)
            row += 1

    def _fit_more(self) -> None:
        """Fit some more rows, while those in sight stay where they are."""
        row = self.rowAt(self.viewport().height() - 1)
        top = self.rowViewportPosition(row)
        self._fit_upwards(A_TURN)
        # Qt would adapt the scroll bar only afterwards.
        self.updateGeometries()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.rowViewportPosition(row) - top)

    def _on_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        if first < self._unfitted:
            self._unfitted += last - first + 1
        for row in range(first, last + 1):
            self._fit_row(row)
        self.content_height_changed.emit()
        if last == len(self.stream.notes) - 1:
            self._follow_newest()

    def _on_row_changed(self, first: QModelIndex, _last: QModelIndex) -> None:
        if self._fit_row(first.row()):
            self.content_height_changed.emit()

    def _on_reset(self) -> None:
        self._delegate.editing = None
        self._fit_all()
        self._follow_newest()

    # The newest note

    def _follow_newest(self) -> None:
        """Scroll to the newest note, and keep it visible until the user scrolls back."""
        self._following = True
        self.scrollToBottom()

    def _on_range(self, _least: int, most: int) -> None:
        # The height of the window, of a row or of the line below changed. An open editor stays where it is.
        self._most = most
        if self._following and self.editor is None:
            self.verticalScrollBar().setValue(most)

    def _on_scrolled(self, value: int) -> None:
        # If the range changed as well, Qt adjusted the value to it: the user did not scroll.
        if self.verticalScrollBar().maximum() == self._most:
            self._following = value >= self._most
        self._fit_in_sight()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow_newest()

    def _on_notes(self, change: NotesChange) -> None:
        # The row under the pointer may show another note now.
        self.tools.hide()
        self.stream.follow(change)
        editor, note = self.editor, self._live.rows.notes.get(self._delegate.editing or "")
        if editor is not None and note is not None:
            editor.follow(note)

    def _on_moved(self) -> None:
        current = self._live.place.current
        # The question was deleted by somebody else: the next letters still belong to the note that is being corrected.
        if self.stream.is_gone and self.editing_note is not None:
            self.stream.replace_question(current)
            return
        self.finish_editing()
        self.stream.show_question(current)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.attended.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.attended.emit()

    def _on_editor_gone(self) -> None:
        self.stream.hold(None)
        self.correction.keep()
        self.attended.emit()
        self._fit_all()
        # Return the focus to where the user was typing, unless the user has moved it.
        if self._from_line and self.hasFocus():
            self.left.emit()
        self._from_line = False

    def _correction(self) -> str:
        editor = self.editor if self.editing_note is not None else None
        return editor.draft.encode() if editor is not None and editor.changed else ""

    def finish_editing(self) -> None:
        """Save the text of an open editor, and close it."""
        editor = self.editor
        if editor is not None:
            self._delegate.finish(editor)

    def _on_people(self) -> None:
        self._delegate.forget()
        self._fit_all()
        if self.editor is not None:
            self.editor.edit.read_again()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color(ColourRole.BACKGROUND))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._width:
            self._fit_all()
        self._show_cursor()

    # Editing

    def edit_note(self, row: int, *, from_line: bool = False) -> None:
        """Open the editor of a row. `from_line`: typing goes on in the line when it closes."""
        index = self.stream.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)
        if self.editor is not None:
            self._fit_editor(QPersistentModelIndex(index), self.editor)
        self._from_line = from_line
        self.attended.emit()

    def edit_last(self) -> None:
        """Open the editor of the newest note."""
        if self.stream.notes:
            self.edit_note(len(self.stream.notes) - 1, from_line=True)

    def edit_again(self, row: int, draft: CorrectionDraft) -> None:
        """Open the editor of a row as it was when the program stopped."""
        self.edit_note(row, from_line=True)
        if self.editor is not None:
            self.editor.resume(draft)

    def _fit_editor(self, place: QPersistentModelIndex, editor: StreamEditor) -> None:
        """Set the edited row to the height that its editor needs."""
        if place.isValid():
            self.setRowHeight(place.row(), max(36, editor.wanted_height))
            self.editor_fitted.emit()
            self.content_height_changed.emit()
            self.scrollTo(self.stream.index(place.row(), 0))
            self.updateEditorGeometries()
            self._show_cursor()

    def _show_cursor(self) -> None:
        """Scroll to the cursor of the editor, which may be higher than the notes on a small screen."""
        editor = self.editor
        if editor is None:
            return
        edit, bar, height = editor.edit, self.verticalScrollBar(), self.viewport().height()
        line = edit.cursorRect()
        line.moveTopLeft(edit.viewport().mapTo(self.viewport(), line.topLeft()))
        above, below = line.top() - CURSOR_MARGIN, line.bottom() + CURSOR_MARGIN - height
        if above < 0 or below > 0:
            bar.setValue(bar.value() + (min(above, below) if below > 0 else above))

    # Mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        row = self.rowAt(round(event.position().y()))
        note = self.note_at(row)
        if note is None or self.editor is not None:
            self.tools.hide()
        else:
            self.tools.point_at(note, self.visualRect(self.stream.index(row, 0)))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.tools.hide()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.tools.hide()
        super().scrollContentsBy(dx, dy)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        note = self.current_note
        key = event.key()
        # A held key works once: one step, and one deleted note.
        if event.isAutoRepeat() and key in _ONCE:
            return
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif note is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_note(self.currentIndex().row())
        elif note is not None and key == Qt.Key.Key_Delete:
            self.delete_asked.emit(note.id)
        # Below the newest note is the capture line.
        elif key == Qt.Key.Key_Down and self.currentIndex().row() == len(self.stream.notes) - 1:
            self.left.emit()
        elif typed_text(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        # Typing goes to the capture line; Qt would search for a note that starts with these letters.
        return

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.rowAt(event.pos().y())
        note = self.note_at(row)
        if note is not None:
            self.setCurrentIndex(self.stream.index(row, 0))
            self.menu_for(note).popup(event.globalPos())

    def menu_for(self, note: NoteContent) -> QMenu:
        """Return the context menu of a note."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry(menu, "edit_in_place", lambda: self.edit_note(self.stream.row_of(note.id)), tr("Wijzigen"))
        star = tr("Ster weghalen") if note.note.star else tr("Ster zetten")
        entry(menu, "star_note", lambda: self.star_asked.emit(note.id), star)
        park = tr("Van de parkeerplaats halen") if note.note.parked else tr("Parkeren")
        entry(menu, "park_note", lambda: self.park_asked.emit(note.id), park)
        menu.addSeparator()
        lines = [("move_note", tr("Verplaatsen…"))]
        if can_agree(note.note):
            lines.append(("agree_note", tr("Wie, voor wanneer, antwoord…")))
        if self.stream.row_of(note.id) > 0:
            lines.append(("bundle_note", tr("Bundelen met de notitie erboven")))
        if note.bundled:
            lines.append(("unbundle_note", tr("Bundel uit elkaar halen")))
        for name, text in lines:
            entry(menu, name, partial(self.command_asked.emit, name, note.id), text)
        menu.addSeparator()
        entry(menu, "delete_note", lambda: self.delete_asked.emit(note.id), tr("Verwijderen"))
        erase = tr("Buiten verslag: voorgoed wissen…")
        entry(menu, "erase_note", partial(self.command_asked.emit, "erase_note", note.id), erase)
        return menu


class Stream(QWidget):
    """The stream's area on the screen: the rows are at its bottom, just above the capture line."""

    def __init__(
        self, theme: Appearance, live: LiveConversation, settings: SettingsStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.view = StreamView(theme, live, settings, self)
        self._empty = TextLabel(
            theme,
            tr("Nog geen notities bij deze vraag. Typ hieronder mee; Enter bewaart."),
            TextStyle.BODY,
            ColourRole.MUTED,
            lines=1,
            align=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
            parent=self,
        )
        self.view.content_height_changed.connect(self._place)
        self.setFocusProxy(self.view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        height = min(self.height(), self.view.content_height)
        place = QRect(QPoint(0, self.height() - height), QSize(self.width(), height))
        if place != self.view.geometry():
            self.view.setGeometry(place)
        self._empty.setVisible(not self.view.stream.notes)
        self._empty.setGeometry(0, self.height() - 52, self.width(), 40)

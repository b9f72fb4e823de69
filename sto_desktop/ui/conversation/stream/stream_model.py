"""The notes under one question, as a Qt item model."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.live.rows import NotesChange, order_of
from sto_desktop.ui.conversation.stream.stream_row import said_aloud, stream_names

Index = QModelIndex | QPersistentModelIndex


class StreamModel(QAbstractTableModel):
    """The notes under one question, in order, as one column."""

    def __init__(self, live: LiveConversation, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._question: str | None = None
        self.notes: list[NoteContent] = []
        self._held: str | None = None
        self.show_question(live.place.current)

    def show_question(self, question: str | None) -> None:
        """Show the notes of another question."""
        self.beginResetModel()
        self._held = None
        self._question = question
        self.notes = self._live.rows.notes_of(question)
        self.endResetModel()

    def replace_question(self, question: str | None) -> None:
        """Show the notes of the question that took the place of one that is gone; a note that is being edited stays."""
        self._question = question
        self._compare()

    @property
    def is_gone(self) -> bool:
        """Whether the guide no longer has the question."""
        return self._live.rows.question(self._question) is None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.notes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        note = self.notes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return note.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return said_aloud(note, stream_names(self._live.rows.panelists))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def row_of(self, note: str) -> int:
        """Return the row of a note; -1 if it is not under this question. Searches from the newest."""
        for row in range(len(self.notes) - 1, -1, -1):
            if self.notes[row].id == note:
                return row
        return -1

    def follow(self, change: NotesChange) -> None:
        """Apply a change."""
        if change.everything:
            self._compare()
            return
        for note in change.removed:
            self._take_out(self.row_of(note))
        for note in change.changed:
            self._renew(self._live.rows.notes[note])
        added = (self._live.rows.notes[note] for note in change.added)
        self._put_in(*(note for note in added if note.question == self._question))

    def hold(self, note: str | None) -> None:
        """Keep the row of a note that is being edited, even if the note is moved or deleted; None: it is no longer
        edited.
        """
        self._held = note
        if note is None:
            self._compare()

    def _compare(self) -> None:
        """Update the rows to the current notes. Unchanged rows stay, and so does an editor on one of them."""
        now = self._live.rows.notes_of(self._question)
        same = [note.id for note in now] == [note.id for note in self.notes]
        # A reset is simpler and fast, but would close the editor of a held row.
        if not same and self._held is None:
            self.show_question(self._question)
            return
        present = {note.id for note in now}
        # From the end, so that the numbers of earlier rows stay valid.
        for row in reversed(range(len(self.notes))):
            if self.notes[row].id not in present:
                self._take_out(row)
        for row, note in enumerate(now):
            if not same:
                self._renew(note)
            elif note != self.notes[row]:
                self._put_on(row, note)

    def _put_on(self, row: int, note: NoteContent) -> None:
        self.notes[row] = note
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def _put_in(self, *added: NoteContent) -> None:
        """Insert notes, in their order; notes that come to stand together are inserted together."""
        left = list(added)
        while left:
            # Search from the end, where nearly every new note belongs.
            row = len(self.notes)
            while row > 0 and order_of(self.notes[row - 1]) > order_of(left[-1]):
                row -= 1
            together = [left.pop()]
            while left and (not row or order_of(self.notes[row - 1]) < order_of(left[-1])):
                together.append(left.pop())
            self.beginInsertRows(QModelIndex(), row, row + len(together) - 1)
            self.notes[row:row] = together[::-1]
            self.endInsertRows()

    def _take_out(self, row: int) -> None:
        if row >= 0 and self.notes[row].id != self._held:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self.notes[row]
            self.endRemoveRows()

    def _renew(self, note: NoteContent) -> None:
        row = self.row_of(note.id)
        belongs = note.question == self._question
        stays = belongs and row >= 0 and order_of(self.notes[row]) == order_of(note)
        if row >= 0 and (stays or note.id == self._held):
            self._put_on(row, note)
            return
        # Moved within the question, or to or from another one.
        self._take_out(row)
        if belongs:
            self._put_in(note)

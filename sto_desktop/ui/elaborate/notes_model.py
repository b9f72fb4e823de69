"""The list of notes as a Qt model that changes in place, so that selection, scroll and an open editor stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from sto_desktop.domain.vocabulary import Evidence, word
from sto_desktop.ui.elaborate.listing import HeadingRow, Marker, NoteRow, Row
from sto_desktop.ui.language import tr

ROW = Qt.ItemDataRole.UserRole
EVIDENCE = Qt.ItemDataRole.UserRole + 1
MIME = "application/x-sto-notes"
FINE_DIFF = 400
"""So many rows that differ are matched one by one; more are replaced as a whole."""

Index = QModelIndex | QPersistentModelIndex


class NotesModel(QAbstractListModel):
    """Rows of headings and notes; `marker` finds the words that are searched for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._evidence: Mapping[str, Evidence] = {}
        self.marker = Marker("")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == EVIDENCE:
            return self._evidence.get(row.key)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.text if isinstance(row, HeadingRow) else row.content.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.text if isinstance(row, HeadingRow) else _said(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], HeadingRow):
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        notes = [row for row in (self._rows[index.row()] for index in indexes) if isinstance(row, NoteRow)]
        data.setData(MIME, QByteArray("\n".join(row.key for row in notes).encode()))
        data.setText("\n".join(row.content.text for row in notes))
        return data

    def row(self, number: int) -> Row:
        """Return one row."""
        return self._rows[number]

    def note_rows(self) -> list[NoteRow]:
        """Return the rows that are notes."""
        return [row for row in self._rows if isinstance(row, NoteRow)]

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of a row by its key (of a note: its id); invalid where it isn't shown."""
        for number, row in enumerate(self._rows):
            if row.key == key:
                return self.index(number)
        return QModelIndex()

    def set_evidence(self, evidence: Mapping[str, Evidence]) -> None:
        """Mark the notes that the opened insight rests on, and those that contradict it."""
        if evidence == self._evidence:
            return
        touched = self._evidence.keys() ^ evidence.keys() | {
            key for key in evidence if self._evidence.get(key) is not evidence[key]
        }
        self._evidence = evidence
        for number, row in enumerate(self._rows):
            if row.key in touched:
                self.dataChanged.emit(self.index(number), self.index(number), [EVIDENCE])

    def set_rows(self, rows: list[Row]) -> None:
        """Show other rows; those that stay keep their place for the view."""
        old = [row.key for row in self._rows]
        new = [row.key for row in rows]
        start = 0
        while start < min(len(old), len(new)) and old[start] == new[start]:
            start += 1
        end = 0
        while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
            end += 1
        if start + end < max(len(old), len(new)):
            self._replace(rows, start, len(old) - end, len(new) - end)
        self._tell_changes(rows)

    def _replace(self, rows: list[Row], start: int, old_end: int, new_end: int) -> None:
        before, after = self._rows[start:old_end], rows[start:new_end]
        if max(len(before), len(after)) > FINE_DIFF:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        matcher = SequenceMatcher(None, [row.key for row in before], [row.key for row in after], autojunk=False)
        for what, i1, i2, j1, j2 in reversed(matcher.get_opcodes()):
            if what in ("delete", "replace"):
                self.beginRemoveRows(QModelIndex(), start + i1, start + i2 - 1)
                del self._rows[start + i1 : start + i2]
                self.endRemoveRows()
            if what in ("insert", "replace"):
                self.beginInsertRows(QModelIndex(), start + i1, start + i1 + j2 - j1 - 1)
                self._rows[start + i1 : start + i1] = after[j1:j2]
                self.endInsertRows()

    def _tell_changes(self, rows: list[Row]) -> None:
        old, self._rows = self._rows, rows
        first: int | None = None
        for number, row in enumerate((*rows, None)):
            changed = row is not None and old[number] is not row and old[number] != row
            if changed and first is None:
                first = number
            elif not changed and first is not None:
                self.dataChanged.emit(self.index(first), self.index(number - 1))
                first = None


def _said(row: NoteRow) -> str:
    note = row.content
    parts = [tr(word(note.kind)), note.text, row.people, row.tags]
    if note.note.star:
        parts.append(tr("met ster"))
    if row.used:
        parts.append(tr("gebruikt"))
    elif note.note.set_aside:
        parts.append(tr("opzij gelegd"))
    return ", ".join(part for part in parts if part)

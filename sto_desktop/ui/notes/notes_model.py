"""The list of notes as a Qt model that reads rows when shown and updates in place.

Updating in place keeps selection, scroll position and an open editor.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.language import tr
from sto_desktop.ui.notes.listing import Entry, HeadingRow, Marker, NoteRow, Row

ROW = Qt.ItemDataRole.UserRole
EVIDENCE = Qt.ItemDataRole.UserRole + 1
MIME = "application/x-sto-notes"
FINE_DIFF = 400
"""Up to this many differing rows are matched individually; above it the model is reset."""

PAGE = 48
"""Rows read at once, around the requested one."""

MOST_KEPT = 4000
"""Maximum number of cached rows."""

# Above this, Qt repaints the visible rows faster than a comparison of all cached ones.
MOST_COMPARED = 2500

Index = QModelIndex | QPersistentModelIndex
Reader = Callable[[Collection[str]], Mapping[str, NoteRow]]


class NotesModel(QAbstractListModel):
    """Headings and notes; `read` returns the rows of notes by id, `marker` finds the words that match the search."""

    def __init__(self, read: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._entries: list[Entry] = []
        self._kept: dict[str, NoteRow] = {}
        self._places: dict[str, int] | None = None
        self._evidence: Mapping[str, Evidence] = {}
        self.marker = Marker("")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == ROW:
            return self.row(index.row())
        if role == EVIDENCE:
            return self._evidence.get(self.key(index.row()))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            row = self.row(index.row())
            return row.text if isinstance(row, HeadingRow) else row.content.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row(index.row())
            return row.text if isinstance(row, HeadingRow) else _said(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._entries[index.row()], HeadingRow):
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
        return notes_as_mime(row for row in (self.row(index.row()) for index in indexes) if isinstance(row, NoteRow))

    # Rows

    def row(self, number: int) -> Row:
        """Return one row; if it was not read yet, read it with those around it."""
        entry = self._entries[number]
        if isinstance(entry, HeadingRow):
            return entry
        note_row = self._kept.get(entry)
        if note_row is None:
            if len(self._kept) > MOST_KEPT + PAGE:
                self._kept.clear()
            around = self._entries[max(0, number - PAGE // 4) : number + PAGE]
            self._kept.update(
                self._read([other for other in around if isinstance(other, str) and other not in self._kept])
            )
            note_row = self._kept.get(entry)
        # A note may be deleted before the list hears of it: show an empty row until then.
        return note_row if note_row is not None else HeadingRow(entry, "", 2, 0)

    def key(self, number: int) -> str:
        """Return the key of a row (for a note: its id) without reading it."""
        entry = self._entries[number]
        return entry if isinstance(entry, str) else entry.key

    def note_at(self, number: int) -> str | None:
        """Return the id of the note in a row; None for a heading or a row that does not exist."""
        entry = self._entries[number] if 0 <= number < len(self._entries) else None
        return entry if isinstance(entry, str) else None

    def notes(self) -> list[str]:
        """Return the ids of the listed notes, in order."""
        return [entry for entry in self._entries if isinstance(entry, str)]

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of a row by its key (for a note: its id); invalid if it isn't listed."""
        if self._places is None:
            self._places = {self.key(number): number for number in range(len(self._entries))}
        number = self._places.get(key)
        return QModelIndex() if number is None else self.index(number)

    def set_evidence(self, evidence: Mapping[str, Evidence]) -> None:
        """Mark the notes that support the opened insight, and those that contradict it."""
        if evidence == self._evidence:
            return
        touched = self._evidence.keys() ^ evidence.keys() | {
            key for key in evidence if self._evidence.get(key) is not evidence[key]
        }
        self._evidence = evidence
        for key in touched:
            index = self.index_of(key)
            if index.isValid():
                self.dataChanged.emit(index, index, [EVIDENCE])

    def forget_rows(self) -> None:
        """Read rows again when they are shown: their content may have changed."""
        self._kept = {}

    def set_entries(self, entries: list[Entry], *, anew: bool = True) -> None:
        """Replace the rows; those that remain keep their place. `anew`: cached rows may have changed."""
        old, new = self._entries, entries
        # Skip the common start and end, so that usually few rows remain to compare.
        start = 0
        while start < min(len(old), len(new)) and _key(old[start]) == _key(new[start]):
            start += 1
        end = 0
        while end < min(len(old), len(new)) - start and _key(old[-1 - end]) == _key(new[-1 - end]):
            end += 1
        before = self._kept
        if anew and before:
            # With many cached rows, repainting the visible ones is faster than finding out which changed.
            few = len(before) <= MOST_COMPARED
            self._kept = dict(self._read(list(before))) if few else {}
        if start + end < max(len(old), len(new)) and self._replace(entries, start, len(old) - end, len(new) - end):
            return
        self._tell_changes(entries, before if anew else self._kept)

    def _replace(self, entries: list[Entry], start: int, old_end: int, new_end: int) -> bool:
        """Replace a range of rows; return whether the model was reset."""
        before, after = self._entries[start:old_end], entries[start:new_end]
        self._places = None
        if max(len(before), len(after)) > FINE_DIFF:
            self.beginResetModel()
            self._entries = entries
            self.endResetModel()
            return True
        matcher = SequenceMatcher(
            None, [_key(entry) for entry in before], [_key(entry) for entry in after], autojunk=False
        )
        # From the end, so that the positions of earlier changes stay valid.
        for operation, i1, i2, j1, j2 in reversed(matcher.get_opcodes()):
            if operation in ("delete", "replace"):
                self.beginRemoveRows(QModelIndex(), start + i1, start + i2 - 1)
                del self._entries[start + i1 : start + i2]
                self._places = None
                self.endRemoveRows()
            if operation in ("insert", "replace"):
                self.beginInsertRows(QModelIndex(), start + i1, start + i1 + j2 - j1 - 1)
                self._entries[start + i1 : start + i1] = after[j1:j2]
                self._places = None
                self.endInsertRows()
        return False

    def _tell_changes(self, entries: list[Entry], before: Mapping[str, NoteRow]) -> None:
        old, self._entries = self._entries, entries
        changed = [
            number
            for number, entry in enumerate(entries)
            if (
                entry in before
                and self._kept.get(entry) is not before[entry]
                and self._kept.get(entry) != before[entry]
                if isinstance(entry, str)
                else old[number] != entry
            )
        ]
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first), self.index(last))


def _key(entry: Entry) -> str:
    return entry if isinstance(entry, str) else entry.key


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last number of every run of consecutive numbers."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def notes_as_mime(rows: Iterable[NoteRow]) -> QMimeData:
    """Return notes as drag data: their ids, and their texts for other programs."""
    dragged = list(rows)
    data = QMimeData()
    data.setData(MIME, QByteArray("\n".join(row.key for row in dragged).encode()))
    data.setText("\n".join(row.content.text for row in dragged))
    return data


def notes_of_mime(data: QMimeData) -> list[str]:
    """Return the ids of dragged notes, in order."""
    return bytes(data.data(MIME).data()).decode().split("\n") if data.hasFormat(MIME) else []


def _said(row: NoteRow) -> str:
    note = row.content
    parts = [tr(note.kind.word), note.text, row.people, row.tags, row.place]
    if note.note.star:
        parts.append(tr("met ster"))
    if row.used:
        parts.append(tr("gebruikt"))
    elif note.note.set_aside:
        parts.append(tr("opzij gelegd"))
    return ", ".join(part for part in parts if part)

"""The members as rows of a table, with an empty row at the end that becomes a member when a name is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sto_desktop.domain.cells import read_value
from sto_desktop.domain.dutch import capital
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS
from sto_desktop.domain.panel.readiness import seats_twice
from sto_desktop.domain.record import FieldSpec, FieldType, spec_of
from sto_desktop.domain.typed import read_seat
from sto_desktop.domain.vocabulary import SECTORS, Coded, Consent
from sto_desktop.language import tr
from sto_desktop.ui.look import plain

Index = QModelIndex | QPersistentModelIndex
PANELIST_ROLE = Qt.ItemDataRole.UserRole
MOST_SEATS = 99


COLUMNS: tuple[FieldSpec, ...] = tuple(field for field in spec_of(Panelist).fields.values() if field.headings)
"""The field of each column: all fields of a member that are declared with headings."""


def column_of(field: str) -> int:
    """Return the number of a field's column."""
    return next(at for at, column in enumerate(COLUMNS) if column.name == field)


SEAT, NAME, SECTOR = column_of("seat"), column_of("name"), column_of("sector")
CONSENTS = tuple(at for at, field in enumerate(COLUMNS) if field.codes is Consent)
CONSENT_OF_LETTER = {"j": Consent.YES, "n": Consent.NO, "o": Consent.UNKNOWN}
NEXT_CONSENT = {answer: list(Consent)[place - len(Consent) + 1] for place, answer in enumerate(Consent)}

_ASKED = {question.field: question.word for question in CONSENT_QUESTIONS}
"""Headings of the consent columns, shown under one common heading."""


def is_box(column: int) -> bool:
    """Return whether a column has a checkbox."""
    return COLUMNS[column].kind is FieldType.BOOLEAN


@dataclass(frozen=True)
class MemberEdits:
    """Requests of the table: add a member by name, or change fields of members."""

    add: Callable[[str], object]
    change: Callable[[Sequence[tuple[str, Mapping[str, Any]]]], object]


class MembersModel(QAbstractTableModel):
    """The rows for Qt. A refresh moves, adds and removes single rows, so that an open editor stays open."""

    def __init__(self, edits: MemberEdits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._people: list[Panelist] = []
        self._twice: tuple[int, ...] = ()

    @property
    def people(self) -> tuple[Panelist, ...]:
        """The members, in row order."""
        return tuple(self._people)

    def show(self, people: Sequence[Panelist]) -> None:
        """Show these members."""
        wanted = {panelist.id for panelist in people}
        # From the end, so that the numbers of earlier rows stay valid.
        for row in reversed(range(len(self._people))):
            if self._people[row].id not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._people[row]
                self.endRemoveRows()
        existing = {panelist.id for panelist in self._people}
        new = [panelist for panelist in people if panelist.id not in existing]
        if new:
            # The empty row becomes the first new member, so that an index in it stays valid; a new empty row follows.
            first = len(self._people) + 1
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._people.extend(new)
            self.endInsertRows()
        self._order(people)
        self._people = list(people)
        self._twice = seats_twice(people)
        self.dataChanged.emit(self.index(0, 0), self.index(len(people), len(COLUMNS) - 1))

    def _order(self, people: Sequence[Panelist]) -> None:
        places = {panelist.id: row for row, panelist in enumerate(people)}
        if [places[panelist.id] for panelist in self._people] == list(range(len(people))):
            return
        self.layoutAboutToBeChanged.emit()
        # Persistent indexes move along, so that an open editor stays with its member.
        old = self.persistentIndexList()
        moved = []
        for index in old:
            row = places[self._people[index.row()].id] if index.row() < len(self._people) else index.row()
            moved.append(self.index(row, index.column()))
        self._people = list(people)
        self.changePersistentIndexList(old, moved)
        self.layoutChanged.emit()

    def panelist_at(self, index: Index) -> Panelist | None:
        """Return the member at an index; None in the empty row."""
        return self._people[index.row()] if index.isValid() and index.row() < len(self._people) else None

    def index_of(self, panelist: str, column: int = NAME) -> QModelIndex:
        """Return the index of a member by id; invalid if absent."""
        rows = (row for row, person in enumerate(self._people) if person.id == panelist)
        return self.index(next(rows, -1), column)

    def empty_row(self) -> QModelIndex:
        """Return the index of the name in the empty row."""
        return self.index(len(self._people), NAME)

    def sectors(self) -> list[str]:
        """Return the sectors to choose from: the known ones, and others of these members."""
        own = sorted({panelist.sector for panelist in self._people if panelist.sector} - set(SECTORS))
        return [*SECTORS, *own]

    def set_consent(self, indexes: Sequence[QModelIndex], answer: Consent) -> bool:
        """Give the same answer in several cells, as one action; return False if none is about consent."""
        values: dict[str, dict[str, Any]] = {}
        for index in indexes:
            panelist = self.panelist_at(index)
            if panelist is not None and index.column() in CONSENTS:
                values.setdefault(panelist.id, {})[COLUMNS[index.column()].name] = answer
        if values:
            self._edits.change(list(values.items()))
        return bool(values)

    # The interface for Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (as Qt has it)
        return 0 if parent.isValid() else len(self._people) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        field = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return capital(tr(_ASKED.get(field.name, field.label)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(tr(field.hint or field.label))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.panelist_at(index) is None:
            return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else flags
        if is_box(index.column()):
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        panelist = self.panelist_at(index)
        column = index.column()
        if panelist is None:
            hint = column == NAME and role == Qt.ItemDataRole.AccessibleTextRole
            return tr("Typ een naam om een panellid toe te voegen") if hint else None
        if role == PANELIST_ROLE:
            return panelist
        value = getattr(panelist, COLUMNS[column].name)
        if role == Qt.ItemDataRole.CheckStateRole and is_box(column):
            return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.EditRole:
            # Dates are typed as one text everywhere, not in parts.
            return shown(value) if isinstance(value, dt.date | dt.time) else value
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return shown(value) or tr("leeg")
        if role == Qt.ItemDataRole.ToolTipRole and self.seat_is_taken(index):
            return plain.tip(tr("Op stoel {seat} zit nog iemand", seat=value))
        return None

    def seat_is_taken(self, index: Index) -> bool:
        """Return whether an index is a seat that two members have."""
        panelist = self.panelist_at(index)
        return index.column() == SEAT and panelist is not None and panelist.seat in self._twice

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        panelist, column = self.panelist_at(index), index.column()
        if panelist is None:
            name = " ".join(str(value).split())
            if column == NAME and name:
                self._edits.add(name)
            return bool(name)
        if role == Qt.ItemDataRole.CheckStateRole:
            value = Qt.CheckState(value) == Qt.CheckState.Checked
        try:
            value = self._read(column, value)
        except ValueError:
            return False
        field = COLUMNS[column].name
        if value != getattr(panelist, field):
            self._edits.change([(panelist.id, {field: value})])
        return True

    def _read(self, column: int, value: Any) -> Any:
        """Convert typed text to the value of a field.

        Raises: ValueError if it has none.
        """
        field = COLUMNS[column]
        if field.codes is not None:
            return field.codes(value)
        if is_box(column):
            return bool(value)
        text = " ".join(str(value if value is not None else "").split())
        if column == SEAT:
            seat = read_seat(text)
            if text and (seat is None or seat > MOST_SEATS):
                raise ValueError(text)
            return seat
        if column == NAME and not text:
            # Deleting a member takes the Delete key; emptying the name is not enough.
            raise ValueError(text)
        if column == SECTOR:
            return next((sector for sector in self.sectors() if sector.casefold() == text.casefold()), text)
        if not text:
            return field.default
        return read_value(field, text)


def shown(value: object) -> str:
    """Return a value of a field in words; empty if it has none."""
    if value is None:
        return ""
    if isinstance(value, Coded):
        return tr(value.word)
    if isinstance(value, bool):
        return tr("ja") if value else tr("nee")
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return f"{value.day}-{value.month}-{value.year}"
    return f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)

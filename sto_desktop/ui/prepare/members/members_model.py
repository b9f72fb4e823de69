"""The members as rows of a table, with an empty row at the end that becomes a member when a name is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.readiness import seats_twice
from sto_desktop.domain.typed import read_seat
from sto_desktop.domain.vocabulary import SECTORS, Consent
from sto_desktop.language import tr, tr_later
from sto_desktop.ui.look import plain

Index = QModelIndex | QPersistentModelIndex
PANELIST_ROLE = Qt.ItemDataRole.UserRole
MOST_SEATS = 99


class MemberColumn(IntEnum):
    """Columns of the members."""

    SEAT = 0
    NAME = 1
    FIRST_NAME = 2
    ORGANISATION = 3
    SECTOR = 4
    ROLE = 5
    PARTICIPATION = 6
    NAMED = 7
    QUOTED = 8
    RECORDED = 9
    PRESENT = 10


FIELDS: Mapping[MemberColumn, str] = {
    MemberColumn.SEAT: "seat",
    MemberColumn.NAME: "name",
    MemberColumn.FIRST_NAME: "first_name",
    MemberColumn.ORGANISATION: "organisation",
    MemberColumn.SECTOR: "sector",
    MemberColumn.ROLE: "role",
    MemberColumn.PARTICIPATION: "consent_participation",
    MemberColumn.NAMED: "consent_name",
    MemberColumn.QUOTED: "consent_quote",
    MemberColumn.RECORDED: "consent_recording",
    MemberColumn.PRESENT: "present",
}
CONSENTS = (MemberColumn.PARTICIPATION, MemberColumn.NAMED, MemberColumn.QUOTED, MemberColumn.RECORDED)
NEXT_CONSENT = {Consent.UNKNOWN: Consent.YES, Consent.YES: Consent.NO, Consent.NO: Consent.UNKNOWN}

_HEADINGS: Mapping[MemberColumn, tuple[str, str]] = {
    MemberColumn.SEAT: ("Stoel", tr_later("Waar iemand zit, en het cijfer dat die persoon betekent: @3")),
    MemberColumn.NAME: ("Naam", tr_later("Voor- en achternaam")),
    MemberColumn.FIRST_NAME: ("Roepnaam", tr_later("Hoe iemand in het gesprek genoemd wordt")),
    MemberColumn.ORGANISATION: ("Organisatie", tr_later("School, bedrijf of gemeente")),
    MemberColumn.SECTOR: ("Sector", tr_later("Kies of typ")),
    MemberColumn.ROLE: ("Functie", "Bijvoorbeeld docent PIE"),
    MemberColumn.PARTICIPATION: ("Deelname", tr_later("Toestemming om mee te doen: j, n of o")),
    MemberColumn.NAMED: ("Naam", tr_later("Toestemming om met naam in het verslag te staan: j, n of o")),
    MemberColumn.QUOTED: ("Citaat", tr_later("Toestemming om letterlijk geciteerd te worden: j, n of o")),
    MemberColumn.RECORDED: ("Opname", tr_later("Toestemming om opgenomen te worden: j, n of o")),
    MemberColumn.PRESENT: ("Aanwezig", tr_later("Of iemand er is: spatie")),
}


@dataclass(frozen=True)
class MemberEdits:
    """What the table asks for: a new member by name, or other values for fields of members."""

    add: Callable[[str], object]
    change: Callable[[Sequence[tuple[str, Mapping[str, Any]]]], object]


class MembersModel(QAbstractTableModel):
    """The rows for Qt. A refresh moves, adds and removes rows one by one, so that an open editor stays where it is."""

    def __init__(self, edits: MemberEdits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._people: list[Panelist] = []
        self._twice: tuple[int, ...] = ()

    @property
    def people(self) -> tuple[Panelist, ...]:
        """The members, in the order of the rows."""
        return tuple(self._people)

    def show(self, people: Sequence[Panelist]) -> None:
        """Show these members."""
        wanted = {item.id for item in people}
        for row in reversed(range(len(self._people))):
            if self._people[row].id not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._people[row]
                self.endRemoveRows()
        known = {item.id for item in self._people}
        new = [item for item in people if item.id not in known]
        if new:
            # The empty row becomes the first new member; an empty one comes after them.
            first = len(self._people) + 1
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._people.extend(new)
            self.endInsertRows()
        self._order(people)
        self._people = list(people)
        self._twice = seats_twice(people)
        self.dataChanged.emit(self.index(0, 0), self.index(len(people), MemberColumn.PRESENT))

    def _order(self, people: Sequence[Panelist]) -> None:
        places = {item.id: row for row, item in enumerate(people)}
        if [places[item.id] for item in self._people] == list(range(len(people))):
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        moved = []
        for index in old:
            row = places[self._people[index.row()].id] if index.row() < len(self._people) else index.row()
            moved.append(self.index(row, index.column()))
        self._people = list(people)
        self.changePersistentIndexList(old, moved)
        self.layoutChanged.emit()

    def panelist_at(self, index: Index) -> Panelist | None:
        """Return the member under an index; None in the empty row."""
        return self._people[index.row()] if index.isValid() and index.row() < len(self._people) else None

    def index_of(self, panelist: str, column: MemberColumn = MemberColumn.NAME) -> QModelIndex:
        """Return the index of a member by id; invalid where there is none."""
        rows = (row for row, item in enumerate(self._people) if item.id == panelist)
        return self.index(next(rows, -1), column)

    def empty_row(self) -> QModelIndex:
        """Return where a name makes a new member."""
        return self.index(len(self._people), MemberColumn.NAME)

    def sectors(self) -> list[str]:
        """Return the sectors to choose from: the known ones, and others that these members have."""
        own = sorted({item.sector for item in self._people if item.sector} - set(SECTORS))
        return [*SECTORS, *own]

    def set_consent(self, indexes: Sequence[QModelIndex], answer: Consent) -> bool:
        """Give the same answer in several cells, as one action; False where none of them is about consent."""
        values: dict[str, dict[str, Any]] = {}
        for index in indexes:
            panelist = self.panelist_at(index)
            if panelist is not None and index.column() in CONSENTS:
                values.setdefault(panelist.id, {})[FIELDS[MemberColumn(index.column())]] = answer
        if values:
            self._edits.change(list(values.items()))
        return bool(values)

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (as Qt has it)
        return 0 if parent.isValid() else len(self._people) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(MemberColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        heading, tip = _HEADINGS[MemberColumn(section)]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(heading)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(tr(tip))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.panelist_at(index) is None:
            return flags | Qt.ItemFlag.ItemIsEditable if index.column() == MemberColumn.NAME else flags
        if index.column() == MemberColumn.PRESENT:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        panelist = self.panelist_at(index)
        column = MemberColumn(index.column())
        if panelist is None:
            hint = column is MemberColumn.NAME and role == Qt.ItemDataRole.AccessibleTextRole
            return tr("Typ een naam om een panellid toe te voegen") if hint else None
        if role == PANELIST_ROLE:
            return panelist
        value = getattr(panelist, FIELDS[column])
        if role == Qt.ItemDataRole.CheckStateRole and column is MemberColumn.PRESENT:
            return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.EditRole:
            return value
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _shown(value) or tr("leeg")
        if role == Qt.ItemDataRole.ToolTipRole and self.seat_is_taken(index):
            return plain.tip(tr("Op stoel {seat} zit nog iemand", seat=value))
        return None

    def seat_is_taken(self, index: Index) -> bool:
        """Tell whether this is a seat that two members have."""
        panelist = self.panelist_at(index)
        return index.column() == MemberColumn.SEAT and panelist is not None and panelist.seat in self._twice

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        panelist, column = self.panelist_at(index), MemberColumn(index.column())
        if panelist is None:
            name = " ".join(str(value).split())
            if column is MemberColumn.NAME and name:
                self._edits.add(name)
            return bool(name)
        if role == Qt.ItemDataRole.CheckStateRole:
            value = Qt.CheckState(value) == Qt.CheckState.Checked
        try:
            value = self._read(column, value)
        except ValueError:
            return False
        field = FIELDS[column]
        if value != getattr(panelist, field):
            self._edits.change([(panelist.id, {field: value})])
        return True

    def _read(self, column: MemberColumn, value: Any) -> Any:
        """Return what was typed as the value of a field; ValueError where it can't be one."""
        if column in CONSENTS:
            return Consent(value)
        if column is MemberColumn.PRESENT:
            return bool(value)
        text = " ".join(str(value if value is not None else "").split())
        if column is MemberColumn.SEAT:
            seat = read_seat(text)
            if text and (seat is None or seat > MOST_SEATS):
                raise ValueError(text)
            return seat
        if column is MemberColumn.NAME and not text:
            # A member without a name is taken away with Delete, not by emptying a cell.
            raise ValueError(text)
        if column is MemberColumn.SECTOR:
            return next((known for known in self.sectors() if known.casefold() == text.casefold()), text)
        return text


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Consent):
        return tr(value.word)
    if isinstance(value, bool):
        return tr("ja") if value else tr("nee")
    return str(value)

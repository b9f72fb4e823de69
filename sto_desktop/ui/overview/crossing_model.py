"""The matrix of the vogelvlucht as a Qt model: headings in the first row and column, a `Crossing` in each cell."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sto_desktop.domain.panel.overview import Axis, Crossing, CrossingHead, Overview
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.ui.look import plain
from sto_desktop.ui.notes.wording import support_word

Index = QModelIndex | QPersistentModelIndex
CrossingCell = tuple[Axis, str]

AXES: dict[Axis, str] = {
    Axis.THEME: tr_later("thema"),
    Axis.SUBREGION: tr_later("subregio"),
    Axis.SECTOR: tr_later("sector"),
    Axis.ASPECT: tr_later("aspect"),
    Axis.YEAR: tr_later("jaar"),
}
"""Source texts: pass through `tr`."""


class CrossingModel(QAbstractTableModel):
    """The model; `counts`: each cell also shows its number of notes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seen: Overview | None = None
        self.row_axis, self.column_axis = Axis.THEME, Axis.SUBREGION
        self.rows: tuple[CrossingHead, ...] = ()
        self.columns: tuple[CrossingHead, ...] = ()
        self.counts = False
        self.sectors = 0

    def show_overview(self, seen: Overview, rows: Axis, columns: Axis, *, counts: bool) -> None:
        """Show another overview, or other axes."""
        self.beginResetModel()
        self.seen, self.row_axis, self.column_axis, self.counts = seen, rows, columns, counts
        self.rows, self.columns = seen.heads(rows), seen.heads(columns)
        self.sectors = len(seen.heads(Axis.SECTOR))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.seen is None else len(self.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.seen is None else len(self.columns) + 1

    def head_of_row(self, index: Index) -> CrossingHead | None:
        """Return the heading of an index's row; None in the first row."""
        return self.rows[index.row() - 1] if index.row() > 0 else None

    def head_of_column(self, index: Index) -> CrossingHead | None:
        """Return the heading of an index's column; None in the first column."""
        return self.columns[index.column() - 1] if index.column() > 0 else None

    def place(self, index: Index) -> tuple[CrossingCell | None, CrossingCell | None]:
        """Return the places of an index along rows and columns; None: all of them."""
        row, column = self.head_of_row(index), self.head_of_column(index)
        return (
            (self.row_axis, row.id) if row is not None else None,
            (self.column_axis, column.id) if column is not None else None,
        )

    def crossing(self, index: Index) -> Crossing | None:
        """Return the cell at an index; None for a heading."""
        row, column = self.place(index)
        if self.seen is None or row is None or column is None:
            return None
        return self.seen.crossing(row, column)

    @property
    def counts_known(self) -> bool:
        """Whether notes can be counted along these axes; per sector they can't."""
        return Axis.SECTOR not in (self.row_axis, self.column_axis)

    def nothing_said(self, crossing: Crossing) -> str:
        """Return the text of a cell without an insight."""
        if not self.counts_known:
            return tr("geen inzicht")
        return tr("nog geen inzicht") if crossing.notes else tr("niet besproken")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        crossing = self.crossing(index)
        if role == Qt.ItemDataRole.DisplayRole:
            if crossing is None:
                return self._head(index)
            return crossing.foremost.text if crossing.foremost is not None else self.nothing_said(crossing)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(index, crossing)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self._said(index, crossing))
        return None

    def _head(self, index: Index) -> str:
        row, column = self.head_of_row(index), self.head_of_column(index)
        head = row or column
        if head is None:
            return tr("Alles")
        axis = self.row_axis if row is not None else self.column_axis
        return (head.short or head.label) if axis is not Axis.ASPECT else tr(head.short)

    def _said(self, index: Index, crossing: Crossing | None) -> str:
        row, column = self.head_of_row(index), self.head_of_column(index)
        place = ", ".join(head.label for head in (row, column) if head is not None) or tr("alle panels")
        if crossing is None:
            return place
        if crossing.foremost is None:
            text = self.nothing_said(crossing)
        else:
            backing = crossing.foremost.backing
            sectors = counted(len(backing.sectors), "{n} sector", "{n} sectoren")
            text = f"{crossing.foremost.text} ({support_word(backing)[0]}, {sectors})"
        notes = counted(crossing.notes, "{n} notitie", "{n} notities") if crossing.notes else ""
        return " · ".join(part for part in (f"{place}: {text}", notes) if part)

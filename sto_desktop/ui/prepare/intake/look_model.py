"""The lines of a file beside what they become, as a model for a table view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from sto_desktop.exchange.files.look import Becomes, FileLine
from sto_desktop.language import tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance

SHOWN, BECOMES, TEXT = range(3)
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LONGEST = 300
_STRONG = (Becomes.TITLE, Becomes.THEME, Becomes.QUESTION, Becomes.HEADINGS)


class LookModel(QAbstractTableModel):
    """One row for each line: what stands in the file, what it becomes, and how it comes in."""

    def __init__(self, theme: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lines: Sequence[FileLine] = ()

    def show_lines(self, lines: Sequence[FileLine]) -> None:
        """Show other lines. As long as their number is the same, the selection stays."""
        if len(lines) != len(self.lines):
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
            return
        self.lines = lines
        if lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, TEXT))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else TEXT + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return section + 1
        return (tr("In het bestand"), tr("Wordt"), tr("Zo komt het binnen"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self._text(line, index.column()))
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return " ".join(self._text(line, index.column()).split())[:_LONGEST]
            case Qt.ItemDataRole.ForegroundRole:
                out = line.becomes is Becomes.OUT
                return QColor(self._theme.color(ColourRole.MUTED if out and index.column() else ColourRole.INK))
            case Qt.ItemDataRole.FontRole:
                strong = line.becomes in _STRONG and index.column() == TEXT
                return self._theme.font(TextStyle.BODY_STRONG if strong else TextStyle.BODY)
        return None

    @staticmethod
    def _text(line: FileLine, column: int) -> str:
        return (line.shown, line.becomes.word, line.result)[column]

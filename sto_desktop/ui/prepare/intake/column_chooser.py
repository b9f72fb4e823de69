"""The meaning of each column of an imported table: as the program reads it, corrected by the user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import ComboBox, ElidedLabel

_WIDTH = 176


@dataclass(frozen=True)
class TableColumn:
    """A column of a table: its place, what it is called, a sample of what stands in it, and its meaning, if any."""

    at: int
    name: str
    sample: str
    meaning: str = ""


class _Meaning(ComboBox):
    """A choice among the known meanings, or none."""

    def __init__(self, heading: str, meanings: QStandardItemModel) -> None:
        super().__init__()
        self.setAccessibleName(tr("Kolom «{name}» is", name=heading))
        self.setFixedWidth(_WIDTH)
        # One model for all columns: a survey can have a hundred.
        self.setModel(meanings)

    def choose(self, meaning: str) -> None:
        """Show a meaning."""
        self.setCurrentIndex(max(self.findData(meaning), 0))


class ColumnChooser(QScrollArea):
    """The columns side by side, each with heading and sample; `changed`: a meaning was corrected."""

    changed = Signal()

    def __init__(
        self,
        theme: Appearance,
        columns: Sequence[TableColumn],
        meanings: Mapping[str, str],
        repeated: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        """`meanings`: the possible meanings of a column, in words; those `repeated` may hold for several columns."""
        super().__init__(parent)
        self._repeated = repeated
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A scroll area is a tab stop by default; here the fields in it are.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("transparent", True)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, Space.S)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(2)
        offered = QStandardItemModel(self)
        for meaning, words in (("", tr("niet overnemen")), *((name, tr(words)) for name, words in meanings.items())):
            item = QStandardItem(words)
            item.setData(meaning, Qt.ItemDataRole.UserRole)
            offered.appendRow(item)
        self.choices: dict[int, _Meaning] = {}
        self._wanted: dict[int, str] = {}
        self._latest: list[int] = []
        for place, column in enumerate(columns):
            words = column.name or tr("kolom {n}", n=column.at + 1)
            choice = _Meaning(words, offered)
            choice.activated.connect(lambda _number, at=column.at: self._choose(at))
            self.choices[column.at] = choice
            self._latest.append(column.at)
            for line, (text, role) in enumerate(((words, ColourRole.INK), (column.sample or "–", ColourRole.MUTED))):
                label = ElidedLabel(theme, text, TextStyle.SECONDARY, role)
                label.setFixedWidth(_WIDTH)
                grid.addWidget(label, line, place)
            grid.addWidget(choice, 2, place)
        grid.setColumnStretch(len(self.choices), 1)
        self.setWidget(inside)
        self.setFixedHeight(inside.sizeHint().height() + self.horizontalScrollBar().sizeHint().height())
        self.show_meanings({column.at: column.meaning for column in columns})

    def show_meanings(self, meanings: Mapping[int, str]) -> None:
        """Show the meaning of each column."""
        for at, choice in self.choices.items():
            choice.choose(meanings.get(at, ""))
            self._wanted[at] = str(choice.currentData())

    def meanings(self) -> Mapping[int, str]:
        """Return the meaning of each column that has one, as chosen."""
        return {at: name for at, choice in self.choices.items() if (name := str(choice.currentData()))}

    def _choose(self, at: int) -> None:
        self._wanted[at] = str(self.choices[at].currentData())
        self._latest = [at, *(column for column in self._latest if column != at)]
        taken: set[str] = set()
        for column in self._latest:
            # Two columns can't have the same meaning: the last choice takes it from the other. Choosing another meaning
            # gives it back, also when arrow keys pass over all choices.
            meaning = self._wanted[column] if self._wanted[column] not in taken else ""
            taken |= {meaning} - self._repeated
            self.choices[column].choose(meaning)
        self.changed.emit()

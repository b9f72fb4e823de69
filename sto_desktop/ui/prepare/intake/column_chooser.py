"""The meaning of each column of an imported list: guessed by the program, corrected by the user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from sto_desktop.exchange.members.panelists_columns import COLUMN_WORDS
from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import ElidedLabel

_WIDTH = 176
_MOST = 24
"""Maximum number of columns shown; a list of people has fewer."""


class Columned(Protocol):
    """A list or table whose columns can be assigned a meaning."""

    @property
    def headings(self) -> tuple[str, ...] | None:
        """The headings, if any."""
        ...

    @property
    def columns(self) -> Mapping[str, int]:
        """The assigned columns."""
        ...

    @property
    def width(self) -> int:
        """Number of columns."""
        ...

    def sample(self, column: int) -> str:
        """Return a sample value of a column."""
        ...


class _Meaning(QComboBox):
    """A choice among the known meanings, or none. It ignores the mouse wheel."""

    def __init__(self, heading: str, meanings: Mapping[str, str]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Kolom «{name}» is", name=heading))
        self.setFixedWidth(_WIDTH)
        self.addItem(tr("niet overnemen"), "")
        for name, words in meanings.items():
            self.addItem(tr(words), name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling must not change a meaning.
        event.ignore()


class ColumnChooser(QScrollArea):
    """The columns side by side, each with heading and sample; `changed`: a meaning was corrected."""

    changed = Signal()

    def __init__(
        self,
        theme: Appearance,
        source: Columned,
        meanings: Mapping[str, str] = COLUMN_WORDS,
        parent: QWidget | None = None,
    ) -> None:
        """`meanings`: the possible meanings of a column, in words."""
        super().__init__(parent)
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
        self.choices: dict[int, _Meaning] = {}
        self._wanted: dict[int, str] = {}
        self._latest: list[int] = []
        taken = {at: name for name, at in source.columns.items()}
        for at in range(min(source.width, _MOST)):
            headings = source.headings or ()
            sample, heading = source.sample(at), headings[at] if at < len(headings) else ""
            # An empty column has no meaning.
            if not sample and not heading.strip():
                continue
            words = " ".join(heading.split()) or tr("kolom {n}", n=at + 1)
            choice = _Meaning(words, meanings)
            choice.setCurrentIndex(max(choice.findData(taken.get(at, "")), 0))
            choice.activated.connect(lambda _number, at=at: self._choose(at))
            self.choices[at] = choice
            self._wanted[at] = str(choice.currentData())
            self._latest.append(at)
            column = len(self.choices) - 1
            for line, (text, role) in enumerate(((words, ColourRole.INK), (sample or "–", ColourRole.MUTED))):
                label = ElidedLabel(theme, text, TextStyle.SECONDARY, role)
                label.setFixedWidth(_WIDTH)
                grid.addWidget(label, line, column)
            grid.addWidget(choice, 2, column)
        grid.setColumnStretch(len(self.choices), 1)
        self.setWidget(inside)
        self.setFixedHeight(inside.sizeHint().height() + self.horizontalScrollBar().sizeHint().height())

    def columns(self) -> Mapping[str, int]:
        """Return the column of each meaning, as chosen."""
        return {name: at for at, choice in self.choices.items() if (name := str(choice.currentData()))}

    def _choose(self, at: int) -> None:
        self._wanted[at] = str(self.choices[at].currentData())
        self._latest = [at, *(column for column in self._latest if column != at)]
        taken: set[str] = set()
        for column in self._latest:
            # Two columns can't have the same meaning: the last choice takes it from the other. Choosing another meaning
            # gives it back, also when arrow keys pass over all choices.
            meaning = self._wanted[column] if self._wanted[column] not in taken else ""
            taken.add(meaning)
            choice = self.choices[column]
            choice.setCurrentIndex(max(choice.findData(meaning), 0))
        self.changed.emit()

"""Above the matrix: what its rows and columns are, which years count, and whether numbers show."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QWidget

from sto_desktop.domain.panel.overview import Axis
from sto_desktop.language import listed, tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import Space
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.overview.crossing_model import AXES
from sto_desktop.ui.widgets import Button, CheckBox, IconButton


class AxesBar(QWidget):
    """`changed` tells that something else is asked for."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._known: tuple[str, ...] = ()
        self.years: tuple[str, ...] = ()
        """The years that count; none: all."""
        self.rows, self.columns = QComboBox(), QComboBox()
        for box, words, name in (
            (self.rows, tr("Rijen: {axis}"), tr("Rijen")),
            (self.columns, tr("Kolommen: {axis}"), tr("Kolommen")),
        ):
            box.setAccessibleName(name)
            for axis in Axis:
                box.addItem(words.replace("{axis}", tr(AXES[axis])), axis)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.columns.setCurrentIndex(self.columns.findData(Axis.SUBREGION))
        self._last = (Axis.THEME, Axis.SUBREGION)
        self.swap = IconButton(theme, "redo", tr("Rijen en kolommen wisselen"), on_click=self.turn)
        self.years_button = Button(theme, "", icon="calendar", on_click=self._ask_years)
        self.menu = QMenu(self)
        self.counts = CheckBox(tr("Aantallen"))
        plain.set_tip(
            self.counts, tr("Hoeveel notities er zijn: dat zegt hoeveel er genoteerd is, niet hoe belangrijk het was")
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.M, Space.L, 0)
        layout.setSpacing(Space.S)
        for widget in (self.rows, self.swap, self.columns, self.years_button):
            layout.addWidget(widget)
        layout.addSpacing(Space.S)
        layout.addWidget(self.counts)
        layout.addStretch(1)
        self.rows.currentIndexChanged.connect(lambda _at: self._keep_apart(self.rows, self.columns))
        self.columns.currentIndexChanged.connect(lambda _at: self._keep_apart(self.columns, self.rows))
        self.counts.toggled.connect(self.changed)
        self.show_years(())

    def axes(self) -> tuple[Axis, Axis]:
        """Return what the rows and the columns are."""
        return Axis(self.rows.currentData()), Axis(self.columns.currentData())

    def set_axes(self, rows: Axis, columns: Axis) -> None:
        """Ask for these rows and columns."""
        for box, axis in ((self.rows, rows), (self.columns, columns)):
            box.blockSignals(True)
            box.setCurrentIndex(box.findData(axis))
            box.blockSignals(False)
        self._last = (rows, columns)
        self.changed.emit()

    def turn(self) -> None:
        """Let rows and columns change places."""
        rows, columns = self.axes()
        self.set_axes(columns, rows)

    def _keep_apart(self, chosen: QComboBox, other: QComboBox) -> None:
        """Rows and columns along one axis say nothing: the other takes what this one was."""
        rows, columns = self.axes()
        if rows is columns:
            was = self._last[0] if chosen is self.rows else self._last[1]
            rows, columns = (rows, was) if chosen is self.rows else (was, columns)
        self.set_axes(rows, columns)

    def show_years(self, known: Sequence[str]) -> None:
        """Offer these years; what is no more is let go."""
        self._known = tuple(known)
        self.years = tuple(year for year in self.years if year in known)
        self._tell()

    def _tell(self) -> None:
        said = listed([year or tr("zonder datum") for year in self.years]) if self.years else tr("Alle jaren")
        self.years_button.setText(said)
        self.years_button.setVisible(len(self._known) > 1)

    def _ask_years(self) -> None:
        self.menu.clear()
        everything = self.menu.addAction(tr("Alle jaren"))
        everything.setCheckable(True)
        everything.setChecked(not self.years)
        everything.triggered.connect(partial(self.set_years, ()))
        self.menu.addSeparator()
        for year in self._known:
            action = self.menu.addAction(plain.word(year) if year else tr("zonder datum"))
            action.setCheckable(True)
            action.setChecked(year in self.years)
            action.triggered.connect(partial(self._turn_year, year))
        self.menu.popup(self.years_button.mapToGlobal(self.years_button.rect().bottomLeft()))

    def _turn_year(self, year: str) -> None:
        wanted = set(self.years) ^ {year}
        self.set_years(() if wanted == set(self._known) else tuple(one for one in self._known if one in wanted))

    def set_years(self, years: Sequence[str]) -> None:
        """Let these years count; none: all."""
        self.years = tuple(years)
        self._tell()
        self.changed.emit()

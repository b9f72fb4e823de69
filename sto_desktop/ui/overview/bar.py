"""The bar above the matrix: the axes of rows and columns, the years included, and whether numbers show."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QWidget

from sto_desktop.domain.panel.overview import Axis
from sto_desktop.language import listed, tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import Space
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.overview.crossing_model import AXES
from sto_desktop.ui.widgets import Button, CheckBox, IconButton


class AxesBar(QWidget):
    """The bar; `changed`: axes, years or numbers were changed."""

    changed = Signal()

    def __init__(self, theme: Appearance) -> None:
        super().__init__()
        self._known: tuple[str, ...] = ()
        self.years: tuple[str, ...] = ()
        """The selected years; empty: all."""
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
        self.swap = IconButton(theme, "redo", tr("Rijen en kolommen wisselen"), command="swap_axes", on_click=self.turn)
        self.years_button = Button(theme, "", icon="calendar", command="years", on_click=self._ask_years)
        self.menu = QMenu(self)
        self.counts = CheckBox(tr("Aantallen"))
        self.counts.setObjectName("overview_counts")
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
        """Return the axes of rows and columns."""
        return Axis(self.rows.currentData()), Axis(self.columns.currentData())

    def set_axes(self, rows: Axis, columns: Axis) -> None:
        """Set the axes of rows and columns."""
        for box, axis in ((self.rows, rows), (self.columns, columns)):
            # One `changed` for both boxes together.
            box.blockSignals(True)
            box.setCurrentIndex(box.findData(axis))
            box.blockSignals(False)
        self._last = (rows, columns)
        self.changed.emit()

    def turn(self) -> None:
        """Swap rows and columns."""
        rows, columns = self.axes()
        self.set_axes(columns, rows)

    def _keep_apart(self, chosen: QComboBox, other: QComboBox) -> None:
        """Keep the axes different: if both became the same, the other takes the previous value of this one."""
        rows, columns = self.axes()
        if rows is columns:
            was = self._last[0] if chosen is self.rows else self._last[1]
            rows, columns = (rows, was) if chosen is self.rows else (was, columns)
        self.set_axes(rows, columns)

    def show_years(self, existing: Sequence[str]) -> None:
        """Offer these years; drop selected years that no longer exist."""
        self._known = tuple(existing)
        self.years = tuple(year for year in self.years if year in existing)
        self._tell()

    def _tell(self) -> None:
        label = listed([year or tr("zonder datum") for year in self.years]) if self.years else tr("Alle jaren")
        self.years_button.setText(label)
        self.years_button.setVisible(len(self._known) > 1)

    def _ask_years(self) -> None:
        self.menu.clear()
        everything = self.menu.addAction(tr("Alle jaren"))
        everything.setObjectName("years")
        everything.setCheckable(True)
        everything.setChecked(not self.years)
        everything.triggered.connect(partial(self.set_years, ()))
        self.menu.addSeparator()
        for year in self._known:
            action = self.menu.addAction(plain.word(year) if year else tr("zonder datum"))
            action.setObjectName("years")
            action.setCheckable(True)
            action.setChecked(year in self.years)
            action.triggered.connect(partial(self._turn_year, year))
        self.menu.popup(self.years_button.below())

    def _turn_year(self, year: str) -> None:
        wanted = set(self.years) ^ {year}
        self.set_years(
            ()
            if wanted == set(self._known)
            else tuple(year_offered for year_offered in self._known if year_offered in wanted)
        )

    def set_years(self, years: Sequence[str]) -> None:
        """Select these years; empty: all."""
        self.years = tuple(years)
        self._tell()
        self.changed.emit()

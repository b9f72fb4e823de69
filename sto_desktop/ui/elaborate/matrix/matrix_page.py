"""Matrix: themes against sectors or aspects, with the notes behind each number, and a figure to export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.matrix import UNKNOWN, Across, Counting, Head, Matrix, matrix
from sto_desktop.domain.panel.note_filter import NoteFilter
from sto_desktop.domain.privacy.naming.crowd import crowd_of
from sto_desktop.domain.privacy.participation import taking_part
from sto_desktop.domain.vocabulary import Aspect
from sto_desktop.exchange.files.table_export import Row
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Figure, FigureKind, Series
from sto_desktop.ui.elaborate.matrix.matrix_table import MatrixTable
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.paper.figure import FigureCard, table_mime
from sto_desktop.ui.widgets import Button, Card, ChooseTarget, ScrollColumn, Segmented, TextLabel, ask_target, row


class MatrixPage(QWidget):
    """The page; `notes_asked` carries the `NoteFilter` of a clicked number; `told` and `failed` carry messages, `made`
    the name and the file of what was copied or saved.
    """

    notes_asked = Signal(object)
    made = Signal(str, str)
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, theme: Appearance, folder: Callable[[], Path], *, ask: ChooseTarget = ask_target) -> None:
        super().__init__()
        self._theme = theme
        self._content: PanelContent | None = None
        self._crossings = ((Across.SECTOR, tr("Thema × sector")), (Across.ASPECT, tr("Thema × aspect")))
        self.across = Segmented(
            theme,
            self._crossings,
            name=tr("Wat er naast de thema's staat"),
            commands=("crossing_sector", "crossing_aspect"),
            value=Across.SECTOR,
        )
        counting = ((Counting.NOTES, tr("Notities")), (Counting.MEMBERS, tr("Panelleden")))
        self.counting = Segmented(
            theme,
            counting,
            name=tr("Wat er geteld wordt"),
            commands=("crossing_notes", "crossing_people"),
            value=Counting.NOTES,
        )
        self.copy_button = Button(theme, tr("Tabel kopiëren"), icon="copy", command="copy_table", on_click=self.copy)
        self.table = MatrixTable(theme)
        self._explanation = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.figure = FigureCard(theme, folder, ("figure_copy", "figure_save"), ask=ask)
        self._lay_out()
        self.across.selected.connect(self._show)
        self.counting.selected.connect(self._show)
        self.table.notes_asked.connect(self._ask)
        self.figure.told.connect(self.told)
        self.figure.made.connect(self.made)
        self.figure.failed.connect(self.failed)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(Space.L, Space.M, Space.L, Space.XS)
        bar.addLayout(row(self.across, self.counting, None, self.copy_button, spacing=Space.M))
        layout.addLayout(bar)
        column = ScrollColumn(margin=Space.L)
        column.body.setSpacing(Space.M)
        card = Card(margin=Space.S)
        card.body.addWidget(self.table)
        column.body.addWidget(card)
        column.body.addWidget(self._explanation)
        column.body.addWidget(self.figure)
        column.body.addStretch(1)
        layout.addWidget(column, 1)

    def show_content(self, content: PanelContent) -> None:
        """Show this content of the panel."""
        self._content = content
        if self.isVisible():
            self._show()

    def take_keyboard(self) -> None:
        """Move keyboard focus to the table."""
        self._show()
        self.table.setFocus()

    def matrix(self, *, leaving: bool = False) -> Matrix:
        """Return the selected table.

        `leaving`: for export, without members who do not take part, and with sectors of one member combined.
        """
        assert self._content is not None
        across = Across(str(self.across.value()))
        if not leaving:
            # The page itself shows everything; only exports are reduced.
            return matrix(self._content, across)
        content = taking_part(self._content)
        return matrix(content, across, crowd_of(content).sectors)

    def _show(self) -> None:
        if self._content is None:
            return
        counting = Counting(str(self.counting.value()))
        shown = self.matrix()
        self.table.show_matrix(shown, counting)
        explanation = tr(
            "Een getal zegt hoeveel er genoteerd is, niet hoe belangrijk het was. Klik erop, of druk op Enter, voor de "
            "notities."
        )
        if counting is Counting.MEMBERS:
            explanation = tr(
                "Zoveel verschillende panelleden zeiden hier iets. Klik op een getal, of druk op Enter, voor de "
                "notities."
            )
        self._explanation.setText(explanation)
        self.figure.show_figure(matrix_figure(self.matrix(leaving=True), counting))

    def _ask(self, theme: Head | None, column: Head | None) -> None:
        wanted = NoteFilter() if theme is None else NoteFilter(scope=theme.id)
        by_aspect = self.across.value() == Across.ASPECT
        if column is not None and column.id == UNKNOWN:
            wanted = replace(wanted, aspectless=by_aspect, speakerless=not by_aspect)
        elif column is not None and by_aspect:
            wanted = replace(wanted, kind=Aspect(column.id).kind)
        elif column is not None:
            wanted = replace(wanted, sector=column.id)
        self.notes_asked.emit(wanted)

    def copy(self) -> None:
        """Copy the table to the clipboard."""
        counting = Counting(str(self.counting.value()))
        QGuiApplication.clipboard().setMimeData(table_mime(matrix_rows(self.matrix(leaving=True), counting)))
        self.made.emit(dict(self._crossings)[Across(str(self.across.value()))], tr("(klembord)"))
        self.told.emit(tr("De tabel staat op het klembord."))


def matrix_rows(table: Matrix, counting: Counting) -> list[Row]:
    """Return the table with its headings and totals."""
    rows: list[Row] = [(tr("Thema"), *(column.label for column in table.columns), tr("totaal"))]
    for head in table.rows:
        counts = (table.cell(head.id, column.id).count(counting) for column in table.columns)
        rows.append((head.label, *counts, table.row_total(head.id).count(counting)))
    totals = (table.column_total(column.id).count(counting) for column in table.columns)
    rows.append((tr("totaal"), *totals, table.total().count(counting)))
    return rows


def matrix_figure(table: Matrix, counting: Counting) -> Figure:
    """Return the same numbers as bars: per sector divided by theme, or per theme divided by aspect."""
    unit = tr("panelleden") if counting is Counting.MEMBERS else tr("notities")
    # Members may count in several themes, so bars of them can't be stacked.
    kind = FigureKind.BARS if counting is Counting.MEMBERS else FigureKind.STACKED
    if table.across is Across.SECTOR:
        bars, parts = table.columns, table.rows
        values = [[table.cell(group.id, bar.id).count(counting) for bar in bars] for group in parts]
        label = tr("Sector")
        caption = tr("Wie sprak waarover: {unit} per sector en thema", unit=unit)
    else:
        bars, parts = table.rows, table.columns
        values = [[table.cell(bar.id, group.id).count(counting) for bar in bars] for group in parts]
        label = tr("Thema")
        caption = tr("Waar het over ging: {unit} per thema en aspect", unit=unit)
    series = tuple(
        Series(group.label, tuple(float(value) for value in row)) for group, row in zip(parts, values, strict=True)
    )
    highest = max(((sum(row[at] for row in values), bar.label) for at, bar in enumerate(bars)), default=(0, ""))
    description = tr("Het meest: {label}, met {n} {unit}.", label=highest[1], n=highest[0], unit=unit)
    return Figure(kind, caption, label, tuple(bar.label for bar in bars), series, unit, description)

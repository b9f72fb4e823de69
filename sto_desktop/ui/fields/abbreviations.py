"""The user's abbreviations: the program's starter list until they edit it, and the dialog to edit it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from sto_desktop.domain.capture.abbreviations import cleaned
from sto_desktop.json_text import read_json
from sto_desktop.language import counted, tr
from sto_desktop.resources import resource
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.fields.cells import EditedCells
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Dialog, PrimaryButton, QuietButton, TextLabel

EMPTY_ROWS = 3
"""Number of empty rows below the list, for new abbreviations."""


@cache
def starter_list() -> Mapping[str, str]:
    """Return the domain's abbreviations that come with the program."""
    words: dict[str, str] = read_json(resource("abbreviations", "nl.json").read_text(encoding="utf-8"))
    return words


def abbreviations(settings: SettingsStore) -> Mapping[str, str]:
    """Return the abbreviations in force: the user's own list, or the starter list if there is none."""
    own = settings.current.abbreviations
    return starter_list() if own is None else own


class AbbreviationsDialog(Dialog):
    """Two columns to edit: abbreviation and expansion. Rows with either one empty are ignored."""

    problem = Signal(object)

    def __init__(self, theme: Appearance, settings: SettingsStore, parent: QWidget | None = None) -> None:
        about = tr(
            "Een spatie, leesteken of Enter erachter schrijft haar voluit. Ctrl Z of Backspace meteen daarna zet terug "
            "wat u typte."
        )
        super().__init__(theme, tr("Afkortingen"), about, parent)
        self._settings = settings
        self.resize(560, 560)
        self.table = QTableWidget(0, 2)
        self.table.setHorizontalHeaderLabels([tr("U typt"), tr("Dat wordt")])
        self.table.setAccessibleName(tr("Afkortingen"))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setColumnWidth(0, 140)
        trigger = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(
            trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.SelectedClicked | trigger.DoubleClicked
        )
        self.table.setItemDelegate(EditedCells(self.table))
        self.table.itemChanged.connect(self._make_room)
        self.body.addWidget(self.table, 1)
        self.count = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        self.body.addWidget(self.count)
        starter = QuietButton(theme, tr("Lijst van het programma"), on_click=lambda: self.show_list(starter_list()))
        self.keep_button = PrimaryButton(theme, tr("Bewaren"), on_click=self.keep)
        self.add_buttons(self.keep_button, beside=[starter])
        self.show_list(abbreviations(settings))
        self._opened = [pair for pair in self.pairs() if any(pair)]
        self.table.setFocus()

    def show_list(self, words: Mapping[str, str]) -> None:
        """Show a list, with empty rows below it."""
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for number, pair in enumerate(words.items()):
            self.table.insertRow(number)
            for column, text in enumerate(pair):
                self.table.setItem(number, column, QTableWidgetItem(text))
        self.table.blockSignals(False)
        self._make_room()

    def pairs(self) -> list[tuple[str, str]]:
        """Return the rows as they stand."""

        def text(number: int, column: int) -> str:
            cell = self.table.item(number, column)
            return cell.text() if cell is not None else ""

        return [(text(number, 0), text(number, 1)) for number in range(self.table.rowCount())]

    def typed_texts(self) -> dict[str, str]:
        """Return the list as it stands, if it was changed."""
        # Moving the focus closes an open cell editor, which stores its text.
        self.keep_button.setFocus()
        pairs = [pair for pair in self.pairs() if any(pair)]
        return {} if pairs == self._opened else {"": json.dumps(pairs)}

    def type_again(self, texts: Mapping[str, str]) -> None:
        """Show a list that was not saved."""
        self.show_list(dict(read_json(texts[""])))

    def _make_room(self) -> None:
        pairs = self.pairs()
        used = max((number for number, pair in enumerate(pairs, 1) if any(part.strip() for part in pair)), default=0)
        if len(pairs) < used + EMPTY_ROWS:
            self.table.setRowCount(used + EMPTY_ROWS)
        self.count.setText(counted(len(cleaned(pairs)), "{n} afkorting", "{n} afkortingen"))

    def keep(self) -> None:
        """Save this list as the abbreviations in force."""
        # Moving the focus closes an open cell editor, which stores its text.
        self.keep_button.setFocus()
        words = cleaned(self.pairs())
        # An unchanged list is not stored, so that the user gets later versions of the starter list.
        own = None if words == dict(sorted(starter_list().items())) else words
        attempt(self.problem.emit, self._settings.change, abbreviations=own)
        self.accept()

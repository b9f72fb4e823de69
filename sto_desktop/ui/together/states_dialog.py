"""Waar staat elk panel: how far each panel is, until when its data are kept, and what should be gone by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.terms import FORMS, NAMES, TERMS, ends_on
from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Button, Card, Dialog, ScrollColumn, TextLabel, empty, row
from sto_desktop.workplace.due import Due


@dataclass(frozen=True, slots=True)
class PanelState:
    """One panel, with what should be gone of it. `dated`: the same with the day from which its terms run."""

    panel: Panel
    dated: Panel
    due: tuple[Due, ...]


def word_for(due: Due) -> str:
    """Return the word on the button that does what is due."""
    if due.term is FORMS:
        return tr("Formulieren zijn vernietigd")
    return (
        tr("Namen wissen…")
        if due.term is NAMES
        else tr("Woorden wissen…")
        if due.term is None
        else tr("Notities wissen…")
    )


class StatesDialog(Dialog):
    """The panels, those of which something is due first. `wanted` carries the `Due` whose button was pressed."""

    wanted = Signal(object)

    def __init__(self, theme: Appearance, states: Sequence[PanelState], parent: QWidget | None = None) -> None:
        about = tr("Wat over zijn bewaartermijn is, hoort weg. Een andere datum kiest u bij Voorbereiden (Ctrl D).")
        super().__init__(theme, tr("Waar staat elk panel"), about, parent)
        self.resize(720, 560)
        self._list = ScrollColumn()
        self.body.addWidget(self._list, 1)
        self.add_buttons(close=tr("Sluiten"))
        self.buttons: list[Button] = []
        self.show_states(states)
        (self.buttons[0] if self.buttons else self.close_button).setFocus()

    def show_states(self, states: Sequence[PanelState]) -> None:
        """Show the list again."""
        empty(self._list.body)
        self.buttons = []
        for state in sorted(states, key=lambda state: not state.due):
            self._list.body.addWidget(self._card(state))
        if not states:
            nothing = tr("In dit dossier staat nog geen panel.")
            self._list.body.addWidget(TextLabel(self._theme, nothing, TextStyle.BODY, ColourRole.MUTED))
        self._list.body.addStretch(1)

    def _card(self, state: PanelState) -> Card:
        panel = state.panel
        card = Card(margin=Space.M)
        parts = (title_for(panel), long_date(panel.date) if panel.date else "", tr(panel.status.word))
        head = " · ".join(part for part in parts if part)
        card.body.addWidget(TextLabel(self._theme, head, TextStyle.BODY_STRONG))
        over = {due.term for due in state.due}
        kept = [
            tr("{what} tot en met {day}", what=tr(term.what), day=long_date(day))
            for term in TERMS
            if term not in over and (day := ends_on(state.dated, term))
        ]
        if kept:
            words = tr("Bewaard: {what}.", what=", ".join(kept))
            card.body.addWidget(TextLabel(self._theme, words, TextStyle.SECONDARY, ColourRole.MUTED))
        for due in state.due:
            button = Button(self._theme, word_for(due), on_click=partial(self.wanted.emit, due))
            button.setAccessibleDescription(due.sentence)
            self.buttons.append(button)
            line = row(TextLabel(self._theme, due.brief, TextStyle.BODY, ColourRole.LATE), button)
            line.setStretch(0, 1)
            card.body.addLayout(line)
        return card

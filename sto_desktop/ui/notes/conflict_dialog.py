"""Conflicts side by side: the texts with differences marked, author and time of each, and one click to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.differences import differences
from sto_desktop.language import counted, tr
from sto_desktop.storage.working.conflicts import ConflictCase
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.conflict_words import ConflictOption, both, options_of, title_of
from sto_desktop.ui.widgets import (
    Button,
    Card,
    Dialog,
    MarkedLabel,
    QuietButton,
    ScrollColumn,
    SectionLabel,
    TextLabel,
    empty,
    row,
)


class Settles(Protocol):
    """Provides the conflicts, and settles them."""

    def conflicts(self) -> Sequence[ConflictCase]:
        """Return every field to which two people gave different values."""
        ...

    def choose(self, case: ConflictCase, value: Any) -> bool:
        """Settle a conflict; return False if that failed."""
        ...


class ConflictDialog(Dialog):
    """Each conflict is a card, which disappears when it is settled; the dialog closes with the last one. Closing the
    dialog leaves the other conflicts open.
    """

    def __init__(
        self, theme: Appearance, work: Settles, named: Callable[[str, str], str], parent: QWidget | None = None
    ) -> None:
        about = tr(
            "Twee mensen wijzigden hetzelfde zonder het van elkaar te weten. Nu ziet u overal de eerste versie "
            "hieronder; wat u niet kiest blijft in de geschiedenis. U hoeft niet nu te kiezen."
        )
        super().__init__(theme, tr("Tegenstrijdigheden"), about, parent)
        self._work = work
        self._named = named
        self.resize(820, 580)
        self._list = ScrollColumn()
        self.body.addWidget(self._list, 1)
        self.add_buttons(close=tr("Sluiten"))
        self.choices: list[Button] = []
        self.refresh()

    def refresh(self) -> None:
        """Show the remaining conflicts."""
        cases = self._work.conflicts()
        if not cases:
            self.accept()
            return
        self.heading.setText(counted(len(cases), "{n} tegenstrijdigheid", "{n} tegenstrijdigheden"))
        body = self._list.body
        empty(body)
        self.choices = []
        for case in cases:
            body.addWidget(self._card(case))
        body.addStretch(1)
        self.choices[0].setFocus()

    def _card(self, case: ConflictCase) -> Card:
        card = Card(margin=Space.M)
        card.body.addWidget(SectionLabel(self._theme, title_of(case)))
        about = self._named(case.table, case.row)
        # In a conflict about the text, the options already show it.
        if about and case.field != "text":
            card.body.addWidget(TextLabel(self._theme, f"«{about}»", TextStyle.BODY, ColourRole.MUTED, lines=2))
        options = options_of(case, self._named)
        across = QHBoxLayout()
        across.setSpacing(Space.M)
        for at, option in enumerate(options):
            across.addWidget(self._option(case, option, options[0 if at else -1], shown=at == 0), 1)
        card.body.addLayout(across)
        together = both(case, options)
        if together is not None:
            keep = QuietButton(self._theme, tr("Beide houden"), on_click=lambda: self._choose(case, together))
            plain.set_tip(keep, tr("Zet de teksten onder elkaar"))
            card.body.addLayout(row(None, keep))
        return card

    def _option(self, case: ConflictCase, option: ConflictOption, other: ConflictOption, *, shown: bool) -> QWidget:
        theme = self._theme
        column = QFrame()
        words = QVBoxLayout(column)
        words.setContentsMargins(0, Space.XS, 0, 0)
        words.setSpacing(Space.XS)
        pieces = differences(option.text, other.text)[0] if option is not other else [(option.text, False)]
        words.addWidget(MarkedLabel(theme, pieces))
        author = f"{option.who} · {tr('nu zichtbaar')}" if shown else option.who
        words.addWidget(TextLabel(theme, author, TextStyle.SECONDARY, ColourRole.MUTED, lines=2))
        words.addStretch(1)
        choose = Button(theme, tr("Deze kiezen"), on_click=lambda: self._choose(case, option))
        choose.setAccessibleName(tr("Deze kiezen: {said}", said=option.text))
        self.choices.append(choose)
        words.addLayout(row(choose, None))
        return column

    def _choose(self, case: ConflictCase, option: ConflictOption) -> None:
        if self._work.choose(case, option.value):
            self.refresh()

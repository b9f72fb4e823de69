"""Toestemming vastleggen: when and how members gave their answers, after which letter; and what is known of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sto_desktop.domain.actions.consent import record_consent
from sto_desktop.domain.bookkeeping import ConsentGiven
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.log.change import Action
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS
from sto_desktop.domain.typed import read_date
from sto_desktop.domain.vocabulary import Consent, Manner
from sto_desktop.language import counted, listed, tr
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.ui.fields.date_field import DateLine
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import (
    Card,
    CheckBox,
    Dialog,
    FormField,
    LineEdit,
    PrimaryButton,
    SectionLabel,
    Segmented,
    TextLabel,
    row,
)
from sto_desktop.workplace.consent import proofs

_MOST_SHOWN = 20
"""So many members' proofs are shown; a panel has twelve."""


class ConsentDialog(Dialog):
    """Asks day, manner and letter for the answers of one or several members; below it what was recorded before."""

    def __init__(
        self, theme: Appearance, dossier: Dossier, members: Sequence[Panelist], today: dt.date, parent: QWidget
    ) -> None:
        names = listed([member.name for member in members]) if len(members) <= 3 else ""
        heading = (
            tr("Toestemming van {names}", names=names)
            if names
            else counted(len(members), "Toestemming van {n} panellid", "Toestemming van {n} panelleden")
        )
        about = tr("Leg vast hoe en wanneer de antwoorden gegeven zijn. De antwoorden zelf staan in de lijst.")
        super().__init__(theme, tr("Toestemming vastleggen"), about, parent, heading=heading)
        self.about_row = members[0].id if len(members) == 1 else ""
        self._members = tuple(members)
        self._today = today
        self.setMinimumWidth(560)
        self.day = DateLine(theme, lambda: today, name=tr("Gegeven op"))
        self.day.show_kept(long_date(today))
        self.manner = Segmented(
            theme, [(manner, tr(manner.word)) for manner in Manner], name=tr("Hoe"), value=Manner.FORM
        )
        self.letter = LineEdit(placeholder=tr("bijvoorbeeld: versie 2, januari"), name=tr("Versie van de brief"))
        self.letter.setText(_last_letter(dossier))
        self.body.addLayout(
            row(FormField(theme, tr("Gegeven op"), self.day), FormField(theme, tr("Hoe"), self.manner), spacing=Space.M)
        )
        self.body.addWidget(FormField(theme, tr("Versie van de brief"), self.letter))
        self.boxes = {question.field: CheckBox(tr(question.word)) for question in CONSENT_QUESTIONS}
        for field, box in self.boxes.items():
            # An answer that nobody gave has no proof.
            box.setChecked(any(getattr(member, field) is not Consent.UNKNOWN for member in members))
        self.body.addWidget(SectionLabel(theme, tr("Geldt voor")))
        self.body.addLayout(row(*self.boxes.values(), None, spacing=Space.L))
        self.body.addWidget(SectionLabel(theme, tr("Wat er nu vastligt")))
        self.body.addWidget(self._known(dossier))
        self.record_button = PrimaryButton(theme, tr("Vastleggen"), on_click=self._accept)
        self.add_buttons(self.record_button)
        self.day.setFocus()
        self.day.selectAll()

    def _known(self, dossier: Dossier) -> Card:
        card = Card(margin=Space.M)
        for member in self._members[:_MOST_SHOWN]:
            if len(self._members) > 1:
                card.body.addWidget(TextLabel(self._theme, member.name, TextStyle.BODY_STRONG))
            for proof in proofs(dossier, member):
                card.body.addWidget(TextLabel(self._theme, proof.sentence, TextStyle.SECONDARY, ColourRole.MUTED))
        return card

    def _accept(self) -> None:
        if self.day.text().strip() and read_date(self.day.text(), self._today) is None:
            self.day.set_invalid(tr("Dit is geen datum. Schrijf bijvoorbeeld 14 februari 2023."))
            self.day.setFocus()
            return
        self.accept()

    def action(self) -> Action:
        """Return what to record."""
        manner = self.manner.value()
        return record_consent(
            self._members,
            [field for field, box in self.boxes.items() if box.isChecked()],
            read_date(self.day.text(), self._today),
            manner if isinstance(manner, Manner) else None,
            self.letter.text(),
        )


def _last_letter(dossier: Dossier) -> str:
    """Return the version of the letter that was recorded last: most answers are to the same one."""
    recorded = [given for given in dossier.read.rows.records(ConsentGiven) if given.letter and given.given_on]
    return max(recorded, key=lambda given: given.given_on or dt.date.min).letter if recorded else ""

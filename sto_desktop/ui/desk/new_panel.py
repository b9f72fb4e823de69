"""The dialog for a new panel: subregion, date, moderator, and the dossier in which to create it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QDate, QLocale, QTime
from PySide6.QtWidgets import QComboBox, QDateEdit, QTimeEdit, QWidget

from sto_desktop.domain.actions.panels import generated_title
from sto_desktop.domain.vocabulary import SUBREGIONS
from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Dialog, FormField, LineEdit, PrimaryButton, Segmented, TextLabel, row

DUTCH = QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands)
USUAL_START = dt.time(15, 30)


@dataclass(frozen=True)
class NewPanel:
    """The answers; `here`: in the open dossier rather than a new one."""

    title: str
    subregion: str
    date: dt.date
    start: dt.time
    moderator: str
    here: bool


class NewPanelDialog(Dialog):
    """Four fields with sensible defaults, so that Enter is enough."""

    def __init__(
        self, theme: Appearance, *, moderator: str, today: dt.date, dossier_open: bool, parent: QWidget | None = None
    ) -> None:
        about = tr("Met de leidraad van STO Twente: vier thema's, 110 minuten. Alles kan later nog anders.")
        super().__init__(theme, tr("Nieuw panelgesprek"), about, parent)
        self.setMinimumWidth(480)
        self.subregion = QComboBox()
        self.subregion.setEditable(True)
        self.subregion.addItems(SUBREGIONS)
        self.subregion.setLineEdit(LineEdit(placeholder=tr("Kies of typ een subregio")))
        self.subregion.setCurrentText("")
        self.body.addWidget(FormField(theme, tr("Subregio"), self.subregion))
        self.date = QDateEdit(QDate(today.year, today.month, today.day))
        self.date.setCalendarPopup(True)
        self.date.setLocale(DUTCH)
        self.date.setDisplayFormat("d MMMM yyyy")
        self.start = QTimeEdit(QTime(USUAL_START.hour, USUAL_START.minute))
        self.start.setDisplayFormat("HH:mm")
        self.body.addLayout(row(FormField(theme, tr("Datum"), self.date), FormField(theme, tr("Begin"), self.start)))
        self.moderator = LineEdit(moderator, placeholder=tr("Voor- en achternaam"))
        self.body.addWidget(FormField(theme, tr("Gespreksleider"), self.moderator))
        self.place: Segmented | None = None
        if dossier_open:
            choices = ((False, tr("Een nieuw dossier")), (True, tr("Het dossier dat open is")))
            self.place = Segmented(theme, choices, name=tr("Waar komt het panel?"), value=False)
            self.body.addWidget(FormField(theme, tr("Waar komt het panel?"), self.place))
        names = tr("Er komen namen in. Een wachtwoord geeft u het dossier straks met Ctrl Shift W.")
        self.body.addWidget(TextLabel(theme, names, TextStyle.SECONDARY, ColourRole.MUTED))
        self.add_buttons(PrimaryButton(theme, tr("Maken"), hint="Enter", on_click=self.accept))
        self.subregion.setFocus()

    def answers(self) -> NewPanel:
        """Return the answers."""
        subregion = self.subregion.currentText().strip()
        date, start = self.date.date(), self.start.time()
        return NewPanel(
            generated_title(subregion),
            subregion,
            dt.date(date.year(), date.month(), date.day()),
            dt.time(start.hour(), start.minute()),
            self.moderator.text().strip(),
            bool(self.place and self.place.value()),
        )

"""The form of the panel: date and place, moderator, note taker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from sto_desktop.domain.dutch import clock, long_date
from sto_desktop.domain.typed import read_date, read_time
from sto_desktop.domain.vocabulary import SUBREGIONS
from sto_desktop.language import tr
from sto_desktop.ui.fields.date_field import DateLine
from sto_desktop.ui.fields.kept_field import KeptChoice, KeptLine
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import Space
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.panel_keeper import PanelField, PanelKeeper
from sto_desktop.ui.widgets import FormField

_DATE_WIDTH = 176
"""Width for "28 september 2026" beside the calendar button, in px."""


class PanelForm(QWidget):
    """Seven fields, saved by the keeper."""

    def __init__(
        self, theme: Appearance, keeper: PanelKeeper, today: Callable[[], dt.date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.subregion = KeptChoice(SUBREGIONS, placeholder=tr("Kies of typ"), name=tr("Subregio"))
        self.place = KeptLine(placeholder=tr("School, zaal"), name=tr("Locatie"))
        self.date = DateLine(theme, today, name=tr("Datum"))
        self.date.setMinimumWidth(_DATE_WIDTH)
        self.start = KeptLine(placeholder=tr("15:30"), name=tr("Begin"))
        self.moderator = KeptLine(placeholder=tr("Voor- en achternaam"), name=tr("Gespreksleider"))
        self.note_taker = KeptLine(placeholder=tr("Voor- en achternaam"), name=tr("Notulist"))
        date = FormField(theme, tr("Datum"), self.date)
        start = FormField(theme, tr("Begin"), self.start)
        self.end = KeptLine(placeholder=tr("17:30"), name=tr("Einde"))
        # An error message replaces this text; it returns the next time the panel is shown.
        plain.set_tip(self.end, tr("Tot wanneer het mag duren; leeg: zo lang als de leidraad is gemaakt"))
        end = FormField(theme, tr("Einde"), self.end)
        times = QWidget()
        beside = QHBoxLayout(times)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(Space.S)
        beside.addWidget(start, 1)
        beside.addWidget(end, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.M - 2)
        grid.setVerticalSpacing(Space.M)
        grid.addWidget(FormField(theme, tr("Subregio"), self.subregion), 0, 0)
        grid.addWidget(FormField(theme, tr("Locatie"), self.place), 0, 1)
        grid.addWidget(date, 1, 0)
        grid.addWidget(times, 1, 1)
        grid.addWidget(FormField(theme, tr("Gespreksleider"), self.moderator), 2, 0)
        grid.addWidget(FormField(theme, tr("Notulist"), self.note_taker), 2, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        keeper.add("subregion", PanelField(self.subregion.line))
        keeper.add("place", PanelField(self.place))
        keeper.add(
            "date",
            PanelField(
                self.date,
                lambda text: read_date(text, today()),
                long_date,
                tr("Schrijf de datum als 14 februari 2023 of 14-2-2023."),
                lambda problem: date.set_note(problem, problem=True),
            ),
        )
        for name, line, field in (("start", self.start, start), ("end", self.end, end)):
            problem = tr("Schrijf de tijd als 15:30.")
            keeper.add(name, PanelField(line, read_time, clock, problem, partial(_tell, field)))
        keeper.add("moderator", PanelField(self.moderator))
        keeper.add("note_taker", PanelField(self.note_taker))

    def set_subregions(self, used: Sequence[str]) -> None:
        """Offer the subregions used in this dossier beside the known ones."""
        own = sorted({name for name in used if name} - set(SUBREGIONS))
        self.subregion.set_choices((*SUBREGIONS, *own))


def _tell(field: FormField, problem: str) -> None:
    field.set_note(problem, problem=True)

"""The status of the verslag: draft or final, version, deadline for members' reactions, and date of confirmation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.actions.reports import confirm_report, set_report_state
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.log.change import Action
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.terms import after_final
from sto_desktop.domain.typed import read_date
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.language import tr
from sto_desktop.ui.fields.date_field import DateLine
from sto_desktop.ui.fields.kept_field import KeptLine
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.report.check_dialog import said_answers
from sto_desktop.ui.widgets import Button, FormField, Segmented, TextLabel, row


class StateBox(QWidget):
    """The box; `asked` carries the `Action` to apply, `terms_set` until when things are kept (by field), where it sets
    that; `check_asked` asks for the members' answers to the panel check.
    """

    asked = Signal(object)
    terms_set = Signal(object)
    check_asked = Signal()

    def __init__(self, theme: Appearance, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._panel = Panel("")
        options = [(False, tr("Concept")), (True, tr("Vastgesteld"))]
        self.status = Segmented(
            theme, options, name=tr("Stand"), commands=("report_draft", "report_final"), value=False
        )
        self.status.selected.connect(self._choose_status)
        self.version = KeptLine(placeholder=tr("2"), name=tr("Versie"))
        self.version.left.connect(self._leave_version)
        self.reaction = DateLine(theme, today, name=tr("Reageren tot en met"))
        self._reaction_field = FormField(theme, tr("Reageren tot en met"), self.reaction)
        self.reaction.left.connect(
            lambda text: self._leave_date(
                text,
                self.reaction,
                self._reaction_field,
                lambda date: set_report_state(self._panel.id, reaction_until=date),
            )
        )
        self.confirmed = DateLine(theme, today, name=tr("Door het panel bevestigd op"))
        self._confirmed_field = FormField(theme, tr("Door het panel bevestigd op"), self.confirmed)
        self.confirmed.left.connect(
            lambda text: self._leave_date(
                text, self.confirmed, self._confirmed_field, lambda date: confirm_report(self._panel.id, date)
            )
        )
        version = FormField(theme, tr("Versie"), self.version)
        version.setFixedWidth(84)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(Space.S)
        inside.addWidget(self.status)
        line = row(version, self._reaction_field)
        line.setStretch(1, 1)
        line.setAlignment(version, Qt.AlignmentFlag.AlignLeft)
        inside.addLayout(line)
        self.check = Button(theme, tr("Panelcheck…"), command="panel_check", on_click=self.check_asked.emit)
        plain.set_tip(
            self.check, tr("Wat elk panellid antwoordde op de eigen woorden; daaruit volgt of het bevestigd is.")
        )
        self.answers = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        inside.addWidget(self._confirmed_field)
        line = row(self.check, self.answers)
        line.setStretch(1, 1)
        inside.addLayout(line)

    def show_panel(self, panel: Panel, people: Sequence[Panelist] = ()) -> None:
        """Show the status of a panel's verslag, and what its members answered to the panel check."""
        self._panel = panel
        answers = said_answers(people)
        self.answers.setText(answers)
        final = panel.status is PanelStatus.FINAL
        self.status.set_value(final)
        self.version.show_kept(panel.report_version)
        self.reaction.show_kept(long_date(panel.reaction_until))
        self.confirmed.show_kept(long_date(panel.confirmed_on))
        # Reactions to a final verslag are not expected.
        self._reaction_field.setVisible(not final)

    def _choose_status(self, final: object) -> None:
        # Whoever chose a term keeps it.
        terms = after_final(self._panel, self._today()) if final else {}
        self.asked.emit(set_report_state(self._panel.id, final=bool(final), terms=terms))
        if terms:
            self.terms_set.emit(terms)

    def _leave_version(self, text: str) -> None:
        self.version.settle(text.strip())
        self.asked.emit(set_report_state(self._panel.id, version=text))

    def _leave_date(
        self, text: str, line: DateLine, field: FormField, make: Callable[[dt.date | None], Action]
    ) -> None:
        date = read_date(text, self._today()) if text.strip() else None
        if text.strip() and date is None:
            field.set_note(tr("Typ een datum, zoals 14 februari 2023."), problem=True)
            return
        field.set_note("")
        line.settle(long_date(date))
        self.asked.emit(make(date))

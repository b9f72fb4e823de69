"""How far the verslag is: concept or vastgesteld, its version, and until when panel members may react."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.model import Panel
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.ui.language import tr
from sto_desktop.ui.prepare.date_field import DateLine
from sto_desktop.ui.prepare.dates import read_date, write_date
from sto_desktop.ui.prepare.kept_field import KeptLine
from sto_desktop.ui.theme import Space, Theme
from sto_desktop.ui.widgets import FormField, Segmented, row


class StateBox(QWidget):
    """`final_chosen` carries a bool, `version_left` a text, `reaction_left` a date or None."""

    final_chosen = Signal(bool)
    version_left = Signal(str)
    reaction_left = Signal(object)

    def __init__(self, theme: Theme, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        options = [(False, tr("Concept")), (True, tr("Vastgesteld"))]
        self.status = Segmented(theme, options, name=tr("Stand"), value=False)
        self.status.selected.connect(lambda final: self.final_chosen.emit(bool(final)))
        self.version = KeptLine(placeholder=tr("2"), name=tr("Versie"))
        self.version.left.connect(self._leave_version)
        self.reaction = DateLine(theme, today, name=tr("Reageren tot en met"))
        self.reaction.left.connect(self._leave_reaction)
        self._reaction_field = FormField(theme, tr("Reageren tot en met"), self.reaction)
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

    def show_panel(self, panel: Panel) -> None:
        """Show how far the verslag of a panel is."""
        final = panel.status is PanelStatus.FINAL
        self.status.set_value(final)
        self.version.show_kept(panel.report_version)
        self.reaction.show_kept(write_date(panel.reaction_until))
        # What is final is open to no reaction.
        self._reaction_field.setVisible(not final)

    def _leave_version(self, text: str) -> None:
        self.version.settle(text.strip())
        self.version_left.emit(text.strip())

    def _leave_reaction(self, text: str) -> None:
        date = read_date(text, self._today()) if text.strip() else None
        if text.strip() and date is None:
            self._reaction_field.set_note(tr("Typ een datum, zoals 14 februari 2023."), problem=True)
            return
        self._reaction_field.set_note("")
        self.reaction.settle(write_date(date))
        self.reaction_left.emit(date)

"""Uitgifte: what was made of this dossier, how people are called in it, and whom it went to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.actions.reports import name_recipient
from sto_desktop.domain.bookkeeping import Issuance
from sto_desktop.domain.dutch import capital
from sto_desktop.language import counted, tr
from sto_desktop.report.blocks.issued import naming_in, said_made, said_naming, said_output
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.fields.kept_field import KeptLine
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Button, Card, Dialog, ScrollColumn, TextLabel, empty, row
from sto_desktop.workplace.consent import Withdrawal, all_withdrawals, reasons, said_to_ask_back, said_withdrawn

AT_ONCE = 50
FIELD_WIDTH = 210


class IssuanceDialog(Dialog):
    """The list, newest first; the recipient of each is filled in at its right.

    `withdrawn`: only the outputs that rest on what these members withdrew, with whom to ask them back.
    """

    def __init__(
        self,
        theme: Appearance,
        session: Session,
        withdrawn: Sequence[Withdrawal] = (),
        parent: QWidget | None = None,
    ) -> None:
        about = tr(
            "Elk verslag, elke kopie en elke export die van dit dossier gemaakt is. Vul in wie het kreeg: dan is terug "
            "te vinden bij wie iemands woorden liggen. Deze lijst gaat nooit mee in een kopie zonder namen."
        )
        heading = tr("Wat gemaakt is, en voor wie")
        if withdrawn:
            about, heading = said_withdrawn(withdrawn), tr("Terug te vragen")
        super().__init__(theme, tr("Uitgifte"), about, parent, heading=heading)
        self._only = {output.id for withdrawal in withdrawn for output in withdrawal.outputs}
        self._session = session
        self._shown = AT_ONCE
        self._why: dict[str, str] = {}
        self.resize(760, 560)
        self._list = ScrollColumn()
        self.body.addWidget(self._list, 1)
        self._problem = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.LATE)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.add_buttons(close=tr("Sluiten"))
        self.recipients: list[KeptLine] = []
        self.refresh()
        session.in_background(
            lambda: session.copy.look_apart(lambda dossier: reasons(all_withdrawals(dossier))), self._show_why
        )
        (self.recipients[0] if self.recipients else self.close_button).setFocus()

    def refresh(self) -> None:
        """Show the list again."""
        read = self._session.dossier.read
        titles = {panel.id: title_for(panel) for panel in read.panels.every()}
        every = read.course.all_issued()
        issued = [issuance for issuance in every if not self._only or issuance.id in self._only]
        empty(self._list.body)
        self.recipients = []
        for issuance in issued[: self._shown]:
            about = titles.get(issuance.panel or "", "") if issuance.panel else tr("het hele dossier")
            self._list.body.addWidget(self._card(issuance, about))
        if not issued:
            nothing = tr("Er is nog niets gemaakt.")
            self._list.body.addWidget(TextLabel(self._theme, nothing, TextStyle.BODY, ColourRole.MUTED))
        more = len(issued) - self._shown
        if more > 0:
            words = counted(more, "Nog {n} oudere", "Nog {n} oudere")
            self._list.body.addLayout(row(Button(self._theme, words, on_click=self._show_more), None))
        self._list.body.addStretch(1)

    def _card(self, issuance: Issuance, about: str) -> Card:
        history = self._session.dossier.history("report_made", issuance.id)
        naming = said_naming(naming_in(issuance))
        parts = (
            said_made(issuance),
            tr("namen {how}", how=naming) if naming else "",
            tr("door {who}", who=history[0].person) if history and history[0].person else "",
        )
        recipient = KeptLine(placeholder=tr("Voor wie?"), name=tr("Ontvanger van {file}", file=issuance.file_name))
        recipient.setFixedWidth(FIELD_WIDTH)
        recipient.show_kept(issuance.recipient)
        recipient.left.connect(partial(self._keep, issuance.id, recipient))
        self.recipients.append(recipient)
        card = Card(margin=Space.M)
        head = TextLabel(self._theme, f"{capital(said_output(issuance))} · {about}", TextStyle.BODY_STRONG)
        line = row(head, recipient, spacing=Space.M)
        line.setStretch(0, 1)
        card.body.addLayout(line)
        details = " · ".join(part for part in (issuance.file_name, *parts) if part)
        card.body.addWidget(TextLabel(self._theme, details, TextStyle.SECONDARY, ColourRole.MUTED))
        back = capital(said_to_ask_back(self._why.get(issuance.id, "")))
        if back:
            card.body.addWidget(TextLabel(self._theme, back, TextStyle.SECONDARY, ColourRole.LATE))
        return card

    def _keep(self, issuance: str, field: KeptLine, recipient: str) -> None:
        if attempt(self._tell, self._session.apply, name_recipient(issuance, recipient)):
            field.settle(recipient.strip())

    def _show_why(self, why: dict[str, str]) -> None:
        """Say beside each output why it is to be asked back; without any the list stays as it is."""
        if why:
            self._why = why
            self.refresh()

    def _show_more(self) -> None:
        self._shown += AT_ONCE
        self.refresh()

    def _tell(self, error: object) -> None:
        self._problem.setText(str(error))
        self._problem.show()

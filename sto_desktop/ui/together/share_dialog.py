"""Delen: the content, naming, password and file name of a copy for others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.sharing import SharedScope, Sharing, said_of_names
from sto_desktop.domain.privacy.titles import title_without_names
from sto_desktop.language import tr
from sto_desktop.ui.fields.new_password import NewPassword
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.together.export_dialog import STILL_PERSONAL, name_choices, recipient_field
from sto_desktop.ui.widgets import Dialog, FormField, LineEdit, PrimaryButton, Segmented, TextLabel


@dataclass(frozen=True)
class ShareAnswers:
    """What the copy holds, its password (None: none), the file name without extension, and whom it is for."""

    sharing: Sharing
    password: str | None
    name: str
    recipient: str


class ShareDialog(Dialog):
    """The dialog: five questions with defaults; the line below each explains its answer."""

    def __init__(
        self,
        theme: Appearance,
        panel: Panel | None,
        title: str,
        subject: str,
        members: Sequence[Panelist],
        parent: QWidget | None = None,
        *,
        heed: Callable[[NameMode | None], str] = lambda _naming: "",
    ) -> None:
        """`title` is the panel's, `subject` the dossier's; both are used in the file name, without the names of
        `members` (of all panels) that the copy hides.

        `heed`: what to know before anything is shared under a naming.
        """
        about = tr("Om te mailen of op een stick te zetten. Uw eigen dossier blijft zoals het is.")
        super().__init__(theme, tr("Delen"), about, parent, heading=tr("Een kopie om te delen"))
        self._panel = panel
        self._title = title
        self._subject = subject
        self._members = members
        self.setMinimumWidth(560)
        scopes = [(SharedScope.ALL, tr("Alles")), (SharedScope.FINDINGS, tr("Inzichten en aanbevelingen"))]
        if panel is not None:
            scopes.insert(1, (SharedScope.PANEL, tr("Alleen dit panel")))
        self.scope = Segmented(theme, scopes, name=tr("Wat gaat mee"), value=SharedScope.ALL)
        self.body.addWidget(FormField(theme, tr("Wat gaat mee"), self.scope))
        self._scope_note = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.body.addWidget(self._scope_note)
        self.naming = Segmented(theme, name_choices(), name=tr("Namen van panelleden"), value=NameMode.ROLE)
        self.body.addWidget(FormField(theme, tr("Namen van panelleden"), self.naming))
        self._naming_note = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.body.addWidget(self._naming_note)
        self._heed = heed
        self._heed_note = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.WARN_TEXT)
        self.body.addWidget(self._heed_note)
        self._add_password()
        self.name = LineEdit(name=tr("Bestandsnaam"))
        self.body.addWidget(FormField(theme, tr("Bestandsnaam"), self.name))
        self.recipient = recipient_field()
        self.body.addWidget(FormField(theme, tr("Voor wie"), self.recipient))
        self.share_button = PrimaryButton(theme, tr("Opslaan…"), hint="Enter", on_click=self.accept)
        self.add_buttons(self.share_button)
        self._named = ""
        for choice in (self.scope, self.naming):
            choice.selected.connect(self._refresh)
        self._refresh()
        self.scope.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_password(self) -> None:
        protection = NewPassword(
            self._theme,
            tr("Wachtwoord (mag leeg blijven)"),
            tr("Zonder wachtwoord kan iedereen die het bestand heeft het lezen."),
            tr("Het wordt nergens bewaard: zonder wachtwoord gaat de kopie nooit meer open."),
            placeholder=tr("Geen wachtwoord"),
        )
        self.password = protection.edit
        self.body.addLayout(protection)

    def _refresh(self) -> None:
        sharing = self.sharing()
        self._scope_note.setText(self._about_scope(sharing.scope))
        self._naming_note.setText(self._about_names(sharing))
        self._heed_note.setText(self._heed(sharing.naming))
        self._heed_note.setVisible(bool(self._heed_note.text()))
        if self.name.text() in ("", self._named):
            subject, title = (
                title_without_names(text, self._members, sharing.naming) for text in (self._subject, self._title)
            )
            self._named = file_name(subject, title, sharing)
            self.name.setText(self._named)

    def _about_scope(self, scope: SharedScope) -> str:
        if scope is SharedScope.ALL:
            return tr("Het hele dossier, met alle panels.")
        if scope is SharedScope.PANEL:
            return tr("«{title}»: leidraad, panelleden, notities en wat daaruit volgt.", title=self._title)
        return tr("Zonder de woorden van notities; wel hoe breed elk inzicht gedragen werd.")

    def _about_names(self, sharing: Sharing) -> str:
        if sharing.naming is None:
            about = said_of_names(sharing.naming)
            if not sharing.with_history:
                return about
            return " ".join(
                (tr("Het dossier zelf, om samen aan te werken, zonder wat iemand zei die niet meedoet."), about)
            )
        if sharing.naming is NameMode.FULL:
            return tr(
                "Met naam staat er alleen wie dat goed vindt; de andere namen gaan ook uit de teksten. Zonder "
                "geschiedenis."
            )
        without = tr(
            "Zonder namen, ook niet in teksten, en zonder geschiedenis. Komt de kopie terug, dan worden wijzigingen "
            "in zulke teksten voorstellen; uw eigen teksten blijven staan."
        )
        known = tr("Wie de mensen kent, herkent iemand ook zonder naam: «de enige vrouw in de bouw» is ook een naam.")
        return " ".join((without, known, *((tr(STILL_PERSONAL),) if sharing.naming is NameMode.PSEUDONYM else ())))

    def sharing(self) -> Sharing:
        """Return the content of the copy according to the current answers."""
        scope, naming = self.scope.value(), self.naming.value()
        assert isinstance(scope, SharedScope)
        limited = scope is SharedScope.PANEL and self._panel is not None
        mode = naming if isinstance(naming, NameMode) else None
        return Sharing(scope, mode, self._panel.id if limited and self._panel else None)

    def answers(self) -> ShareAnswers:
        """Return the answers."""
        name = self.name.text().strip() or self._named
        return ShareAnswers(self.sharing(), self.password.text() or None, name, self.recipient.text())


def file_name(subject: str, title: str, sharing: Sharing) -> str:
    """Return the file name of a copy, without extension: "Panel Oldenzaal, zonder namen", "…, met alle namen"."""
    about = title if sharing.scope is SharedScope.PANEL else subject
    parts = [about]
    if sharing.scope is SharedScope.FINDINGS:
        parts.append(tr("inzichten"))
    if sharing.naming is None:
        parts.append(tr("met alle namen"))
    elif sharing.naming is not NameMode.FULL:
        parts.append(tr("zonder namen"))
    elif sharing.scope is SharedScope.ALL:
        parts.append(tr("kopie"))
    return re.sub(r"\s+", " ", ", ".join(parts))

"""Delen: what of the dossier goes along, how people are called in it, under which password, and under which name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.model import Panel
from sto_desktop.domain.privacy.naming import NameMode
from sto_desktop.domain.privacy.sharing import Scope, Sharing
from sto_desktop.language import tr
from sto_desktop.ui.fields.new_password import GrowingDialog, NewPassword
from sto_desktop.ui.look.roles import Role, Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import Button, FormField, LineEdit, PrimaryButton, Segmented, TextLabel, row


@dataclass(frozen=True)
class ShareAnswers:
    """What the copy holds, its password (None: none), and the name that the file gets."""

    sharing: Sharing
    password: str | None
    name: str


class ShareDialog(GrowingDialog):
    """Four questions with answers filled in; the line under each says what it means."""

    def __init__(
        self, theme: Theme, panel: Panel | None, title: str, subject: str, parent: QWidget | None = None
    ) -> None:
        """`title` is what the panel is called, `subject` the dossier; both become part of the file's name."""
        super().__init__(parent)
        self._theme = theme
        self._panel = panel
        self._title = title
        self._subject = subject
        self.setWindowTitle(tr("Delen"))
        self.setMinimumWidth(560)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(TextLabel(theme, tr("Een kopie om te delen"), TextStyle.QUESTION))
        said = tr("Om te mailen of op een stick te zetten. Uw eigen dossier blijft zoals het is.")
        layout.addWidget(TextLabel(theme, said, TextStyle.BODY, Role.MUTED))
        scopes = [(Scope.ALL, tr("Alles")), (Scope.FINDINGS, tr("Inzichten en aanbevelingen"))]
        if panel is not None:
            scopes.insert(1, (Scope.PANEL, tr("Alleen dit panel")))
        self.scope = Segmented(theme, scopes, name=tr("Wat gaat mee"), value=Scope.ALL)
        layout.addWidget(FormField(theme, tr("Wat gaat mee"), self.scope))
        self._scope_note = TextLabel(theme, "", TextStyle.SECONDARY, Role.MUTED)
        layout.addWidget(self._scope_note)
        modes = [
            (NameMode.FULL, tr("Voluit")),
            (NameMode.ROLE, tr("Rol")),
            (NameMode.PSEUDONYM, tr("Pseudoniem")),
        ]
        self.naming = Segmented(theme, modes, name=tr("Namen van panelleden"), value=NameMode.ROLE)
        layout.addWidget(FormField(theme, tr("Namen van panelleden"), self.naming))
        self._naming_note = TextLabel(theme, "", TextStyle.SECONDARY, Role.MUTED)
        layout.addWidget(self._naming_note)
        self._add_password(layout)
        self.name = LineEdit(name=tr("Bestandsnaam"))
        layout.addWidget(FormField(theme, tr("Bestandsnaam"), self.name))
        layout.addSpacing(Space.S)
        self.share_button = PrimaryButton(theme, tr("Opslaan…"), hint="Enter", on_click=self._accept)
        layout.addLayout(row(None, Button(theme, tr("Annuleren"), hint="Esc", on_click=self.reject), self.share_button))
        self._named = ""
        for choice in (self.scope, self.naming):
            choice.selected.connect(lambda _value: self._refresh())
        self._refresh()
        self.scope.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_password(self, layout: QVBoxLayout) -> None:
        protection = NewPassword(
            self._theme,
            tr("Wachtwoord (mag leeg blijven)"),
            tr("Zonder wachtwoord kan iedereen die het bestand heeft het lezen."),
            tr("Het wordt nergens bewaard: zonder wachtwoord gaat de kopie nooit meer open."),
            placeholder=tr("Geen wachtwoord"),
        )
        self.password = protection.edit
        layout.addLayout(protection)

    def _refresh(self) -> None:
        sharing = self.sharing()
        self._scope_note.setText(self._about_scope(sharing.scope))
        self._naming_note.setText(self._about_names(sharing))
        if self.name.text() in ("", self._named):
            self._named = file_name(self._subject, self._title, sharing)
            self.name.setText(self._named)

    def _about_scope(self, scope: Scope) -> str:
        if scope is Scope.ALL:
            return tr("Het hele dossier, met alle panels.")
        if scope is Scope.PANEL:
            return tr("«{title}»: leidraad, panelleden, notities en wat daaruit volgt.", title=self._title)
        return tr("Zonder de woorden van notities; wel hoe breed elk inzicht gedragen werd.")

    def _about_names(self, sharing: Sharing) -> str:
        if sharing.naming is NameMode.FULL:
            if sharing.with_history:
                return tr(
                    "Het dossier zelf, om samen aan te werken, zonder wat iemand zei die niet meedoet. Alleen voor wie "
                    "de namen mag weten."
                )
            return tr("Alleen voor wie de namen mag weten.")
        return tr(
            "Zonder namen, ook niet in teksten, en zonder geschiedenis. Komt de kopie terug, dan worden wijzigingen "
            "in zulke teksten voorstellen; uw eigen teksten blijven staan."
        )

    def sharing(self) -> Sharing:
        """Return what the copy is to hold, by the answers so far."""
        scope, naming = self.scope.value(), self.naming.value()
        assert isinstance(scope, Scope)
        assert isinstance(naming, NameMode)
        limited = scope is Scope.PANEL and self._panel is not None
        return Sharing(scope, naming, self._panel.id if limited and self._panel else None)

    def answers(self) -> ShareAnswers:
        """Return the answers."""
        name = self.name.text().strip() or self._named
        return ShareAnswers(self.sharing(), self.password.text() or None, name)

    def _accept(self) -> None:
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter mean «Opslaan»."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
            return
        super().keyPressEvent(event)


def file_name(subject: str, title: str, sharing: Sharing) -> str:
    """Return what people would call a copy: "Panel Oldenzaal, zonder namen"; no ending."""
    about = title if sharing.scope is Scope.PANEL else subject
    parts = [about]
    if sharing.scope is Scope.FINDINGS:
        parts.append(tr("inzichten"))
    if sharing.naming is not NameMode.FULL:
        parts.append(tr("zonder namen"))
    elif sharing.scope is Scope.ALL:
        parts.append(tr("kopie"))
    return re.sub(r"\s+", " ", ", ".join(parts))
